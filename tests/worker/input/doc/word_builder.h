// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/doc/word_builder.h
//
// Makes binary Word documents for tests, byte by byte.
//
//   WordBuilder word;
//   word.Add({.text = u"规章\r"});
//   word.Add({.text = u"1\a", .paragraph = kInTable});
//   word.Add({.text = u"\a", .paragraph = kInTable + kEndsRow + DefineRow({0,
//   900})}); std::string bytes = word.File();

#ifndef GONGKAI_TESTS_WORKER_INPUT_DOC_WORD_BUILDER_H_
#define GONGKAI_TESTS_WORKER_INPUT_DOC_WORD_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gongkai::input {

// A property modifier: its number and its operand.
std::string Modifier(uint16_t number, std::string_view operand);

extern const std::string kInTable;
extern const std::string kEndsRow;
// In a table inside a table, and the ends of its cells and rows.
extern const std::string kInner;
extern const std::string kEndsInnerCell;
extern const std::string kEndsInnerRow;
extern const std::string kDeleted;
extern const std::string kHidden;

// The definition of a row: the edges of its cells in twips, and flags for the
// first cells: 1 first of some merged into one, 2 merged into it, 0x20 covered
// by the cell above, 0x60 first of such cells.
std::string DefineRow(const std::vector<int>& edges,
                      const std::vector<uint16_t>& flags = {});

// Characters that stand together and share all properties.
struct TestRun {
  std::u16string text;
  std::string characters = {};  // their modifiers
  std::string paragraph = {};   // those of the mark, if one is there
  bool compressed = false;      // one byte a character
  uint16_t modifier = 0;        // of the piece, as it is packed
};

class WordBuilder {
 public:
  // Each run becomes a piece with pages of properties of its own. In the file
  // pieces stand in reverse order.
  void Add(TestRun run) { runs_.push_back(std::move(run)); }
  // Adds a row: its cells, then its end with these modifiers.
  void AddRow(const std::vector<std::u16string>& cells, const std::string& row);

  // Modifiers that pieces refer to: the n-th has the packed number 2 n + 1.
  void AddGroup(std::string group) { groups_.push_back(std::move(group)); }

  // The definitions of lists, the levels behind them, and the uses of lists.
  void SetLists(std::string definitions, std::string levels, std::string uses) {
    definitions_ = std::move(definitions);
    levels_ = std::move(levels);
    uses_ = std::move(uses);
  }

  // The stream Data; there is none if it is empty.
  void SetData(std::string data) { data_ = std::move(data); }

  // Characters of the main text; by default all.
  void SetCharacters(uint32_t count) { characters_ = count; }

  // The streams, to break or rename them, and the file.
  using Streams = std::vector<std::pair<std::string, std::string>>;
  Streams MakeStreams() const;
  std::string File() const;

  // Where numbers stand in the streams.
  static constexpr size_t kVersion = 0x02;      // WordDocument
  static constexpr size_t kFlags = 0x0A;        // WordDocument
  static constexpr size_t kPieceTable = 0x1A2;  // WordDocument
  // The n-th piece's place and modifier in the table stream, without groups.
  size_t PieceOffset(size_t n) const {
    return 5 + 4 * (runs_.size() + 1) + 8 * n + 2;
  }

 private:
  std::vector<TestRun> runs_;
  std::vector<std::string> groups_;
  std::string definitions_;
  std::string levels_;
  std::string uses_;
  std::string data_;
  uint32_t characters_ = 0xFFFFFFFF;
};

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_DOC_WORD_BUILDER_H_
