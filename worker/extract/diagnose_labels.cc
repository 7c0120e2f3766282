// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/diagnose_labels.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "proto/cell_path.h"

namespace gongkai::extract {
namespace {

using catalog::FormRow;

absl::string_view View(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

class LabelDiagnoser {
 public:
  LabelDiagnoser(const Diagnosis& diagnosis, absl::Span<const Token> tokens,
                 ReportWriter* writer)
      : diagnosis_(diagnosis), tokens_(tokens), writer_(*writer) {}

  void Run() {
    Table(v1::TABLE_DISCLOSURE, diagnosis_.disclosure,
          diagnosis_.ranges->disclosure);
    RepeatedHeads();
    Table(v1::TABLE_REQUESTS, diagnosis_.requests, diagnosis_.ranges->requests);
    Note();
  }

 private:
  void Table(v1::Table table, absl::Span<const BoundRow> rows,
             const TokenRange& range) {
    for (const int t : LabelsIn(range)) {
      const Token& token = tokens_[t];
      if ((token.label->variant & diagnosis_.form) != 0 &&
          token.label->In(table)) {
        Variant(t, rows,
                diagnosis_.labels->OwnLabel(
                    diagnosis_.tokenizer->Normalized(token), diagnosis_.form));
      }
    }
    for (const BoundRow& row : rows) {
      if (row.fuzzy && row.anchor >= 0) {
        Variant(row.anchor, rows, row.row->declaration->labels(0));
      }
      if (row.joined) Joined(row);
    }
  }

  absl::Span<const int> LabelsIn(const TokenRange& range) const {
    const absl::Span<const int> labels = diagnosis_.index->labels();
    const auto begin =
        std::lower_bound(labels.begin(), labels.end(), range.begin);
    return labels.subspan(
        begin - labels.begin(),
        std::lower_bound(begin, labels.end(), range.end) - begin);
  }

  // The same variant in several places is told once.
  void Variant(int token, absl::Span<const BoundRow> rows,
               std::string_view own_label) {
    if (own_label.empty() ||
        std::find(told_.begin(), told_.end(), own_label) != told_.end()) {
      return;
    }
    told_.push_back(own_label);
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [token](const BoundRow& candidate) {
                                    return candidate.anchor == token;
                                  });
    const absl::string_view printed = View(tokens_[token].text);
    writer_.AddDiagnostic(
        v1::DIAGNOSTIC_KIND_LABEL_VARIANT,
        row == rows.end() ? nullptr : row->row, token,
        absl::StrCat("“", printed, "”不是格式的名称，格式为“", View(own_label),
                     "”。"),
        absl::StrCat("\"", printed,
                     "\" is not the form's label; the form has "
                     "\"",
                     View(own_label), "\"."));
  }

  void Joined(const BoundRow& row) {
    v1::CellPath path;
    path.set_table(row.row->table);
    path.set_row(row.row->row);
    const std::string& label = row.row->declaration->labels(0);
    writer_.AddDiagnostic(
        v1::DIAGNOSTIC_KIND_CELLS_JOINED, row.row, row.anchor,
        absl::StrCat("“", label, "”一行的数字连在一起，没有分列",
                     row.outcome == RowOutcome::kBound ? "，已按每格一位拆开。"
                                                       : "，无法拆开。"),
        absl::StrCat("The figures of row ", CellPathText(path),
                     " are printed as one",
                     row.outcome == RowOutcome::kBound
                         ? "; they were split into one digit for each cell."
                         : " and cannot be split."));
  }

  // Heads stand side by side between two rows. Titles and the like begin them
  // anew: a page repeats a whole head.
  void RepeatedHeads() {
    const TokenRange& range = diagnosis_.ranges->disclosure;
    std::vector<int>& heads = heads_;
    const auto end_heads = [&](int behind) {
      if (heads.size() > 1) RepeatedHead(behind);
      heads.clear();
    };
    for (const int t : LabelsIn(range)) {
      if (!heads.empty() && t > heads.back() + 1) end_heads(heads.back() + 1);
      const Label& label = *tokens_[t].label;
      if (label.column && (label.variant & diagnosis_.form) == 0) {
        heads.push_back(t);
      } else {
        end_heads(t);
      }
    }
    if (!heads.empty() && heads.back() + 1 < range.end) {
      end_heads(heads.back() + 1);
    }
  }

  // Merged cells may be printed twice; then there are more heads than columns.
  void RepeatedHead(int behind) {
    for (size_t h = 1; h < heads_.size(); ++h) {
      const Token& head = tokens_[heads_[h]];
      const bool again = std::any_of(
          heads_.begin(), heads_.begin() + static_cast<int>(h),
          [&](int other) { return tokens_[other].label == head.label; });
      if (!again) continue;
      const auto row = std::find_if(diagnosis_.disclosure.begin(),
                                    diagnosis_.disclosure.end(),
                                    [behind](const BoundRow& candidate) {
                                      return candidate.anchor >= behind;
                                    });
      if (row == diagnosis_.disclosure.end() ||
          row->row->block->columns_size() != static_cast<int>(heads_.size())) {
        return;
      }
      const std::string& expected =
          row->row->block->columns(static_cast<int>(h)).labels(0);
      const absl::string_view printed = View(head.text);
      writer_.AddDiagnostic(
          v1::DIAGNOSTIC_KIND_HEAD_REPEATED, nullptr, heads_[h],
          absl::StrCat("表头“", printed, "”出现了两次，第 ", h + 1, " 列应为“",
                       expected, "”。"),
          absl::StrCat("The head \"", printed, "\" stands twice; column ",
                       h + 1, " should be \"", expected, "\"."));
      return;
    }
  }

  // The note stands in the head of the table or, in some documents, between
  // the section's heading and the table. Where the whole head is lost, nothing
  // can be said of it.
  void Note() {
    const TokenRange& range = diagnosis_.ranges->requests;
    absl::string_view mark;
    for (const auto& table : diagnosis_.readings->form().proto().tables()) {
      if (table.table() == v1::TABLE_REQUESTS) mark = table.note_mark();
    }
    if (range.empty() || mark.empty()) return;
    bool head = false;
    for (int t = diagnosis_.requests_section; t < range.end; ++t) {
      const Token& token = tokens_[t];
      if (token.text.size() >= mark.size() &&
          absl::StrContains(View(token.text), mark)) {
        return;
      }
      head = head || (token.kind == TokenKind::kLabel && token.label->column &&
                      token.label->In(v1::TABLE_REQUESTS));
    }
    if (!head) return;
    writer_.AddDiagnostic(
        v1::DIAGNOSTIC_KIND_NOTE_MISSING, nullptr, range.begin,
        "申请表的表头没有格式所印的勾稽关系说明。",
        "The head of the requests table lacks the note on the arithmetic that "
        "the form prints.");
  }

  const Diagnosis& diagnosis_;
  const absl::Span<const Token> tokens_;
  ReportWriter& writer_;
  std::vector<std::string_view> told_;
  std::vector<int> heads_;
};

}  // namespace

void DiagnoseLabels(const Diagnosis& diagnosis, absl::Span<const Token> tokens,
                    ReportWriter* writer) {
  LabelDiagnoser(diagnosis, tokens, writer).Run();
}

}  // namespace gongkai::extract
