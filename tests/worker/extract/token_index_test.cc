// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/token_index.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/reading_room.h"

namespace gongkai::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Token> Tokens(const std::vector<TokenKind>& kinds) {
  std::vector<Token> tokens(kinds.size());
  for (size_t t = 0; t < kinds.size(); ++t) tokens[t].kind = kinds[t];
  return tokens;
}

TEST(TokenIndex, TellsWhereLabelsAndTextsStand) {
  const TokenIndex index(
      Tokens({TokenKind::kProse, TokenKind::kLabel, TokenKind::kNumber,
              TokenKind::kText, TokenKind::kBlank, TokenKind::kNotApplicable,
              TokenKind::kPageNumber, TokenKind::kLabel}));
  EXPECT_THAT(index.labels(), ElementsAre(1, 7));
  EXPECT_THAT(index.texts(), ElementsAre(0, 3));
}

TEST(TokenIndex, ForgetsTheDocumentBefore) {
  TokenIndex index(Tokens({TokenKind::kLabel, TokenKind::kText}));
  index.Reset(Tokens({TokenKind::kNumber}));
  EXPECT_THAT(index.labels(), IsEmpty());
  EXPECT_THAT(index.texts(), IsEmpty());
  index.Reset({});
  EXPECT_THAT(index.labels(), IsEmpty());
}

}  // namespace
}  // namespace gongkai::extract
