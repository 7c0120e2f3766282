// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Cells are handed on as they were read or as messages: both must come to the
// same report and the same findings.

#include "worker/catalog/read_cells.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"
#include "worker/process/finding_wire.h"
#include "worker/process/report_wire.h"
#include "worker/process/wire_writer.h"
#include "worker/validate/validate.h"

namespace gongkai::process {
namespace {

using generator::Layout;

const catalog::Catalog& Catalog() {
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin()->release();
  return *catalog;
}

class ReadCellsTest : public testing::TestWithParam<Layout> {
 protected:
  ReadCellsTest() : extractor_(Catalog()), validator_(Catalog()) {}

  std::string Answer(const v1::Report& report, const catalog::ReadCells* cells,
                     bool blank_as_zero) {
    v1::CheckOptions options;
    options.set_blank_as_zero(blank_as_zero);
    validate::Beside beside;
    beside.cells = cells;
    findings_.Clear();
    v1::Verdict verdict;
    validator_.Validate(report, options, beside, &findings_, &verdict);
    WireWriter out;
    AppendReport(1, report, cells, &out);
    AppendFindings(2, findings_, &out);
    AppendVerdict(3, verdict, &out);
    return std::string(out.view());
  }

  extract::Extractor extractor_;
  validate::Validator validator_;
  validate::Findings findings_;
};

TEST_P(ReadCellsTest, AnswerAsMessagesDo) {
  catalog::ReadCells cells;
  v1::Report with_cells;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    generator::Options options = generator::DrawOptions(seed, GetParam());
    // Some print a row beside the form.
    if (seed % 4 == 0) options.form = generator::Form::kHybrid;
    input::Document document;
    const std::string bytes = generator::Generate(options).bytes;
    ASSERT_TRUE(input::Read(bytes, input::Limits(), &document).ok());
    v1::Report report;
    extractor_.Extract(document, /*year_hint=*/0, &report);
    extractor_.Extract(document, /*year_hint=*/0, &with_cells, &cells);
    EXPECT_TRUE(with_cells.requests().cells().empty());
    for (const bool blank_as_zero : {false, true}) {
      // Not compared by EXPECT_EQ, which would print all bytes of both.
      EXPECT_TRUE(Answer(report, nullptr, blank_as_zero) ==
                  Answer(with_cells, &cells, blank_as_zero))
          << "seed " << seed;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllLayouts, ReadCellsTest,
                         testing::ValuesIn(generator::AllLayouts()),
                         [](const testing::TestParamInfo<Layout>& info) {
                           return std::string(
                               generator::LayoutName(info.param));
                         });

// Only messages can say in which row and column of a web page a cell stands.
TEST(ReadCells, AreOfNoFormWhereCellsHaveLocations) {
  const std::string page =
      "<html><body><p>某县2023年政府信息公开工作年度报告</p><table>"
      "<tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr>"
      "<tr><td>行政规范性文件</td><td>1</td><td>2</td><td>3</td></tr>"
      "<tr><td>行政许可</td><td>4</td></tr>"
      "<tr><td>行政处罚</td><td>5</td></tr>"
      "<tr><td>行政强制</td><td>6</td></tr>"
      "<tr><td>行政事业性收费</td><td>7</td></tr>"
      "</table></body></html>";
  input::Document document;
  ASSERT_TRUE(input::Read(page, input::Limits(), &document).ok());
  extract::Extractor extractor(Catalog());
  v1::Report report;
  catalog::ReadCells cells;
  extractor.Extract(document, /*year_hint=*/0, &report, &cells);
  EXPECT_EQ(cells.form(), nullptr);
  EXPECT_FALSE(report.disclosure().cells().empty());
}

}  // namespace
}  // namespace gongkai::process
