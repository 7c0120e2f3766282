// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/pdf/pdf_maker.h
//
// Makes small PDF files: pages with text and lines at given places, and files
// put together by hand to be broken in a given way.
//
//   PageMaker page;
//   page.Grid({50, 150, 250}, {100, 120, 140});
//   page.Text(55, 115, u"规章");
//   std::string bytes = MakePdf({page.content()});

#ifndef GONGKAI_TESTS_WORKER_INPUT_PDF_PDF_MAKER_H_
#define GONGKAI_TESTS_WORKER_INPUT_PDF_PDF_MAKER_H_

#include <string>
#include <string_view>
#include <vector>

namespace gongkai::input {

// A4, upright, in points.
inline constexpr int kPageWidth = 595;
inline constexpr int kPageHeight = 842;

// The content of a page. Places are in points from the top left corner.
class PageMaker {
 public:
  // Text on a base line. Every character takes `size` points, an ASCII
  // character half of it.
  PageMaker& Text(double x, double base, std::u16string_view text,
                  double size = 10);
  PageMaker& Line(double x0, double y0, double x1, double y1);
  // All lines between these columns and rows.
  PageMaker& Grid(const std::vector<double>& xs, const std::vector<double>& ys);
  // Operators as they stand in the file.
  PageMaker& Raw(std::string_view operators);

  const std::string& content() const { return content_; }

 private:
  std::string content_;
};

// Objects by hand. Object 1 is the catalogue.
class FileMaker {
 public:
  // The body of the next object; returns its number.
  int Add(std::string_view body);
  // The same for a stream; `entries` stand in its dictionary beside /Length.
  int AddStream(std::string_view data, std::string_view entries = "");
  // The whole file; `trailer` stands in its trailer beside /Size and /Root.
  std::string Finish(std::string_view trailer = "") const;

 private:
  std::vector<std::string> objects_;
};

// The entries of a page's resources: the font that PageMaker::Text() uses.
std::string_view FontResources();

// A file of these pages; `page_entries` stand in each page's dictionary.
std::string MakePdf(const std::vector<std::string>& contents,
                    std::string_view page_entries = "");

// Packed by deflate, as the filter FlateDecode has it.
std::string Deflate(std::string_view data);

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_PDF_PDF_MAKER_H_
