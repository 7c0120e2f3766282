// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/check_document.h"

#include <stdio.h>
#include <stdlib.h>

#include "worker/input/characters.h"
#include "worker/input/utf8.h"

namespace gongkai::fuzz {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

}  // namespace

void CheckDocument(const input::Document& document, std::string_view bytes,
                   TrueGrids true_grids) {
  const std::string_view text = document.text();
  Check(input::ValidUtf8Prefix(text) == text.size(), "the text is UTF-8");
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* last = begin;
  uint32_t rows = 0;
  uint32_t pieces = 0;
  for (const input::Block& block : document.blocks()) {
    Check(block.first_row == rows, "blocks follow one another");
    Check(block.row_count > 0, "blocks have rows");
    rows += block.row_count;
    const uint32_t width = document.rows(block)[0].piece_count;
    const bool alike = block.kind == input::BlockKind::kGrid &&
                       (true_grids == TrueGrids::kAll ||
                        (true_grids == TrueGrids::kPlaced && block.placed));
    for (const input::Row& row : document.rows(block)) {
      Check(row.first_piece == pieces, "rows follow one another");
      Check(row.piece_count > 0, "rows have pieces");
      pieces += row.piece_count;
      Check(!alike || row.piece_count == width, "the rows of a grid are alike");
      for (const input::Piece& piece : document.pieces(row)) {
        Check(piece.text.data() >= last &&
                  piece.text.data() + piece.text.size() <= end,
              "pieces are parts of the text, in order");
        last = piece.text.data();
        Check(input::Trim(piece.text).size() == piece.text.size(),
              "pieces have no white space around them");
        Check(!piece.covered || piece.text.empty(), "covered places are blank");
        const input::SourceRange source = document.SourceOf(piece.text);
        Check(source.begin >= 0 && source.begin <= source.end &&
                  source.end <= static_cast<int64_t>(bytes.size()),
              "pieces stand in the original");
        document.LocationOf(piece.text);
      }
    }
  }
  Check(rows == document.rows().size(), "every row is in a block");
  Check(pieces == document.pieces().size(), "every piece is in a row");
}

}  // namespace gongkai::fuzz
