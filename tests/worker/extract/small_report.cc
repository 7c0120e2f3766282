// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/extract/small_report.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "tests/generator/random.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::PrintedRow;
using generator::PrintedTable;

struct Numbers {
  const char* row;
  const char* values;
};

constexpr Numbers kDisclosure2021[] = {
    {"disclosure.rules", "1 0 4"},  {"disclosure.normative", "2 1 30"},
    {"disclosure.licence", "1500"}, {"disclosure.penalty", "12"},
    {"disclosure.coercion", "3"},   {"disclosure.fees", "25.4"}};

constexpr Numbers kDisclosure2019[] = {{"disclosure.rules", "1 1 4"},
                                       {"disclosure.normative", "2 2 30"},
                                       {"disclosure.licence", "13 -1 12"},
                                       {"disclosure.other_service", "4 2 9"},
                                       {"disclosure.penalty", "5 0 61"},
                                       {"disclosure.coercion", "6 1 2"},
                                       {"disclosure.fees", "7 -3"},
                                       {"disclosure.procurement", "8 96171.6"}};

// The rows that are not zero. Every row and column adds up, and 11 + 1 comes
// in as 11 + 1 goes out.
constexpr Numbers kRequests[] = {
    {"requests.received", "8 2 0 0 1 0 11"},
    {"requests.carried_in", "1 0 0 0 0 0 1"},
    {"requests.granted", "5 1 0 0 0 0 6"},
    {"requests.partial", "1 0 0 0 1 0 2"},
    {"requests.denied.third_party", "1 0 0 0 0 0 1"},
    {"requests.unable.not_held", "1 1 0 0 0 0 2"},
    {"requests.processed", "8 2 0 0 1 0 11"},
    {"requests.carried_out", "1 0 0 0 0 0 1"},
};

constexpr Numbers kDisputes[] = {{"disputes.review", "1 0 2 0 3"},
                                 {"disputes.direct", "0 1 0 0 1"},
                                 {"disputes.after_review", "2 0 0 4 6"}};

std::string RequestPath(const generator::RequestRow& row) {
  return absl::StrCat("requests.", row.key);
}

}  // namespace

SmallReport::SmallReport(Form form)
    : headings({"一、总体情况", "二、主动公开政府信息情况",
                "三、收到和处理政府信息公开申请情况",
                "四、政府信息公开行政复议、行政诉讼情况",
                "五、存在的主要问题及改进情况", "六、其他需要报告的事项"}),
      form_(form) {
  const auto add = [&](const Numbers& numbers) {
    values_[numbers.row] = absl::StrSplit(numbers.values, ' ');
  };
  if (form == Form::k2019) {
    for (const Numbers& numbers : kDisclosure2019) add(numbers);
  } else {
    for (const Numbers& numbers : kDisclosure2021) add(numbers);
  }
  for (const generator::RequestRow& row : generator::RequestRows(form)) {
    values_[RequestPath(row)].assign(7, "0");
  }
  for (const Numbers& numbers : kRequests) add(numbers);
  for (const Numbers& numbers : kDisputes) add(numbers);
}

std::vector<std::string>& SmallReport::Values(std::string_view row) {
  return values_.at(std::string(row));
}

void SmallReport::Fill(std::string_view table, const std::string& text) {
  const std::string prefix = absl::StrCat(std::string(table), ".");
  for (auto& [row, values] : values_) {
    if (row.compare(0, prefix.size(), prefix) != 0) continue;
    values.assign(values.size(), text);
  }
}

void SmallReport::ReplaceAll(const std::string& from, const std::string& to) {
  for (auto& [row, values] : values_) {
    for (std::string& value : values) {
      if (value == from) value = to;
    }
  }
}

generator::PrintedCell SmallReport::Label(std::string_view label,
                                          int span) const {
  const auto it = labels_.find(label);
  return {.text = it != labels_.end() ? it->second : std::string(label),
          .span = span};
}

void SmallReport::AddValues(std::string_view row, PrintedRow* printed) const {
  for (const std::string& value : values_.find(row)->second) {
    printed->cells.push_back({.text = value, .value = true});
  }
}

PrintedTable SmallReport::Disclosure() const {
  PrintedTable table;
  table.kind = generator::TableKind::kDisclosure;
  table.width = 4;
  for (const generator::DisclosureBlock& block :
       generator::DisclosureBlocks(form_)) {
    table.rows.push_back({.cells = {Label(std::string(block.title), 4)}});
    PrintedRow head{.cells = {Label("信息内容")}};
    for (const generator::DisclosureColumn& column : block.columns) {
      head.cells.push_back(Label(std::string(column.label)));
    }
    table.rows.push_back(std::move(head));
    for (const generator::DisclosureRow& row : block.rows) {
      const std::string path = absl::StrCat("disclosure.", row.key);
      if (dropped_.count(path) > 0) continue;
      PrintedRow printed{.cells = {Label(std::string(row.label))}, .depth = 1};
      AddValues(path, &printed);
      table.rows.push_back(std::move(printed));
    }
  }
  return table;
}

PrintedTable SmallReport::Requests() const {
  const generator::PrintedCell covered{.text = "", .covered = true};
  PrintedTable table;
  table.kind = generator::TableKind::kRequests;
  table.width = 9;
  table.rows.push_back(
      {.cells = {Label("（本列数据的勾稽关系为：第一项加第二项之和，"
                       "等于第三项加第四项之和）",
                       2),
                 Label("申请人情况", 7)}});
  generator::PrintedCell wide = covered;
  wide.span = 2;
  table.rows.push_back({.cells = {wide, Label("自然人"),
                                  Label("法人或其他组织", 5), Label("总计")}});
  table.rows.push_back(
      {.cells = {wide, covered, Label("商业企业"), Label("科研机构"),
                 Label("社会公益组织"), Label("法律服务机构"), Label("其他"),
                 covered}});
  for (const generator::RequestRow& row : generator::RequestRows(form_)) {
    const std::string path = RequestPath(row);
    if (dropped_.count(path) > 0) continue;
    PrintedRow printed{.cells = {}, .depth = row.depth};
    const auto group = [&](absl::string_view label) {
      return label.empty() ? covered : Label(std::string(label));
    };
    if (row.depth == 1) {
      printed.cells.push_back(Label(std::string(row.label), 2));
    } else {
      printed.cells.push_back(group(row.group));
      if (row.depth == 3) printed.cells.push_back(group(row.subgroup));
      printed.cells.push_back(Label(std::string(row.label)));
    }
    AddValues(path, &printed);
    table.rows.push_back(std::move(printed));
  }
  return table;
}

PrintedTable SmallReport::Disputes() const {
  PrintedTable table;
  table.kind = generator::TableKind::kDisputes;
  table.width = 15;
  const auto heads = [&](int count, PrintedRow* row) {
    for (int i = 0; i < count; ++i) {
      for (const generator::Column& column : generator::DisputeColumns()) {
        row->cells.push_back(Label(std::string(column.label)));
      }
    }
  };
  table.rows.push_back(
      {.cells = {Label("行政复议", 5), Label("行政诉讼", 10)}});
  PrintedRow second;
  heads(1, &second);
  second.cells.push_back(Label("未经复议直接起诉", 5));
  second.cells.push_back(Label("复议后起诉", 5));
  table.rows.push_back(std::move(second));
  PrintedRow third;
  third.cells.assign(5, {.text = "", .covered = true});
  heads(2, &third);
  table.rows.push_back(std::move(third));
  PrintedRow values{.cells = {}, .depth = 1};
  for (const char* row :
       {"disputes.review", "disputes.direct", "disputes.after_review"}) {
    AddValues(row, &values);
  }
  table.rows.push_back(std::move(values));
  return table;
}

std::string SmallReport::Print(generator::Layout layout) const {
  std::vector<generator::Part> parts;
  const auto add = [&](std::string line) {
    if (!line.empty()) parts.push_back({std::move(line), {}});
  };
  add(title);
  add(headings[0]);
  add(absl::StrCat(year, "年，本镇公开各类信息，回应群众关切。"));
  add(headings[1]);
  parts.push_back({"", Disclosure()});
  add(headings[2]);
  parts.push_back({"", Requests()});
  add(headings[3]);
  parts.push_back({"", Disputes()});
  add(headings[4]);
  add("公开的内容还不够细，今后将加强培训。");
  add(headings[5]);
  add("无其他事项。");
  for (absl::string_view line : absl::StrSplit(signature, '\n')) {
    add(std::string(line));
  }
  generator::Random random(1);
  return generator::Print(layout, {}, parts, &random);
}

std::string ReplaceOnce(std::string text, std::string_view from,
                        std::string_view to) {
  const size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
    ADD_FAILURE() << "not exactly one \"" << from << "\" in\n" << text;
    return text;
  }
  return text.replace(at, from.size(), to);
}

}  // namespace gongkai::extract
