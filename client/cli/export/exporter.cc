// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/export/exporter.h"

#include <cerrno>
#include <cstdio>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace gongkai::cli {
namespace {

using Opener = absl::StatusOr<std::unique_ptr<TableWriter>>(
    const std::string& file, const FormLabels* labels,
    const ExportOptions& options);

struct Format {
  const char* suffix;
  Opener* open;
};

constexpr Format kFormats[] = {{".csv", OpenCsv},
                               {".jsonl", OpenJsonl},
                               {".sqlite", OpenSqlite},
                               {".db", OpenSqlite},
                               {".xlsx", OpenXlsx}};

const Format* FormatOf(const std::string& file) {
  for (const Format& format : kFormats) {
    if (absl::EndsWithIgnoreCase(file, format.suffix)) return &format;
  }
  return nullptr;
}

constexpr char kPartial[] = "partial";

// "a/out.partial.findings.csv" as "a/out.findings.csv".
std::string InPlace(const std::string& partial_file, const std::string& partial,
                    const std::string& file) {
  // The file itself, or one whose name differs before the suffix.
  if (partial_file == partial) return file;
  const size_t dot = partial.rfind('.');
  const std::string middle =
      partial_file.substr(dot + 1, partial_file.size() - partial.size() - 1);
  return WithTableName(file, middle);
}

}  // namespace

bool IsExportName(const std::string& file) { return FormatOf(file) != nullptr; }

std::vector<Table> TablesOf(const ExportOptions& options) {
  std::vector<Table> tables = {Table::kCells, Table::kDocuments,
                               Table::kFindings, Table::kClaims};
  if (options.wide) tables.push_back(Table::kWide);
  return tables;
}

std::string WithTableName(const std::string& file, const std::string& table) {
  const size_t dot = file.rfind('.');
  return absl::StrCat(file.substr(0, dot), ".", table, file.substr(dot));
}

absl::StatusOr<std::unique_ptr<Exporter>> Exporter::Open(
    const std::vector<std::string>& files,
    const v1::ListTemplatesResponse& templates, const ExportOptions& options) {
  auto exporter = std::unique_ptr<Exporter>(
      new Exporter(FormLabels(templates, options.language)));
  std::set<std::string> written;
  for (const std::string& file : files) {
    Output output;
    output.file = file;
    output.partial = WithTableName(file, kPartial);
    for (const Table table : TablesOf(options)) {
      std::remove(WithTableName(output.partial, NameOf(table)).c_str());
    }
    if (std::remove(output.partial.c_str()) != 0 && errno != ENOENT) {
      return absl::ErrnoToStatus(
          errno, absl::StrCat("cannot replace ", output.partial));
    }
    auto writer =
        FormatOf(file)->open(output.partial, &exporter->labels_, options);
    if (!writer.ok()) return writer.status();
    output.writer = *std::move(writer);
    for (const std::string& name : output.writer->files()) {
      if (!written.insert(name).second) {
        return absl::InvalidArgumentError(
            absl::StrCat("two exports would write ", file));
      }
    }
    exporter->outputs_.push_back(std::move(output));
  }
  return exporter;
}

absl::Status Exporter::Write(const ExportedDocument& document) {
  for (Output& output : outputs_) {
    if (absl::Status status = output.writer->Write(document); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Exporter::FinishAside() {
  for (Output& output : outputs_) {
    if (absl::Status status = output.writer->Finish(); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Exporter::Finish() {
  if (absl::Status status = FinishAside(); !status.ok()) return status;
  for (const Output& output : outputs_) {
    for (const std::string& partial : output.writer->files()) {
      const std::string file = InPlace(partial, output.partial, output.file);
      if (std::rename(partial.c_str(), file.c_str()) != 0) {
        return absl::ErrnoToStatus(
            errno, absl::StrCat("cannot move ", partial, " to ", file));
      }
    }
  }
  return absl::OkStatus();
}

std::vector<std::string> Exporter::partial_files() const {
  std::vector<std::string> files;
  for (const Output& output : outputs_) files.push_back(output.partial);
  return files;
}

}  // namespace gongkai::cli
