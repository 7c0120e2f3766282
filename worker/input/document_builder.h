// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/document_builder.h
//
// How a format reader fills a Document: the text first, then blocks, rows and
// pieces in reading order. For the readers of this directory only.
//
//   DocumentBuilder builder(limits, document);
//   builder.UseText(bytes, 0, Encoding::kUtf8);
//   builder.BeginBlock(BlockKind::kGrid);
//   builder.BeginRow();
//   builder.AddPiece(cell);
//   builder.AddPiece(next_cell);
//   builder.EndBlock();
//   if (builder.full()) return …;
//
// A reader of a format whose text is made piece by piece (markup, Word files,
// PDF) adds blocks while it decodes, by offsets, and ends the decoding last:
//
//   builder.BeginExtraction(expected_bytes);     // or BeginDecoding
//   builder.BeginBlock(BlockKind::kGrid);
//   builder.BeginRow();
//   const size_t begin = builder.text_size();
//   builder.BeginLocation({.table = 1, .row = 1, .column = 1});
//   builder.AppendText("12");
//   builder.AddPieceAt(begin, builder.text_size());
//   builder.EndDecoding();

#ifndef GONGKAI_WORKER_INPUT_DOCUMENT_BUILDER_H_
#define GONGKAI_WORKER_INPUT_DOCUMENT_BUILDER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "worker/input/document.h"
#include "worker/input/limits.h"
#include "worker/input/utf8.h"

namespace gongkai::input {

class DocumentBuilder {
 public:
  // Empties `document`, which must outlive the builder.
  DocumentBuilder(const Limits& limits, Document* document)
      : document_(*document),
        max_pieces_(std::max<int64_t>(limits.max_pieces, 0)) {
    document->Clear();
    UsePieces(0);
  }
  ~DocumentBuilder() { document_.piece_count_ = piece_count(); }
  DocumentBuilder(const DocumentBuilder&) = delete;
  DocumentBuilder& operator=(const DocumentBuilder&) = delete;

  // The text is a part of the input that begins `source_offset` bytes in.
  void UseText(std::string_view text, int64_t source_offset) {
    document_.text_ = text;
    document_.source_offset_ = source_offset;
    document_.encoding_ = Encoding::kUtf8;
    document_.runs_.clear();
    document_.replaced_ = 0;
  }

  // Starts a text that is decoded character by character, of about so many
  // bytes.
  void BeginDecoding(Encoding encoding, size_t expected_bytes) {
    document_.runs_.clear();
    document_.has_source_ = true;
    document_.storage_.resize(expected_bytes);
    decoded_bytes_ = 0;
    document_.encoding_ = encoding;
    document_.replaced_ = 0;
  }
  // The next character takes `source_width` bytes from `source_begin` on. When
  // one- and multi-byte characters take turns so often that no real text can
  // be meant, full() becomes true; the caller may stop then.
  void AppendCharacter(char32_t code, size_t source_begin,
                       size_t source_width) {
    char* const out = Room(4);
    AddToRun(source_begin, source_width, Utf8Length(code));
    decoded_bytes_ += EncodeUtf8(code, out);
  }
  // The same for characters in a row that take as many bytes as each other,
  // `source_width` in the original and `text_width` (1 or 3) in the text: at
  // most `count`, as long as get(i) gives the i-th a code of that width. Gives
  // how many there were.
  template <size_t text_width, typename Get>
  size_t AppendCharacters(size_t source_begin, size_t source_width,
                          size_t count, Get get) {
    static_assert(text_width == 1 || text_width == 3);
    char* const begin = Room(text_width * count);
    char* out = begin;
    for (size_t i = 0; i < count; ++i) {
      const char16_t code = get(i);
      if constexpr (text_width == 1) {
        if (code >= 0x80) break;
        *out++ = static_cast<char>(code);
      } else {
        if (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF)) break;
        *out++ = static_cast<char>(0xE0 | code >> 12);
        *out++ = static_cast<char>(0x80 | (code >> 6 & 0x3F));
        *out++ = static_cast<char>(0x80 | (code & 0x3F));
      }
    }
    if (out == begin) return 0;
    const size_t appended = (out - begin) / text_width;
    AddToRun(source_begin, source_width, text_width);
    next_source_ += (appended - 1) * source_width;
    decoded_bytes_ += out - begin;
    return appended;
  }
  // The same for bytes that could not be decoded.
  void AppendReplacement(size_t source_begin, size_t source_width) {
    ++document_.replaced_;
    AppendCharacter(0xFFFD, source_begin, source_width);
  }
  // The next characters stand in the original as they are.
  void AppendUtf8(std::string_view characters, size_t source_begin) {
    AppendRun(characters, 1, source_begin, 1);
  }
  // The next characters, which are valid UTF-8 of `text_width` bytes each, take
  // `source_width` bytes each from `source_begin` on.
  void AppendRun(std::string_view characters, size_t text_width,
                 size_t source_begin, size_t source_width) {
    if (characters.empty()) return;
    char* const out = Room(characters.size());
    AddToRun(source_begin, source_width, text_width);
    next_source_ += (characters.size() / text_width - 1) * source_width;
    std::memcpy(out, characters.data(), characters.size());
    decoded_bytes_ += characters.size();
  }
  int64_t replaced() const { return document_.replaced_; }

  // The same for a text without places in the original bytes, because it is
  // packed away in them. Its encoding counts as UTF-8.
  void BeginExtraction(size_t expected_bytes) {
    BeginDecoding(Encoding::kUtf8, expected_bytes);
    document_.has_source_ = false;
  }
  // `text` must be valid UTF-8.
  void AppendText(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(Room(text.size()), text.data(), text.size());
    decoded_bytes_ += text.size();
  }

  // Bytes of the text so far.
  size_t text_size() const { return decoded_bytes_; }
  // What was appended from one offset to another; valid until more is.
  std::string_view appended(size_t begin, size_t end) const {
    return {document_.storage_.data() + begin, end - begin};
  }

  // The text from here on, up to the next call, stands at `location`.
  void BeginLocation(const Location& location) {
    document_.locations_.push_back(
        {static_cast<uint32_t>(decoded_bytes_), location});
  }

  // A picture stands between the paragraphs and tables.
  void AddPicture() { ++document_.pictures_; }

  // Makes what was appended the text, and the pieces added by offset views
  // into it, without the white space around them.
  void EndDecoding();

  std::string_view text() const { return document_.text_; }
  TextLines& lines() { return *document_.lines_; }
  int64_t max_pieces() const { return max_pieces_; }

  // A block without a piece is dropped, and so is a row.
  void BeginBlock(BlockKind kind, bool placed = false) {
    EndBlock();
    document_.blocks_.push_back(
        {kind, static_cast<uint32_t>(document_.rows_.size()), 0, placed});
    in_block_ = true;
  }
  void EndBlock() {
    EndRow();
    if (!in_block_) return;
    in_block_ = false;
    Block& block = document_.blocks_.back();
    block.row_count =
        static_cast<uint32_t>(document_.rows_.size()) - block.first_row;
    if (block.row_count == 0) document_.blocks_.pop_back();
  }
  void BeginRow() {
    EndRow();
    document_.rows_.push_back({static_cast<uint32_t>(piece_count()), 0});
    in_row_ = true;
  }
  void EndRow() {
    if (!in_row_) return;
    in_row_ = false;
    Row& row = document_.rows_.back();
    row.piece_count = static_cast<uint32_t>(piece_count()) - row.first_piece;
    if (row.piece_count == 0) document_.rows_.pop_back();
  }
  bool in_block() const { return in_block_; }
  bool in_row() const { return in_row_; }

  // `text` is a part of text(). Past the limit nothing is added and full()
  // becomes true.
  void AddPiece(std::string_view text, int32_t left = -1, int32_t right = -1) {
    if (next_ == end_ && !MakeRoomForPieces()) return;
    *next_++ = {text, left, right};
  }
  // The same by offsets, before EndDecoding(): `end` is one past the last byte.
  // Every piece that is added before EndDecoding() must be added so.
  void AddPieceAt(size_t begin, size_t end, int32_t left = -1,
                  int32_t right = -1) {
    if (next_ == end_ && !MakeRoomForPieces()) return;
    *next_++ = {{}, left, right};
    ranges_.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  // Makes the last piece that was added a covered place.
  void MarkCovered() { (next_ - 1)->covered = true; }
  // The pieces from the `first` on, to correct their columns.
  Piece* pieces(size_t first) { return document_.pieces_.data() + first; }
  size_t piece_count() const { return next_ - document_.pieces_.data(); }

  // Makes the open block one of another kind, and all its rows one.
  void JoinRows(BlockKind kind) {
    EndRow();
    Block& block = document_.blocks_.back();
    block.kind = kind;
    if (document_.rows_.size() <= block.first_row) return;
    Row& row = document_.rows_[block.first_row];
    row.piece_count = static_cast<uint32_t>(piece_count()) - row.first_piece;
    document_.rows_.resize(block.first_row + 1);
  }

  void AddParagraph(std::string_view text) {
    AddParagraphs(1, [&](size_t) { return text; });
  }
  // So many paragraphs, the i-th of which get(i) gives.
  template <typename Get>
  void AddParagraphs(size_t count, const Get& get) {
    EndBlock();
    for (size_t i = 0; i < count;) {
      if (next_ == end_ && !MakeRoomForPieces()) return;
      const size_t some =
          std::min(count - i, static_cast<size_t>(end_ - next_));
      auto row = static_cast<uint32_t>(document_.rows_.size());
      auto piece = static_cast<uint32_t>(piece_count());
      document_.rows_.resize(row + some);
      document_.blocks_.resize(document_.blocks_.size() + some);
      Row* out_row = document_.rows_.data() + row;
      Block* out_block =
          document_.blocks_.data() + document_.blocks_.size() - some;
      for (const size_t end = i + some; i < end; ++i) {
        *out_block++ = {BlockKind::kParagraph, row++, 1};
        *out_row++ = {piece++, 1};
        *next_++ = {get(i)};
      }
    }
  }

  // More was added than the limits allow.
  bool full() const { return full_; }
  // There would be more than they allow.
  void SetFull() { full_ = true; }

 private:
  // A line or cell has some changes between ASCII and Chinese at most, on the
  // average.
  static constexpr size_t kRunsPerPiece = 16;

  // What is made at first: a report has about 700.
  static constexpr size_t kFewPieces = 1024;

  // The pieces stand where they stand now; `count` are written.
  void UsePieces(size_t count) {
    std::vector<Piece>& pieces = document_.pieces_;
    next_ = pieces.data() + count;
    end_ = pieces.data() +
           std::min(pieces.size(), static_cast<size_t>(max_pieces_));
  }
  // False, and full, at the limit.
  bool MakeRoomForPieces() {
    const size_t count = piece_count();
    if (static_cast<int64_t>(count) >= max_pieces_) {
      full_ = true;
      return false;
    }
    document_.pieces_.resize(std::max(kFewPieces, 2 * count));
    UsePieces(count);
    return true;
  }

  // Where the next `bytes` bytes of a decoded text are to be written.
  char* Room(size_t bytes) {
    std::string& storage = document_.storage_;
    if (storage.size() - decoded_bytes_ < bytes) {
      storage.resize(2 * (decoded_bytes_ + bytes));
    }
    return storage.data() + decoded_bytes_;
  }

  // Adds one character to the last run, if it goes on with it.
  void AddToRun(size_t source_begin, size_t source_width, size_t text_width) {
    auto& runs = document_.runs_;
    const bool follows = source_begin == next_source_;
    next_source_ = source_begin + source_width;
    if (runs.empty() || !follows || runs.back().source_width != source_width ||
        runs.back().text_width != text_width) {
      if (runs.size() >= static_cast<size_t>(max_pieces_) * kRunsPerPiece) {
        full_ = true;
        return;
      }
      runs.push_back({static_cast<uint32_t>(decoded_bytes_),
                      static_cast<uint32_t>(source_begin),
                      static_cast<uint8_t>(text_width),
                      static_cast<uint8_t>(source_width)});
    }
  }

  // What a piece that was added by offset covers of the text.
  struct Range {
    uint32_t begin;
    uint32_t end;
  };

  Document& document_;
  const int64_t max_pieces_;
  std::vector<Range> ranges_;
  // Where the next piece is to be written, and where the room for it ends.
  Piece* next_ = nullptr;
  Piece* end_ = nullptr;
  size_t decoded_bytes_ = 0;
  // Where the last character that was appended ends in the original.
  size_t next_source_ = 0;
  bool in_block_ = false;
  bool in_row_ = false;
  bool full_ = false;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCUMENT_BUILDER_H_
