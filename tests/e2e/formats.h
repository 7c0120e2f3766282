// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/formats.h
//
// What tests of the formats through the gongkai command have in common.

#ifndef GONGKAI_TESTS_E2E_FORMATS_H_
#define GONGKAI_TESTS_E2E_FORMATS_H_

#include <string>
#include <vector>

#include "gongkai/v1/report_service.pb.h"
#include "tests/e2e/command.h"

namespace gongkai::testing {

// The whole file; one that is not there fails the test.
std::string ReadFile(const std::string& path);

// The path of a file in examples/.
std::string Example(const std::string& name);

// A document that is not read.
struct Rejected {
  std::string name;
  std::string bytes;
  std::string outcome;
  // A part of the sentence that tells people why.
  std::string sentence;
};

class FormatTest : public CommandTest {
 protected:
  // The lines of --format=cells without the document's name; the first is that
  // of the document.
  std::vector<std::string> CellsOf(const std::string& path);

  // The cells with a value, as --format=jsonl gives them; there are some.
  std::vector<v1::Cell> ValuesOf(const std::string& path);

  // Checks each of the documents and a good one behind it in one call: every
  // one has its outcome and sentence, every good one is read.
  void ExpectRejected(const std::vector<Rejected>& documents);
};

// What the cell's byte range holds.
std::string BytesOf(const v1::Cell& cell, const std::string& document);

// Every cell has a place of its own in some table, in the columns and tables of
// the form.
void ExpectPlacesInTables(const std::vector<v1::Cell>& cells);

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_FORMATS_H_
