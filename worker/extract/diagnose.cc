// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/diagnose.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "proto/cell_path.h"
#include "worker/extract/diagnose_labels.h"

namespace gongkai::extract {
namespace {

using catalog::FormRow;

// With so many rows found and no more than this share of their values, the
// values are gone rather than here and there unreadable.
constexpr double kLostShare = 0.5;

// In a document whose repeated lines were removed, none of at least so many
// short lines occurs twice; tables repeat zeros and labels.
constexpr int kFewestDistinctLines = 40;
constexpr size_t kShortLine = 60;

// More tokens have few reports.
constexpr size_t kUsualTokens = 1024;

absl::string_view Label(const FormRow& row) {
  return row.declaration->labels(0);
}

std::string PathText(const FormRow& row) {
  v1::CellPath path;
  path.set_table(row.table);
  path.set_row(row.row);
  return CellPathText(path);
}

// What became of the rows of one table.
struct Count {
  int rows = 0;
  int labelled = 0;
  int unread = 0;
};

class Diagnoser {
 public:
  Diagnoser(const Diagnosis& diagnosis, absl::Span<const Token> tokens,
            ReportWriter* writer)
      : diagnosis_(diagnosis), tokens_(tokens), writer_(*writer) {}

  Extraction Run(const input::Document& document) {
    if (document.replaced() > 0) {
      writer_.AddDiagnostic(
          v1::DIAGNOSTIC_KIND_BYTES_REPLACED, nullptr, -1,
          absl::StrCat("有 ", document.replaced(),
                       " 处字节不是有效的文字编码，已用替换符代替。"),
          absl::StrCat(document.replaced(),
                       " byte sequences are not valid text and were "
                       "replaced."));
    }
    if (diagnosis_.several_reports) return SeveralReports();
    int unread = 0;
    unread += Table(v1::TABLE_DISCLOSURE, diagnosis_.disclosure);
    unread += Table(v1::TABLE_REQUESTS, diagnosis_.requests);
    unread += Disputes();
    if (unread > 0 && LinesDeduplicated()) {
      writer_.AddDiagnostic(
          v1::DIAGNOSTIC_KIND_LINES_DEDUPLICATED, nullptr, -1,
          "文件里没有任何重复的行：重复行（包括重复的数字）"
          "在送来之前已被删除，丢失的数值无法恢复。",
          "No line of the document occurs twice: repeated lines, repeated "
          "numbers among them, were removed before it came here; what is lost "
          "cannot be recovered.");
    }
    if (diagnosis_.compacted) {
      writer_.AddDiagnostic(
          v1::DIAGNOSTIC_KIND_CELLS_COMPACTED, nullptr, -1,
          "行内的空单元格都排在数字之后，数字原来所在的列无法确定。",
          "The empty cells of rows stand behind the numbers, so that the "
          "numbers' own columns cannot be told.");
    }
    DiagnoseLabels(diagnosis_, tokens_, &writer_);
    if (unread == 0) return {v1::OUTCOME_OK, "", ""};
    return {v1::OUTCOME_PARTIAL,
            absl::StrCat("有 ", unread,
                         " 行表格内容没有读全，详见诊断；没有猜测任何数值。"),
            absl::StrCat(unread,
                         unread == 1 ? " table row was" : " table rows were",
                         " not read in full, see the diagnostics; no value "
                         "was guessed.")};
  }

 private:
  Extraction SeveralReports() {
    writer_.AddDiagnostic(
        v1::DIAGNOSTIC_KIND_SEVERAL_REPORTS, nullptr, -1,
        "文件里似乎有不止一份年度报告的表格，无法确定读取哪一份；"
        "请拆分后分别提交。",
        "The document seems to hold the tables of more than one report; split "
        "it and submit each on its own.");
    return {v1::OUTCOME_PARTIAL,
            "文件里似乎有不止一份年度报告，没有读取表格；请拆分后分别提交。",
            "The document seems to hold more than one report; no table was "
            "read. Split it and submit each on its own."};
  }

  // Returns how many rows of the table were not read in full.
  int Table(v1::Table table, absl::Span<const BoundRow> rows) {
    Count count;
    for (const BoundRow& row : rows) {
      ++count.rows;
      count.labelled += row.anchor >= 0 || row.displaced;
      count.unread += row.outcome != RowOutcome::kBound &&
                      row.outcome != RowOutcome::kDisplaced;
    }
    if (count.labelled == 0) {
      TableMissing(table);
      return count.rows;
    }
    for (const BoundRow& row : rows) RowNote(row);
    if (count.unread > kLostShare * count.rows) {
      writer_.AddDiagnostic(
          v1::DIAGNOSTIC_KIND_VALUES_LOST, nullptr, -1,
          absl::StrCat("表格的标签还在，但 ", count.rows, " 行中有 ",
                       count.unread, " 行的数值缺失或无法确定。"),
          absl::StrCat("The labels of table ", Name(table), " are there, but ",
                       count.unread, " of its ", count.rows,
                       " rows have lost their values."));
    }
    return count.unread;
  }

  void RowNote(const BoundRow& row) {
    if (row.outcome == RowOutcome::kBound && !row.row->beside_form) return;
    const std::string label(Label(*row.row));
    const std::string path = PathText(*row.row);
    switch (row.outcome) {
      case RowOutcome::kBound:
        writer_.AddDiagnostic(
            v1::DIAGNOSTIC_KIND_ROW_EXTRA, row.row, row.anchor,
            absl::StrCat("“", label, "”一行不在该格式之内，已照原样保留。"),
            absl::StrCat("Row ", path,
                         " is not part of this form; it was kept."));
        return;
      case RowOutcome::kDisplaced:
        writer_.AddDiagnostic(
            v1::DIAGNOSTIC_KIND_LABEL_DISPLACED, row.row, -1,
            absl::StrCat("“", label,
                         "”的标签与数字分离，按行序读取并经勾稽关系证明。"),
            absl::StrCat("The label of row ", path,
                         " stands elsewhere; it was read by its place and "
                         "proved by the identities."));
        return;
      case RowOutcome::kMissing:
      case RowOutcome::kEmpty:
        writer_.AddDiagnostic(
            v1::DIAGNOSTIC_KIND_ROW_MISSING, row.row, row.anchor,
            absl::StrCat("没有找到“", label, "”一行",
                         row.anchor >= 0 ? "的数值。" : "。"),
            absl::StrCat(row.anchor >= 0 ? "No values of row " : "Row ", path,
                         row.anchor >= 0 ? " were found." : " was not found."));
        return;
      case RowOutcome::kLost:
        writer_.AddDiagnostic(
            v1::DIAGNOSTIC_KIND_COLUMN_LOST, row.row, row.anchor,
            absl::StrCat("“", label, "”一行少了一列数值，没有移位补齐。"),
            absl::StrCat("Row ", path,
                         " lacks one value; none was shifted to fit."));
        return;
      case RowOutcome::kAmbiguous:
        writer_.AddDiagnostic(
            v1::DIAGNOSTIC_KIND_ROW_AMBIGUOUS, row.row, row.anchor,
            absl::StrCat("“", label, "”一行有 ", row.value_count,
                         " 个单元格，无法确定各属于哪一列。"),
            absl::StrCat("Row ", path, " has ", row.value_count,
                         " cells; which column each belongs to cannot be "
                         "proved."));
        return;
    }
  }

  int Disputes() {
    switch (diagnosis_.disputes) {
      case RowOutcome::kBound:
        return 0;
      case RowOutcome::kMissing:
        TableMissing(v1::TABLE_DISPUTES);
        return 1;
      case RowOutcome::kAmbiguous:
        writer_.AddDiagnostic(
            v1::DIAGNOSTIC_KIND_ROW_AMBIGUOUS, nullptr, -1,
            "行政复议、行政诉讼表的数字个数或次序与格式不符，"
            "无法确定各属于哪一列。",
            "The numbers of the disputes table do not match the form in count "
            "or order; which column each belongs to cannot be proved.");
        return 1;
      default:
        writer_.AddDiagnostic(v1::DIAGNOSTIC_KIND_VALUES_LOST, nullptr, -1,
                              "行政复议、行政诉讼表没有数值。",
                              "The disputes table has no values.");
        return 1;
    }
  }

  void TableMissing(v1::Table table) {
    writer_.AddDiagnostic(
        v1::DIAGNOSTIC_KIND_TABLE_MISSING, nullptr, -1,
        absl::StrCat("没有找到", ChineseName(table), "的表格。"),
        absl::StrCat("The ", Name(table), " table was not found."));
  }

  static std::string Name(v1::Table table) { return std::string(Key(table)); }

  static absl::string_view ChineseName(v1::Table table) {
    switch (table) {
      case v1::TABLE_DISCLOSURE:
        return "主动公开政府信息情况";
      case v1::TABLE_REQUESTS:
        return "收到和处理政府信息公开申请情况";
      default:
        return "政府信息公开行政复议、行政诉讼情况";
    }
  }

  bool LinesDeduplicated() const {
    absl::flat_hash_set<absl::string_view> lines;
    lines.reserve(std::min(tokens_.size(), kUsualTokens));
    for (const Token& token : tokens_) {
      if (token.text.empty() || token.text.size() > kShortLine) continue;
      if (token.block_kind != input::BlockKind::kParagraph) return false;
      const auto [line, is_new] =
          lines.insert(absl::string_view(token.text.data(), token.text.size()));
      if (!is_new) return false;
    }
    return static_cast<int>(lines.size()) >= kFewestDistinctLines;
  }

  const Diagnosis& diagnosis_;
  const absl::Span<const Token> tokens_;
  ReportWriter& writer_;
};

}  // namespace

Extraction Diagnose(const Diagnosis& diagnosis, const input::Document& document,
                    absl::Span<const Token> tokens, ReportWriter* writer) {
  return Diagnoser(diagnosis, tokens, writer).Run(document);
}

}  // namespace gongkai::extract
