// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What is read from generated Word files is what they say, where they say it,
// and the same as from the same report as text.

#include <cstdint>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/generator/expect.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"

namespace gongkai::extract {
namespace {

using generator::Comparison;
using generator::GeneratedReport;
using generator::Layout;
using generator::Options;

// Reports per layout with everything drawn.
constexpr uint64_t kSeeds = 400;
// Reports that are read in two formats.
constexpr uint64_t kPairs = 100;
constexpr int kMaxShown = 5;

class DocxPropertyTest : public testing::TestWithParam<Layout> {
 protected:
  static void SetUpTestSuite() {
    auto catalog = catalog::Catalog::Builtin();
    ASSERT_TRUE(catalog.ok()) << catalog.status();
    catalog_ = catalog->release();
  }
  static void TearDownTestSuite() { delete catalog_; }

  void SetUp() override {
    ASSERT_NE(catalog_, nullptr);
    extractor_ = std::make_unique<Extractor>(*catalog_);
  }

  v1::Report Read(const GeneratedReport& truth) {
    const absl::Status status =
        input::Read(truth.bytes, input::Limits(), &document_);
    EXPECT_TRUE(status.ok()) << status;
    v1::Report report;
    extractor_->Extract(document_, /*year_hint=*/0, &report);
    return report;
  }

  static std::vector<const v1::Cell*> Cells(const v1::Report& report) {
    std::vector<const v1::Cell*> cells;
    for (const v1::ReportTable* table :
         {&report.disclosure(), &report.requests(), &report.disputes()}) {
      for (const v1::Cell& cell : table->cells()) cells.push_back(&cell);
    }
    return cells;
  }

  static inline const catalog::Catalog* catalog_ = nullptr;
  std::unique_ptr<Extractor> extractor_;
  input::Document document_;
};

TEST_P(DocxPropertyTest, ReadsWhatTheReportSays) {
  int failed = 0;
  int right = 0;
  int wrong = 0;
  int unread = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const GeneratedReport truth =
        generator::Generate(generator::DrawOptions(seed, GetParam()));
    const Comparison c = generator::Compare(Read(truth), truth);
    right += c.right;
    wrong += c.wrong;
    unread += c.unread;
    const bool good = c.wrong == 0 && c.unread == 0 && c.other_state == 0 &&
                      c.year_right && c.body_right && c.template_right;
    if (good || ++failed > kMaxShown) continue;
    ADD_FAILURE() << "seed " << seed << "\n" << c.Summary();
  }
  std::cout << absl::StreamFormat(
      "layout %s: %d documents, %d failed: %d right, %d wrong, %d unread\n",
      generator::LayoutName(GetParam()), kSeeds, failed, right, wrong, unread);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(failed, 0);
}

TEST_P(DocxPropertyTest, GivesTheSameCellsAsTheReportInText) {
  const auto summary = [](const v1::Report& report) {
    std::vector<std::string> lines;
    for (const v1::Cell* cell : Cells(report)) {
      lines.push_back(absl::StrCat(CellPathText(*cell), " ",
                                   v1::CellState_Name(cell->state()), " ",
                                   cell->count(), " ", cell->decimal()));
    }
    return lines;
  };
  for (uint64_t seed = 0; seed < kPairs; ++seed) {
    Options options = generator::DrawOptions(seed, GetParam());
    constexpr generator::Zeros kZeros[] = {
        generator::Zeros::kDigit, generator::Zeros::kBlank,
        generator::Zeros::kSlash, generator::Zeros::kDash};
    options.zeros = kZeros[seed % std::size(kZeros)];
    const v1::Report from_docx = Read(generator::Generate(options));
    options.layout = Layout::kA;
    const v1::Report from_text = Read(generator::Generate(options));
    EXPECT_EQ(from_docx.template_(), from_text.template_());
    EXPECT_EQ(from_docx.year(), from_text.year());
    EXPECT_EQ(absl::StrJoin(summary(from_docx), "\n"),
              absl::StrJoin(summary(from_text), "\n"))
        << "seed " << seed;
  }
}

TEST_P(DocxPropertyTest, EveryValueTellsItsTableRowAndColumn) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const v1::Report report =
        Read(generator::Generate(generator::DrawOptions(seed, GetParam())));
    std::set<std::tuple<int, int, int>> places;
    for (const v1::Cell* cell : Cells(report)) {
      if (cell->state() != v1::CELL_STATE_VALUE) continue;
      const v1::Place& place = cell->place();
      EXPECT_EQ(place.paragraph(), 0);
      if (cell->table() == v1::TABLE_REQUESTS) {
        // Behind three columns of labels.
        EXPECT_EQ(place.column() - 4, cell->column() - v1::COLUMN_NATURAL)
            << CellPathText(*cell);
      }
      EXPECT_TRUE(
          places.insert({place.table(), place.row(), place.column()}).second)
          << "two values in one place: " << CellPathText(*cell);
    }
    EXPECT_GT(report.title_place().paragraph() + report.title_place().table(),
              0);
  }
}

TEST_P(DocxPropertyTest, TheSameBytesGiveTheSameReport) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Options options = generator::DrawOptions(seed, GetParam());
    const GeneratedReport one = generator::Generate(options);
    ASSERT_EQ(generator::Generate(options).bytes, one.bytes);
    const std::string first = Read(one).SerializeAsString();
    Read(generator::Generate(generator::DrawOptions(seed + 1, GetParam())));
    EXPECT_EQ(Read(one).SerializeAsString(), first) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Layouts, DocxPropertyTest,
                         testing::ValuesIn(generator::DocxLayouts()),
                         [](const auto& info) {
                           return std::string(
                               generator::LayoutName(info.param));
                         });

}  // namespace
}  // namespace gongkai::extract
