// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/extract/reading_room.h
//
// What the tests of this room read with: the built-in catalogue and what is
// made from it, and the whole way from bytes to a report.

#ifndef GONGKAI_TESTS_WORKER_EXTRACT_READING_ROOM_H_
#define GONGKAI_TESTS_WORKER_EXTRACT_READING_ROOM_H_

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/extract/labels.h"
#include "worker/extract/normalize.h"
#include "worker/extract/tokens.h"
#include "worker/extract/value.h"
#include "worker/input/document.h"

namespace gongkai::extract {

// The built-in catalogue; ends the program if it does not load.
const catalog::Catalog& TestCatalog();
const catalog::Form& Form2019();
const catalog::Form& Form2021();
const Normalizer& TestNormalizer();
const LabelIndex& TestLabels();
const ValueParser& TestValues();

// A document's bytes through input and extract. Fails the test if the bytes
// are no document.
struct ReadResult {
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  std::string message;
  std::string message_en;
  v1::Report report;
};
ReadResult ReadReport(std::string_view bytes, int year_hint = 0);

// The same for a document of UTF-8; fails the test
// unless every cell that was read has as its raw text the bytes at its place.
v1::Report ReadTrueToBytes(const std::string& bytes);

// Makes tokens by hand, with the text of each classified as the tokenizer
// does it. The texts live as long as the maker.
class TokenMaker {
 public:
  explicit TokenMaker(input::BlockKind kind) : kind_(kind) {}

  // Adds a row of pieces side by side.
  TokenMaker& Row(const std::vector<std::string>& texts);

  const std::vector<Token>& tokens() const { return tokens_; }

 private:
  const input::BlockKind kind_;
  uint32_t row_ = 0;
  std::deque<std::string> texts_;
  std::vector<Token> tokens_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_TESTS_WORKER_EXTRACT_READING_ROOM_H_
