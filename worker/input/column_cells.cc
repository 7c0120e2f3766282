// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/column_cells.h"

#include <algorithm>

namespace gongkai::input {
namespace {

// A gap between two columns is at least this wide.
constexpr size_t kGapWidth = 2;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "1." and the like, behind which lists leave a gap.
bool IsListMark(std::string_view token) {
  size_t digits = 0;
  while (digits < token.size() && IsDigit(token[digits])) ++digits;
  const std::string_view mark = token.substr(digits);
  if (digits == 0) return mark == "•" || mark == "·";
  return mark == "." || mark == "、" || mark == "．" || mark == ")" ||
         mark == "）";
}

class LineCutter {
 public:
  LineCutter(std::string_view text, size_t most, std::vector<ColumnCell>* cells)
      : text_(text), most_(most), cells_(*cells) {}

  void CutAtGaps(std::string_view line) {
    const char* const end = line.data() + line.size();
    const char* begin = line.data();
    for (const char* p = begin; p < end && cells_.size() < most_;) {
      if (!kSpaceBytes.first[Byte(p)]) {
        // The common Chinese characters take three bytes.
        p += Byte(p) >= 0xE4 && Byte(p) <= 0xE9 ? 3 : 1;
        continue;
      }
      const char* const gap = p;
      while (p < end && *p == ' ') ++p;
      size_t width = p - gap;
      while (p < end) {
        const size_t length = SpaceAt(p, end);
        if (length == 0) break;
        width += length == 3 && Byte(p) == 0xE3 ? 2 : 1;
        p += length;
      }
      if (width >= kGapWidth && gap > begin) {
        const std::string_view cell(begin, gap - begin);
        if (begin != line.data() || !IsListMark(cell)) {
          CutNumbersOff(cell);
          begin = p;
        }
      }
      if (width == 0) ++p;
    }
    if (begin < end) CutNumbersOff(std::string_view(begin, end - begin));
  }

  // The numbers at the end of a part, or marks that stand for one, each behind
  // single white space, are cells; and so is the text in front of them.
  void CutNumbersOff(std::string_view part) {
    if (!MayEndInNumber(part)) {
      Add(part, IsNumberLike(part));
      return;
    }
    if (LastNumber(part).size() == part.size()) {
      Add(part, true);
      return;
    }
    const size_t first = cells_.size();
    std::string_view rest = part;
    while (!rest.empty() && cells_.size() < most_) {
      const std::string_view token = LastNumber(rest);
      if (token.empty()) break;
      AddUpToSpace(token, part);
      rest = Trim(rest.substr(0, token.data() - rest.data()));
    }
    if (!rest.empty()) Add(rest, false);
    std::reverse(cells_.begin() + first, cells_.end());
  }

  void Add(std::string_view cell, bool number) {
    const auto begin = static_cast<uint32_t>(cell.data() - text_.data());
    cells_.push_back(
        {begin, begin + static_cast<uint32_t>(cell.size()), number});
  }

 private:
  // What stands behind the last space, if it is like a number; empty if not.
  static std::string_view LastNumber(std::string_view text) {
    size_t begin = text.size();
    while (begin > 0 && IsDigit(text[begin - 1])) --begin;
    if (begin < text.size() && (begin == 0 || text[begin - 1] == ' ')) {
      return text.substr(begin);
    }
    const size_t space = text.rfind(' ');
    if (space != std::string_view::npos) text.remove_prefix(space + 1);
    return IsNumberLike(text) ? text : std::string_view();
  }

  // Invisible white space before the space that ends a number belongs to it.
  void AddUpToSpace(std::string_view number, std::string_view part) {
    const size_t end = number.data() + number.size() - part.data();
    if (end == part.size() || part[end] == ' ') {
      Add(number, true);
    } else {
      const size_t space = std::min(part.find(' ', end), part.size());
      Add(std::string_view(number.data(), part.data() + space - number.data()),
          false);
    }
  }

  const std::string_view text_;
  const size_t most_;
  std::vector<ColumnCell>& cells_;
};

}  // namespace

void AppendCells(std::string_view text, const TextLine& line, size_t most,
                 std::vector<ColumnCell>* cells) {
  const std::string_view all = text.substr(line.begin, line.end - line.begin);
  LineCutter cutter(text, most, cells);
  if (IsPageNumber(all)) {
    cutter.Add(all, IsNumberLike(all));
  } else if (line.maybe_gap) {
    cutter.CutAtGaps(all);
  } else {
    cutter.CutNumbersOff(all);
  }
}

}  // namespace gongkai::input
