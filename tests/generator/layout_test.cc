// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The printers against real pages: the values of real cities, printed by the
// generator, must give the very lines of the collected layouts.

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/generator/generator.h"
#include "tests/generator/tables.h"

namespace gongkai::generator {
namespace {

std::string Corpus(const std::string& file) {
  const char* source = std::getenv("GONGKAI_SOURCE_DIR");
  return absl::StrCat(source == nullptr ? "." : source, "/../shared/corpus/",
                      file);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The "cells" of a truth file; its lines have one cell each.
std::map<std::string, std::string> ReadCells(const std::string& path) {
  std::map<std::string, std::string> cells;
  for (absl::string_view line : absl::StrSplit(ReadFile(path), '\n')) {
    const std::vector<std::string> parts = absl::StrSplit(line, '"');
    if (parts.size() >= 3 && absl::StrContains(parts[1], '.')) {
      std::string value = parts.size() > 3 ? parts[3] : parts[2];
      absl::StrReplaceAll({{":", ""}, {",", ""}, {" ", ""}}, &value);
      cells[parts[1]] = value;
    }
  }
  return cells;
}

Numbers ToNumbers(const std::map<std::string, std::string>& cells) {
  Numbers numbers = {};
  Random random(1);
  numbers = DrawNumbers(Form::k2021, Scale::kZero, &random);
  size_t i = 0;
  for (const auto& [path, unused] : AllCells(Form::k2021, numbers)) {
    const std::string& value = cells.at(path);
    int64_t count = 0;
    if (i < 10) {
      numbers.disclosure[i] = value;
    } else if (i < 10 + 175) {
      EXPECT_TRUE(absl::SimpleAtoi(value, &count)) << path;
      numbers.requests[(i - 10) / 7][(i - 10) % 7] = count;
    } else {
      EXPECT_TRUE(absl::SimpleAtoi(value, &count)) << path;
      numbers.disputes[(i - 185) / 5][(i - 185) % 5] = count;
    }
    ++i;
  }
  return numbers;
}

// The lines of the tables: what stands between the headings.
std::string TableLines(const std::string& text) {
  const size_t begin = text.find("二、主动公开政府信息情况");
  const size_t end = text.find("五、存在的主要问题");
  return text.substr(begin, end - begin);
}

class RealLayouts : public testing::TestWithParam<std::string> {};

TEST_P(RealLayouts, AreReproducedLineByLine) {
  const std::string city = GetParam();
  if (!std::ifstream(Corpus("README.md"))) {
    GTEST_SKIP() << "the collected layouts are not here: " << Corpus("");
  }
  const Numbers numbers =
      ToNumbers(ReadCells(Corpus(absl::StrCat("truth/", city, ".json"))));
  for (Layout layout : AllLayouts()) {
    if (layout == Layout::kK || layout == Layout::kRaw) continue;
    SCOPED_TRACE(LayoutName(layout));
    TableStyle style;
    style.layout = layout;
    switch (layout) {
      case Layout::kEBlank:
      case Layout::kH:
      case Layout::kH2:
        style.zeros = Zeros::kBlank;
        break;
      case Layout::kESlash:
        style.zeros = Zeros::kSlash;
        break;
      case Layout::kEDash:
        style.zeros = Zeros::kDash;
        break;
      default:
        break;
    }
    style.year = 2024;
    // The eleven rows whose last column the collected B2 lost.
    style.lost_total.assign(25, false);
    for (int row = 4; row < 15; ++row) style.lost_total[row] = true;
    Random random(7);
    const Tables tables = BuildTables(Form::k2021, numbers, style, &random);
    PrintStyle print;
    print.cut_heads = true;
    std::vector<Part> parts;
    parts.push_back({"二、主动公开政府信息情况", {}});
    parts.push_back({"", tables.disclosure});
    parts.push_back({"三、收到和处理政府信息公开申请情况", {}});
    parts.push_back({"", tables.requests});
    parts.push_back({"四、政府信息公开行政复议、行政诉讼情况", {}});
    parts.push_back({"", tables.disputes});
    parts.push_back({"五、存在的主要问题及改进情况", {}});
    std::string text = Print(layout, print, parts, &random);
    if (PrintsHalfWidth(layout)) text = NarrowPunctuation(text);

    std::string want = ReadFile(Corpus(
        absl::StrCat("layouts/", city, "-", LayoutName(layout), ".txt")));
    if (layout == Layout::kA) {
      // Which numbers have blanks around them is of no matter.
      for (std::string* s : {&text, &want}) {
        absl::StrReplaceAll({{"\u00a0", ""}, {" ", ""}, {"\u3000", ""}}, s);
      }
    }
    if (layout == Layout::kC) {
      absl::StrReplaceAll(
          {{"商业 企业", "商业企业"}, {"科研 机构", "科研机构"}}, &want);
    }
    EXPECT_EQ(TableLines(text), TableLines(want));
  }
}

INSTANTIATE_TEST_SUITE_P(Cities, RealLayouts,
                         testing::Values("city-2025", "huaian-2024",
                                         "suqian-2024"),
                         [](const auto& info) {
                           std::string name = info.param;
                           absl::StrReplaceAll({{"-", "_"}}, &name);
                           return name;
                         });

}  // namespace
}  // namespace gongkai::generator
