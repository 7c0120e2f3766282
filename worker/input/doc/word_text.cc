// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/word_text.h"

#include "worker/input/doc/little_endian.h"

namespace gongkai::input {
namespace {

// Characters with a meaning of their own.
constexpr char16_t kPicture = 0x01;
constexpr char16_t kCellMark = 0x07;
constexpr char16_t kDrawing = 0x08;
constexpr char16_t kTab = 0x09;
constexpr char16_t kLineBreak = 0x0B;
constexpr char16_t kPageBreak = 0x0C;  // also the end of a section
constexpr char16_t kParagraphMark = 0x0D;
constexpr char16_t kColumnBreak = 0x0E;
constexpr char16_t kFieldBegin = 0x13;
constexpr char16_t kFieldResult = 0x14;
constexpr char16_t kFieldEnd = 0x15;
constexpr char16_t kHardHyphen = 0x1E;
// Shows only at the end of a line.
constexpr char16_t kSoftHyphen = 0xAD;
// Stands for a symbol of another font where it is no text.
constexpr char16_t kSymbol = 0x28;

constexpr char32_t kReplacement = 0xFFFD;

// 0x80 to 0x9F of Windows-1252.
constexpr char16_t kWindows1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

char16_t FromWindows1252(uint8_t byte) {
  return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte;
}

// Private characters are those of symbol fonts.
bool IsPrivate(char16_t code) { return code >= 0xE000 && code < 0xF900; }

}  // namespace

bool WordText::Read() {
  for (const TextPiece& piece : word_.pieces) {
    if (!ReadPiece(piece)) return false;
  }
  EndSurrogate();
  writer_.Finish();
  return true;
}

bool WordText::ReadPiece(const TextPiece& piece) {
  run_ = CharacterRun();
  const uint32_t end = piece.offset + piece.count * piece.width();
  for (uint32_t at = piece.offset; at < end; at += piece.width()) {
    const char16_t code = piece.compressed ? FromWindows1252(U8(word_.main, at))
                                           : U16(word_.main, at);
    if (at < run_.begin || at >= run_.end) {
      run_ = properties_.CharactersAt(at, piece.modifiers);
    }
    switch (code) {
      case kCellMark:
      case kParagraphMark:
      case kPageBreak:
        if (!TakeMark(code, at, piece)) return false;
        break;
      case kFieldBegin:
      case kFieldResult:
      case kFieldEnd:
        TakeFieldMark(code);
        break;
      default:
        if (!run_.hidden && instructions_ == 0) TakeCharacter(code);
    }
  }
  return true;
}

bool WordText::TakeMark(char16_t code, uint32_t place, const TextPiece& piece) {
  EndSurrogate();
  ParagraphMark mark;
  if (!properties_.MarkAt(place, piece.modifiers, &mark)) return false;
  if (code == kCellMark) {
    // Always one of the outermost table; inner tables end their cells with
    // paragraph marks. A field does not reach beyond its cell.
    mark.depth = 1;
    mark.ends_cell = true;
    fields_.clear();
    instructions_ = 0;
  } else if (mark.depth == 0) {
    // Paragraphs whose mark is hidden or deleted run on.
    if (run_.hidden || instructions_ > 0) return true;
  }
  return writer_.EndParagraph(mark,
                              numbering_.Next(mark.list, mark.list_level));
}

void WordText::TakeFieldMark(char16_t code) {
  switch (code) {
    case kFieldBegin:
      fields_.push_back(true);
      ++instructions_;
      break;
    case kFieldResult:
      if (fields_.empty() || !fields_.back()) break;
      fields_.back() = false;
      --instructions_;
      break;
    case kFieldEnd:
      if (fields_.empty()) break;
      if (fields_.back()) --instructions_;
      fields_.pop_back();
      break;
  }
}

void WordText::TakeCharacter(char16_t code) {
  if (code == kSymbol && run_.special && run_.symbol != 0) {
    code = run_.symbol;
    // What it shows depends on its font.
    if (IsPrivate(code)) code = kReplacement;
  }
  if (code == kPicture || code == kDrawing) has_pictures_ = true;
  if (code < 0x20) {
    EndSurrogate();
    if (code == kTab) writer_.Append('\t');
    if (code == kLineBreak || code == kColumnBreak) writer_.Append('\n');
    if (code == kHardHyphen) writer_.Append('-');
    return;
  }
  if (code != kSoftHyphen) TakeShown(code);
}

void WordText::TakeShown(char16_t code) {
  if (code >= 0xDC00 && code < 0xE000) {
    const char16_t first = surrogate_;
    surrogate_ = 0;
    writer_.Append(first == 0 ? kReplacement
                              : 0x10000 + (char32_t{first} - 0xD800) * 0x400 +
                                    (code - 0xDC00));
    return;
  }
  EndSurrogate();
  if (code >= 0xD800 && code < 0xDC00) {
    surrogate_ = code;
  } else {
    writer_.Append(code);
  }
}

// A first half without a second one.
void WordText::EndSurrogate() {
  if (surrogate_ == 0) return;
  surrogate_ = 0;
  writer_.Append(kReplacement);
}

}  // namespace gongkai::input
