// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/document.h
//
// What the format readers make of the bytes of a document: an ordered list of
// blocks, each a paragraph or a grid of cells, every piece of text with its
// place in the original bytes. Knows formats and nothing of reports.
//
//   Document document;
//   absl::Status status = input::Read(bytes, Limits(), &document);
//   for (const Block& block : document.blocks())
//     for (const Row& row : document.rows(block))
//       for (const Piece& piece : document.pieces(row))
//         Use(piece.text, document.SourceOf(piece.text));
//
// A Document is made for one thread and is meant to be used again: Clear()
// keeps its memory, up to a cap.

#ifndef GONGKAI_WORKER_INPUT_DOCUMENT_H_
#define GONGKAI_WORKER_INPUT_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"

namespace gongkai::input {

// Half-open range of bytes in the original input.
struct SourceRange {
  int64_t begin = 0;
  int64_t end = 0;
};

// A rectangle on a page, in points (1/72 inch) from its top left corner.
struct Box {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
};

// Where a part of the text stands in the structure of the original. What the
// format does not have is 0: plain text has none of it, HTML and Word files
// have tables, Word files paragraphs, PDF files pages and boxes. All numbers
// count from 1 and tell the original's own order, before anything is left out.
struct Location {
  int32_t page = 0;
  Box box;
  int32_t paragraph = 0;  // 0 inside tables
  int32_t table = 0;      // 0 outside tables, as are row and column
  int32_t row = 0;
  int32_t column = 0;
};

// A paragraph's line or a cell. The text is valid UTF-8, a view into the
// document's text, without white space around it (ASCII, U+00A0, U+3000, and
// the invisible U+200B and U+FEFF); it may hold line breaks inside. A blank
// cell's text is empty and stands where the cell stands.
struct Piece {
  std::string_view text;
  // Horizontal extent, in columns of a fixed-width print, where the format has
  // one (kLines); -1 otherwise. All pieces of a block count the same way: a
  // wide character as two columns, or as one where the print's own columns
  // line up so (pdftotext pads by characters).
  int32_t left = -1;
  int32_t right = -1;
  // A blank place in a kGrid that a cell above or to the left of it spans; not
  // a cell of its own. Formats that do not mark spans leave it false.
  bool covered = false;
};

// Consecutive pieces of a block that stand side by side.
struct Row {
  uint32_t first_piece = 0;
  uint32_t piece_count = 0;
};

// What the rows of a block mean.
enum class BlockKind : uint8_t {
  // One row with one piece: a line of running text.
  kParagraph,
  // A table whose row ends are marked in the source. Where an end is marked,
  // there is one; some formats leave out the mark of full rows, so a Row may
  // hold several rows of the table.
  kGrid,
  // Cells in reading order whose rows are not marked; one Row holds them all.
  kCells,
  // Visual lines of a fixed-width print: a row of the table may take several
  // lines, its label above and below its numbers. A heading or a page number
  // between two lines of a table stands in it too, as a row of one piece.
  kLines,
};

// Consecutive rows of the same kind.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  uint32_t first_row = 0;
  uint32_t row_count = 0;
  // Of a kGrid: the format itself tells every cell's place, as markup, Word
  // files and the rules drawn in a PDF file do. Its blank cells have not moved,
  // and nothing pads its rows but blank pieces in the places that a span
  // covers.
  bool placed = false;
};

// The encodings that are told by content.
enum class Encoding : uint8_t { kUtf8, kGb18030, kUtf16Le, kUtf16Be };

class TextLines;

class Document {
 public:
  Document();
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  absl::Span<const Block> blocks() const { return blocks_; }
  absl::Span<const Row> rows() const { return rows_; }
  absl::Span<const Piece> pieces() const {
    return absl::MakeConstSpan(pieces_).subspan(0, piece_count_);
  }
  absl::Span<const Row> rows(const Block& block) const {
    return absl::MakeConstSpan(rows_).subspan(block.first_row, block.row_count);
  }
  absl::Span<const Piece> pieces(const Row& row) const {
    return absl::MakeConstSpan(pieces_).subspan(row.first_piece,
                                                row.piece_count);
  }

  // The whole decoded text, into which all pieces point.
  std::string_view text() const { return text_; }

  // Where a part of text() (of a piece, say) stands in the original bytes: the
  // bytes of its characters, neither more nor fewer. For an empty part that
  // points into text(), an empty range at its place. Logarithmic in the number
  // of changes between one-byte and multi-byte characters; constant for UTF-8.
  // Where the original has the text in another order (a web page's text that
  // stands in a table, but in no cell), from the first to the last of them.
  // Empty at 0 in formats whose text is packed away (Word files, PDF).
  SourceRange SourceOf(std::string_view part) const {
    const size_t begin = part.data() - text_.data();
    if (!has_source_ || part.data() == nullptr || part.data() < text_.data() ||
        begin + part.size() > text_.size()) {
      return {};
    }
    if (!runs_.empty()) return SourceOfRuns(begin, part.size());
    const int64_t same = source_offset_ + static_cast<int64_t>(begin);
    return {same, same + static_cast<int64_t>(part.size())};
  }

  // Where a part of text() stands in the original's structure: that of its
  // first character; the box holds everything of the part that is on the same
  // page. Logarithmic in the number of locations.
  Location LocationOf(std::string_view part) const;

  // False for plain text, where LocationOf() has nothing to say.
  bool has_locations() const { return !locations_.empty(); }

  Encoding encoding() const { return encoding_; }

  // How many bad byte sequences were replaced by U+FFFD.
  int64_t replaced() const { return replaced_; }

  // How many pictures stand between its paragraphs, in formats that have them:
  // what they show is not read.
  int32_t pictures() const { return pictures_; }

  // Empties the document and keeps its memory, up to a cap.
  void Clear();

 private:
  friend class DocumentBuilder;

  // Characters in a row which all take as many bytes in the text as each
  // other, and so in the original. Runs abut in both.
  struct Run {
    uint32_t text_begin;
    uint32_t source_begin;
    uint8_t text_width;    // bytes a character takes in the text
    uint8_t source_width;  // and in the original
  };

  // The text from text_begin up to the next one's stands at `location`.
  struct Located {
    uint32_t text_begin;
    Location location;
  };

  // SourceOf() so many bytes from `begin` on, of a text with runs.
  SourceRange SourceOfRuns(size_t begin, size_t size) const;

  // Where the character that holds the byte at `offset` of the text begins in
  // the original (or, with `end`, where the one before `offset` ends), of a
  // text with runs.
  int64_t SourceOffset(size_t offset, bool end) const;

  // Decoded text where the input could not be used as it is, and room behind
  // it; text_ points into it or into the input.
  std::string storage_;
  std::string_view text_;
  Encoding encoding_ = Encoding::kUtf8;
  int64_t replaced_ = 0;
  int32_t pictures_ = 0;
  // Without runs the text is the input from this offset on (the byte order
  // mark is no part of the text).
  int64_t source_offset_ = 0;
  bool has_source_ = true;
  std::vector<Run> runs_;
  std::vector<Located> locations_;
  // Grown before they are written to; the first piece_count_ mean something.
  std::vector<Piece> pieces_;
  size_t piece_count_ = 0;
  std::vector<Row> rows_;
  std::vector<Block> blocks_;
  // Working memory of the readers, kept for the next document.
  std::unique_ptr<TextLines> lines_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCUMENT_H_
