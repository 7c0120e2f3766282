// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/tables.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace gongkai::generator {
namespace {

// Layouts whose cells are parted by white space alone: no blank may be added
// inside a cell.
bool PartedByBlanks(Layout layout) {
  return layout == Layout::kJ || layout == Layout::kK || layout == Layout::kRaw;
}

bool KeepsBreaks(Layout layout) {
  return layout == Layout::kA || layout == Layout::kDocx ||
         layout == Layout::kDocxMessy;
}

// Prints labels in one report's manner.
class LabelPrinter {
 public:
  LabelPrinter(const TableStyle& style, Random* random)
      : style_(style), random_(random) {
    if (!style.variants) return;
    // Half of the reports print the form's own labels.
    vary_ = random->Percent(50);
    if (!vary_) return;
    brackets_ = random->Below(PartedByBlanks(style.layout) ? 2 : 3);
    numbering_ = random->Below(3);
  }

  std::string operator()(absl::string_view label) {
    std::string text(label);
    if (vary_ && random_->Percent(25)) {
      const std::vector<std::string> variants = LabelVariants(label);
      text = random_->Pick(variants);
    }
    if (style_.layout == Layout::kC && style_.variants) {
      if (label == "商业企业") text = "商业 企业";
      if (label == "科研机构") text = "科研 机构";
    }
    // Few layouts keep a line break inside a cell.
    if (!KeepsBreaks(style_.layout) || !random_->Percent(60)) {
      absl::StrReplaceAll({{"\n", " "}}, &text);
    }
    if (PartedByBlanks(style_.layout)) absl::StrReplaceAll({{" ", ""}}, &text);
    absl::StrReplaceAll({{"{year}", absl::StrCat(style_.year)}}, &text);
    if (absl::StartsWith(text, "（") && text.size() < 40 && brackets_ > 0) {
      absl::StrReplaceAll({{"（", "("}, {"）", brackets_ == 1 ? ")" : ") "}},
                          &text);
    }
    if (text.size() > 2 && absl::ascii_isdigit(text[0]) && text[1] == '.') {
      constexpr const char* kMarks[] = {".", "、", "．"};
      text =
          absl::StrCat(text.substr(0, 1), kMarks[numbering_], text.substr(2));
    }
    return text;
  }

 private:
  const TableStyle& style_;
  Random* random_;
  bool vary_ = false;
  int64_t brackets_ = 0;   // full width, half width, half width and a blank
  int64_t numbering_ = 0;  // 1. 1、 1．
};

// Prints numbers in one report's manner.
class ValuePrinter {
 public:
  ValuePrinter(const TableStyle& style, Random* random)
      : style_(style), random_(random) {
    const bool parted = PartedByBlanks(style.layout);
    if (style.odd_digits) {
      separator_ = random->Percent(60) ? "," : "";
      if (!separator_.empty() && !parted && random->Percent(30)) {
        separator_ = "，";
      }
      full_width_ = separator_.empty() || random->Percent(20);
    }
    pad_ = style.layout == Layout::kA ||
           (style.variants && !parted && style.layout != Layout::kH &&
            style.layout != Layout::kH2 && random->Percent(20));
    constexpr const char* kDashes[] = {"-", "—", "－"};
    dash_ = style.layout == Layout::kEDash ? "-" : random->Pick(kDashes);
  }

  // The text of the cell; sets the state that a perfect reader gives it.
  std::string operator()(absl::string_view value, bool is_signed,
                         v1::CellState* state) {
    *state = v1::CELL_STATE_VALUE;
    if (value == "0" && style_.zeros != Zeros::kDigit) {
      *state = style_.zeros == Zeros::kBlank ? v1::CELL_STATE_BLANK
                                             : v1::CELL_STATE_NOT_APPLICABLE;
      switch (style_.zeros) {
        case Zeros::kSlash:
          return "/";
        case Zeros::kDash:
          return dash_;
        default:
          return pad_ && random_->Percent(30) ? "\u00a0" : "";
      }
    }
    std::string text = Separated(value);
    if (is_signed && value[0] != '-' && value != "0" && random_->Percent(40)) {
      text = "+" + text;
    }
    if (full_width_) text = FullWidth(text);
    return Padded(text);
  }

 private:
  std::string Separated(absl::string_view value) const {
    std::string text(value);
    if (separator_.empty()) return text;
    size_t end = text.find('.');
    if (end == std::string::npos) end = text.size();
    const size_t begin = text[0] == '-' ? 1 : 0;
    while (end > begin + 3) {
      end -= 3;
      text.insert(end, separator_);
    }
    return text;
  }

  static std::string FullWidth(absl::string_view text) {
    std::string wide;
    for (char c : text) {
      if (absl::ascii_isdigit(c)) {
        // U+FF10 to U+FF19 are EF BC 90 to EF BC 99.
        wide += "\xef\xbc";
        wide += static_cast<char>(0x90 + (c - '0'));
      } else {
        wide += c;
      }
    }
    return wide;
  }

  std::string Padded(const std::string& text) {
    if (!pad_) return text;
    switch (random_->Below(6)) {
      case 0:
        return text + "\u00a0";
      case 1:
        return "\u00a0" + text;
      case 2:
        return text + " ";
      case 3:
        return random_->Percent(20) ? "\u3000\u3000" + text : " " + text;
      default:
        return text;
    }
  }

  const TableStyle& style_;
  Random* random_;
  std::string separator_;
  bool full_width_ = false;
  bool pad_ = false;
  std::string dash_;
};

class TableBuilder {
 public:
  TableBuilder(Form form, const Numbers& numbers, const TableStyle& style,
               Random* random)
      : form_(form),
        numbers_(numbers),
        style_(style),
        label_(style, random),
        value_(style, random) {}

  Tables Build() {
    BuildDisclosure();
    BuildRequests();
    BuildDisputes();
    tables_.cells.insert(tables_.cells.end(), beside_form_.begin(),
                         beside_form_.end());
    return std::move(tables_);
  }

 private:
  static PrintedCell Covered(int span = 1) {
    return {.text = "", .span = span, .covered = true, .value = false};
  }

  PrintedCell Label(absl::string_view label, int span = 1) {
    return {.text = label_(label), .span = span};
  }

  void AddValue(std::string path, absl::string_view value, bool is_signed,
                PrintedRow* row) {
    TrueCell cell{std::move(path), v1::CELL_STATE_UNSPECIFIED,
                  std::string(value)};
    row->cells.push_back(
        {.text = value_(value, is_signed, &cell.state), .value = true});
    tables_.cells.push_back(std::move(cell));
  }

  // Where the print does not tell the cells of a row apart, nobody can say
  // which number is whose.
  void BlurRow(const PrintedRow& row) {
    size_t values = 0;
    size_t blanks = 0;
    for (const PrintedCell& cell : row.cells) {
      if (!cell.value) continue;
      ++values;
      if (cell.text.empty()) ++blanks;
    }
    const bool lost = style_.layout == Layout::kI;
    const bool moved =
        style_.layout == Layout::kH2 && blanks > 0 && blanks < values;
    if (!lost && !moved) return;
    for (size_t i = tables_.cells.size() - values; i < tables_.cells.size();
         ++i) {
      tables_.cells[i].state = v1::CELL_STATE_AMBIGUOUS;
    }
  }

  void BuildDisclosure() {
    PrintedTable& table = tables_.disclosure;
    table.kind = TableKind::kDisclosure;
    table.width = 4;
    size_t next = 0;
    for (const DisclosureBlock& block : DisclosureBlocks(form_)) {
      table.rows.push_back({.cells = {Label(block.title, 4)}});
      PrintedRow head{.cells = {Label("信息内容")}};
      for (const DisclosureColumn& column : block.columns) {
        head.cells.push_back(Label(column.label));
      }
      table.rows.push_back(std::move(head));
      for (const DisclosureRow& row : block.rows) {
        PrintedRow printed{.cells = {Label(row.label)}, .depth = 1};
        for (const DisclosureColumn& column : block.columns) {
          AddValue(absl::StrCat("disclosure.", row.key, ".", column.key),
                   numbers_.disclosure[next++], column.kind == Kind::kSigned,
                   &printed);
        }
        BlurRow(printed);
        table.rows.push_back(std::move(printed));
      }
    }
  }

  void BuildRequests() {
    PrintedTable& table = tables_.requests;
    table.kind = TableKind::kRequests;
    table.width = 9;
    const auto columns = RequestColumns();
    table.rows.push_back(
        {.cells = {Label("（本列数据的勾稽关系为：第一项加第二项之和，"
                         "等于第三项加第四项之和）",
                         2),
                   Label("申请人情况", 7)}});
    table.rows.push_back(
        {.cells = {Covered(2), Label(columns[0].label),
                   Label("法人或其他组织", 5), Label(columns[6].label)}});
    PrintedRow heads{.cells = {Covered(2), Covered()}};
    for (int i = 1; i < 6; ++i) heads.cells.push_back(Label(columns[i].label));
    heads.cells.push_back(Covered());
    table.rows.push_back(std::move(heads));

    const auto rows = RequestRows(form_);
    for (size_t r = 0; r < rows.size(); ++r) {
      if (form_ == Form::kHybrid && rows[r].key == "other.all") {
        for (const RequestRow& missing : RowsReplacedInHybrid()) {
          for (const Column& column : columns) {
            tables_.cells.push_back(
                {absl::StrCat("requests.", missing.key, ".", column.key),
                 v1::CELL_STATE_MISSING, ""});
          }
        }
      }
      AddRequestRow(r, rows[r]);
    }
  }

  void AddRequestRow(size_t r, const RequestRow& row) {
    PrintedRow printed{.cells = {}, .depth = row.depth};
    if (row.depth == 1) {
      printed.cells.push_back(Label(row.label, 2));
    } else {
      printed.cells.push_back(row.group.empty() ? Covered() : Label(row.group));
      if (row.depth == 3) {
        printed.cells.push_back(row.subgroup.empty() ? Covered()
                                                     : Label(row.subgroup));
      }
      printed.cells.push_back(Label(row.label));
    }
    const size_t first = tables_.cells.size();
    for (size_t column = 0; column < 7; ++column) {
      AddValue(
          absl::StrCat("requests.", row.key, ".", RequestColumns()[column].key),
          absl::StrCat(numbers_.requests[r][column]), false, &printed);
    }
    BlurRow(printed);
    if (style_.layout == Layout::kB2 && style_.lost_total[r]) {
      printed.cells.pop_back();
      tables_.cells.back().state = v1::CELL_STATE_MISSING;
    }
    if (form_ == Form::kHybrid && row.key == "other.all") {
      beside_form_.assign(tables_.cells.begin() + first, tables_.cells.end());
      tables_.cells.resize(first);
    }
    tables_.requests.rows.push_back(std::move(printed));
  }

  void BuildDisputes() {
    PrintedTable& table = tables_.disputes;
    table.kind = TableKind::kDisputes;
    table.width = 15;
    const auto groups = DisputeGroups();
    table.rows.push_back(
        {.cells = {Label(groups[0].label, 5), Label("行政诉讼", 10)}});
    PrintedRow second;
    for (const Column& column : DisputeColumns()) {
      second.cells.push_back(Label(column.label));
    }
    second.cells.push_back(Label(groups[1].label, 5));
    second.cells.push_back(Label(groups[2].label, 5));
    table.rows.push_back(std::move(second));
    PrintedRow third;
    for (int i = 0; i < 5; ++i) third.cells.push_back(Covered());
    for (int i = 0; i < 10; ++i) {
      third.cells.push_back(Label(DisputeColumns()[i % 5].label));
    }
    table.rows.push_back(std::move(third));
    PrintedRow values{.cells = {}, .depth = 1};
    for (size_t group = 0; group < 3; ++group) {
      for (size_t column = 0; column < 5; ++column) {
        AddValue(absl::StrCat("disputes.", groups[group].key, ".",
                              DisputeColumns()[column].key),
                 absl::StrCat(numbers_.disputes[group][column]), false,
                 &values);
      }
    }
    BlurRow(values);
    table.rows.push_back(std::move(values));
  }

  const Form form_;
  const Numbers& numbers_;
  const TableStyle& style_;
  LabelPrinter label_;
  ValuePrinter value_;
  Tables tables_;
  std::vector<TrueCell> beside_form_;
};

}  // namespace

Tables BuildTables(Form form, const Numbers& numbers, const TableStyle& style,
                   Random* random) {
  return TableBuilder(form, numbers, style, random).Build();
}

}  // namespace gongkai::generator
