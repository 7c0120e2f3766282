// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/extract/small_report.h
//
// A report of an invented township with small numbers that add up, to be
// changed row by row and printed in any layout. Where the generator draws,
// this one is told: every number below stands in small_report.cc.
//
//   SmallReport report;
//   report.Values("requests.granted").pop_back();   // lose the total
//   report.Print(generator::Layout::kB)

#ifndef GONGKAI_TESTS_WORKER_EXTRACT_SMALL_REPORT_H_
#define GONGKAI_TESTS_WORKER_EXTRACT_SMALL_REPORT_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/generator/form.h"
#include "tests/generator/layout.h"

namespace gongkai::extract {

class SmallReport {
 public:
  explicit SmallReport(generator::Form form = generator::Form::k2021);

  // The texts of a row's value cells, "requests.granted" or
  // "disputes.review", to be changed at will.
  std::vector<std::string>& Values(std::string_view row);
  void Set(std::string_view row, std::vector<std::string> values) {
    Values(row) = std::move(values);
  }
  // Sets the text of every value cell of a table.
  void Fill(std::string_view table, const std::string& text);
  // Replaces all values that are this text.
  void ReplaceAll(const std::string& from, const std::string& to);

  // Changes the label of a row, column or block wherever it is printed.
  void Relabel(const std::string& from, const std::string& to) {
    labels_[from] = to;
  }
  // The row is not printed at all.
  void Drop(std::string_view row) { dropped_.insert(std::string(row)); }

  std::string title = "青溪镇人民政府2023年政府信息公开工作年度报告";
  int year = 2023;
  // By section from 1; an empty heading leaves out the section's heading.
  std::vector<std::string> headings;
  // Behind everything.
  std::string signature;

  // The document.
  std::string Print(generator::Layout layout) const;
  // Its three tables alone, each as the layout prints it.
  generator::PrintedTable Disclosure() const;
  generator::PrintedTable Requests() const;
  generator::PrintedTable Disputes() const;

 private:
  generator::PrintedCell Label(std::string_view label, int span = 1) const;
  void AddValues(std::string_view row, generator::PrintedRow* printed) const;

  const generator::Form form_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::map<std::string, std::string, std::less<>> labels_;
  std::set<std::string, std::less<>> dropped_;
};

// The text with its one occurrence of `from` replaced. Fails the test if there
// is not exactly one.
std::string ReplaceOnce(std::string text, std::string_view from,
                        std::string_view to);

}  // namespace gongkai::extract

#endif  // GONGKAI_TESTS_WORKER_EXTRACT_SMALL_REPORT_H_
