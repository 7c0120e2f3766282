// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The rows of a table whose cells are as many as its columns, or more, and that
// nevertheless may not be what they seem: where a cell is lost or moved,
// padding stands in its place.

#include <array>
#include <vector>

#include "worker/extract/binding.h"

namespace gongkai::extract {

// How many pieces stand before the label in its row.
int TableBinder::LabelPosition(const BoundRow& row) const {
  int position = 0;
  for (int t = row.anchor; t > 0 && tokens_[t - 1].row == tokens_[t].row; --t) {
    ++position;
  }
  return position;
}

// A row that begins with a blank and has just as many cells as columns may
// also have a merged label cell in front and its last column lost. Rows with
// their label in the same place tell: if they have the padding, this one has
// it too; if they have none, the blank is the cell's. Where the table shows
// signs of either and no such row tells, nothing is proved. Cells whose places
// the format tells are not in doubt.
void TableBinder::DoubtLeadingBlanks() {
  const auto begins_blank = [&](const BoundRow& row) {
    int first = 0;
    int last = 0;
    return NonBlank(row, &first, &last) > 0 && first > 0;
  };
  // A document that breaks off in a row may have cut it.
  const auto ends_document = [&](const BoundRow& row) {
    return row.value_count > 0 &&
           values_[row.first_value + row.value_count - 1] + 1 ==
               static_cast<int>(tokens_.size());
  };
  bool padded = false;
  for (const BoundRow& row : rows_) {
    padded = padded || row.outcome == RowOutcome::kLost ||
             (row.outcome == RowOutcome::kBound && row.window > 0);
  }
  for (BoundRow& row : rows_) {
    if (!padded && !ends_document(row)) continue;
    if (row.outcome != RowOutcome::kBound || !row.marked ||
        row.value_count != Columns(row) || Columns(row) < 3 ||
        ValueAt(row, 0).IsPlaced() || !begins_blank(row)) {
      continue;
    }
    bool like_unpadded = false;
    bool like_padded = false;
    for (const BoundRow& like : rows_) {
      if (like.outcome != RowOutcome::kBound || !like.marked ||
          LabelPosition(like) != LabelPosition(row)) {
        continue;
      }
      like_unpadded =
          like_unpadded || (like.value_count == row.value_count &&
                            !begins_blank(like) && !TextAt(like, 0).empty());
      like_padded = like_padded ||
                    (like.value_count > row.value_count && like.window == 1);
    }
    if (like_unpadded) continue;
    if (like_padded) {
      ++row.first_value;
      --row.value_count;
      row.outcome = RowOutcome::kLost;
    } else {
      MakeAmbiguous(&row);
    }
  }
}

// A row with fewer cells than those like it has lost one, unless it only lacks
// padding. If the cell of its first or last column is blank, that may be
// padding which the others have too. Rows with as many cells tell, if theirs is
// not blank and they are no fewer; else nothing is proved. Like it are rows
// with their label in the same place and, where a source does not part the
// rows, those beside it but for the last: what parts it from the next may stand
// for its padding.
void TableBinder::DoubtFewerCells() {
  struct Side {
    // Its outermost cell is blank.
    bool blank;
    // How much padding is beyond.
    int padding;
  };
  struct Shape {
    BoundRow* row;
    uint32_t source_row;
    int position;
    bool is_last;
    bool is_blank;
    std::array<Side, 2> sides;
  };
  std::vector<Shape> shapes;
  bool any_blank = false;
  for (BoundRow& row : rows_) {
    if (row.outcome != RowOutcome::kBound || !row.marked ||
        ValueAt(row, 0).IsPlaced()) {
      continue;
    }
    int first = 0;
    int last = 0;
    const int spare = row.value_count - Columns(row);
    const size_t next = values_[row.first_value + row.value_count - 1] + 1;
    const uint32_t source_row = tokens_[row.anchor].row;
    Shape shape = {&row,
                   source_row,
                   LabelPosition(row),
                   next == tokens_.size() || tokens_[next].row != source_row,
                   NonBlank(row, &first, &last) == 0,
                   // All padding of a blank row may stand on either side.
                   {Side{true, spare}, Side{true, spare}}};
    if (!shape.is_blank) {
      const int end = row.window + Columns(row) - 1;
      shape.sides = {Side{first > row.window, row.window},
                     Side{last < end, spare - row.window}};
      any_blank = any_blank || first > row.window || last < end;
    }
    shapes.push_back(shape);
  }
  if (!any_blank) return;
  const auto is_doubtful = [&](const Shape& shape, size_t side) {
    if (!shape.sides[side].blank) return false;
    int more = 0;
    int as_many = 0;
    for (const Shape& like : shapes) {
      if (like.is_last != shape.is_last ||
          (like.source_row != shape.source_row &&
           like.position != shape.position)) {
        continue;
      }
      const Side& other = like.sides[side];
      more += like.row->value_count > shape.row->value_count &&
              other.padding > shape.sides[side].padding;
      as_many +=
          like.row->value_count == shape.row->value_count && !other.blank;
    }
    return more > as_many;
  };
  for (const Shape& shape : shapes) {
    if (Columns(*shape.row) > 2 && !shape.is_blank &&
        (is_doubtful(shape, 0) || is_doubtful(shape, 1))) {
      MakeAmbiguous(shape.row);
    }
  }
}

// A row that reaches beyond all others of its grid has a cell too many, and
// each of its blanks may be it.
void TableBinder::DoubtWiderRow() {
  BoundRow* widest = nullptr;
  int32_t width = -1;
  bool alone = false;
  for (BoundRow& row : rows_) {
    if (row.value_count == 0) continue;
    const Token& last = ValueAt(row, row.value_count - 1);
    if (!last.IsPlaced() || last.column < width) continue;
    alone = last.column > width;
    width = last.column;
    widest = &row;
  }
  if (!alone || widest->outcome != RowOutcome::kBound) return;
  int first = 0;
  int last = 0;
  const int filled = NonBlank(*widest, &first, &last);
  if (filled > 0 && filled < Columns(*widest)) MakeAmbiguous(widest);
}

// Some converters print the non-empty cells of a row first and the empty ones
// behind them. Such a row looks like any other whose last cells are blank; what
// tells it is that no row of the table has a blank before a value, while totals
// are blank. Rows of such a table are AMBIGUOUS unless they are full. Nothing
// has moved where the format tells every cell's place.
void TableBinder::ChooseCompacted(Blanks other_table) {
  bool positional = false;
  int suspects = 0;
  int contradicted = 0;
  const auto is_suspect = [&](const BoundRow& row) {
    if (row.outcome != RowOutcome::kBound || !row.marked) return false;
    const int columns = Columns(row);
    if (ValueAt(row, row.window + columns - 1).kind != TokenKind::kBlank) {
      return false;
    }
    return ValueAt(row, row.window).kind != TokenKind::kBlank;
  };
  for (const BoundRow& row : rows_) {
    if (row.outcome != RowOutcome::kBound || !row.marked) continue;
    positional = positional || ValueAt(row, row.window).IsPlaced();
    bool blank = false;
    int64_t sum = 0;
    int64_t last = 0;
    int filled = 0;
    for (int c = 0; c < Columns(row); ++c) {
      const Token& token = ValueAt(row, row.window + c);
      if (token.kind == TokenKind::kBlank) {
        blank = true;
      } else {
        positional = positional || blank;
        sum += last;
        last = token.value.digits;
        ++filled;
      }
    }
    if (!is_suspect(row)) continue;
    ++suspects;
    // Were the cells moved, the last value would be the total.
    contradicted += filled > 1 && last != sum;
  }
  const bool has_totals = !rows_.empty() && Columns(rows_[0]) > 3;
  const bool contradiction = suspects > 1 && contradicted == suspects;
  if (positional || other_table == Blanks::kPositional) {
    blanks_ = Blanks::kPositional;
  } else if (other_table == Blanks::kCompacted ||
             (has_totals && suspects > 0 && !contradiction)) {
    blanks_ = Blanks::kCompacted;
  }
  if (blanks_ != Blanks::kCompacted) return;
  for (BoundRow& row : rows_) {
    if (is_suspect(row)) MakeAmbiguous(&row);
  }
}

}  // namespace gongkai::extract
