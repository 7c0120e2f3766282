// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/extract/reading_room.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "tests/worker/extract/cells.h"
#include "worker/input/reader.h"

namespace gongkai::extract {

const catalog::Catalog& TestCatalog() {
  static const auto* const catalog = [] {
    auto loaded = catalog::Catalog::Builtin();
    return std::move(loaded).value().release();  // ends the program if not ok
  }();
  return *catalog;
}

const catalog::Form& Form2019() {
  return *TestCatalog().form(v1::TEMPLATE_2019);
}

const catalog::Form& Form2021() {
  return *TestCatalog().form(v1::TEMPLATE_2021);
}

const Normalizer& TestNormalizer() {
  static const auto* const normalizer =
      new Normalizer(TestCatalog().normalizer());
  return *normalizer;
}

const LabelIndex& TestLabels() {
  static const auto* const labels =
      new LabelIndex(TestCatalog(), TestNormalizer());
  return *labels;
}

const ValueParser& TestValues() {
  static const auto* const values = new ValueParser(TestCatalog().proto());
  return *values;
}

ReadResult ReadReport(std::string_view bytes, int year_hint) {
  ReadResult result;
  input::Document document;
  const absl::Status status = input::Read(bytes, input::Limits(), &document);
  EXPECT_TRUE(status.ok()) << status;
  if (!status.ok()) return result;
  // One for all: making it takes longer than reading.
  static auto* const extractor = new Extractor(TestCatalog());
  Extraction extraction =
      extractor->Extract(document, year_hint, &result.report);
  result.outcome = extraction.outcome;
  result.message = std::move(extraction.message);
  result.message_en = std::move(extraction.message_en);
  return result;
}

v1::Report ReadTrueToBytes(const std::string& bytes) {
  ReadResult result = ReadReport(bytes);
  for (const CellFacts& cell : AllCells(result.report)) {
    if (cell.state != v1::CELL_STATE_VALUE &&
        cell.state != v1::CELL_STATE_INVALID &&
        cell.state != v1::CELL_STATE_NOT_APPLICABLE) {
      EXPECT_EQ(cell.raw, "") << cell.path;
      continue;
    }
    EXPECT_EQ(bytes.substr(cell.begin, cell.end - cell.begin), cell.raw)
        << cell.path;
  }
  return std::move(result.report);
}

TokenMaker& TokenMaker::Row(const std::vector<std::string>& texts) {
  ++row_;
  for (const std::string& text : texts) {
    Token& token = tokens_.emplace_back();
    token.block_kind = kind_;
    token.row = row_;
    token.text = texts_.emplace_back(text);
    token.value = TestValues().Parse(token.text);
    switch (token.value.kind) {
      case Value::Kind::kBlank:
        token.kind = TokenKind::kBlank;
        continue;
      case Value::Kind::kNumber:
        token.kind = TokenKind::kNumber;
        continue;
      case Value::Kind::kNotApplicable:
        token.kind = TokenKind::kNotApplicable;
        continue;
      case Value::Kind::kText:
        break;
    }
    token.label = TestLabels().Find(TestNormalizer().Normalize(token.text));
    if (token.label != nullptr) token.kind = TokenKind::kLabel;
  }
  return *this;
}

}  // namespace gongkai::extract
