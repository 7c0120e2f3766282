// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/limits.h
//
// The limits of one document. Each is overridden by a flag of gongkai-worker.

#ifndef GONGKAI_WORKER_INPUT_LIMITS_H_
#define GONGKAI_WORKER_INPUT_LIMITS_H_

#include <cstdint>

namespace gongkai::input {

struct Limits {
  // Largest document in bytes. Provincial reports take 60 KB as text and some
  // hundred KB as PDF; 32 MiB leaves room for pictures in Word files and fits
  // the worker's memory several times over.
  int64_t max_document_bytes = int64_t{32} << 20;
  // Most pieces (lines and cells) in one document. A report has about 700; a
  // collection pasted into one file stays below this.
  int64_t max_pieces = 200'000;

  // Web pages.

  // Deepest nesting of a web page's elements. Pages of content management
  // systems have about 30; browsers stop at 512.
  int64_t max_html_depth = 512;
  // Most tags and pieces of text in a web page. A report that a word processor
  // saved has about 10,000; a million take 30 MB and 50 ms.
  int64_t max_html_nodes = 1'000'000;
  // Most rows or columns that a cell of a web page spans; what spans more is
  // taken to span so many, as in browsers. The forms have 22 at most.
  int64_t max_html_span = 1'000;

  // Word files (DOCX), which are archives of XML.

  // What the parts that are read may expand to together. A report's text
  // expands to 250 KB of XML; pictures are not read.
  int64_t max_expanded_bytes = int64_t{32} << 20;
  // How many times its packed size a part of more than 1 MiB may expand to. The
  // XML of tables packs 20 to 60 times, an archive bomb a thousand times.
  int64_t max_compression_ratio = 200;
  // Most files in the archive. A report has about 20, and some for pictures.
  int64_t max_archive_entries = 4096;
  // Most elements and attributes in a part; each takes up to 128 bytes of
  // memory. A report has some 20,000.
  int64_t max_xml_nodes = 1'000'000;
  // How deep elements may stand in one another. Word's own stand 20 to 40 deep;
  // reading takes some 200 bytes of stack for each.
  int max_xml_depth = 256;
  // Most columns of a table, spans counted in full. Word makes 63, the widest
  // of the form's tables has 15.
  int64_t max_table_columns = 256;
  // How deep tables may stand in one another. Pages that were pasted into Word
  // come with up to five around their text.
  int max_table_nesting = 16;

  // PDF files.

  // Most pages of a PDF file. Reports have 4 to 20; a yearbook of reports has
  // some hundred and is read report by report.
  int64_t max_pages = 500;
  // Most characters on a page of a PDF file. A page in small print has 5,000.
  int64_t max_page_characters = 50'000;
  // CPU time for a PDF file in milliseconds. A page takes about 2, so this is
  // reached by files alone that are made to; what such a file can have unpacked
  // in this time fits the worker's memory.
  int64_t max_pdf_milliseconds = 750;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_LIMITS_H_
