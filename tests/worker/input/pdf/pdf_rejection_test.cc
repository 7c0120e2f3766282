// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// PDF files that cannot be read, or that are made to do harm.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/worker/input/pdf/pdf_maker.h"
#include "tests/worker/input/read_document.h"
#include "worker/input/limits.h"

namespace gongkai::input {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ShowPages(const std::vector<PageMaker>& pages) {
  std::vector<std::string> contents;
  for (const PageMaker& page : pages) contents.push_back(page.content());
  return ReadPackedAndShow(MakePdf(contents));
}

TEST(PdfRejectionTest, SaysThatAScanHasNoText) {
  PageMaker page;
  page.Grid({50, 150, 250}, {100, 120});
  EXPECT_THAT(ShowPages({page, page}),
              AllOf(StartsWith("UNSUPPORTED_FORMAT: "), HasSubstr("a scan")));
}

TEST(PdfRejectionTest, DoesNotTrustTheTextUnderAScan) {
  PageMaker page;
  page.Raw("3 Tr").Text(50, 100, u"总计11件，其他12件，全部办结。");
  EXPECT_THAT(ShowPages({page}), AllOf(StartsWith("UNSUPPORTED_FORMAT: "),
                                       HasSubstr("character recognition")));
}

TEST(PdfRejectionTest, SaysThatAPasswordIsNeeded) {
  FileMaker file;
  file.Add("<< /Type /Catalog /Pages 2 0 R >>");
  file.Add("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>");
  file.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
  const std::string key(32, 'k');
  EXPECT_THAT(
      ReadPackedAndShow(file.Finish(absl::StrCat(
          "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (",
          key, ") /U (", key, ") >>"))),
      AllOf(StartsWith("UNSUPPORTED_FORMAT: "), HasSubstr("password")));
}

TEST(PdfRejectionTest, SaysThatAFileIsDamaged) {
  const std::string whole =
      MakePdf({PageMaker().Text(50, 100, u"a").content()});
  for (const std::string& bytes :
       {std::string("%PDF-1.7\n"), std::string("%PDF-1.7\n1 0 obj\n<< >>"),
        whole.substr(0, 60), "%PDF-1.7 obj" + std::string(100'000, '<'),
        "%PDF-1.7 obj" + std::string(100'000, '['),
        "%PDF-1.7\n" + std::string(100'000, '\0')}) {
    EXPECT_THAT(ReadPackedAndShow(bytes), StartsWith("MALFORMED: "))
        << bytes.substr(0, 40);
  }
}

TEST(PdfRejectionTest, MendsAFileWhoseTableOfObjectsIsLost) {
  std::string bytes = MakePdf(
      {PageMaker().Text(50, 100, u"一、总体情况，全年无申请。").content()});
  bytes.replace(bytes.find("xref\n"), 25, 25, 'x');
  EXPECT_EQ(ReadPackedAndShow(bytes), "text 一、总体情况，全年无申请。\n");
}

// --- Hostile files.

std::string PageTree(std::string_view pages, std::string_view more = "") {
  FileMaker file;
  file.Add("<< /Type /Catalog /Pages 2 0 R >>");
  file.Add(pages);
  if (!more.empty()) file.Add(more);
  return file.Finish();
}

TEST(PdfRejectionTest, ALoopInThePageTreeEnds) {
  EXPECT_THAT(ReadPackedAndShow(
                  PageTree("<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>")),
              StartsWith("MALFORMED: "));
  EXPECT_THAT(
      ReadPackedAndShow(PageTree("<< /Type /Pages /Count 9 /Kids [3 0 R] >>",
                                 "<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] "
                                 "/Parent 2 0 R >>")),
      testing::AnyOf(StartsWith("MALFORMED: "),
                     StartsWith("UNSUPPORTED_FORMAT: ")));
}

TEST(PdfRejectionTest, AClaimOfPagesIsNotBelieved) {
  for (const char* count : {"2000000000", "99999999999", "-5"}) {
    EXPECT_THAT(ReadPackedAndShow(PageTree(absl::StrCat(
                    "<< /Type /Pages /Count ", count, " /Kids [3 0 R] >>"))),
                testing::AnyOf(StartsWith("MALFORMED: "),
                               StartsWith("UNSUPPORTED_FORMAT: "),
                               StartsWith("LIMIT_EXCEEDED: ")))
        << count;
  }
}

TEST(PdfRejectionTest, AClaimOfObjectsIsNotBelieved) {
  std::string bytes = MakePdf({PageMaker().Text(50, 100, u"a").content()});
  const size_t table = bytes.find("xref\n0 ") + 7;
  bytes.replace(table, 1, "2000000000");
  EXPECT_THAT(ReadPackedAndShow(bytes),
              testing::AnyOf(StartsWith("MALFORMED: "),
                             StartsWith("UNSUPPORTED_FORMAT: ")));
}

// A file of one page with this content stream.
std::string WithContent(std::string_view data, std::string_view filter,
                        std::string_view resources = "",
                        std::string_view form = "") {
  FileMaker file;
  file.Add("<< /Type /Catalog /Pages 2 0 R >>");
  file.Add("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>");
  file.Add(
      absl::StrCat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                   "/Contents 4 0 R /Resources << ",
                   std::string(resources), " >> >>"));
  file.AddStream(data, filter);
  if (!form.empty()) file.Add(form);
  return file.Finish();
}

TEST(PdfRejectionTest, AStreamThatUnpacksToGigabytesIsLeft) {
  // 64 MB of blanks again and again, in a stream of 64 KB each time.
  const std::string blanks = Deflate(std::string(size_t{64} << 20, ' '));
  FileMaker file;
  file.Add("<< /Type /Catalog /Pages 2 0 R >>");
  file.Add("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>");
  std::string contents;
  for (int i = 0; i < 64; ++i) contents += "4 0 R ";
  file.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [ " +
           contents + "] >>");
  file.AddStream(blanks, "/Filter /FlateDecode");
  EXPECT_THAT(ReadPackedAndShow(file.Finish()), StartsWith("LIMIT_EXCEEDED: "));
}

TEST(PdfRejectionTest, AStreamThatIsPackedTwiceIsRefused) {
  const std::string twice =
      Deflate(Deflate(std::string(size_t{64} << 20, ' ')));
  EXPECT_THAT(ReadPackedAndShow(
                  WithContent(twice, "/Filter [ /FlateDecode /FlateDecode ]")),
              StartsWith("LIMIT_EXCEEDED: "));
}

TEST(PdfRejectionTest, FormsThatDrawFormsThatDrawFormsAreLeft) {
  FileMaker file;
  file.Add("<< /Type /Catalog /Pages 2 0 R >>");
  file.Add("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>");
  file.Add(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /XObject << /X 5 0 R >> >> >>");
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "/X Do\n";
  file.AddStream(ten);
  for (int level = 0; level < 12; ++level) {
    file.AddStream(ten,
                   absl::StrCat("/Type /XObject /Subtype /Form /BBox [0 0 1 1] "
                                "/Resources << /XObject << /X ",
                                6 + level, " 0 R >> >>"));
  }
  EXPECT_THAT(ReadPackedAndShow(file.Finish()), StartsWith("LIMIT_EXCEEDED: "));
}

TEST(PdfRejectionTest, DeepNestingIsNoTrouble) {
  const std::string deep =
      std::string(200'000, '[') + std::string(200'000, 'q');
  EXPECT_THAT(ReadPackedAndShow(WithContent(deep, "")),
              StartsWith("UNSUPPORTED_FORMAT: "));
  std::string dictionaries;
  for (int i = 0; i < 50'000; ++i) dictionaries += "<</A ";
  EXPECT_THAT(ReadPackedAndShow(WithContent(dictionaries, "")),
              StartsWith("UNSUPPORTED_FORMAT: "));
}

TEST(PdfRejectionTest, DrawingsDoNotTakeLong) {
  std::string lines;
  for (int i = 0; i < 400; ++i) {
    absl::StrAppend(&lines, i, " 0 m ", i, " 842 l S 0 ", 2 * i, " m 595 ",
                    2 * i, " l S\n");
  }
  EXPECT_THAT(ReadPackedAndShow(WithContent(lines, "")),
              StartsWith("UNSUPPORTED_FORMAT: "));
}

TEST(PdfRejectionTest, HoldsPagesCharactersAndPiecesToTheirLimits) {
  PageMaker page;
  page.Text(50, 100, u"一、总体情况，全年无申请。").Text(50, 150, u"二、");
  const std::string bytes = MakePdf({page.content(), page.content()});
  Limits limits;
  limits.max_pages = 1;
  EXPECT_THAT(ReadPackedAndShow(bytes, limits),
              AllOf(StartsWith("LIMIT_EXCEEDED: "), HasSubstr("1 pages")));
  limits = Limits();
  limits.max_page_characters = 5;
  EXPECT_THAT(ReadPackedAndShow(bytes, limits),
              AllOf(StartsWith("LIMIT_EXCEEDED: "), HasSubstr("page 1")));
  limits = Limits();
  limits.max_pieces = 2;
  EXPECT_THAT(ReadPackedAndShow(bytes, limits), StartsWith("LIMIT_EXCEEDED: "));
}

}  // namespace
}  // namespace gongkai::input
