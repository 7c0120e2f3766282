// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/docx.h
//
// Prints a report's parts as a Word file (DOCX).

#ifndef GONGKAI_TESTS_GENERATOR_DOCX_H_
#define GONGKAI_TESTS_GENERATOR_DOCX_H_

#include <string>
#include <vector>

#include "tests/generator/layout.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

enum class DocxKind {
  // As Word writes a form that was filled in once.
  kClean,
  // As a file looks that went through many hands: numbers split over runs,
  // tracked changes, content controls, bookmarks, fields, hidden text, headings
  // numbered automatically, now and then a table around it all.
  kMessy,
};

// The file's bytes; the same for the same arguments. Line breaks inside a cell
// become breaks or paragraphs of the cell. Programs that show tracked changes
// (or convert with them) show what a messy file deletes.
std::string PrintDocx(DocxKind kind, const std::vector<Part>& parts,
                      Random* random);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_DOCX_H_
