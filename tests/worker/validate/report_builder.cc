// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/validate/report_builder.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "proto/cell_path.h"

namespace gongkai::validate {
namespace {

constexpr char kProse[] =
    "本机关主动公开政府信息，答复公开申请，未收取费用；信息管理和平台建设受到"
    "监督，经过考核、评议，没有追究责任的情形。";

constexpr const char* kParts[] = {"natural", "business", "research",
                                  "social",  "legal",    "other"};

std::string RowKey(const catalog::FormRow& row) {
  return absl::StrCat(Key(row.table), ".", Key(row.row));
}

const catalog::Catalog& OrEnd(
    absl::StatusOr<std::unique_ptr<const catalog::Catalog>> loaded) {
  if (!loaded.ok()) {
    std::fprintf(stderr, "%s\n", loaded.status().ToString().c_str());
    std::abort();
  }
  return *loaded->release();
}

}  // namespace

const catalog::Catalog& TestCatalog() {
  static const catalog::Catalog& catalog = OrEnd(catalog::Catalog::Builtin());
  return catalog;
}

const catalog::Catalog& CoreCatalog() {
  static const catalog::Catalog& catalog = []() -> const catalog::Catalog& {
    const char* const source = std::getenv("GONGKAI_SOURCE_DIR");
    std::vector<std::string> files;
    for (const char* name : {"form_2019", "form_2021", "labels", "sections",
                             "text", "verdict", "rules"}) {
      files.push_back(absl::StrCat(source == nullptr ? "." : source,
                                   "/worker/catalog/data/", name, ".txtpb"));
    }
    return OrEnd(catalog::Catalog::Load(files));
  }();
  return catalog;
}

ReportBuilder::ReportBuilder(v1::Template template_id)
    : form_(TestCatalog().form(template_id)) {
  const int year = form_->proto().first_year();
  report_.set_title(absl::StrCat("清河县", year, "年政府信息公开工作年度报告"));
  report_.set_body("清河县人民政府");
  report_.set_signature("清河县人民政府");
  SetYear(year);
  report_.set_template_(template_id);
  for (const auto& title : TestCatalog().proto().sections()) {
    v1::Section* section = report_.add_sections();
    section->set_kind(title.kind());
    section->set_ordinal(title.ordinal());
    section->set_heading(title.titles(0));
    section->set_text(kProse);
    section->mutable_heading_place()->set_start_byte(10000 + title.ordinal());
  }
  for (int i = 0; i < form_->own_cell_count(); ++i) {
    AppendCell(static_cast<catalog::CellIndex>(i));
  }
}

void ReportBuilder::SetYear(int year) {
  report_.set_year(year);
  v1::Date* date = report_.mutable_publication_date();
  date->set_year(year + 1);
  date->set_month(1);
  date->set_day(20);
}

void ReportBuilder::AppendCell(catalog::CellIndex index) {
  const catalog::FormCell& form_cell = form_->cells()[index];
  v1::Cell* cell = table(form_cell.table).add_cells();
  cell->set_table(form_cell.table);
  cell->set_row(form_cell.row);
  cell->set_column(form_cell.column);
  cell->set_state(v1::CELL_STATE_VALUE);
  if (form_cell.kind == forms::v1::VALUE_KIND_DECIMAL) {
    cell->set_decimal("0");
  } else {
    cell->set_count(0);
  }
  cell->set_raw("0");
  cell->set_start_byte(10 * index);
  cell->set_end_byte(10 * index + 1);
}

v1::Cell& ReportBuilder::cell(absl::string_view path) {
  const absl::StatusOr<v1::CellPath> parsed = ParseCellPath(path);
  if (parsed.ok()) {
    for (v1::Cell& cell : *table(parsed->table()).mutable_cells()) {
      if (cell.row() == parsed->row() && cell.column() == parsed->column()) {
        return cell;
      }
    }
  }
  std::fprintf(stderr, "no cell %s\n", std::string(path).c_str());
  std::abort();
}

v1::ReportTable& ReportBuilder::table(v1::Table table) {
  return table == v1::TABLE_DISCLOSURE ? *report_.mutable_disclosure()
         : table == v1::TABLE_REQUESTS ? *report_.mutable_requests()
                                       : *report_.mutable_disputes();
}

void ReportBuilder::Set(absl::string_view path, int64_t count) {
  v1::Cell& changed = cell(path);
  changed.set_count(count);
  changed.set_raw(absl::StrCat(count));
}

void ReportBuilder::SetState(absl::string_view path, v1::CellState state,
                             absl::string_view raw) {
  v1::Cell& changed = cell(path);
  changed.clear_value();
  changed.set_state(state);
  changed.set_raw(std::string(raw));
}

void ReportBuilder::RemoveRow(absl::string_view row) {
  for (const catalog::FormRow& form_row : form_->rows()) {
    if (RowKey(form_row) != row) continue;
    for (const auto& column : form_row.block->columns()) {
      SetState(absl::StrCat(row, ".", Key(column.column())),
               v1::CELL_STATE_MISSING, "");
    }
  }
}

void ReportBuilder::AddRow(absl::string_view row) {
  for (const catalog::FormRow& form_row : form_->rows()) {
    if (RowKey(form_row) != row) continue;
    for (int i = 0; i < form_row.cell_count; ++i) {
      AppendCell(static_cast<catalog::CellIndex>(form_row.first_cell + i));
    }
  }
}

void ReportBuilder::AddUp() {
  auto sum = [this](const std::string& prefix, const auto& keys) {
    int64_t sum = 0;
    for (const char* key : keys) sum += Get(prefix + key);
    return sum;
  };
  for (const char* column : kParts) {
    int64_t processed = 0;
    for (const v1::Cell& outcome : report_.requests().cells()) {
      const std::string path = CellPathText(outcome);
      if (!absl::EndsWith(path, absl::StrCat(".", column))) continue;
      const v1::Row row = outcome.row();
      if (row >= v1::ROW_GRANTED && row <= v1::ROW_OTHER_MISC) {
        processed += outcome.count();
      }
    }
    Set(absl::StrCat("requests.processed.", column), processed);
    Set(absl::StrCat("requests.carried_out.", column),
        Get(absl::StrCat("requests.received.", column)) +
            Get(absl::StrCat("requests.carried_in.", column)) - processed);
  }
  for (v1::Cell& total : *report_.mutable_requests()->mutable_cells()) {
    const std::string path = CellPathText(total);
    if (total.column() == v1::COLUMN_TOTAL &&
        total.state() == v1::CELL_STATE_VALUE) {
      Set(path, sum(path.substr(0, path.size() - 5), kParts));
    }
  }
  const std::vector<const char*> results = {"upheld", "corrected", "other",
                                            "pending"};
  for (const char* group : {"review", "direct", "after_review"}) {
    const std::string prefix = absl::StrCat("disputes.", group, ".");
    Set(prefix + "total", sum(prefix, results));
  }
}

v1::Section& ReportBuilder::section(v1::SectionKind kind) {
  for (v1::Section& section : *report_.mutable_sections()) {
    if (section.kind() == kind) return section;
  }
  std::abort();
}

ReportBuilder RandomReport(v1::Template template_id, std::mt19937_64& random) {
  ReportBuilder builder(template_id);
  // Mostly small numbers and many zeros, as in real reports.
  auto number = [&random]() -> int64_t {
    return random() % 3 == 0 ? static_cast<int64_t>(random() % 50) : 0;
  };
  for (const catalog::FormRow& row : builder.form().rows()) {
    if (row.beside_form || row.table == v1::TABLE_DISCLOSURE) continue;
    for (const auto& column : row.block->columns()) {
      if (column.kind() != forms::v1::VALUE_KIND_COUNT) continue;
      builder.Set(absl::StrCat(RowKey(row), ".", Key(column.column())),
                  number());
    }
  }
  builder.AddUp();
  for (const char* column : kParts) {
    const std::string carried_out =
        absl::StrCat("requests.carried_out.", column);
    const std::string received = absl::StrCat("requests.received.", column);
    // More was processed than there was: then more came in.
    if (builder.Get(carried_out) < 0) {
      builder.Set(received,
                  builder.Get(received) - builder.Get(carried_out) + number());
    }
  }
  builder.AddUp();
  return builder;
}

}  // namespace gongkai::validate
