// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/pdf/pdf_maker.h"

#include <zlib.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gongkai::input {
namespace {

absl::string_view View(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

}  // namespace

PageMaker& PageMaker::Text(double x, double base, std::u16string_view text,
                           double size) {
  absl::StrAppendFormat(&content_, "BT /F1 %g Tf %g %g Td <", size, x,
                        kPageHeight - base);
  for (const char16_t c : text) {
    absl::StrAppendFormat(&content_, "%04X", static_cast<int>(c));
  }
  content_ += "> Tj ET\n";
  return *this;
}

PageMaker& PageMaker::Line(double x0, double y0, double x1, double y1) {
  absl::StrAppendFormat(&content_, "0.5 w %g %g m %g %g l S\n", x0,
                        kPageHeight - y0, x1, kPageHeight - y1);
  return *this;
}

PageMaker& PageMaker::Grid(const std::vector<double>& xs,
                           const std::vector<double>& ys) {
  for (const double x : xs) Line(x, ys.front(), x, ys.back());
  for (const double y : ys) Line(xs.front(), y, xs.back(), y);
  return *this;
}

PageMaker& PageMaker::Raw(std::string_view operators) {
  absl::StrAppend(&content_, View(operators), "\n");
  return *this;
}

int FileMaker::Add(std::string_view body) {
  objects_.emplace_back(body);
  return static_cast<int>(objects_.size());
}

int FileMaker::AddStream(std::string_view data, std::string_view entries) {
  return Add(absl::StrCat("<< /Length ", data.size(), " ", View(entries),
                          " >>\nstream\n", View(data), "\nendstream"));
}

std::string FileMaker::Finish(std::string_view trailer) const {
  std::string file = "%PDF-1.7\n";
  std::string table =
      absl::StrFormat("xref\n0 %d\n0000000000 65535 f \n", objects_.size() + 1);
  int number = 0;
  for (const std::string& body : objects_) {
    absl::StrAppendFormat(&table, "%010d 00000 n \n", file.size());
    absl::StrAppend(&file, ++number, " 0 obj\n", body, "\nendobj\n");
  }
  const size_t start = file.size();
  absl::StrAppend(&file, table, "trailer\n<< /Size ", objects_.size() + 1,
                  " /Root 1 0 R ", View(trailer), " >>\nstartxref\n", start,
                  "\n%%EOF\n");
  return file;
}

std::string_view FontResources() {
  // Not embedded; its characters are told by a table of Poppler's data. ASCII
  // takes half a square: CIDs 1 to 95 and, in this table, 814 to 907.
  return "/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /Song "
         "/Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font /Subtype "
         "/CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) "
         "/Ordering (GB1) /Supplement 2 >> /DW 1000 /W [ 1 95 500 814 907 500 "
         "] /FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 "
         "/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent "
         "-120 /StemV 80 >> >> ] >> >>";
}

std::string MakePdf(const std::vector<std::string>& contents,
                    std::string_view page_entries) {
  std::string kids;
  for (size_t i = 0; i < contents.size(); ++i) {
    absl::StrAppend(&kids, 3 + 2 * i, " 0 R ");
  }
  FileMaker file;
  file.Add("<< /Type /Catalog /Pages 2 0 R >>");
  file.Add(absl::StrCat("<< /Type /Pages /Count ", contents.size(), " /Kids [ ",
                        kids, "] >>"));
  for (size_t i = 0; i < contents.size(); ++i) {
    file.Add(absl::StrCat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ",
                          kPageWidth, " ", kPageHeight, "] /Resources << ",
                          View(FontResources()), " >> /Contents ", 4 + 2 * i,
                          " 0 R ", View(page_entries), " >>"));
    file.AddStream(contents[i]);
  }
  return file.Finish();
}

std::string Deflate(std::string_view data) {
  uLongf size = compressBound(data.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(data.data()), data.size(),
            Z_BEST_COMPRESSION);
  packed.resize(size);
  return packed;
}

}  // namespace gongkai::input
