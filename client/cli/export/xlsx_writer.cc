// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A workbook for people: first what each body is to correct, then a sheet a
// table. Rows go to a temporary file beside the workbook as they come, so that
// memory does not grow.

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/export/table_writer.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

// What a sheet and a cell of it hold (Excel's own limits).
constexpr lxw_row_t kMaxRows = LXW_ROW_MAX;
constexpr size_t kMaxCellBytes = 32767;
// Whole numbers beyond it are no exact doubles; they are written as text.
constexpr int64_t kMaxExact = int64_t{1} << 53;

// Calm on screen and still told apart in grey print.
constexpr lxw_color_t kHeadColor = 0xE7ECF2;
constexpr lxw_color_t kErrorColor = 0xF8D7D3;
constexpr lxw_color_t kWarningColor = 0xFCEFC7;
constexpr lxw_color_t kDerivedColor = 0xDCE9F7;
constexpr lxw_color_t kUnreadColor = 0xEDEDED;

struct CloseWorkbook {
  void operator()(lxw_workbook* workbook) const {
    // Only where it was not completed; what it says is of no use then.
    (void)workbook_close(workbook);
  }
};

absl::Status StatusOf(lxw_error error, const std::string& file) {
  if (error == LXW_NO_ERROR) return absl::OkStatus();
  return absl::UnknownError(
      absl::StrCat("cannot write ", file, ": ", lxw_strerror(error)));
}

// A sheet, and those that follow it when it is full.
class Sheet {
 public:
  Sheet(lxw_workbook* workbook, std::string name,
        std::vector<TableColumn> columns, lxw_format* head, lxw_format* body)
      : workbook_(workbook),
        name_(std::move(name)),
        columns_(std::move(columns)),
        head_(head),
        body_(body) {}

  absl::Status Open() {
    ++sheets_;
    const std::string name =
        sheets_ == 1 ? name_ : absl::StrCat(name_, " ", sheets_);
    sheet_ = workbook_add_worksheet(workbook_, name.c_str());
    if (sheet_ == nullptr) {
      return absl::ResourceExhaustedError("no memory for another sheet");
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_repeat_rows(sheet_, 0, 0);
    for (size_t i = 0; i < columns_.size(); ++i) {
      worksheet_set_column(sheet_, i, i, columns_[i].width, body_);
      worksheet_write_string(sheet_, 0, i, columns_[i].title.c_str(), head_);
    }
    row_ = 1;
    return absl::OkStatus();
  }

  // A row with these fields; `format` may give one of them another look.
  template <typename FormatOf>
  absl::Status Add(absl::Span<const Field> fields, FormatOf format_of) {
    if (row_ == kMaxRows) {
      EndSheet();
      if (absl::Status status = Open(); !status.ok()) return status;
    }
    for (size_t i = 0; i < fields.size(); ++i) {
      lxw_format* const format = format_of(i);
      if (const int64_t* number = std::get_if<int64_t>(&fields[i])) {
        WriteNumber(i, *number, format);
      } else if (const auto* text = std::get_if<std::string_view>(&fields[i])) {
        WriteText(i, *text, format);
      } else if (format != nullptr) {
        worksheet_write_blank(sheet_, row_, i, format);
      }
    }
    ++row_;
    return absl::OkStatus();
  }

  void EndSheet() {
    if (row_ > 1) {
      worksheet_autofilter(sheet_, 0, 0, row_ - 1, columns_.size() - 1);
    }
  }

 private:
  void WriteNumber(size_t column, int64_t number, lxw_format* format) {
    if (std::abs(number) <= kMaxExact) {
      worksheet_write_number(sheet_, row_, column, static_cast<double>(number),
                             format);
    } else {
      WriteText(column, absl::StrCat(number), format);
    }
  }

  void WriteText(size_t column, std::string_view text, lxw_format* format) {
    // Cut at a character.
    if (text.size() > kMaxCellBytes) {
      size_t end = kMaxCellBytes;
      while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
      text = text.substr(0, end);
    }
    text_.assign(text);
    worksheet_write_string(sheet_, row_, column, text_.c_str(), format);
  }

  lxw_workbook* const workbook_;
  const std::string name_;
  const std::vector<TableColumn> columns_;
  lxw_format* const head_;
  lxw_format* const body_;
  lxw_worksheet* sheet_ = nullptr;
  int sheets_ = 0;
  lxw_row_t row_ = 0;
  std::string text_;
};

class XlsxWriter final : public TableWriter {
 public:
  XlsxWriter(std::string file, const FormLabels* labels,
             const ExportOptions& options)
      : file_(std::move(file)),
        options_(options),
        labels_(*labels),
        rows_(labels, options.language) {}

  absl::Status Open() {
    const size_t slash = file_.rfind('/');
    directory_ = slash == std::string::npos ? "." : file_.substr(0, slash + 1);
    lxw_workbook_options options = {};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = directory_.data();
    options.use_zip64 = LXW_TRUE;
    workbook_.reset(workbook_new_opt(file_.c_str(), &options));
    if (workbook_ == nullptr) {
      return absl::ResourceExhaustedError("no memory for a workbook");
    }
    head_ = Format(kHeadColor);
    format_set_bold(head_);
    format_set_border(head_, LXW_BORDER_THIN);
    body_ = workbook_add_format(workbook_.get());
    format_set_align(body_, LXW_ALIGN_VERTICAL_TOP);
    error_ = Format(kErrorColor);
    warning_ = Format(kWarningColor);
    derived_ = Format(kDerivedColor);
    unread_ = Format(kUnreadColor);
    strong_ = workbook_add_format(workbook_.get());
    format_set_bold(strong_);
    wrapped_ = workbook_add_format(workbook_.get());
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    absl::Status status =
        AddSheet(Words{"更正清单", "Corrections"}.In(options_.language),
                 CorrectionColumns(), &corrections_);
    // In the order in which people look for them.
    for (const Table table : {Table::kDocuments, Table::kFindings,
                              Table::kClaims, Table::kWide, Table::kCells}) {
      if (table == Table::kWide && !options_.wide) continue;
      if (status.ok()) {
        status = AddSheet(TitleOf(table).In(options_.language),
                          rows_.columns(table), &sheets_[table]);
      }
    }
    return status;
  }

  absl::Status Write(const ExportedDocument& document) override {
    absl::Status status = WriteCorrections(document);
    for (auto& [table, sheet] : sheets_) {
      const int tinted = TintedColumn(table);
      rows_.Visit(table, document, [&](absl::Span<const Field> fields) {
        if (!status.ok()) return;
        lxw_format* const tint =
            tinted < 0 ? nullptr
                       : Tint(std::get<std::string_view>(fields[tinted]));
        status = sheet->Add(fields, [&](size_t column) {
          return static_cast<int>(column) == tinted ? tint : nullptr;
        });
      });
    }
    return status;
  }

  absl::Status Finish() override {
    corrections_->EndSheet();
    for (auto& [table, sheet] : sheets_) sheet->EndSheet();
    return StatusOf(workbook_close(workbook_.release()), file_);
  }

  std::vector<std::string> files() const override { return {file_}; }

 private:
  lxw_format* Format(lxw_color_t color) {
    lxw_format* const format = workbook_add_format(workbook_.get());
    format_set_bg_color(format, color);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
  }

  absl::Status AddSheet(const std::string& name,
                        std::vector<TableColumn> columns,
                        std::unique_ptr<Sheet>* sheet) {
    *sheet = std::make_unique<Sheet>(workbook_.get(), name, std::move(columns),
                                     head_, body_);
    return (*sheet)->Open();
  }

  std::vector<TableColumn> CorrectionColumns() const {
    const auto in = [this](Words words) { return words.In(options_.language); };
    return {
        {"body", in({"机关", "Body"}), 22, false},
        {"year", in({"年度", "Year"}), 6, true},
        {"document", in({"文件", "Document"}), 30, false},
        {"severity", in({"级别", "Severity"}), 9, false},
        {"problem", in({"要更正的问题", "What to correct"}), 70, false},
        {"correction", in({"可能的更正", "Possible correction"}), 50, false},
        {"legal_basis", in({"依据", "Legal basis"}), 44, false}};
  }

  // What the body is to look at: each problem once.
  absl::Status WriteCorrections(const ExportedDocument& document) {
    const v1::ProcessResponse& response = *document.response;
    const v1::Report& report = response.report();
    const bool english = options_.language == Language::kEnglish;
    for (const v1::Problem& problem : response.verdict().problems()) {
      if (problem.severity() == v1::SEVERITY_INFO) continue;
      std::string correction;
      if (problem.repairs_size() > 0) {
        correction = CorrectionOf(report, problem.repairs(0));
      }
      std::string_view basis;
      if (problem.findings_size() > 0 && problem.findings(0) >= 0 &&
          problem.findings(0) < response.findings_size()) {
        basis = response.findings(problem.findings(0)).legal_basis();
      }
      const std::string severity(SeverityWord(problem.severity()));
      const std::string& message =
          english ? problem.message_en() : problem.message();
      const Field fields[] = {
          std::string_view(report.body()),
          report.year() == 0 ? Field() : Field(int64_t{report.year()}),
          document.path,
          std::string_view(severity),
          std::string_view(message),
          std::string_view(correction),
          basis};
      lxw_format* const tint =
          problem.severity() == v1::SEVERITY_ERROR ? error_ : warning_;
      absl::Status status = corrections_->Add(fields, [&](size_t column) {
        if (column == 0) return strong_;
        if (column == 3) return tint;
        return column >= 4 ? wrapped_ : nullptr;
      });
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  std::string CorrectionOf(const v1::Report& report,
                           const v1::Repair& repair) const {
    std::string text;
    for (const v1::CellChange& change : repair.changes()) {
      const FormCell* const cell = labels_.Find(
          report.template_(), change.cell().row(), change.cell().column());
      absl::StrAppend(
          &text, text.empty() ? "" : "\n",
          cell == nullptr ? CellPathText(change.cell()) : cell->label,
          Words{"：", ": "}.In(options_.language), change.printed(), " → ",
          change.proposed());
    }
    return text;
  }

  const char* SeverityWord(v1::Severity severity) const {
    return severity == v1::SEVERITY_ERROR
               ? Words{"错误", "error"}.In(options_.language)
               : Words{"提醒", "warning"}.In(options_.language);
  }

  // The column by whose word a row is coloured; -1 for none.
  int TintedColumn(Table table) const {
    const char* const name = table == Table::kCells       ? "state"
                             : table == Table::kFindings  ? "severity"
                             : table == Table::kDocuments ? "outcome"
                                                          : nullptr;
    if (name == nullptr) return -1;
    const std::vector<TableColumn>& columns = rows_.columns(table);
    return static_cast<int>(
        std::find_if(columns.begin(), columns.end(),
                     [&](const TableColumn& c) { return c.name == name; }) -
        columns.begin());
  }

  lxw_format* Tint(std::string_view word) const {
    if (word == Name(v1::SEVERITY_ERROR) || word == "INVALID" ||
        word == "AMBIGUOUS") {
      return error_;
    }
    if (word == Name(v1::SEVERITY_WARNING) || word == "PARTIAL") {
      return warning_;
    }
    if (word == "DERIVED") return derived_;
    if (word == "VALUE" || word == "OK" || word == "INFO") return nullptr;
    return unread_;
  }

  const std::string file_;
  const ExportOptions options_;
  const FormLabels& labels_;
  TableRows rows_;
  std::string directory_;
  std::unique_ptr<lxw_workbook, CloseWorkbook> workbook_;
  lxw_format* head_ = nullptr;
  lxw_format* body_ = nullptr;
  lxw_format* error_ = nullptr;
  lxw_format* warning_ = nullptr;
  lxw_format* derived_ = nullptr;
  lxw_format* unread_ = nullptr;
  lxw_format* strong_ = nullptr;
  lxw_format* wrapped_ = nullptr;
  std::unique_ptr<Sheet> corrections_;
  std::map<Table, std::unique_ptr<Sheet>> sheets_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableWriter>> OpenXlsx(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options) {
  auto writer = std::make_unique<XlsxWriter>(file, labels, options);
  if (absl::Status status = writer->Open(); !status.ok()) return status;
  return writer;
}

}  // namespace gongkai::cli
