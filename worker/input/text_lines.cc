// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/text_lines.h"

#include <algorithm>
#include <cstring>

#include "worker/input/characters.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gongkai::input {
namespace {

// What is kept for the next text: a report has about 1,000 of each.
constexpr size_t kKeptElements = size_t{1} << 14;

// Bytes are looked at in blocks; those that mean something to a line (control
// characters, bars, the beginning of white space two columns wide, line
// separators) are handed to a LineMaker one by one. A finder may report more
// than these, never fewer.
constexpr size_t kBlock = 16;
// What is read around a block.
constexpr size_t kBefore = 1;
constexpr size_t kBehind = 2;

#ifdef __SSE2__

inline __m128i Load(const char* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
inline __m128i Equal(__m128i bytes, int value) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(value)));
}

// A bit for each byte of the block at `p` that means something.
inline uint32_t FindMeaning(const char* p) {
  const __m128i here = Load(p);
  const __m128i next = Load(p + 1);
  const __m128i control =
      _mm_cmpeq_epi8(_mm_min_epu8(here, _mm_set1_epi8(0x1F)), here);
  const __m128i bar = Equal(here, '|');
  // Two spaces, the first of a run.
  const __m128i spaces =
      _mm_andnot_si128(Equal(Load(p - 1), ' '),
                       _mm_and_si128(Equal(here, ' '), Equal(next, ' ')));
  // U+00A0: C2 A0.
  const __m128i no_break = _mm_and_si128(Equal(here, 0xC2), Equal(next, 0xA0));
  // U+3000: E3 80 80; U+2028 and U+2029: E2 80 A8 and A9.
  const __m128i third = Load(p + 2);
  const __m128i wide = _mm_and_si128(Equal(here, 0xE3), Equal(third, 0x80));
  const __m128i separator = _mm_and_si128(
      Equal(here, 0xE2),
      Equal(_mm_and_si128(third, _mm_set1_epi8(static_cast<char>(0xFE))),
            0xA8));
  const __m128i two =
      _mm_and_si128(_mm_or_si128(wide, separator), Equal(next, 0x80));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(
      _mm_or_si128(_mm_or_si128(control, bar), _mm_or_si128(spaces, no_break)),
      two)));
}

#else

inline uint32_t FindMeaning(const char* p) {
  uint32_t found = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    const uint8_t c = Byte(p + i);
    const bool means = c < 0x20 || c == '|' || (c == ' ' && p[i + 1] == ' ') ||
                       c == 0xC2 || c == 0xE2 || c == 0xE3;
    found |= uint32_t{means} << i;
  }
  return found;
}

#endif

// Cuts a text into lines while it is told of the bytes that mean something.
class LineMaker {
 public:
  LineMaker(std::string_view text, size_t max_lines, size_t max_marks,
            TextLines* out)
      : text_(text), max_lines_(max_lines), max_marks_(max_marks), out_(*out) {}

  // The byte at `offset` may mean something. False past a limit.
  bool Meet(size_t offset) {
    const char* const p = text_.data() + offset;
    const char* const end = text_.data() + text_.size();
    switch (Byte(p)) {
      case '\n':
        return EndLine(offset, offset + 1, /*blank_counts=*/true);
      case '\r':
        // The line feed behind it ends the line.
        if (p + 1 < end && p[1] == '\n') return true;
        return EndLine(offset, offset + 1, /*blank_counts=*/true);
      case '\f':
        // The end of a page is no blank line between two rows.
        return EndLine(offset, offset + 1, /*blank_counts=*/false);
      case '\t':
        ++tabs_;
        return Mark(offset);
      case '|':
        if (offset > begin_ && p[-1] == '\\') return true;
        ++bars_;
        return Mark(offset);
      case '\v':
        return true;
      case ' ':
      case 0xC2:
        if (SpaceAt(p, end) != 0) Gap(offset);
        return true;
      case 0xE3:
        if (SpaceAt(p, end) == 3) Gap(offset);
        return true;
      case 0xE2:
        if (end - p >= 3 && Byte(p + 1) == 0x80 &&
            (Byte(p + 2) & 0xFE) == 0xA8) {
          return EndLine(offset, offset + 3, /*blank_counts=*/true);
        }
        return true;
      default:
        if (Byte(p) < 0x20) ++out_.control_characters;
        return true;
    }
  }

  bool EndLine(size_t end, size_t next, bool blank_counts) {
    const std::string_view raw = text_.substr(begin_, end - begin_);
    const std::string_view line = Trim(raw);
    bool within_limits = true;
    if (line.empty() && tabs_ == 0) {
      blank_before_ |= blank_counts;
    } else {
      within_limits = out_.lines.size() < max_lines_;
      if (within_limits) Add(raw, line);
      blank_before_ = false;
    }
    begin_ = next;
    first_mark_ = out_.marks.size();
    tabs_ = bars_ = 0;
    gaps_ = 0;
    return within_limits;
  }

 private:
  bool Mark(size_t offset) {
    if (out_.marks.size() >= max_marks_) return false;
    out_.marks.push_back(static_cast<uint32_t>(offset));
    return true;
  }

  void Gap(size_t offset) {
    ++gaps_;
    last_gap_ = offset;
  }

  void Add(std::string_view raw, std::string_view line) {
    TextLine out;
    out.raw_begin = static_cast<uint32_t>(begin_);
    out.raw_end = static_cast<uint32_t>(begin_ + raw.size());
    out.begin = static_cast<uint32_t>(line.data() - text_.data());
    out.end = static_cast<uint32_t>(out.begin + line.size());
    out.first_mark = static_cast<uint32_t>(first_mark_);
    out.mark_count = static_cast<uint32_t>(out_.marks.size() - first_mark_);
    out.blank_before = blank_before_;
    // Indents and white space at the end are no gaps.
    out.maybe_gap = gaps_ != 0 && last_gap_ > out.begin &&
                    (last_gap_ < out.end || gaps_ > 1);
    if (bars_ > tabs_) {
      out.kind = BarKind(line);
      if (tabs_ != 0) KeepMarks('|', &out);
    } else if (tabs_ != 0) {
      if (bars_ != 0) KeepMarks('\t', &out);
      out.kind = tabs_ == 1 && raw.front() == '\t' ? LineKind::kTabCell
                                                   : LineKind::kTabRow;
    } else {
      out.kind = LineKind::kText;
    }
    out_.lines.push_back(out);
  }

  LineKind BarKind(std::string_view line) const {
    if (bars_ == 1) {
      if (line.size() == 1) return LineKind::kBar;
      return line.back() == '|' ? LineKind::kCellBar : LineKind::kBarRow;
    }
    if (line.size() == bars_) return LineKind::kBars;
    for (size_t i = 0; i < line.size();) {
      if (line[i] == '|') {
        ++i;
        continue;
      }
      const size_t space = SpaceAt(line.data() + i, line.data() + line.size());
      if (space == 0) return LineKind::kBarRow;
      i += space;
    }
    return LineKind::kBars;
  }

  // Of a line with both bars and tabs only the more frequent ones cut it.
  void KeepMarks(char kept, TextLine* line) {
    const auto first = out_.marks.begin() + line->first_mark;
    out_.marks.erase(
        std::remove_if(first, out_.marks.end(),
                       [&](uint32_t mark) { return text_[mark] != kept; }),
        out_.marks.end());
    line->mark_count = static_cast<uint32_t>(out_.marks.end() - first);
  }

  const std::string_view text_;
  const size_t max_lines_;
  const size_t max_marks_;
  TextLines& out_;
  // Of the line at hand.
  size_t begin_ = 0;
  size_t first_mark_ = 0;
  size_t tabs_ = 0;
  size_t bars_ = 0;
  size_t gaps_ = 0;
  size_t last_gap_ = 0;
  bool blank_before_ = false;
};

}  // namespace

bool TextLines::Scan(std::string_view text, size_t max_lines,
                     size_t max_marks) {
  lines.clear();
  marks.clear();
  control_characters = 0;
  LineMaker maker(text, max_lines, max_marks, this);
  const auto meet_all = [&](uint32_t found, size_t base) {
    for (; found != 0; found &= found - 1) {
      if (!maker.Meet(base + __builtin_ctz(found))) return false;
    }
    return true;
  };
  // The ends of the text are copied to where bytes may be read around them.
  char edge[kBefore + kBlock + kBehind];
  const auto at_edge = [&](size_t base) {
    std::memset(edge, 'x', sizeof(edge));
    const size_t before = std::min(base, kBefore);
    const size_t length = std::min(text.size() - base, kBlock + kBehind);
    std::memcpy(edge + kBefore - before, text.data() + base - before,
                before + length);
    uint32_t found = FindMeaning(edge + kBefore);
    if (length < kBlock) found &= (1u << length) - 1;
    return meet_all(found, base);
  };
  size_t base = 0;
  if (!text.empty()) {
    if (!at_edge(0)) return false;
    base = kBlock;
  }
  for (; base + kBlock + kBehind <= text.size(); base += kBlock) {
    const uint32_t found = FindMeaning(text.data() + base);
    if (found != 0 && !meet_all(found, base)) return false;
  }
  for (; base < text.size(); base += kBlock) {
    if (!at_edge(base)) return false;
  }
  return maker.EndLine(text.size(), text.size(), /*blank_counts=*/true);
}

void TextLines::Clear() {
  const auto clear = [](auto& elements) {
    if (elements.capacity() > kKeptElements) {
      elements = {};
      elements.shrink_to_fit();
    } else {
      elements.clear();
    }
  };
  clear(lines);
  clear(marks);
  control_characters = 0;
}

}  // namespace gongkai::input
