// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/generator.h
//
// Makes annual reports of invented bodies from a seed, in any layout,
// together with what is in them: the oracle of the tests.
//
//   Options options;
//   options.seed = 7;
//   options.layout = Layout::kB;
//   GeneratedReport report = Generate(options);
//   report.bytes          // the document
//   report.cells          // every cell: path, state, value
//
// The same options give the same report on every machine. What an option
// leaves open is drawn from the seed; the numbers depend on the seed, the form
// and the scale alone, so that the layouts of one seed show the same cells.

#ifndef GONGKAI_TESTS_GENERATOR_GENERATOR_H_
#define GONGKAI_TESTS_GENERATOR_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/report.pb.h"
#include "tests/generator/encode.h"
#include "tests/generator/faults.h"
#include "tests/generator/form.h"
#include "tests/generator/layout.h"
#include "tests/generator/numbers.h"

namespace gongkai::generator {

// How a count of zero is printed.
enum class Zeros { kDigit, kBlank, kSlash, kDash };

struct Options {
  uint64_t seed = 0;
  Layout layout = Layout::kA;
  Encoding encoding = Encoding::kUtf8;
  std::optional<Form> form;
  std::optional<Scale> scale;
  // E_blank, E_slash, E_dash, H and H2 have their own way and ignore this.
  // Blank zeros are printed as digits in layouts that are not positional,
  // where nobody could read them.
  std::optional<Zeros> zeros;
  // Labels, headings, brackets, white space and furniture vary as on public
  // pages; false prints the form's own.
  bool variants = true;
  // Thousands separators and full-width digits.
  bool odd_digits = false;
  bool crlf = false;
  // The form does not fit the year.
  bool wrong_year = false;
  // One cell is off by a little; see GeneratedReport::fault.
  bool fault = false;
  // Prose that tells most figures of the tables, in many shapes; the figures
  // are such that no reviewer would ask about them. missing_section, min_bytes
  // and fault are ignored then.
  bool rich = false;
  // For rich reports: what is wrong with them; see GeneratedReport::injected.
  std::optional<Fault> injected;
  // Leaves out the section with this ordinal: 1, 5 or 6.
  int missing_section = 0;
  // Running text is added until the UTF-8 text has at least this many bytes.
  size_t min_bytes = 0;
};

// What a cell of a report truly is.
struct TrueCell {
  // The dotted path.
  std::string path;
  // What a perfect reader says: VALUE, BLANK, NOT_APPLICABLE, MISSING, or
  // AMBIGUOUS where the print does not tell which cell a number belongs to.
  v1::CellState state = v1::CELL_STATE_UNSPECIFIED;
  // The number that the body meant, as a decimal without separators; also
  // where the print does not show it. Empty for rows that are not printed.
  std::string meant;

  bool has_value() const { return state == v1::CELL_STATE_VALUE; }
};

struct GeneratedReport {
  Options options;
  std::string bytes;
  Form form = Form::k2021;
  v1::Template template_id = v1::TEMPLATE_UNSPECIFIED;
  int year = 0;
  std::string body;
  std::string title;
  // Every cell of the form once, in its order; for the hybrid followed by the
  // seven cells of requests.other.all.
  std::vector<TrueCell> cells;
  // The ordinals of the sections present.
  std::vector<int> sections;
  // The path of the broken cell, the number that it should have; empty without
  // Options::fault.
  std::string fault;
  std::string fault_correct;
  // By the totals of BrokenIdentities.
  std::vector<std::string> broken_identities;
  // What Options::injected came to; empty if the figures or the kind of body do
  // not allow that fault.
  std::optional<InjectedFault> injected;
};

GeneratedReport Generate(const Options& options);

// The rich report of the same body of the year before the one that Generate
// makes, which goes on from it: what was carried out is carried in. Empty if
// there was no form in that year.
std::optional<GeneratedReport> GenerateYearBefore(const Options& options);

// Options for the i-th document of a run: form, scale, zeros, encoding, line
// ends, odd digits and faults all drawn, so that a long run meets every
// combination.
Options DrawOptions(uint64_t seed, Layout layout);

// The truth as the JSON of a truth file: document, body, year, template, cells
// (path to value or null), states of cells without value.
std::string TruthJson(const GeneratedReport& report,
                      const std::string& document);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_GENERATOR_H_
