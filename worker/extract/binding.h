// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/binding.h
//
// Binds the values that stand beside the labels of a table to the columns of
// the form. A row whose values are not exactly as many as its columns is never
// shifted to fit: blank padding is told from blank cells by what the other
// rows of the table do, a lost column by what the identities leave possible,
// and where neither proves a reading the row is AMBIGUOUS.

#ifndef GONGKAI_WORKER_EXTRACT_BINDING_H_
#define GONGKAI_WORKER_EXTRACT_BINDING_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "worker/extract/anchors.h"
#include "worker/extract/readings.h"
#include "worker/extract/tokens.h"

namespace gongkai::extract {

// How the values of one row were found.
enum class RowOutcome : uint8_t {
  kBound,      // bound to its columns
  kMissing,    // no label
  kEmpty,      // a label, but no value tokens
  kLost,       // bound, but for one column that is lost
  kAmbiguous,  // values that cannot be bound
  kDisplaced,  // bound by order and proved, the label stands elsewhere
};

// What is known of the blank cells of a document's tables.
enum class Blanks : uint8_t {
  kUnknown,     // no row tells
  kPositional,  // they stand in their places: a blank stands before a value
  kCompacted,   // they were moved behind the non-empty cells of their rows
};

struct BoundRow {
  const catalog::FormRow* row = nullptr;
  // The token of the label; -1 if there is none in its place.
  int anchor = -1;
  bool displaced = false;
  // True if a few characters of the label are wrong.
  bool fuzzy = false;
  // True if the values are printed as one run of digits behind the label.
  bool joined = false;
  RowOutcome outcome = RowOutcome::kMissing;
  // The value tokens: indices into TableBinder::values().
  int first_value = 0;
  int value_count = 0;
  // Where the window of columns begins among them.
  int window = 0;
  // True if the row's end was marked in the source.
  bool marked = false;
};

// Keeps its memory between tables. Not thread-safe.
class TableBinder {
 public:
  explicit TableBinder(const LabelIndex& labels, Tokenizer* tokenizer)
      : labels_(labels), tokenizer_(*tokenizer) {}

  // Binds the rows at the anchors and sets their readings. Values are looked
  // for up to `limit` (a token index). `blanks` is what another table of the
  // document has told of its blank cells.
  void Bind(absl::Span<const Token> tokens, absl::Span<const Anchor> anchors,
            int limit, Blanks blanks, Readings* readings);

  // Of the last table: its rows, and what they tell of blank cells.
  absl::Span<const BoundRow> rows() const { return rows_; }
  Blanks blanks() const { return blanks_; }
  // One past the last token that belongs to the table; 0 if it has none.
  int end() const { return end_; }

 private:
  void Collect(BoundRow* row, int limit);
  // What a text token between a label and its values is.
  enum class Step { kValue, kSkip, kStop };
  Step StepFor(const Token& token, const BoundRow& row) const;

  void BindDisplaced(size_t first, size_t count);
  void ChooseWindows();
  int LabelPosition(const BoundRow& row) const;
  void DoubtLeadingBlanks();
  void DoubtFewerCells();
  void DoubtWiderRow();
  void ChooseCompacted(Blanks other_table);
  void BindGlued(BoundRow* row);
  void BindShort(size_t first, size_t count);

  std::string_view TextAt(const BoundRow& row, int value) const {
    return tokens_[values_[row.first_value + value]].text;
  }
  const Token& ValueAt(const BoundRow& row, int value) const {
    return tokens_[values_[row.first_value + value]];
  }
  int Columns(const BoundRow& row) const { return row.row->cell_count; }
  int NonBlank(const BoundRow& row, int* first, int* last) const;
  void SetWindow(const BoundRow& row);
  // Sets a row whose column `lost` is not there; MoveLost() does if it was set
  // without the column before.
  void SetWithout(const BoundRow& row, int lost);
  void MoveLost(const BoundRow& row, int lost);
  bool SameWithout(const BoundRow& row, int lost, int other) const;
  // Whether the identities, of all columns that a row may lack, leave one
  // alone, several with the same values, or several.
  enum class Evidence { kTells, kIndifferent, kOpen };
  Evidence WhetherLost(const BoundRow& row, int lost);
  // A row that lacks a column: its values, with the lost one that the collected
  // identities give, and how many of these speak against it.
  struct Case {
    std::vector<std::optional<int64_t>> values;
    int objections = 0;
  };
  // Stops when there are more objections than `most`.
  Case Try(const BoundRow& row, int lost, int most);
  void Clear(const BoundRow& row);
  void MakeAmbiguous(BoundRow* row);
  void CollectProofs(absl::Span<const BoundRow> rows);
  int Contradictions() const;

  const LabelIndex& labels_;
  Tokenizer& tokenizer_;
  absl::Span<const Token> tokens_;
  Readings* readings_ = nullptr;
  std::vector<BoundRow> rows_;
  std::vector<int> values_;
  std::vector<int> proofs_;
  Blanks blanks_ = Blanks::kUnknown;
  int end_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_BINDING_H_
