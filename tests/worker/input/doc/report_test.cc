// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Reports that LibreOffice saved as DOC, one for each way of the form and of
// blank cells. data/seed-N.doc is made by
//   gongkai-generate --layout=docx --seed=N --count=1
//   soffice --headless --convert-to doc:"MS Word 97" 0000NN-docx.docx
// and says what the generator says for that seed.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"
#include "tests/generator/expect.h"
#include "tests/generator/generator.h"
#include "tests/worker/input/doc/read_report.h"

namespace gongkai::input {
namespace {

using generator::Comparison;
using generator::GeneratedReport;
using generator::Layout;

std::string DataFile(uint64_t seed) {
  return ReadFile(absl::StrCat(getenv("GONGKAI_SOURCE_DIR"),
                               "/tests/worker/input/doc/data/seed-", seed,
                               ".doc"));
}

GeneratedReport TruthOf(uint64_t seed) {
  return generator::Generate(generator::DrawOptions(seed, Layout::kDocx));
}

class DocReportTest : public testing::TestWithParam<uint64_t> {};

TEST_P(DocReportTest, ReadsEveryCell) {
  ReportReader reader;
  const auto report = reader.Read(DataFile(GetParam()));
  ASSERT_TRUE(report.ok()) << report.status();
  const GeneratedReport truth = TruthOf(GetParam());
  const Comparison c = generator::Compare(*report, truth);
  EXPECT_GE(c.right, 198) << c.Summary();
  EXPECT_EQ(c.wrong + c.unread + c.other_state, 0) << c.Summary();
  EXPECT_TRUE(c.template_right && c.year_right && c.body_right) << c.Summary();
  EXPECT_EQ(report->title(), truth.title);
}

TEST_P(DocReportTest, SaysWhereEveryCellStands) {
  ReportReader reader;
  const auto report = reader.Read(DataFile(GetParam()));
  ASSERT_TRUE(report.ok()) << report.status();
  int32_t table_number = 0;
  for (const v1::ReportTable* table :
       {&report->disclosure(), &report->requests(), &report->disputes()}) {
    ++table_number;
    for (const v1::Cell& cell : table->cells()) {
      if (cell.state() == v1::CELL_STATE_MISSING) continue;
      ASSERT_TRUE(cell.has_place()) << CellPathText(cell);
      EXPECT_EQ(cell.place().table(), table_number) << CellPathText(cell);
      EXPECT_GT(cell.place().row(), 0) << CellPathText(cell);
      EXPECT_GT(cell.place().column(), 0) << CellPathText(cell);
      EXPECT_EQ(cell.place().paragraph(), 0) << CellPathText(cell);
    }
    // Cells of a row stand in it from left to right.
    for (int i = 1; i < table->cells_size(); ++i) {
      const v1::Cell& before = table->cells(i - 1);
      const v1::Cell& cell = table->cells(i);
      if (table_number != 2 || cell.row() != before.row()) continue;
      EXPECT_EQ(cell.place().row(), before.place().row());
      EXPECT_EQ(cell.place().column(), before.place().column() + 1);
    }
  }
  EXPECT_EQ(report->title_place().paragraph(), 1);
}

// 2021 all blank; 2021 and 2019 with some cells blank.
INSTANTIATE_TEST_SUITE_P(Seeds, DocReportTest, testing::Values(22, 35, 132));

}  // namespace
}  // namespace gongkai::input
