// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/docx/make_docx.h
//
// Word files with a body that a test writes down as XML.

#ifndef GONGKAI_TESTS_WORKER_INPUT_DOCX_MAKE_DOCX_H_
#define GONGKAI_TESTS_WORKER_INPUT_DOCX_MAKE_DOCX_H_

#include <string>
#include <string_view>

#include "worker/input/limits.h"

namespace gongkai::input {

// A whole <w:document> part with this body.
std::string DocumentXml(std::string_view body);

// A file with this body, and these lists and styles unless they are empty:
// what stands inside <w:numbering> and <w:styles>.
std::string MakeDocx(std::string_view body, std::string_view lists = "",
                     std::string_view styles = "");

// A file whose word/document.xml is `xml`.
std::string DocxOf(const std::string& xml);

// Pieces of a body: a paragraph of one run, a run, a cell, a row, a table.
// Properties come as XML.
std::string P(std::string_view text, std::string_view properties = "");
std::string R(std::string_view text, std::string_view properties = "");
std::string Tc(std::string_view text, std::string_view properties = "");
std::string Tr(std::string_view cells, std::string_view properties = "");
std::string Tbl(std::string_view rows);

// Reads the file and shows its blocks (see Show() in read_document.h), or the
// rejection as "OUTCOME: English sentence".
std::string ShowDocx(std::string_view bytes, const Limits& limits = {});

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_DOCX_MAKE_DOCX_H_
