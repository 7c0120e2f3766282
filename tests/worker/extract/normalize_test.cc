// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/normalize.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

std::string Normal(std::string_view text) {
  return TestNormalizer().Normalize(text);
}

TEST(NormalizeTest, WhiteSpaceOfEveryKindIsDropped) {
  EXPECT_EQ(Normal("商业 企业"), "商业企业");
  EXPECT_EQ(Normal("商业\n企业"), "商业企业");
  EXPECT_EQ(Normal("\t商\u3000业\u00A0企\u2003业\r\n"), "商业企业");
}

TEST(NormalizeTest, CharactersWithoutWidthAreDropped) {
  EXPECT_EQ(Normal("\uFEFF总\u200B计\u2060"), "总计");
}

TEST(NormalizeTest, QuotationMarksOfEveryKindAreDropped) {
  const std::string plain = Normal("3.危及三安全一稳定");
  EXPECT_EQ(Normal("3.危及“三安全一稳定”"), plain);
  EXPECT_EQ(Normal("3.危及\"三安全一稳定\""), plain);
  EXPECT_EQ(Normal("3.危及「三安全一稳定」"), plain);
  EXPECT_EQ(Normal("3.危及『三安全一稳定』"), plain);
  EXPECT_EQ(Normal("3.危及‘三安全一稳定’"), plain);
  EXPECT_EQ(Normal("3.危及＂三安全一稳定＂"), plain);
}

TEST(NormalizeTest, MarkdownEmphasisIsDropped) {
  EXPECT_EQ(Normal("**总计**"), "总计");
  EXPECT_EQ(Normal("## 总计"), "总计");
}

TEST(NormalizeTest, FullWidthFormsBecomeAscii) {
  EXPECT_EQ(Normal("本年增／减"), "本年增/减");
  EXPECT_EQ(Normal("（单位：万元）"), "(单位:万元)");
  EXPECT_EQ(Normal("１．２，３"), "1.2,3");
}

TEST(NormalizeTest, BracketsOfEveryKindAreOneKind) {
  for (const char* text :
       {"（三）不予公开", "(三)不予公开", "〔三〕不予公开", "【三】不予公开",
        "［三］不予公开", "[三]不予公开", "〖三〗不予公开", "﹙三﹚不予公开"}) {
    EXPECT_EQ(Normal(text), "(三)不予公开") << text;
  }
}

TEST(NormalizeTest, ListMarksOfEveryKindAreOneKind) {
  for (const char* text :
       {"1.其他", "1、其他", "1．其他", "1。其他", "１、其他", "1 . 其他"}) {
    EXPECT_EQ(Normal(text), "1.其他") << text;
  }
}

TEST(NormalizeTest, ParenthesisedNumbersInOneCharacterAreWrittenOut) {
  EXPECT_EQ(Normal("㈠予以公开"), "(一)予以公开");
  EXPECT_EQ(Normal("第二十条第㈨项"), "第二十条第(九)项");
  EXPECT_EQ(Normal("㈩"), "(十)");
}

TEST(NormalizeTest, TextThatGrowsTheMostFits) {
  std::string text;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    text += "㈢";
    expected += "(三)";
  }
  EXPECT_EQ(Normal(text), expected);
}

TEST(NormalizeTest, TraditionalCharactersBecomeSimplified) {
  EXPECT_EQ(Normal("商業企業"), "商业企业");
  EXPECT_EQ(Normal("二、上年結轉政府信息公開申請數量"),
            "二.上年结转政府信息公开申请数量");
  EXPECT_EQ(Normal("未經復議直接起訴"), "未经复议直接起诉");
}

TEST(NormalizeTest, LettersBecomeLowerCase) { EXPECT_EQ(Normal("AbC"), "abc"); }

TEST(NormalizeTest, BytesThatAreNoTextAreDropped) {
  EXPECT_EQ(Normal("总\x80计"), "总计");
  EXPECT_EQ(Normal("总计\xe6\x80"), "总计");
  EXPECT_EQ(Normal("总\uFFFD计"), "总计");
}

TEST(NormalizeTest, NothingStaysNothing) {
  EXPECT_EQ(Normal(""), "");
  EXPECT_EQ(Normal(" \u3000"), "");
}

TEST(NormalizeTest, ScratchMayBeUsedAgainForLongerAndShorterText) {
  std::string scratch;
  EXPECT_EQ(TestNormalizer().Normalize("总计", &scratch), "总计");
  EXPECT_EQ(TestNormalizer().Normalize("（七）总 计 合 计", &scratch),
            "(七)总计合计");
  EXPECT_EQ(TestNormalizer().Normalize("共", &scratch), "共");
}

TEST(NormalizeTest, WithoutAMapTraditionalCharactersStay) {
  const Normalizer bare((catalog::LabelNormalizer()));
  EXPECT_EQ(bare.Normalize("商業（一）"), "商業(一)");
}

}  // namespace
}  // namespace gongkai::extract
