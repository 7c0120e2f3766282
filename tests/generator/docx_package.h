// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/docx_package.h
//
// The parts of a Word file around its body.

#ifndef GONGKAI_TESTS_GENERATOR_DOCX_PACKAGE_H_
#define GONGKAI_TESTS_GENERATOR_DOCX_PACKAGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/generator/random.h"
#include "tests/generator/zip.h"

namespace gongkai::generator {

// The entries of a DOCX file with these paragraphs and tables. With `numbered`
// there is a list: 一、 at its first level and （一） at its second.
std::vector<ZipEntry> DocxParts(absl::string_view body, bool numbered,
                                Random* random);

// What makes a paragraph one of that list, at level 0 or 1: by the style of the
// paragraph or by the paragraph's own numbering.
std::string NumberedProperties(int level, bool by_style);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_DOCX_PACKAGE_H_
