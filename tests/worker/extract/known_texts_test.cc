// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/known_texts.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

const KnownTexts& Known() {
  static const KnownTexts* const known =
      new KnownTexts(TestLabels(), TestNormalizer(), TestValues());
  return *known;
}

TEST(KnownTextsTest, ALabelAsTheCatalogueHasItIsTheOneOfItsNormalisedText) {
  ASSERT_GT(TestLabels().printed().size(), 100u);
  for (const auto& [text, label] : TestLabels().printed()) {
    const KnownText* known = Known().Find(text);
    ASSERT_NE(known, nullptr) << text;
    EXPECT_EQ(known->label, label) << text;
    EXPECT_EQ(label, TestLabels().Find(TestNormalizer().Normalize(text)))
        << text;
  }
}

TEST(KnownTextsTest, WhatDoesNotApplyIsNoLabel) {
  for (const char* text : {"/", "-", "—", "——", "无", "不适用", "N/A"}) {
    const KnownText* known = Known().Find(text);
    ASSERT_NE(known, nullptr) << text;
    EXPECT_EQ(known->label, nullptr) << text;
    EXPECT_EQ(TestValues().Parse(text).kind, Value::Kind::kNotApplicable)
        << text;
  }
}

TEST(KnownTextsTest, OtherBracketsAndListMarksMakeNoOtherLabel) {
  for (const char* text : {"(三)不予公开", "（三）不予公开", "1、属于国家秘密",
                           "第二十条第(一)项"}) {
    const KnownText* known = Known().Find(text);
    ASSERT_NE(known, nullptr) << text;
    EXPECT_EQ(known->label, TestLabels().Find(TestNormalizer().Normalize(text)))
        << text;
  }
}

TEST(KnownTextsTest, NearlyALabelIsNone) {
  for (const auto& [text, label] : TestLabels().printed()) {
    const std::string longer = std::string(text) + "的";
    const std::string shorter(text.substr(0, text.size() - 1));
    std::string other(text);
    other[text.size() / 2] ^= 1;
    for (const std::string& near : {longer, shorter, other}) {
      EXPECT_EQ(Known().Find(near), nullptr) << near;
    }
  }
}

TEST(KnownTextsTest, TextsOfAnyLengthMayBeAskedFor) {
  std::string text;
  for (int i = 0; i < 300; ++i, text += 'x') {
    EXPECT_EQ(Known().Find(text), nullptr);
  }
}

}  // namespace
}  // namespace gongkai::extract
