// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Real reports in every layout, where the collection is at hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/worker/input/read_document.h"
#include "worker/input/reader.h"

namespace gongkai::input {
namespace {

using Row = std::vector<std::string>;

std::filesystem::path Corpus() {
  const char* const root = std::getenv("GONGKAI_SOURCE_DIR");
  return std::filesystem::path(root == nullptr ? "." : root) / ".." / "shared" /
         "corpus";
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string Strip(std::string text) {
  bool again = true;
  while (again) {
    again = false;
    for (const std::string_view space :
         {" ", "\t", "\r", "\n", "\u00a0", "\u3000"}) {
      if (text.starts_with(space)) {
        text.erase(0, space.size());
        again = true;
      }
      if (text.ends_with(space)) {
        text.erase(text.size() - space.size());
        again = true;
      }
    }
  }
  return text;
}

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The cells of a text that are not blank, in their order, found as simply as
// the layout allows: whatever a line with the layout's mark holds around it.
std::vector<std::string> MarkedCells(const std::string& text,
                                     const std::string& layout) {
  std::vector<std::string> cells;
  const char mark = layout[0] == 'A' || layout[0] == 'B' ? '\t' : '|';
  for (const std::string& line : Split(text, '\n')) {
    if (line.find(mark) == std::string::npos) continue;
    if (line.find_first_not_of("|-: ") == std::string::npos) continue;
    for (const std::string& part : Split(line, mark)) {
      const std::string cell = Strip(part);
      if (!cell.empty()) cells.push_back(cell);
    }
  }
  return cells;
}

// The same for layouts whose bars stand on lines of their own: the lines with
// a bar above or below.
std::vector<std::string> CellsBesideBars(const std::string& text, int offset) {
  std::vector<std::string> cells;
  const std::vector<std::string> lines = Split(text, '\n');
  for (size_t i = 1; i + 1 < lines.size(); ++i) {
    if (lines[i] != "|" && lines[i + offset] == "|") cells.push_back(lines[i]);
  }
  return cells;
}

// The pieces with text in blocks of a kind.
std::vector<std::string> CellsOf(const Document& document, BlockKind kind) {
  std::vector<std::string> cells;
  for (const Block& block : document.blocks()) {
    if (block.kind != kind) continue;
    for (const input::Row& row : document.rows(block)) {
      for (const Piece& piece : document.pieces(row)) {
        if (!piece.text.empty()) cells.emplace_back(piece.text);
      }
    }
  }
  return cells;
}

class CorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(Corpus())) {
      GTEST_SKIP() << "no collection of reports at " << Corpus();
    }
  }
};

TEST_F(CorpusTest, TablesHoldTheCellsThatTheirMarksShow) {
  size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(Corpus() / "layouts")) {
    const std::string stem = entry.path().stem().string();
    const std::string layout = stem.substr(stem.rfind('-') + 1);
    SCOPED_TRACE(stem);
    const std::string bytes = ReadFile(entry.path());
    Document document;
    ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
    ExpectPlaces(document, bytes);
    ++files;
    if (layout == "D") {
      EXPECT_EQ(CellsOf(document, BlockKind::kCells),
                CellsBesideBars(bytes, 1));
    } else if (layout == "G") {
      // Headings between tables stand beside bars too.
      std::vector<std::string> cells = CellsBesideBars(bytes, 1);
      const std::vector<std::string> text =
          CellsOf(document, BlockKind::kParagraph);
      std::erase_if(cells, [&](const std::string& cell) {
        return std::find(text.begin(), text.end(), cell) != text.end();
      });
      EXPECT_EQ(CellsOf(document, BlockKind::kGrid), cells);
    } else if (layout != "F" && layout != "I" && layout != "J") {
      EXPECT_EQ(CellsOf(document, BlockKind::kGrid),
                MarkedCells(bytes, layout));
    }
  }
  EXPECT_GE(files, 40u);
}

// The same values printed in several layouts give the same rows, apart from
// the blank cells that stand for merged ones.
TEST_F(CorpusTest, RowsAreTheSameInEveryLayoutThatMarksThem) {
  for (const std::string city : {"huaian-2024", "suqian-2024", "city-2025"}) {
    const auto rows_of = [&](const std::string& layout) {
      std::vector<Row> rows;
      const std::string bytes =
          ReadFile(Corpus() / "layouts" / (city + "-" + layout + ".txt"));
      Document document;
      EXPECT_TRUE(Read(bytes, Limits(), &document).ok());
      for (const Block& block : document.blocks()) {
        if (block.kind != BlockKind::kGrid) continue;
        for (const input::Row& row : document.rows(block)) {
          Row cells;
          for (const Piece& piece : document.pieces(row)) {
            if (!piece.text.empty()) cells.emplace_back(piece.text);
          }
          if (!cells.empty()) rows.push_back(cells);
        }
      }
      return rows;
    };
    const std::vector<Row> expected = rows_of("E");
    EXPECT_GT(expected.size(), 40u);
    EXPECT_EQ(rows_of("G"), expected) << city;
    // These keep the full-width punctuation; their numbers are the same.
    const auto numbers_of = [&](const std::string& layout) {
      std::vector<Row> numbers = rows_of(layout);
      for (Row& row : numbers) {
        std::erase_if(row, [](const std::string& cell) {
          return cell.find_first_not_of("0123456789.-") != std::string::npos;
        });
      }
      return numbers;
    };
    EXPECT_EQ(numbers_of("A"), numbers_of("E")) << city;
    EXPECT_EQ(numbers_of("B"), numbers_of("E")) << city;
    EXPECT_EQ(numbers_of("M"), numbers_of("E")) << city;
  }
}

TEST_F(CorpusTest, PositionsOfBlankCellsAreKept) {
  for (const std::string city : {"huaian-2024", "suqian-2024", "city-2025"}) {
    for (const std::string layout : {"E_blank", "H"}) {
      const auto rows_of = [&](const std::string& name) {
        std::vector<Row> rows;
        const std::string bytes =
            ReadFile(Corpus() / "layouts" / (city + "-" + name + ".txt"));
        Document document;
        EXPECT_TRUE(Read(bytes, Limits(), &document).ok());
        for (const Block& block : document.blocks()) {
          if (block.kind != BlockKind::kGrid) continue;
          for (const input::Row& row : document.rows(block)) {
            Row& cells = rows.emplace_back();
            for (const Piece& piece : document.pieces(row)) {
              cells.emplace_back(piece.text);
            }
          }
        }
        return rows;
      };
      std::vector<Row> zeros = rows_of("E");
      for (Row& row : zeros) {
        for (std::string& cell : row) {
          if (cell == "0") cell.clear();
        }
      }
      EXPECT_EQ(rows_of(layout), zeros) << city << " " << layout;
    }
  }
}

TEST_F(CorpusTest, EveryReportIsReadWithExactPlacesInEveryEncoding) {
  size_t files = 0;
  for (const std::string directory : {"seeds", "reports", "excerpts"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(Corpus() / directory)) {
      if (entry.path().extension() != ".txt") continue;
      SCOPED_TRACE(entry.path().filename().string());
      ++files;
      const std::string utf8 = ReadFile(entry.path());
      const std::string expected = ReadAndShow(utf8);
      EXPECT_EQ(expected.find("UNSUPPORTED"), std::string::npos);
      for (const char* const name : {"gb18030", "UTF-16LE", "UTF-16BE"}) {
        EXPECT_EQ(ReadAndShow(Encode(utf8, name)), expected) << name;
      }
    }
  }
  EXPECT_GE(files, 30u);
}

}  // namespace
}  // namespace gongkai::input
