// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/printed_labels.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

const PrintedLabels& Printed() {
  static const PrintedLabels* const printed =
      new PrintedLabels(TestLabels(), TestValues());
  return *printed;
}

TEST(PrintedLabelsTest, ALabelAsTheCatalogueHasItIsTheOneOfItsNormalisedText) {
  ASSERT_GT(TestLabels().printed().size(), 100u);
  for (const auto& [text, label] : TestLabels().printed()) {
    EXPECT_EQ(Printed().Find(text), label) << text;
    EXPECT_EQ(label, TestLabels().Find(TestNormalizer().Normalize(text)))
        << text;
  }
}

TEST(PrintedLabelsTest, NearlyALabelIsNone) {
  for (const auto& [text, label] : TestLabels().printed()) {
    const std::string longer = std::string(text) + "的";
    const std::string shorter(text.substr(0, text.size() - 1));
    std::string other(text);
    other[text.size() / 2] ^= 1;
    for (const std::string& near : {longer, shorter, other}) {
      EXPECT_EQ(Printed().Find(near), nullptr) << near;
    }
  }
}

TEST(PrintedLabelsTest, TextsOfAnyLengthMayBeAskedFor) {
  std::string text;
  for (int i = 0; i < 300; ++i, text += 'x') {
    EXPECT_EQ(Printed().Find(text), nullptr);
  }
}

}  // namespace
}  // namespace gongkai::extract
