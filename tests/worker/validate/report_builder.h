// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/validate/report_builder.h
//
// Reports by hand for tests: a form filled with zeros, to be changed cell by
// cell.
//
//   ReportBuilder builder(v1::TEMPLATE_2021);
//   builder.Set("requests.received.natural", 3);
//   builder.SetState("requests.granted.total", v1::CELL_STATE_BLANK, "");
//   builder.AddUp();             // computes every total from its parts
//   Check(builder.report());

#ifndef GONGKAI_TESTS_WORKER_VALIDATE_REPORT_BUILDER_H_
#define GONGKAI_TESTS_WORKER_VALIDATE_REPORT_BUILDER_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/strings/string_view.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"

namespace gongkai::validate {

// The built-in catalogue with all rules. Ends the program if it does not load.
const catalog::Catalog& TestCatalog();

// The forms and only the rules of rules.txtpb: arithmetic, single cells,
// structure. For tests that list all findings about a report: they need not
// change with every new rule.
const catalog::Catalog& CoreCatalog();

class ReportBuilder {
 public:
  // A report of the form's first year that no rule finds fault with: every
  // cell 0, the six sections in order, a title, signed in time. Cell number i
  // of the form stands at bytes [10 * i, 10 * i + 1).
  explicit ReportBuilder(v1::Template template_id);

  const v1::Report& report() const { return report_; }
  v1::Report& mutable_report() { return report_; }
  const catalog::Form& form() const { return *form_; }

  // Makes it the report of another year, published in time.
  void SetYear(int year);

  v1::Cell& cell(absl::string_view path);
  int64_t Get(absl::string_view path) { return cell(path).count(); }
  void Set(absl::string_view path, int64_t count);
  void SetState(absl::string_view path, v1::CellState state,
                absl::string_view raw);

  // Makes every cell of the row MISSING, such as "requests.other.misc".
  void RemoveRow(absl::string_view row);
  // Adds the cells of a row beside the form, all 0.
  void AddRow(absl::string_view row);

  // Computes totals of rows, of outcomes and of groups from their parts, and
  // what is carried out from the balance, which must not be negative.
  void AddUp();

  v1::Section& section(v1::SectionKind kind);

 private:
  v1::ReportTable& table(v1::Table table);
  void AppendCell(catalog::CellIndex index);

  const catalog::Form* form_;
  v1::Report report_;
};

// A report that adds up, with random figures in the tables that have sums.
ReportBuilder RandomReport(v1::Template template_id, std::mt19937_64& random);

}  // namespace gongkai::validate

#endif  // GONGKAI_TESTS_WORKER_VALIDATE_REPORT_BUILDER_H_
