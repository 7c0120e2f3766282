// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/review/report_data.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "client/cli/formats/summary.h"
#include "client/cli/json.h"
#include "proto/cell_path.h"

namespace gongkai::cli::review {
namespace {

// [item, …]; `item` makes JSON of one.
template <typename Items, typename Item>
std::string Array(const Items& items, Item item) {
  std::string out = "[";
  for (const auto& each : items) {
    if (out.size() > 1) out += ',';
    out += item(each);
  }
  return out += ']';
}

std::string String(std::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

// {…}; `fill` gets its JsonLine.
template <typename Fill>
std::string Object(Fill fill) {
  std::string out;
  {
    JsonLine line(&out);
    fill(line);
  }
  // Its end of line.
  out.pop_back();
  return out;
}

void AddText(std::string_view key, std::string_view text, JsonLine& line) {
  if (!text.empty()) line.Text(key, text);
}

void AddNumber(std::string_view key, int64_t number, JsonLine& line) {
  if (number != 0) line.Number(key, number);
}

std::string_view KeyText(absl::string_view key) {
  return {key.data(), key.size()};
}

template <typename Layout>
void AddLabels(const Layout& layout, JsonLine& line) {
  line.Text("label", layout.label()).Text("label_en", layout.label_en());
  if (layout.groups_size() == 0) return;
  line.Raw("groups", Array(layout.groups(), String));
  line.Raw("groups_en", Array(layout.groups_en(), String));
}

std::string BlockJson(const v1::BlockLayout& block) {
  return Object([&block](JsonLine& line) {
    AddText("title", block.title(), line);
    AddText("title_en", block.title_en(), line);
    line.Raw("columns", Array(block.columns(), [](const auto& column) {
               return Object([&column](JsonLine& one) {
                 one.Text("key", KeyText(Key(column.column())));
                 AddLabels(column, one);
                 AddText("unit", column.unit(), one);
               });
             }));
    line.Raw("rows", Array(block.rows(), [](const auto& row) {
               return Object([&row](JsonLine& one) {
                 one.Text("key", KeyText(Key(row.row())));
                 AddLabels(row, one);
                 AddNumber("beside_form", row.beside_form(), one);
               });
             }));
  });
}

std::string FormJson(const v1::TemplateLayout& form) {
  return Object([&form](JsonLine& line) {
    line.Text("name", form.name()).Text("name_en", form.name_en());
    line.Raw("tables", Array(form.tables(), [](const auto& table) {
               return Object([&table](JsonLine& one) {
                 one.Text("key", KeyText(Key(table.table())))
                     .Text("title", table.title())
                     .Text("title_en", table.title_en());
                 AddNumber("side_by_side", table.side_by_side(), one);
                 AddText("note", table.note(), one);
                 one.Raw("blocks", Array(table.blocks(), BlockJson));
               });
             }));
  });
}

void AddPlace(const v1::Place& place, JsonLine& line) {
  AddNumber("page", place.page(), line);
  AddNumber("table", place.table(), line);
  AddNumber("row", place.row(), line);
  AddNumber("column", place.column(), line);
  AddNumber("paragraph", place.paragraph(), line);
  if (place.has_box()) line.Text("box", BoxText(place.box()));
}

std::string PlaceJson(const v1::Place& place) {
  return Object([&place](JsonLine& line) {
    AddNumber("start", place.start_byte(), line);
    AddNumber("end", place.end_byte(), line);
    AddPlace(place, line);
  });
}

// A page has two hundred of them: a cell that was read is not said to be, and
// the raw text is there only where it is not the value's own.
std::string CellJson(const v1::Cell& cell) {
  return Object([&cell](JsonLine& line) {
    const bool read = cell.state() == v1::CELL_STATE_VALUE;
    if (!read) line.Text("state", Name(cell.state()));
    const std::string value = cell.value_case() == v1::Cell::kCount
                                  ? absl::StrCat(cell.count())
                                  : cell.decimal();
    AddText("value", value, line);
    if (!read || cell.raw() != value) AddText("raw", cell.raw(), line);
    AddText("unit", cell.unit(), line);
    if (cell.candidates_size() > 0) {
      line.Raw("candidates", Array(cell.candidates(), String));
    }
    if (HasPlace(cell)) {
      line.Raw("place", Object([&cell](JsonLine& one) {
                 AddNumber("start", cell.start_byte(), one);
                 AddNumber("end", cell.end_byte(), one);
                 AddPlace(cell.place(), one);
               }));
    }
  });
}

std::string CellsJson(const v1::Report& report) {
  return Object([&report](JsonLine& line) {
    ForEachCell(report, [&line](const v1::Cell& cell) {
      line.Raw(CellPathText(cell), CellJson(cell));
    });
  });
}

std::string SectionJson(const v1::Section& section) {
  return Object([&section](JsonLine& line) {
    AddText("kind", KeyText(Key(section.kind())), line);
    AddText("heading", section.heading(), line);
    AddText("text", section.text(), line);
  });
}

// In front of the sections stands what is before the first of them.
std::string SectionsJson(const v1::Report& report) {
  std::string sections = Array(report.sections(), SectionJson);
  if (report.has_preface()) {
    sections.insert(1, absl::StrCat(SectionJson(report.preface()),
                                    report.sections_size() > 0 ? "," : ""));
  }
  return sections;
}

void AddQuotation(const v1::Quotation& quotation, JsonLine& line) {
  AddText("section", KeyText(Key(quotation.section())), line);
  line.Number("begin", quotation.begin())
      .Number("end", quotation.end())
      .Text("text", quotation.text());
  if (quotation.has_place()) line.Raw("place", PlaceJson(quotation.place()));
}

std::string ClaimJson(const v1::Claim& claim) {
  return Object([&claim](JsonLine& line) {
    AddQuotation(claim.quotation(), line);
    line.Text("value", claim.value()).Text("kind", Name(claim.kind()));
    AddText("unit", claim.unit(), line);
    line.Text("scope", Name(claim.scope()));
    if (claim.readings_size() > 0) {
      line.Raw("readings", Array(claim.readings(), String));
    }
  });
}

std::string PathJson(const v1::CellPath& path) {
  return String(CellPathText(path));
}

std::string RepairJson(const v1::Repair& repair) {
  return Array(repair.changes(), [](const v1::CellChange& change) {
    return Object([&change](JsonLine& line) {
      line.Text("cell", CellPathText(change.cell()))
          .Number("printed", change.printed())
          .Number("proposed", change.proposed());
    });
  });
}

std::string FindingJson(const v1::Finding& finding, const Rules& rules) {
  return Object([&](JsonLine& line) {
    line.Text("rule", finding.rule_id());
    if (const auto rule = rules.find(finding.rule_id()); rule != rules.end()) {
      line.Text("title", rule->second.title())
          .Text("title_en", rule->second.title_en());
    }
    line.Text("result", Name(finding.result()))
        .Text("severity", Name(finding.severity()))
        .Text("message", MessageOf(finding, Language::kChinese))
        .Text("message_en", MessageOf(finding, Language::kEnglish));
    AddText("basis", finding.legal_basis(), line);
    AddText("formula", finding.formula(), line);
    AddText("left", finding.left(), line);
    AddText("right", finding.right(), line);
    AddText("difference", finding.difference(), line);
    AddText("section", KeyText(Key(finding.section())), line);
    AddNumber("assumed_zero", finding.assumed_zero(), line);
    if (finding.cells_size() > 0) {
      line.Raw("cells", Array(finding.cells(), PathJson));
    }
    if (finding.previous_cells_size() > 0) {
      line.Raw("previous", Array(finding.previous_cells(), PathJson));
    }
    if (finding.quotations_size() > 0) {
      line.Raw("quotations",
               Array(finding.quotations(), [](const auto& quoted) {
                 return Object(
                     [&quoted](JsonLine& one) { AddQuotation(quoted, one); });
               }));
    }
    if (finding.places_size() > 0) {
      line.Raw("place", PlaceJson(finding.places(0)));
    }
    if (finding.has_repair()) line.Raw("repair", RepairJson(finding.repair()));
  });
}

std::string ProblemJson(const v1::Problem& problem) {
  return Object([&problem](JsonLine& line) {
    line.Text("severity", Name(problem.severity()))
        .Text("message", problem.message())
        .Text("message_en", problem.message_en())
        .Raw("findings", Array(problem.findings(), [](int32_t index) {
               return absl::StrCat(index);
             }));
    if (problem.repairs_size() > 0) {
      line.Raw("repairs", Array(problem.repairs(), RepairJson));
    }
  });
}

std::string DateJson(const v1::Date& date) {
  std::vector<int32_t> parts = {date.year()};
  if (date.month() != 0) parts.push_back(date.month());
  if (date.day() != 0) parts.push_back(date.day());
  return Array(parts, [](int32_t part) { return absl::StrCat(part); });
}

void AddReport(const v1::Report& report, JsonLine& line) {
  AddText("title", report.title(), line);
  AddText("body", report.body(), line);
  AddNumber("year", report.year(), line);
  AddText("signature", report.signature(), line);
  if (report.publication_date().year() != 0) {
    line.Raw("published", DateJson(report.publication_date()));
  }
  line.Raw("cells", CellsJson(report))
      .Raw("sections", SectionsJson(report))
      .Raw("claims", Array(report.claims(), ClaimJson))
      .Raw("diagnostics", Array(report.diagnostics(), [](const auto& note) {
             return Object([&note](JsonLine& one) {
               one.Text("message", note.message())
                   .Text("message_en", note.message_en());
             });
           }));
}

}  // namespace

Rules RulesOf(const v1::ListRulesResponse& response) {
  Rules rules;
  for (const v1::Rule& rule : response.rules()) rules[rule.id()] = rule;
  return rules;
}

ReportData::ReportData(const v1::ListTemplatesResponse& templates,
                       const Rules* rules, Language language)
    : rules_(*rules), language_(language) {
  for (const v1::TemplateLayout& form : templates.templates()) {
    forms_[form.template_()] = FormJson(form);
  }
}

std::string ReportData::Json(const ExportedDocument& document) const {
  const v1::ProcessResponse& response = *document.response;
  const v1::Report& report = response.report();
  return Object([&](JsonLine& line) {
    line.Number("number", document.number)
        .Text("document", document.path)
        .Text("language", language_ == Language::kEnglish ? "en" : "zh")
        .Text("outcome", Name(response.outcome()))
        .Text("reason", OutcomeText(response, Language::kChinese))
        .Text("reason_en", OutcomeText(response, Language::kEnglish))
        .Text("summary", response.verdict().summary())
        .Text("summary_en", response.verdict().summary_en());
    if (response.has_report()) AddReport(report, line);
    if (const auto form = forms_.find(report.template_());
        form != forms_.end()) {
      line.Raw("form", form->second);
    }
    line.Raw("findings", Array(response.findings(),
                               [this](const v1::Finding& finding) {
                                 return FindingJson(finding, rules_);
                               }))
        .Raw("problems", Array(response.verdict().problems(), ProblemJson));
  });
}

}  // namespace gongkai::cli::review
