// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/text_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace gongkai::input {
namespace {

using ::testing::ElementsAre;

constexpr size_t kNoLimit = size_t{1} << 30;

LineKind KindOf(std::string_view line) {
  TextLines lines;
  EXPECT_TRUE(lines.Scan(line, kNoLimit, kNoLimit));
  EXPECT_EQ(lines.lines().size(), 1u) << line;
  return lines.lines().at(0).kind;
}

std::vector<std::string> LinesOf(std::string_view text) {
  TextLines lines;
  EXPECT_TRUE(lines.Scan(text, kNoLimit, kNoLimit));
  std::vector<std::string> found;
  for (const TextLine& line : lines.lines()) {
    found.emplace_back(
        (line.blank_before ? "~" : "") +
        std::string(text.substr(line.begin, line.end - line.begin)));
  }
  return found;
}

TEST(TextLinesTest, EndAtEveryKindOfLineEnd) {
  EXPECT_THAT(LinesOf("甲\n乙\r\n丙\r丁\u2028戊\u2029己\f庚"),
              ElementsAre("甲", "乙", "丙", "丁", "戊", "己", "庚"));
}

TEST(TextLinesTest, RememberEmptyLinesButNotTheEndsOfPages) {
  EXPECT_THAT(LinesOf("甲\n\n乙\r\n \t\r\n丙\n\f丁\n　\n戊\r\r己"),
              ElementsAre("甲", "~乙", "", "丙", "丁", "~戊", "~己"));
}

TEST(TextLinesTest, LeaveOutWhiteSpaceAround) {
  EXPECT_THAT(LinesOf(" \u3000甲 乙\u00a0 \n\ufeff丙\u200b\n\u00a0丁\v"),
              ElementsAre("甲 乙", "丙", "丁"));
}

TEST(TextLinesTest, AreOfTheKindTheirTabsAndBarsMakeThem) {
  EXPECT_EQ(KindOf("甲 乙"), LineKind::kText);
  EXPECT_EQ(KindOf("\t甲"), LineKind::kTabCell);
  EXPECT_EQ(KindOf("\t"), LineKind::kTabCell);
  EXPECT_EQ(KindOf("  \t甲"), LineKind::kTabCell);
  EXPECT_EQ(KindOf("  \t"), LineKind::kTabCell);
  EXPECT_EQ(KindOf("  甲\t乙"), LineKind::kTabRow);
  EXPECT_EQ(KindOf("甲\t"), LineKind::kTabRow);
  EXPECT_EQ(KindOf("\t\t"), LineKind::kTabRow);
  EXPECT_EQ(KindOf(" | "), LineKind::kBar);
  EXPECT_EQ(KindOf("|||"), LineKind::kBars);
  EXPECT_EQ(KindOf("| |\u3000|"), LineKind::kBars);
  EXPECT_EQ(KindOf("甲 |"), LineKind::kCellBar);
  EXPECT_EQ(KindOf("| 甲"), LineKind::kBarRow);
  EXPECT_EQ(KindOf("甲 | 乙"), LineKind::kBarRow);
  EXPECT_EQ(KindOf("甲 ||"), LineKind::kBarRow);
  EXPECT_EQ(KindOf("甲 \\| 乙"), LineKind::kText);
  EXPECT_EQ(KindOf("\t甲 | 乙 | 丙 |"), LineKind::kBarRow);
  EXPECT_EQ(KindOf("甲 | 乙\t丙\t"), LineKind::kTabRow);
}

TEST(TextLinesTest, StopAtTheirLimits) {
  TextLines lines;
  EXPECT_TRUE(lines.Scan("1\n2\n3", 3, 0));
  EXPECT_FALSE(lines.Scan("1\n2\n3\n4", 3, 0));
  EXPECT_LE(lines.lines().size(), 3u);
  EXPECT_TRUE(lines.Scan("a|b|c", 1, 2));
  EXPECT_FALSE(lines.Scan("a|b|c|", 1, 2));
}

// The lines found by going through the text byte by byte.
std::vector<std::string> PlainLinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  bool blank = false;
  const auto end = [&](bool counts) {
    std::string trimmed = line;
    const auto strip = [&](std::string_view space) {
      if (trimmed.starts_with(space)) {
        trimmed.erase(0, space.size());
        return true;
      }
      if (trimmed.ends_with(space)) {
        trimmed.erase(trimmed.size() - space.size());
        return true;
      }
      return false;
    };
    while (strip(" ") || strip("\t") || strip("\r") || strip("\u00a0") ||
           strip("\u3000")) {
    }
    if (trimmed.empty() && line.find('\t') == std::string::npos) {
      blank |= counts;
    } else {
      lines.push_back((blank ? "~" : "") + trimmed);
      blank = false;
    }
    line.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\r\n") == 0) continue;
    if (text[i] == '\n' || text[i] == '\r') {
      end(true);
    } else if (text[i] == '\f') {
      end(false);
    } else if (text.compare(i, 3, "\u2028") == 0) {
      end(true);
      i += 2;
    } else {
      line += text[i];
    }
  }
  end(true);
  return lines;
}

TEST(TextLinesTest, AreTheSameWhereverTheyStandInTheText) {
  const std::string parts[] = {
      "\n", "\r\n", "\r", "\f", "\t",     "|",      " ",      "  ",
      "中", "，",   "“",  "0",  "\u00a0", "\u3000", "\u2028", "行政许可"};
  std::mt19937 random(20240229);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const size_t count = random() % 60;
    for (size_t i = 0; i < count; ++i)
      text += parts[random() % std::size(parts)];
    ASSERT_EQ(LinesOf(text), PlainLinesOf(text))
        << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace gongkai::input
