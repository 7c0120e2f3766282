// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Web pages and Word files through the gongkai command, the real service and
// real workers.

#include "tests/e2e/formats.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"
#include "tests/generator/generator.h"
#include "tests/worker/input/doc/compound_file_builder.h"

namespace gongkai::testing {
namespace {

using generator::Layout;
using ::testing::Contains;
using ::testing::HasSubstr;

class FormatsTest : public FormatTest {
 protected:
  // A report of a city with many requests, as the form prints it.
  static std::string Report(Layout layout) {
    generator::Options options;
    options.seed = 42;
    options.layout = layout;
    options.form = generator::Form::k2021;
    options.scale = generator::Scale::kCity;
    options.zeros = generator::Zeros::kDigit;
    options.variants = false;
    return generator::Generate(options).bytes;
  }
};

TEST_F(FormatsTest, TheSameReportHasTheSameCellsInEveryFormat) {
  const std::vector<std::string> text =
      CellsOf(Write("report.txt", Report(Layout::kA)));
  ASSERT_EQ(text.size(), 201);
  EXPECT_THAT(text[0], HasSubstr("\"outcome\":\"OK\""));
  for (const Layout layout :
       {Layout::kHtml, Layout::kHtmlCms, Layout::kHtmlWord, Layout::kDocx,
        Layout::kDocxMessy}) {
    // Formats are told by content: the name says nothing.
    const std::string path = Write("report", Report(layout));
    EXPECT_EQ(CellsOf(path), text) << generator::LayoutName(layout);
  }
  ExpectCleanedUp();
}

TEST_F(FormatsTest, CellsOfTextStandAtTheirBytes) {
  const std::string bytes = Report(Layout::kA);
  for (const v1::Cell& cell : ValuesOf(Write("report.txt", bytes))) {
    EXPECT_FALSE(cell.has_place());
    EXPECT_EQ(BytesOf(cell, bytes), cell.raw());
  }
}

TEST_F(FormatsTest, CellsOfWebPagesStandInTheirTableAndAtTheirBytes) {
  const std::string bytes = Report(Layout::kHtmlCms);
  const std::vector<v1::Cell> cells = ValuesOf(Write("report.html", bytes));
  ExpectPlacesInTables(cells);
  for (const v1::Cell& cell : cells) {
    EXPECT_EQ(BytesOf(cell, bytes), cell.raw());
  }
}

TEST_F(FormatsTest, CellsOfWordFilesStandInTheirTable) {
  const std::vector<v1::Cell> cells =
      ValuesOf(Write("report.docx", Report(Layout::kDocx)));
  ExpectPlacesInTables(cells);
  // The text is packed away.
  for (const v1::Cell& cell : cells) EXPECT_EQ(cell.end_byte(), 0);
}

TEST_F(FormatsTest, TheExampleOfABinaryWordFileIsRead) {
  const std::string path = Example("helu-yanwu-2020.doc");
  EXPECT_THAT(CellsOf(path), Contains(HasSubstr("\"outcome\":\"OK\"")));
  ExpectPlacesInTables(ValuesOf(path));
}

TEST_F(FormatsTest, WhatCannotBeReadSaysWhyAndTheNextIsServed) {
  const std::string docx = Report(Layout::kDocx);
  const std::string doc = ReadFile(Example("helu-yanwu-2020.doc"));
  ExpectRejected({
      {"rich.rtf", "{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 SimSun;}} 2023}",
       "UNSUPPORTED_FORMAT",
       "This is an RTF document, which is not read. Save the report as"},
      {"half.docx", docx.substr(0, docx.size() / 2), "MALFORMED",
       "The Word file is damaged or incomplete"},
      {"half.doc", doc.substr(0, doc.size() / 2), "MALFORMED",
       "The Word document (DOC) is damaged or incomplete"},
      // A DOCX file under a password is packed into such a container.
      {"locked.docx",
       input::MakeCompoundFile(
           {{"EncryptionInfo", "x"}, {"EncryptedPackage", "x"}}),
       "UNSUPPORTED_FORMAT", "Remove the password and submit it again."},
      {"empty.html", "<html><body><table></table></body></html>", "MALFORMED",
       "no text"},
  });
}

}  // namespace
}  // namespace gongkai::testing
