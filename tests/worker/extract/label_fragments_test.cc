// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/label_fragments.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

TEST(LabelFragmentsTest, EveryPartOfALabelIsOne) {
  LabelFragments fragments;
  fragments.Add("(三)不予公开");
  fragments.Add("总计");
  fragments.Build();
  for (const char* text :
       {"(三)不予公开", "(", "三)不", "不予公开", "开", "总", "总计"}) {
    EXPECT_TRUE(fragments.Contains(text)) << text;
  }
  for (const char* text : {"", "公开不", "开总", "总计总", "不予公开开", "a"}) {
    EXPECT_FALSE(fragments.Contains(text)) << text;
  }
}

TEST(LabelFragmentsTest, AreThoseThatASearchThroughAllLabelsFinds) {
  LabelFragments fragments;
  std::string all;
  for (const auto& [printed, label] : TestLabels().printed()) {
    const std::string text = TestNormalizer().Normalize(printed);
    fragments.Add(text);
    all += text + '\n';
  }
  fragments.Build();
  int found = 0;
  for (const auto& [printed, label] : TestLabels().printed()) {
    const std::string text = TestNormalizer().Normalize(printed);
    for (size_t at = 0; at < text.size(); at += 3) {
      for (const char* behind : {"", "的", "公开", "1"}) {
        const std::string part = text.substr(at, 12) + behind;
        if ((part[0] & 0xC0) == 0x80) continue;
        const bool expected = all.find(part) != std::string::npos;
        EXPECT_EQ(fragments.Contains(part), expected) << part;
        found += expected;
      }
    }
  }
  EXPECT_GT(found, 500);
}

}  // namespace
}  // namespace gongkai::extract
