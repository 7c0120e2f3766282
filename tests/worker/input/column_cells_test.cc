// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/column_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace gongkai::input {
namespace {

using ::testing::ElementsAre;

constexpr size_t kNoLimit = size_t{1} << 30;

// The cells of each line of a text, numbers with a '#' in front.
std::vector<std::string> CellsOf(const std::string& text) {
  TextLines lines;
  EXPECT_TRUE(lines.Scan(text, kNoLimit, kNoLimit));
  std::vector<ColumnCell> cells;
  std::vector<std::string> found;
  for (const TextLine& line : lines.lines()) {
    if (line.kind != LineKind::kText) continue;
    cells.clear();
    AppendCells(text, line, kNoLimit, &cells);
    for (const ColumnCell& cell : cells) {
      found.push_back((cell.number ? "#" : "") +
                      text.substr(cell.begin, cell.end - cell.begin));
    }
  }
  return found;
}

TEST(ColumnCellsTest, StandBetweenGaps) {
  EXPECT_THAT(CellsOf("规章  3　11  第 一 项"),
              ElementsAre("规章", "#3", "#11", "第 一 项"));
}

TEST(ColumnCellsTest, AreNumbersBehindSingleSpacesAtTheEnd) {
  EXPECT_THAT(CellsOf("信息 公开 1 - 3,000"),
              ElementsAre("信息 公开", "#1", "#-", "#3,000"));
  EXPECT_THAT(CellsOf("1 2  a 3"), ElementsAre("#1", "#2", "a", "#3"));
  EXPECT_THAT(CellsOf("1 个"), ElementsAre("1 个"));
}

TEST(ColumnCellsTest, AListMarkIsNoCellOfItsOwn) {
  EXPECT_THAT(CellsOf("1.  规章  3"), ElementsAre("1.  规章", "#3"));
}

TEST(ColumnCellsTest, APageNumberIsOneCell) {
  EXPECT_THAT(CellsOf("- 4 -"), ElementsAre("- 4 -"));
}

TEST(ColumnCellsTest, AreNoMoreThanWanted) {
  TextLines lines;
  std::string text = "规章";
  for (int i = 0; i < 1000; ++i) text += i % 2 == 0 ? " 1" : "  2";
  ASSERT_TRUE(lines.Scan(text, kNoLimit, kNoLimit));
  std::vector<ColumnCell> cells;
  AppendCells(text, lines.lines()[0], 10, &cells);
  EXPECT_GE(cells.size(), 10u);
  EXPECT_LE(cells.size(), 12u);
}

// The same cells, found without regard to speed.
class PlainCutter {
 public:
  std::vector<std::string> Cut(std::string_view line, bool maybe_gap) {
    if (IsPageNumber(line)) {
      Add(line);
    } else if (!maybe_gap) {
      CutPart(line);
    } else {
      CutAtGaps(line);
    }
    return cells_;
  }

 private:
  void Add(std::string_view cell) {
    cells_.push_back((IsNumberLike(cell) ? "#" : "") + std::string(cell));
  }

  void CutAtGaps(std::string_view line) {
    const char* const end = line.data() + line.size();
    const char* begin = line.data();
    for (const char* p = begin; p < end;) {
      const char* const gap = p;
      size_t width = 0;
      for (size_t length; p < end && (length = SpaceAt(p, end)) > 0;
           p += length) {
        width += std::string_view(p, length) == "　" ? 2 : 1;
      }
      if (width >= 2 && gap > begin) {
        CutPart(std::string_view(begin, gap - begin));
        begin = p;
      }
      if (width == 0) ++p;
    }
    if (begin < end) CutPart(std::string_view(begin, end - begin));
  }

  void CutPart(std::string_view part) {
    size_t numbers = 0;
    std::string_view text = part;
    while (MayEndInNumber(part) && !text.empty()) {
      const size_t space = text.rfind(' ');
      const size_t begin = space == std::string_view::npos ? 0 : space + 1;
      if (!IsNumberLike(text.substr(begin))) break;
      ++numbers;
      text = Trim(text.substr(0, begin));
    }
    if (!text.empty()) Add(text);
    std::string_view rest =
        part.substr(text.empty() ? 0 : text.end() - part.begin());
    for (; numbers > 0; --numbers) {
      rest = Trim(rest);
      const size_t space = std::min(rest.find(' '), rest.size());
      Add(rest.substr(0, space));
      rest.remove_prefix(space);
    }
  }

  std::vector<std::string> cells_;
};

TEST(ColumnCellsTest, AreTheSameAsThoseFoundPlainly) {
  // (No list marks: the plain cutter does not know them.)
  const std::string parts[] = {"0",  "12",  "1,234", "－", "５", "-",
                               "/",  "+",   "规章",  "a",  "，", "——",
                               "中", "- 4", "页",    "+1"};
  const std::string spaces[] = {" ",      "  ",     "    ", "\u3000",
                                "\u00a0", "\u200b", " ",    ""};
  std::mt19937 random(20241122);
  for (int round = 0; round < 20000; ++round) {
    std::string text = "规";
    for (size_t i = random() % 10; i > 0; --i) {
      text += spaces[random() % std::size(spaces)];
      text += parts[random() % std::size(parts)];
    }
    TextLines lines;
    ASSERT_TRUE(lines.Scan(text, kNoLimit, kNoLimit));
    const TextLine& line = lines.lines().at(0);
    ASSERT_EQ(CellsOf(text),
              PlainCutter().Cut(text.substr(0, line.end), line.maybe_gap))
        << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace gongkai::input
