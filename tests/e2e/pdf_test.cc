// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// PDF files through the gongkai command, the real service and real workers.

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/e2e/formats.h"
#include "tests/worker/input/pdf/pdf_maker.h"

namespace gongkai::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class PdfTest : public FormatTest {};

TEST_F(PdfTest, EveryValueOfTheExampleStandsInABoxOfItsOwnOnSomePage) {
  const std::string path = Example("yuanxi-market-2024.pdf");
  EXPECT_THAT(CellsOf(path), Contains(HasSubstr("\"outcome\":\"OK\"")));
  // By page and the box's middle from above.
  std::map<std::tuple<int, float>, std::vector<v1::Cell>> rows;
  for (const v1::Cell& cell : ValuesOf(path)) {
    const v1::Place& place = cell.place();
    const v1::Box& box = place.box();
    EXPECT_GE(place.page(), 1);
    EXPECT_GE(box.left(), 0) << CellPathText(cell);
    EXPECT_LT(box.left(), box.right()) << CellPathText(cell);
    EXPECT_LE(box.right(), input::kPageWidth + 1) << CellPathText(cell);
    EXPECT_GE(box.top(), 0) << CellPathText(cell);
    EXPECT_LT(box.top(), box.bottom()) << CellPathText(cell);
    EXPECT_LE(box.bottom(), input::kPageHeight + 1) << CellPathText(cell);
    if (cell.table() != v1::TABLE_REQUESTS) continue;
    rows[{place.page(), box.top()}].push_back(cell);
  }
  EXPECT_GT(rows.size(), 10);
  for (const auto& [place, cells] : rows) {
    for (size_t i = 1; i < cells.size(); ++i) {
      EXPECT_EQ(cells[i].row(), cells[0].row()) << CellPathText(cells[i]);
      EXPECT_LT(cells[i - 1].place().box().right(),
                cells[i].place().box().left())
          << CellPathText(cells[i]);
    }
  }
}

TEST_F(PdfTest, WhatCannotBeReadSaysWhyAndTheNextIsServed) {
  input::PageMaker scan;
  scan.Grid({50, 150, 250}, {100, 120});
  input::PageMaker guessed;
  guessed.Raw("3 Tr").Text(50, 100, u"总计11件，其他12件，全部办结。");
  input::FileMaker locked;
  locked.Add("<< /Type /Catalog /Pages 2 0 R >>");
  locked.Add("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>");
  locked.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
  const std::string key(32, 'k');
  const std::string whole = ReadFile(Example("yuanxi-market-2024.pdf"));
  ExpectRejected({
      {"scan.pdf", input::MakePdf({scan.content(), scan.content()}),
       "UNSUPPORTED_FORMAT", "it is probably a scan. Submit a PDF exported"},
      {"guessed.pdf", input::MakePdf({guessed.content()}), "UNSUPPORTED_FORMAT",
       "guessed by character recognition"},
      {"locked.pdf",
       locked.Finish(
           absl::StrCat("/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R "
                        "2 /P -4 /O (",
                        key, ") /U (", key, ") >>")),
       "UNSUPPORTED_FORMAT", "Remove the password and submit it again."},
      {"beginning.pdf", whole.substr(0, 60), "MALFORMED",
       "The PDF file is damaged and cannot be opened."},
  });
}

}  // namespace
}  // namespace gongkai::testing
