// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/text_lines.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "absl/base/attributes.h"
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
constexpr size_t kBlock = 64;
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

// A bit for each of 16 bytes from `p` on that means something.
inline uint64_t FindIn16(const char* p) {
  const __m128i here = Load(p);
  const __m128i next = Load(p + 1);
  const __m128i control =
      _mm_cmpeq_epi8(_mm_min_epu8(here, _mm_set1_epi8(0x1F)), here);
  const __m128i bar = Equal(here, '|');
  // Two spaces, the first of a run.
  const __m128i spaces =
      _mm_andnot_si128(Equal(Load(p - 1), ' '),
                       _mm_and_si128(Equal(here, ' '), Equal(next, ' ')));
  // U+00A0 (C2 A0), and others that begin so.
  const __m128i no_break = Equal(here, 0xC2);
  // U+3000 (E3 80 80), U+2028 and U+2029 (E2 80 A8 and A9), and others that end
  // so.
  const __m128i third = Load(p + 2);
  const __m128i ends = _mm_or_si128(
      Equal(third, 0x80),
      Equal(_mm_and_si128(third, _mm_set1_epi8(static_cast<char>(0xFE))),
            0xA8));
  const __m128i two = _mm_and_si128(Equal(next, 0x80), ends);
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(
      _mm_or_si128(_mm_or_si128(control, bar), _mm_or_si128(spaces, no_break)),
      two)));
}

// A bit for each byte of the block at `p` that means something.
inline uint64_t FindMeaning(const char* p) {
  return FindIn16(p) | FindIn16(p + 16) << 16 | FindIn16(p + 32) << 32 |
         FindIn16(p + 48) << 48;
}

#else

inline uint64_t FindMeaning(const char* p) {
  uint64_t found = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    const uint8_t c = Byte(p + i);
    const bool means = c < 0x20 || c == '|' || (c == ' ' && p[i + 1] == ' ') ||
                       c == 0xC2 || c == 0xE2 || c == 0xE3;
    found |= uint64_t{means} << i;
  }
  return found;
}

#endif

}  // namespace

// Cuts a text into lines while it is told of the bytes that mean something.
class LineMaker {
 public:
  LineMaker(std::string_view text, TextLines* out)
      : text_(text),
        out_(*out),
        next_line_(out->lines_.data()),
        next_mark_(out->marks_.data()) {}

  // Before the bytes of a block are met: there is room for what they may make,
  // and for the last line. False past a limit.
  bool MakeRoom(size_t max_lines, size_t max_marks) {
    const size_t lines = line_count();
    const size_t marks = mark_count();
    if (lines > max_lines || marks > max_marks) return false;
    if (lines + kBlock + 1 > out_.lines_.size()) {
      out_.lines_.resize(std::max(kFewElements, 2 * lines));
      next_line_ = out_.lines_.data() + lines;
    }
    if (marks + kBlock > out_.marks_.size()) {
      out_.marks_.resize(std::max(kFewElements, 2 * marks));
      next_mark_ = out_.marks_.data() + marks;
    }
    return true;
  }

  // The byte at `offset` may mean something.
  ABSL_ATTRIBUTE_ALWAYS_INLINE void Meet(size_t offset) {
    const char* const p = text_.data() + offset;
    // The frequent ones first: a jump by table would be mispredicted.
    if (*p == '\n') {
      EndLine(offset, offset + 1, /*blank_counts=*/true);
    } else if (*p == '\t') {
      ++tabs_;
      Mark(offset);
    } else if (*p == '|') {
      if (offset > begin_ && p[-1] == '\\') return;
      ++bars_;
      Mark(offset);
    } else {
      MeetOther(offset);
    }
  }

  // The text is met. False past a limit.
  bool End(size_t max_lines, size_t max_marks) {
    EndOtherLine(text_.size(), text_.size(), /*blank_counts=*/true);
    out_.line_count_ = std::min(line_count(), max_lines);
    out_.mark_count_ = mark_count();
    out_.control_characters_ = control_characters_;
    return line_count() <= max_lines && mark_count() <= max_marks;
  }

 private:
  // What is made at first.
  static constexpr size_t kFewElements = 1024;

  size_t line_count() const { return next_line_ - out_.lines_.data(); }
  size_t mark_count() const { return next_mark_ - out_.marks_.data(); }

  void Mark(size_t offset) { *next_mark_++ = static_cast<uint32_t>(offset); }

  ABSL_ATTRIBUTE_NOINLINE void MeetOther(size_t offset) {
    const char* const p = text_.data() + offset;
    const char* const end = text_.data() + text_.size();
    switch (Byte(p)) {
      case '\r':
        // The line feed behind it ends the line.
        if (p + 1 < end && p[1] == '\n') break;
        EndOtherLine(offset, offset + 1, /*blank_counts=*/true);
        break;
      case '\f':
        // The end of a page is no blank line between two rows.
        EndOtherLine(offset, offset + 1, /*blank_counts=*/false);
        break;
      case '\v':
        break;
      case ' ':
      case 0xC2:
      case 0xE3:
        if (SpaceAt(p, end) != 0) {
          ++gaps_;
          last_gap_ = offset;
        }
        break;
      case 0xE2:
        if (end - p >= 3 && Byte(p + 1) == 0x80 &&
            (Byte(p + 2) & 0xFE) == 0xA8) {
          EndOtherLine(offset, offset + 3, /*blank_counts=*/true);
        }
        break;
      default:
        if (Byte(p) < 0x20) ++control_characters_;
        break;
    }
  }

  ABSL_ATTRIBUTE_NOINLINE void EndOtherLine(size_t end, size_t next,
                                            bool blank_counts) {
    EndLine(end, next, blank_counts);
  }

  ABSL_ATTRIBUTE_ALWAYS_INLINE void EndLine(size_t end, size_t next,
                                            bool blank_counts) {
    if (begin_ == end) {
      blank_before_ |= blank_counts;
      begin_ = next;
    } else if ((tabs_ | bars_ | gaps_) == 0 &&
               !kSpaceBytes.first[Byte(text_.data() + begin_)] &&
               !kSpaceBytes.last[Byte(text_.data() + end - 1)]) {
      // Most lines: nothing was met in them and nothing is to be cut off.
      TextLine& out = *next_line_++;
      out.raw_begin = out.begin = static_cast<uint32_t>(begin_);
      out.raw_end = out.end = static_cast<uint32_t>(end);
      out.first_mark = static_cast<uint32_t>(first_mark_);
      out.mark_count = 0;
      out.kind = LineKind::kText;
      out.blank_before = blank_before_;
      out.maybe_gap = false;
      blank_before_ = false;
      begin_ = next;
    } else {
      EndMarkedLine(end, next, blank_counts);
    }
  }

  ABSL_ATTRIBUTE_ALWAYS_INLINE void EndMarkedLine(size_t end, size_t next,
                                                  bool blank_counts) {
    const std::string_view line = Trim(text_.substr(begin_, end - begin_));
    if (line.empty() && tabs_ == 0) {
      blank_before_ |= blank_counts;
    } else {
      Add(end, line);
      blank_before_ = false;
    }
    begin_ = next;
    first_mark_ = mark_count();
    tabs_ = bars_ = gaps_ = 0;
  }

  ABSL_ATTRIBUTE_ALWAYS_INLINE void Add(size_t raw_end, std::string_view line) {
    TextLine& out = *next_line_++;
    out.raw_begin = static_cast<uint32_t>(begin_);
    out.raw_end = static_cast<uint32_t>(raw_end);
    out.begin = static_cast<uint32_t>(line.data() - text_.data());
    out.end = static_cast<uint32_t>(out.begin + line.size());
    out.first_mark = static_cast<uint32_t>(first_mark_);
    out.blank_before = blank_before_;
    // Indents and white space at the end are no gaps.
    out.maybe_gap = gaps_ != 0 && last_gap_ > out.begin &&
                    (last_gap_ < out.end || gaps_ > 1);
    if (bars_ + tabs_ == 0) {
      out.kind = LineKind::kText;
    } else if (bars_ > tabs_) {
      out.kind = BarKind(line);
      if (tabs_ != 0) KeepMarks('|');
    } else {
      if (bars_ != 0) KeepMarks('\t');
      out.kind = tabs_ == 1 && BeginsWithTab(line) ? LineKind::kTabCell
                                                   : LineKind::kTabRow;
    }
    out.mark_count = static_cast<uint32_t>(mark_count() - first_mark_);
  }

  // True if nothing but white space stands before the first tab.
  bool BeginsWithTab(std::string_view line) const {
    return text_[begin_] == '\t' || line.empty() ||
           line.data() > text_.data() + out_.marks_[first_mark_];
  }

  ABSL_ATTRIBUTE_ALWAYS_INLINE LineKind BarKind(std::string_view line) const {
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
  ABSL_ATTRIBUTE_NOINLINE void KeepMarks(char kept) {
    next_mark_ =
        std::remove_if(out_.marks_.data() + first_mark_, next_mark_,
                       [&](uint32_t mark) { return text_[mark] != kept; });
  }

  const std::string_view text_;
  TextLines& out_;
  TextLine* next_line_;
  uint32_t* next_mark_;
  size_t control_characters_ = 0;
  // Of the line at hand.
  size_t begin_ = 0;
  size_t first_mark_ = 0;
  size_t tabs_ = 0;
  size_t bars_ = 0;
  size_t gaps_ = 0;
  size_t last_gap_ = 0;
  bool blank_before_ = false;
};

bool TextLines::Scan(std::string_view text, size_t max_lines,
                     size_t max_marks) {
  LineMaker maker(text, this);
  // The ends of the text are copied to where bytes may be read around them.
  char edge[kBefore + kBlock + kBehind];
  bool within_limits = true;
  for (size_t base = 0; base < text.size(); base += kBlock) {
    const char* block = text.data() + base;
    uint64_t mask = ~uint64_t{0};
    if (base == 0 || base + kBlock + kBehind > text.size()) {
      std::memset(edge, 'x', sizeof(edge));
      const size_t before = std::min(base, kBefore);
      const size_t length = std::min(text.size() - base, kBlock + kBehind);
      std::memcpy(edge + kBefore - before, block - before, before + length);
      block = edge + kBefore;
      if (length < kBlock) mask = (uint64_t{1} << length) - 1;
    }
    uint64_t found = FindMeaning(block) & mask;
    if (found == 0) continue;
    if (!maker.MakeRoom(max_lines, max_marks)) {
      within_limits = false;
      break;
    }
    for (; found != 0; found &= found - 1) {
      maker.Meet(base + std::countr_zero(found));
    }
  }
  if (!maker.MakeRoom(max_lines, max_marks)) within_limits = false;
  return maker.End(max_lines, max_marks) && within_limits;
}

void TextLines::Clear() {
  if (lines_.size() > kKeptElements) std::vector<TextLine>().swap(lines_);
  if (marks_.size() > kKeptElements) std::vector<uint32_t>().swap(marks_);
  line_count_ = mark_count_ = 0;
  control_characters_ = 0;
}

}  // namespace gongkai::input
