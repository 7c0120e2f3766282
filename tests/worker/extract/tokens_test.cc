// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/tokens.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"
#include "worker/input/reader.h"

namespace gongkai::extract {
namespace {

using generator::Layout;
using testing::ElementsAre;

class TokenizerTest : public testing::Test {
 protected:
  // The tokens of a document; they live until the next call.
  const std::vector<Token>& Tokenize(const std::string& bytes) {
    bytes_ = bytes;
    document_.Clear();
    const absl::Status status =
        input::Read(bytes_, input::Limits(), &document_);
    EXPECT_TRUE(status.ok()) << status;
    tokenizer_.Tokenize(document_, &tokens_);
    return tokens_;
  }

  // The kind of a document that is one cell of a table.
  TokenKind KindOf(const std::string& cell) {
    const auto& tokens =
        Tokenize("规章 | " + cell + " | 1 |\n规章 | 2 | 3 |\n");
    EXPECT_EQ(tokens.size(), 6u) << cell;
    return tokens.size() == 6 ? tokens[1].kind : TokenKind::kProse;
  }

  std::string bytes_;
  input::Document document_;
  Tokenizer tokenizer_{TestNormalizer(), TestLabels(), TestValues()};
  std::vector<Token> tokens_;
};

TEST_F(TokenizerTest, CellsAreToldByTheirContent) {
  EXPECT_EQ(KindOf("12"), TokenKind::kNumber);
  EXPECT_EQ(KindOf("-3"), TokenKind::kNumber);
  EXPECT_EQ(KindOf("1,234件"), TokenKind::kNumber);
  EXPECT_EQ(KindOf(""), TokenKind::kBlank);
  EXPECT_EQ(KindOf("\u00a0\u3000"), TokenKind::kBlank);
  EXPECT_EQ(KindOf("—"), TokenKind::kNotApplicable);
  EXPECT_EQ(KindOf("行政许可"), TokenKind::kLabel);
  EXPECT_EQ(KindOf("abc"), TokenKind::kText);
}

TEST_F(TokenizerTest, SpacesAroundANumberAreNoPartOfIt) {
  for (const char* cell :
       {"5", " 5 ", "\u00a05", "5\u00a0", "\u3000\u30005", "\u200b5"}) {
    ASSERT_EQ(KindOf(cell), TokenKind::kNumber) << cell;
    EXPECT_EQ(tokens_[1].text, "5") << cell;
    EXPECT_EQ(tokens_[1].value.digits, 5) << cell;
  }
}

TEST_F(TokenizerTest, ALabelPointsToItsRow) {
  const auto& tokens = Tokenize("行政处罚 | 12 |\n行政强制 | 3 |\n");
  ASSERT_EQ(tokens.size(), 4u);
  ASSERT_NE(tokens[0].label, nullptr);
  EXPECT_EQ(tokens[0].label->row, v1::ROW_PENALTY);
  EXPECT_EQ(tokens[2].label->row, v1::ROW_COERCION);
}

TEST_F(TokenizerTest, PiecesOfOneRowHaveOneNumber) {
  const auto& tokens = Tokenize("规章 | 1 | 2 |\n行政许可 | 3 | 4 |\n");
  ASSERT_EQ(tokens.size(), 6u);
  EXPECT_EQ(tokens[0].row, tokens[2].row);
  EXPECT_NE(tokens[2].row, tokens[3].row);
  EXPECT_EQ(tokens[3].row, tokens[5].row);
  EXPECT_EQ(tokens[0].block_kind, input::BlockKind::kGrid);
}

TEST_F(TokenizerTest, PageNumbersAreNoNumbers) {
  for (const char* text : {"- 4 -", "-3-", "—5—", "— 12 —", "第 3 页", "第3页",
                           "Page 9 -", "－ 4 －"}) {
    EXPECT_EQ(KindOf(text), TokenKind::kPageNumber) << text;
  }
}

TEST_F(TokenizerTest, ANumberWithOneDashOrNoneIsNoPageNumber) {
  EXPECT_EQ(KindOf("4"), TokenKind::kNumber);
  EXPECT_EQ(KindOf("-4"), TokenKind::kNumber);
  EXPECT_EQ(KindOf("4-"), TokenKind::kText);
  EXPECT_EQ(KindOf("1-4-2"), TokenKind::kText);
}

TEST_F(TokenizerTest, ALongParagraphIsProse) {
  std::string text = "2023年，";
  for (int i = 0; i < 30; ++i) text += "本镇公开信息，";
  const auto& tokens = Tokenize(text + "\n");
  ASSERT_EQ(tokens.size(), 1u);
  EXPECT_EQ(tokens[0].kind, TokenKind::kProse);
}

TEST_F(TokenizerTest, DigitsGluedToARowLabelBecomeATokenOfTheirOwn) {
  const auto& tokens = Tokenize("规章000\n");
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].kind, TokenKind::kLabel);
  EXPECT_EQ(tokens[0].text, "规章");
  EXPECT_FALSE(tokens[0].glued);
  EXPECT_EQ(tokens[1].kind, TokenKind::kNumber);
  EXPECT_EQ(tokens[1].text, "000");
  EXPECT_TRUE(tokens[1].glued);
}

TEST_F(TokenizerTest, DigitsGluedToOtherTextStayWithIt) {
  const auto& tokens = Tokenize("附件1\n总计12\n");
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].kind, TokenKind::kText);
  // A column's head is no row: its digits belong to nobody.
  EXPECT_EQ(tokens[1].kind, TokenKind::kText);
}

TEST_F(TokenizerTest, AReportOnOneLineIsSplitAtItsSpaces) {
  const auto& tokens = Tokenize(SmallReport().Print(Layout::kK));
  ASSERT_GT(tokens.size(), 250u);
  int labels = 0;
  for (const Token& token : tokens) {
    labels += token.kind == TokenKind::kLabel;
    EXPECT_EQ(token.text.find(' '), std::string_view::npos) << token.text;
  }
  EXPECT_GT(labels, 50);
}

TEST_F(TokenizerTest, ALongParagraphWithSpacesStaysWhole) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "全年受理申请 12 件， ";
  const auto& tokens = Tokenize(text + "\n");
  ASSERT_EQ(tokens.size(), 1u);
  EXPECT_EQ(tokens[0].kind, TokenKind::kProse);
}

TEST_F(TokenizerTest, TokensArePlacedInTheDocument) {
  const auto& tokens = Tokenize("\ufeff规章 |  12 | 1 |\n规章 | 2 | 3 |\n");
  ASSERT_EQ(tokens.size(), 6u);
  const input::SourceRange range = document_.SourceOf(tokens[1].text);
  EXPECT_EQ(bytes_.substr(range.begin, range.end - range.begin), "12");
}

TEST_F(TokenizerTest, NothingIsLeftOfTheDocumentBefore) {
  Tokenize("规章 | 1 | 2 |\n规章 | 2 | 3 |\n");
  EXPECT_THAT(Tokenize("总计\n"), testing::SizeIs(1));
}

}  // namespace
}  // namespace gongkai::extract
