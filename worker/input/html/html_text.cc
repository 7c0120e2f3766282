// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_text.h"

#include <algorithm>

#include "worker/input/characters.h"
#include "worker/input/html/html_entities.h"

namespace gongkai::input {
namespace {

// A run of characters holds so many bytes of the original for each at most.
constexpr size_t kWidestCharacter = 255;

constexpr char32_t kReplacement = 0xFFFD;

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// What ends a run of characters that are written as they stand.
struct Stops {
  bool is[256] = {};
  constexpr Stops() {
    for (const char c : {' ', '\n', '\t', '\r', '\f', '&', '\0'}) {
      is[static_cast<uint8_t>(c)] = true;
    }
  }
};
constexpr Stops kStops;

char32_t LastCharacter(std::string_view text) {
  size_t at = text.size() - 1;
  while (at > 0 && (Byte(&text[at]) & 0xC0) == 0x80) --at;
  return FirstCharacter(text.substr(at)).code;
}

}  // namespace

HtmlTextSize MeasureHtmlText(std::string_view text) {
  HtmlTextSize size;
  const char* const end = text.data() + text.size();
  for (const char* p = text.data(); p < end;) {
    const uint8_t c = Byte(p);
    if (c < 0x80) {
      size.words += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                    (c >= 'A' && c <= 'Z');
      ++p;
      continue;
    }
    const size_t space = SpaceAt(p, end);
    if (space > 0) {
      p += space;
      continue;
    }
    ++size.words;
    ++size.not_ascii;
    ++p;
  }
  return size;
}

HtmlTextWriter::HtmlTextWriter(const Document& page, std::string_view bytes,
                               DocumentBuilder* builder)
    : page_(page), text_(page.text()), builder_(*builder) {
  const char* const end = bytes.data() + bytes.size();
  decoded_ = text_.data() < bytes.data() || text_.data() > end;
  if (!decoded_) source_offset_ = text_.data() - bytes.data();
}

void HtmlTextWriter::Begin() {
  piece_begin_ = builder_.text_size();
  empty_ = true;
  separator_ = Separator::kNone;
}

void HtmlTextWriter::Separate(Separator separator, size_t place) {
  if (empty_ || separator <= separator_) return;
  separator_ = separator;
  separator_place_ = place;
}

void HtmlTextWriter::WriteSeparator(char32_t next) {
  const Separator separator = separator_;
  separator_ = Separator::kNone;
  empty_ = false;
  if (separator == Separator::kNone) return;
  if (separator == Separator::kSpaceWithLineEnd && IsWide(last_) &&
      IsWide(next)) {
    return;
  }
  WriteCharacter(separator == Separator::kLine ? U'\n' : U' ', separator_place_,
                 1);
}

void HtmlTextWriter::Add(size_t begin, size_t end) {
  for (size_t at = begin; at < end;) {
    const char c = text_[at];
    if (!kStops.is[Byte(&c)]) {
      const size_t from = at;
      while (at < end && !kStops.is[Byte(&text_[at])]) ++at;
      WriteCharacters(from, at);
    } else if (IsSpace(c)) {
      const size_t from = at;
      bool line_end = false;
      for (; at < end && IsSpace(text_[at]); ++at) {
        line_end = line_end || text_[at] == '\n' || text_[at] == '\r';
      }
      Separate(line_end ? Separator::kSpaceWithLineEnd : Separator::kSpace,
               from);
    } else if (c == '&') {
      WriteEntityOrAmpersand(&at, end);
    } else {
      ++at;  // a NUL is nothing
    }
  }
}

void HtmlTextWriter::WriteCharacters(size_t begin, size_t end) {
  const std::string_view part = text_.substr(begin, end - begin);
  // Most parts follow one another without a separator between them.
  if (separator_ != Separator::kNone) {
    WriteSeparator(FirstCharacter(part).code);
  }
  empty_ = false;
  last_ = LastCharacter(part);
  if (decoded_) return WriteDecoded(part);
  builder_.AppendUtf8(part, source_offset_ + begin);
}

void HtmlTextWriter::WriteDecoded(std::string_view part) {
  while (!part.empty()) {
    const Character first = FirstCharacter(part);
    if (first.code == kReplacement) {
      const SourceRange source = page_.SourceOf(part.substr(0, first.length));
      builder_.AppendReplacement(source.begin, source.end - source.begin);
      part.remove_prefix(first.length);
      continue;
    }
    // As many as take the same number of bytes in the text …
    size_t size = first.length;
    while (size < part.size()) {
      const Character next = FirstCharacter(part.substr(size));
      if (next.length != first.length || next.code == kReplacement) break;
      size += next.length;
    }
    // … and in the original.
    SourceRange source = page_.SourceOf(part.substr(0, size));
    const SourceRange one = page_.SourceOf(part.substr(0, first.length));
    const int64_t width = one.end - one.begin;
    const int64_t count = static_cast<int64_t>(size / first.length);
    if (source.end - source.begin != width * count) {
      size = first.length;
      source = one;
    }
    builder_.AppendRun(part.substr(0, size), first.length, source.begin, width);
    part.remove_prefix(size);
  }
}

void HtmlTextWriter::WriteCharacter(char32_t code, size_t begin,
                                    size_t length) {
  size_t source = source_offset_ + begin;
  if (decoded_) {
    const SourceRange range = page_.SourceOf(text_.substr(begin, length));
    source = range.begin;
    length = range.end - range.begin;
  }
  builder_.AppendCharacter(code, source, std::min(length, kWidestCharacter));
}

void HtmlTextWriter::WriteEntityOrAmpersand(size_t* at, size_t end) {
  const size_t begin = *at;
  HtmlEntity entity = ReadHtmlEntity(text_.substr(begin, end - begin));
  if (entity.length == 0) entity = {U'&', 1};
  *at += entity.length;
  if (entity.code < 0x80 && IsSpace(static_cast<char>(entity.code))) {
    return Separate(Separator::kSpace, begin);
  }
  if (separator_ != Separator::kNone) WriteSeparator(entity.code);
  empty_ = false;
  last_ = entity.code;
  WriteCharacter(entity.code, begin, entity.length);
}

void HtmlTextWriter::AddPiece(size_t place) {
  const size_t end = builder_.text_size();
  builder_.AddPieceAt(piece_begin_, end);
  // Every piece has a place of its own in the text, blank ones too.
  const size_t length =
      place < text_.size() ? FirstCharacter(text_.substr(place)).length : 0;
  WriteCharacter(U'\n', place, length);
}

}  // namespace gongkai::input
