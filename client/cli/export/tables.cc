// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/export/tables.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

struct Declared {
  const char* name;
  Words title;
  int width;
  bool number = false;
};

// What every table begins with, so that each can be used alone.
constexpr Declared kAbout[] = {
    {"document_number", {"序号", "No."}, 6, true},
    {"document", {"文件", "Document"}, 36},
    {"body", {"机关", "Body"}, 22},
    {"year", {"年度", "Year"}, 6, true},
    {"template", {"格式", "Form"}, 15},
};
static_assert(std::size(kAbout) == kAboutColumns);

constexpr Declared kDocuments[] = {
    {"outcome", {"读取结果", "Outcome"}, 12},
    {"message", {"说明", "Message"}, 40},
    {"title", {"标题", "Title"}, 40},
    {"period_first", {"统计起", "Period from"}, 11},
    {"period_last", {"统计止", "Period to"}, 11},
    {"published", {"公布日期", "Published"}, 11},
    {"signature", {"署名", "Signature"}, 22},
    {"errors", {"错误", "Errors"}, 7, true},
    {"warnings", {"提醒", "Warnings"}, 7, true},
    {"infos", {"提示", "Infos"}, 7, true},
    {"not_assessable", {"未能核验", "Not assessable"}, 9, true},
    {"cells_with_value", {"有值单元格", "Cells with value"}, 10, true},
    {"cells_without_value", {"无值单元格", "Cells without value"}, 10, true},
    {"summary", {"结论", "Summary"}, 50},
};

constexpr Declared kPlace[] = {
    {"start_byte", {"起始字节", "First byte"}, 9, true},
    {"end_byte", {"结束字节", "End byte"}, 9, true},
    {"page", {"页", "Page"}, 6, true},
    {"place_table", {"第几个表", "Table"}, 8, true},
    {"place_row", {"第几行", "Row"}, 8, true},
    {"place_column", {"第几格", "Cell"}, 8, true},
    {"place_paragraph", {"第几段", "Paragraph"}, 8, true},
    {"box", {"页面位置（磅）", "Box (points)"}, 24},
};
constexpr int kPlaceFields = std::size(kPlace);

constexpr Declared kCells[] = {
    {"cell", {"单元格", "Cell"}, 34},
    {"label", {"名称", "Label"}, 44},
    {"value", {"数值", "Value"}, 10},
    {"unit", {"单位", "Unit"}, 7},
    {"state", {"状态", "State"}, 15},
    {"raw", {"原文", "As printed"}, 14},
    {"candidates", {"可能的数字", "Candidates"}, 16},
};

constexpr Declared kFindings[] = {
    {"finding_number", {"问题序号", "Finding"}, 8, true},
    {"rule", {"规则", "Rule"}, 26},
    {"result", {"结果", "Result"}, 15},
    {"severity", {"级别", "Severity"}, 10},
    {"section", {"部分", "Section"}, 13},
    {"cells", {"单元格", "Cells"}, 40},
    {"previous_cells", {"上年单元格", "Last year's cells"}, 30},
    {"left", {"左边", "Left"}, 10},
    {"right", {"右边", "Right"}, 10},
    {"difference", {"差额", "Difference"}, 10},
    {"message", {"说明", "Message"}, 70},
    {"formula", {"公式", "Formula"}, 40},
    {"repair", {"可能的更正", "Repair"}, 40},
    {"quotation", {"原文", "Quotation"}, 40},
    {"legal_basis", {"依据", "Legal basis"}, 40},
};

constexpr Declared kClaims[] = {
    {"claim_number", {"表述序号", "Claim"}, 8, true},
    {"subject", {"内容", "Subject"}, 26},
    {"kind", {"种类", "Kind"}, 9},
    {"value", {"数值", "Value"}, 10},
    {"unit", {"单位", "Unit"}, 7},
    {"verb", {"动词", "Verb"}, 9},
    {"scope", {"范围", "Scope"}, 18},
    {"claim_year", {"所述年份", "Year stated"}, 8, true},
    {"approximate", {"约数", "Approximate"}, 7, true},
    {"part_of", {"其中之于", "Part of"}, 8, true},
    {"readings", {"对应单元格", "Readings"}, 40},
    {"section", {"部分", "Section"}, 13},
    {"quotation", {"原文", "Quotation"}, 60},
};

template <size_t kSize>
void Append(const Declared (&declared)[kSize], Language language,
            std::vector<TableColumn>* columns) {
  for (const Declared& column : declared) {
    columns->push_back(
        {column.name, column.title.In(language), column.width, column.number});
  }
}

Field SectionName(v1::SectionKind section) {
  const absl::string_view key = Key(section);
  return TextField({key.data(), key.size()});
}

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "";
  if (date.month() == 0) return absl::StrFormat("%04d", date.year());
  if (date.day() == 0) {
    return absl::StrFormat("%04d-%02d", date.year(), date.month());
  }
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

void SetAbout(const ExportedDocument& document, absl::Span<Field> fields) {
  const v1::Report& report = document.response->report();
  fields[0] = document.number;
  fields[1] = document.path;
  fields[2] = TextField(report.body());
  fields[3] = NumberField(report.year());
  fields[4] = TemplateField(report.template_());
}

// `box` holds the text of the box.
void SetPlace(const v1::Place& place, bool read, std::string* box,
              absl::Span<Field> fields) {
  fields[0] = read ? Field(place.start_byte()) : Field();
  fields[1] = read ? Field(place.end_byte()) : Field();
  fields[2] = NumberField(place.page());
  fields[3] = NumberField(place.table());
  fields[4] = NumberField(place.row());
  fields[5] = NumberField(place.column());
  fields[6] = NumberField(place.paragraph());
  fields[7] = Field();
  if (place.has_box()) {
    *box = BoxText(place.box());
    fields[7] = std::string_view(*box);
  }
}

std::string RepairText(const v1::Repair& repair) {
  return absl::StrJoin(repair.changes(), "; ",
                       [](std::string* out, const v1::CellChange& change) {
                         absl::StrAppend(out, CellPathText(change.cell()), ": ",
                                         change.printed(), " -> ",
                                         change.proposed());
                       });
}

}  // namespace

const char* NameOf(Table table) {
  constexpr const char* kNames[] = {"documents", "cells", "findings", "claims",
                                    "wide"};
  return kNames[static_cast<int>(table)];
}

Words TitleOf(Table table) {
  constexpr Words kTitles[] = {{"报告", "Reports"},
                               {"单元格", "Cells"},
                               {"问题", "Findings"},
                               {"文字中的数字", "Claims"},
                               {"宽表", "Wide"}};
  return kTitles[static_cast<int>(table)];
}

Field TextField(std::string_view text) {
  return text.empty() ? Field() : Field(text);
}

Field NumberField(int64_t number) {
  return number == 0 ? Field() : Field(number);
}

Field TemplateField(v1::Template form) {
  const bool known =
      form != v1::TEMPLATE_UNSPECIFIED && v1::Template_IsValid(form);
  return known ? Field(Name(form)) : Field();
}

Field ValueField(const v1::Cell& cell) {
  switch (cell.value_case()) {
    case v1::Cell::kCount:
      return Field(cell.count());
    case v1::Cell::kDecimal:
      return Field(std::string_view(cell.decimal()));
    case v1::Cell::VALUE_NOT_SET:
      break;
  }
  return Field();
}

std::string BoxText(const v1::Box& box) {
  return absl::StrFormat("%.1f %.1f %.1f %.1f", box.left(), box.top(),
                         box.right(), box.bottom());
}

void ForEachCell(const v1::Report& report,
                 absl::FunctionRef<void(const v1::Cell&)> visit) {
  for (const v1::ReportTable* table :
       {&report.disclosure(), &report.requests(), &report.disputes()}) {
    for (const v1::Cell& cell : table->cells()) visit(cell);
  }
}

TableRows::TableRows(const FormLabels* labels, Language language)
    : labels_(*labels), language_(language) {
  for (std::vector<TableColumn>& columns : columns_) {
    Append(kAbout, language, &columns);
  }
  const auto of = [this](Table table) {
    return &columns_[static_cast<int>(table)];
  };
  Append(kDocuments, language, of(Table::kDocuments));
  Append(kCells, language, of(Table::kCells));
  Append(kPlace, language, of(Table::kCells));
  Append(kFindings, language, of(Table::kFindings));
  Append(kPlace, language, of(Table::kFindings));
  Append(kClaims, language, of(Table::kClaims));
  Append(kPlace, language, of(Table::kClaims));
  std::vector<TableColumn>& wide = *of(Table::kWide);
  absl::flat_hash_map<std::string, int> columns;
  for (const FormCell& cell : labels_.cells()) {
    const auto [column, is_new] =
        columns.try_emplace(cell.path_text, static_cast<int>(wide.size()));
    if (is_new) {
      // Decimals are text.
      wide.push_back({cell.path_text, cell.label, 10, cell.unit.empty()});
    }
    wide_columns_.push_back(column->second);
  }
}

void TableRows::Visit(Table table, const ExportedDocument& document, Row row) {
  switch (table) {
    case Table::kDocuments:
      return VisitDocument(document, row);
    case Table::kCells:
      return VisitCells(document, row);
    case Table::kFindings:
      return VisitFindings(document, row);
    case Table::kClaims:
      return VisitClaims(document, row);
    case Table::kWide:
      return VisitWide(document, row);
  }
}

void TableRows::VisitDocument(const ExportedDocument& document, Row row) {
  const v1::ProcessResponse& response = *document.response;
  const v1::Report& report = response.report();
  const bool english = language_ == Language::kEnglish;
  const ProblemCounts problems = CountProblems(response);
  int64_t with_value = 0;
  int64_t without_value = 0;
  ForEachCell(report, [&](const v1::Cell& cell) {
    ++(cell.value_case() == v1::Cell::VALUE_NOT_SET ? without_value
                                                    : with_value);
  });
  const std::string first = DateText(report.period().first_date());
  const std::string last = DateText(report.period().last_date());
  const std::string published = DateText(report.publication_date());
  std::array<Field, kAboutColumns + std::size(kDocuments)> fields;
  SetAbout(document, absl::MakeSpan(fields));
  Field* field = fields.data() + kAboutColumns;
  *field++ = Name(response.outcome());
  *field++ = TextField(english ? response.message_en() : response.message());
  *field++ = TextField(report.title());
  *field++ = TextField(first);
  *field++ = TextField(last);
  *field++ = TextField(published);
  *field++ = TextField(report.signature());
  *field++ = int64_t{problems.errors};
  *field++ = int64_t{problems.warnings};
  *field++ = int64_t{problems.infos};
  *field++ = int64_t{problems.not_assessable};
  *field++ = with_value;
  *field++ = without_value;
  *field++ = TextField(english ? response.verdict().summary_en()
                               : response.verdict().summary());
  row(fields);
}

void TableRows::VisitCells(const ExportedDocument& document, Row row) {
  const v1::Report& report = document.response->report();
  constexpr int kOwn = kAboutColumns;
  constexpr int kAt = kOwn + std::size(kCells);
  std::array<Field, kAt + kPlaceFields> fields;
  SetAbout(document, absl::MakeSpan(fields));
  std::string path;
  std::string candidates;
  std::string box;
  ForEachCell(report, [&](const v1::Cell& cell) {
    const FormCell* known =
        labels_.Find(report.template_(), cell.row(), cell.column());
    if (known == nullptr) path = CellPathText(cell);
    candidates = absl::StrJoin(cell.candidates(), " ");
    fields[kOwn] = known == nullptr ? std::string_view(path)
                                    : std::string_view(known->path_text);
    fields[kOwn + 1] = known == nullptr ? Field() : TextField(known->label);
    fields[kOwn + 2] = ValueField(cell);
    fields[kOwn + 3] =
        !cell.unit().empty()
            ? TextField(cell.unit())
            : (known == nullptr ? Field() : TextField(known->unit));
    fields[kOwn + 4] = Name(cell.state());
    fields[kOwn + 5] = std::string_view(cell.raw());
    fields[kOwn + 6] = TextField(candidates);
    const bool read = HasPlace(cell);
    SetPlace(cell.place(), read, &box,
             absl::MakeSpan(fields).subspan(kAt, kPlaceFields));
    if (read) {
      fields[kAt] = cell.start_byte();
      fields[kAt + 1] = cell.end_byte();
    }
    row(fields);
  });
}

std::string TableRows::Paths(
    v1::Template form,
    const google::protobuf::RepeatedPtrField<v1::CellPath>& cells) const {
  std::string paths;
  for (const v1::CellPath& cell : cells) {
    if (!paths.empty()) paths += ' ';
    const FormCell* known = labels_.Find(form, cell.row(), cell.column());
    paths += known == nullptr ? CellPathText(cell) : known->path_text;
  }
  return paths;
}

void TableRows::VisitFindings(const ExportedDocument& document, Row row) {
  const v1::Template form = document.response->report().template_();
  std::array<Field, kAboutColumns + std::size(kFindings) + kPlaceFields> fields;
  SetAbout(document, absl::MakeSpan(fields));
  int64_t number = 0;
  std::string box;
  for (const v1::Finding& finding : document.response->findings()) {
    if (!IsShown(finding)) continue;
    const std::string cells = Paths(form, finding.cells());
    const std::string previous = Paths(form, finding.previous_cells());
    const std::string repair = RepairText(finding.repair());
    const std::string quotation =
        absl::StrJoin(finding.quotations(), " … ",
                      [](std::string* out, const v1::Quotation& quoted) {
                        out->append(quoted.text());
                      });
    Field* field = fields.data() + kAboutColumns;
    *field++ = ++number;
    *field++ = std::string_view(finding.rule_id());
    *field++ = Name(finding.result());
    *field++ = Name(finding.severity());
    *field++ = SectionName(finding.section());
    *field++ = TextField(cells);
    *field++ = TextField(previous);
    *field++ = TextField(finding.left());
    *field++ = TextField(finding.right());
    *field++ = TextField(finding.difference());
    *field++ = TextField(MessageOf(finding, language_));
    *field++ = TextField(finding.formula());
    *field++ = TextField(repair);
    *field++ = TextField(quotation);
    *field++ = TextField(finding.legal_basis());
    const bool placed = finding.places_size() > 0;
    SetPlace(placed ? finding.places(0) : v1::Place::default_instance(), placed,
             &box, absl::MakeSpan(field, kPlaceFields));
    row(fields);
  }
}

void TableRows::VisitClaims(const ExportedDocument& document, Row row) {
  std::array<Field, kAboutColumns + std::size(kClaims) + kPlaceFields> fields;
  SetAbout(document, absl::MakeSpan(fields));
  int64_t number = 0;
  std::string box;
  for (const v1::Claim& claim : document.response->report().claims()) {
    const std::string readings = absl::StrJoin(claim.readings(), "; ");
    Field* field = fields.data() + kAboutColumns;
    *field++ = ++number;
    *field++ = TextField(claim.subject());
    *field++ = Name(claim.kind());
    *field++ = TextField(claim.value());
    *field++ = TextField(claim.unit());
    *field++ = TextField(claim.verb());
    *field++ = Name(claim.scope());
    *field++ = NumberField(claim.year());
    *field++ = int64_t{claim.approximate()};
    *field++ = NumberField(claim.whole());
    *field++ = TextField(readings);
    *field++ = SectionName(claim.quotation().section());
    *field++ = TextField(claim.quotation().text());
    SetPlace(claim.quotation().place(), claim.quotation().has_place(), &box,
             absl::MakeSpan(field, kPlaceFields));
    row(fields);
  }
}

void TableRows::VisitWide(const ExportedDocument& document, Row row) {
  const v1::Report& report = document.response->report();
  if (!document.response->has_report()) return;
  std::vector<Field> fields(columns(Table::kWide).size());
  SetAbout(document, absl::MakeSpan(fields));
  ForEachCell(report, [&](const v1::Cell& cell) {
    const FormCell* known =
        labels_.Find(report.template_(), cell.row(), cell.column());
    if (known != nullptr)
      fields[wide_columns_[known->number]] = ValueField(cell);
  });
  row(fields);
}

}  // namespace gongkai::cli
