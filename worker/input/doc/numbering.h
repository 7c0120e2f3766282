// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/numbering.h
//
// The numbers that Word puts before paragraphs by itself: many headings have
// theirs this way.

#ifndef GONGKAI_WORKER_INPUT_DOC_NUMBERING_H_
#define GONGKAI_WORKER_INPUT_DOC_NUMBERING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::input {

class DocNumbering {
 public:
  // `lists` begins with the list definitions, whose levels stand behind them;
  // `uses` are the ways in which paragraphs use the lists. Both must outlive
  // this. What cannot be read numbers nothing.
  DocNumbering(std::string_view lists, std::string_view uses);

  // What stands before the next paragraph that uses the `use`-th way (from 1,
  // 0 for none) at this level (from 0): "一、", "（二）", "1.2 ". Empty for
  // bullets and for paragraphs without a number.
  std::string Next(int use, int level);

 private:
  static constexpr int kLevels = 9;

  struct Level {
    int32_t start;
    uint8_t format;
    std::string_view text;  // UTF-16; characters below kLevels are numbers
  };
  struct List {
    uint32_t id;
    size_t first_level;  // in levels_
    int level_count;
    // Of the last paragraph at each level; 0 before the first.
    std::array<int32_t, kLevels> numbers;
  };
  struct Use {
    int list;  // in lists_; -1 for none
    // Where this use begins again; -1 where it goes on.
    std::array<int32_t, kLevels> restart;
  };

  static bool ReadLevel(std::string_view* bytes, Level* level);
  void ReadLists(std::string_view bytes);
  void ReadUses(std::string_view bytes);

  std::vector<Level> levels_;
  std::vector<List> lists_;
  std::vector<Use> uses_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_NUMBERING_H_
