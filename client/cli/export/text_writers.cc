// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// CSV and JSON lines: a file a table.

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/export/table_writer.h"
#include "client/cli/json.h"

namespace gongkai::cli {
namespace {

constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

// Rows are gathered up to this before they are written: it stays in the
// processor's cache until the system has copied it.
constexpr size_t kBufferBytes = 32 << 10;

// One file of text.
class TextFile {
 public:
  static absl::StatusOr<std::unique_ptr<TextFile>> Open(std::string name) {
    std::FILE* const file = std::fopen(name.c_str(), "wxe");
    if (file == nullptr) {
      return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", name));
    }
    return std::unique_ptr<TextFile>(new TextFile(std::move(name), file));
  }
  ~TextFile() {
    if (file_ != nullptr) std::fclose(file_);
  }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  const std::string& name() const { return name_; }
  std::string* buffer() { return &buffer_; }

  absl::Status FlushIfFull() {
    return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
  }

  absl::Status Close() {
    if (absl::Status status = Flush(); !status.ok()) return status;
    std::FILE* const file = std::exchange(file_, nullptr);
    return std::fclose(file) == 0 ? absl::OkStatus() : Error();
  }

 private:
  TextFile(std::string name, std::FILE* file)
      : name_(std::move(name)), file_(file) {
    // The buffer is ours.
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }

  absl::Status Flush() {
    const size_t written =
        std::fwrite(buffer_.data(), 1, buffer_.size(), file_);
    if (written != buffer_.size()) return Error();
    buffer_.clear();
    return absl::OkStatus();
  }

  absl::Status Error() const {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", name_));
  }

  const std::string name_;
  std::FILE* file_;
  std::string buffer_;
};

// How a table looks as text.
class TextFormat {
 public:
  virtual ~TextFormat() = default;
  virtual void AppendHead(const std::vector<TableColumn>& columns,
                          std::string* out) const = 0;
  // Appends these columns of a row, from column `first` on; a row is the about
  // columns, then the others.
  virtual void AppendFields(const std::vector<TableColumn>& columns, int first,
                            absl::Span<const Field> fields,
                            std::string* out) const = 0;
  virtual void EndRow(std::string* out) const = 0;
};

class Csv final : public TextFormat {
 public:
  explicit Csv(bool spreadsheet) : spreadsheet_(spreadsheet) {}

  void AppendHead(const std::vector<TableColumn>& columns,
                  std::string* out) const override {
    if (spreadsheet_) *out += kByteOrderMark;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) *out += ',';
      *out += columns[i].name;
    }
    *out += "\r\n";
  }

  void AppendFields(const std::vector<TableColumn>&, int first,
                    absl::Span<const Field> fields,
                    std::string* out) const override {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (first + i > 0) *out += ',';
      if (const int64_t* number = std::get_if<int64_t>(&fields[i])) {
        absl::StrAppend(out, *number);
      } else if (const auto* text = std::get_if<std::string_view>(&fields[i])) {
        AppendText(*text, out);
      }
    }
  }

  void EndRow(std::string* out) const override { *out += "\r\n"; }

 private:
  static bool NeedsQuotes(std::string_view text) {
    // Searches that the library does in blocks: texts are looked at far more
    // often than they need quotes.
    const auto has = [text](char c) {
      return text.find(c) != std::string_view::npos;
    };
    return has(',') || has('"') || has('\n') || has('\r');
  }

  // Whether a spreadsheet would calculate it. A number below zero and the dash
  // of a cell that does not apply are what they look like.
  static bool IsFormula(std::string_view text) {
    if (text.empty()) return false;
    if (text[0] == '-') {
      return text.find_first_not_of("0123456789.", 1) != std::string_view::npos;
    }
    return std::string_view("=+@\t\r").find(text[0]) != std::string_view::npos;
  }

  void AppendText(std::string_view text, std::string* out) const {
    const bool formula = spreadsheet_ && IsFormula(text);
    // An empty text is quoted, so that it is not taken for null.
    if (!formula && !text.empty() && !NeedsQuotes(text)) {
      *out += text;
      return;
    }
    *out += formula ? "\"'" : "\"";
    for (const char c : text) {
      if (c == '"') *out += '"';
      *out += c;
    }
    *out += '"';
  }

  const bool spreadsheet_;
};

class Jsonl final : public TextFormat {
 public:
  void AppendHead(const std::vector<TableColumn>&,
                  std::string*) const override {}

  void AppendFields(const std::vector<TableColumn>& columns, int first,
                    absl::Span<const Field> fields,
                    std::string* out) const override {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (std::holds_alternative<std::monostate>(fields[i])) continue;
      // The number of the document, which every row has, is the first.
      *out += first + i == 0 ? "{\"" : ",\"";
      *out += columns[first + i].name;
      *out += "\":";
      if (const int64_t* number = std::get_if<int64_t>(&fields[i])) {
        absl::StrAppend(out, *number);
      } else {
        AppendJsonString(std::get<std::string_view>(fields[i]), out);
      }
    }
  }

  void EndRow(std::string* out) const override { *out += "}\n"; }
};

class TextWriter final : public TableWriter {
 public:
  static absl::StatusOr<std::unique_ptr<TableWriter>> Open(
      const std::string& file, const FormLabels* labels,
      const ExportOptions& options, std::unique_ptr<const TextFormat> format) {
    auto writer = std::unique_ptr<TextWriter>(
        new TextWriter(labels, options, std::move(format)));
    for (const Table table : TablesOf(options)) {
      auto opened = TextFile::Open(
          table == Table::kCells ? file : WithTableName(file, NameOf(table)));
      if (!opened.ok()) return opened.status();
      writer->format_->AppendHead(writer->rows_.columns(table),
                                  (*opened)->buffer());
      writer->files_.emplace_back(table, *std::move(opened));
    }
    return writer;
  }

  absl::Status Write(const ExportedDocument& document) override {
    for (auto& [table, file] : files_) {
      const std::vector<TableColumn>& columns = rows_.columns(table);
      std::string* const out = file->buffer();
      // Of two hundred rows, these fields are written once.
      about_.clear();
      rows_.Visit(table, document, [&](absl::Span<const Field> fields) {
        if (about_.empty()) {
          format_->AppendFields(columns, 0, fields.first(kAboutColumns),
                                &about_);
        }
        *out += about_;
        format_->AppendFields(columns, kAboutColumns,
                              fields.subspan(kAboutColumns), out);
        format_->EndRow(out);
      });
      if (absl::Status status = file->FlushIfFull(); !status.ok()) {
        return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Finish() override {
    for (auto& [table, file] : files_) {
      if (absl::Status status = file->Close(); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  std::vector<std::string> files() const override {
    std::vector<std::string> names;
    for (const auto& [table, file] : files_) names.push_back(file->name());
    return names;
  }

 private:
  TextWriter(const FormLabels* labels, const ExportOptions& options,
             std::unique_ptr<const TextFormat> format)
      : rows_(labels, options.language), format_(std::move(format)) {}

  TableRows rows_;
  const std::unique_ptr<const TextFormat> format_;
  std::string about_;
  std::vector<std::pair<Table, std::unique_ptr<TextFile>>> files_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableWriter>> OpenCsv(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options) {
  return TextWriter::Open(file, labels, options,
                          std::make_unique<Csv>(options.spreadsheet_csv));
}

absl::StatusOr<std::unique_ptr<TableWriter>> OpenJsonl(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options) {
  return TextWriter::Open(file, labels, options, std::make_unique<Jsonl>());
}

}  // namespace gongkai::cli
