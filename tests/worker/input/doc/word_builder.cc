// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/doc/word_builder.h"

#include <algorithm>

#include "tests/worker/input/doc/compound_file_builder.h"

namespace gongkai::input {
namespace {

constexpr size_t kPage = 512;
// The information block takes less than this.
constexpr size_t kTextBegin = 0x600;
constexpr size_t kPlaces = 0x9A;

// A page for one run: its two places, the offset of its modifiers at the
// front, themselves at the end, and the number of runs.
std::string Page(uint32_t begin, uint32_t end, const std::string& modifiers) {
  std::string page;
  Add32(begin, &page);
  Add32(end, &page);
  if (!modifiers.empty()) {
    const size_t at = (kPage - 1 - modifiers.size()) / 2 * 2;
    page += static_cast<char>(at / 2);
    page.resize(at);
    page += modifiers;
  }
  page.resize(kPage - 1);
  page += '\1';
  return page;
}

std::string CharacterPage(uint32_t begin, uint32_t end,
                          const std::string& modifiers) {
  if (modifiers.empty()) return Page(begin, end, "");
  return Page(begin, end, static_cast<char>(modifiers.size()) + modifiers);
}

std::string ParagraphPage(uint32_t begin, uint32_t end,
                          const std::string& modifiers) {
  // With a style's number in front, counted in words.
  std::string group = std::string(2, '\0') + modifiers;
  if (group.size() % 2 != 0) {
    return Page(begin, end, static_cast<char>((group.size() + 1) / 2) + group);
  }
  return Page(
      begin, end,
      std::string(1, '\0') + static_cast<char>(group.size() / 2) + group);
}

}  // namespace

const std::string kInTable = Modifier(0x2416, "\1");
const std::string kEndsRow = Modifier(0x2417, "\1");
const std::string kInner =
    kInTable + Modifier(0x6649, std::string_view("\2\0\0\0", 4));
const std::string kEndsInnerCell = Modifier(0x244B, "\1");
const std::string kEndsInnerRow = kEndsInnerCell + Modifier(0x244C, "\1");
const std::string kDeleted = Modifier(0x0800, "\1");
const std::string kHidden = Modifier(0x083C, "\1");

std::string Modifier(uint16_t number, std::string_view operand) {
  std::string modifier;
  Add16(number, &modifier);
  return modifier.append(operand);
}

std::string DefineRow(const std::vector<int>& edges,
                      const std::vector<uint16_t>& flags) {
  std::string cells(1, static_cast<char>(edges.size() - 1));
  for (const int edge : edges) Add16(edge, &cells);
  for (const uint16_t flag : flags) {
    Add16(flag, &cells);
    cells.append(18, '\0');
  }
  std::string operand;
  Add16(static_cast<uint32_t>(cells.size() + 1), &operand);
  return Modifier(0xD608, operand + cells);
}

void WordBuilder::AddRow(const std::vector<std::u16string>& cells,
                         const std::string& row) {
  for (const std::u16string& cell : cells) {
    Add({.text = cell + u"\a", .paragraph = kInTable});
  }
  Add({.text = u"\a", .paragraph = kInTable + kEndsRow + row});
}

WordBuilder::Streams WordBuilder::MakeStreams() const {
  std::string main(kTextBegin, '\0');
  std::vector<size_t> begins(runs_.size());
  for (size_t i = runs_.size(); i-- > 0;) {
    begins[i] = main.size();
    for (const char16_t c : runs_[i].text) {
      main += static_cast<char>(c);
      if (!runs_[i].compressed) main += static_cast<char>(c >> 8);
    }
    // Pieces need not stand side by side, nor at even places.
    main += 'x';
  }
  main.resize((main.size() + kPage - 1) / kPage * kPage);

  // The tables list the runs by their places: the last comes first.
  std::string places;
  std::string character_pages;
  std::string paragraph_pages;
  for (size_t i = runs_.size(); i-- > 0;) {
    const uint32_t begin = static_cast<uint32_t>(begins[i]);
    const uint32_t end =
        static_cast<uint32_t>(i == 0 ? main.size() : begins[i - 1]);
    Add32(begin, &places);
    Add32(static_cast<uint32_t>(main.size() / kPage), &character_pages);
    main += CharacterPage(begin, end, runs_[i].characters);
    Add32(static_cast<uint32_t>(main.size() / kPage), &paragraph_pages);
    main += ParagraphPage(begin, end, runs_[i].paragraph);
  }
  Add32(static_cast<uint32_t>(main.size()), &places);

  std::string pieces;
  std::string descriptors;
  uint32_t character = 0;
  for (size_t i = 0; i < runs_.size(); ++i) {
    Add32(character, &pieces);
    character += static_cast<uint32_t>(runs_[i].text.size());
    Add16(0, &descriptors);
    const uint32_t begin = static_cast<uint32_t>(begins[i]);
    Add32(runs_[i].compressed ? begin * 2 | 0x40000000 : begin, &descriptors);
    Add16(runs_[i].modifier, &descriptors);
  }
  Add32(character, &pieces);
  pieces += descriptors;
  std::string table;
  for (const std::string& group : groups_) {
    table += '\1';
    Add16(static_cast<uint32_t>(group.size()), &table);
    table += group;
  }
  table += '\2';
  Add32(static_cast<uint32_t>(pieces.size()), &table);
  table += pieces;

  Put16(0x00, 0xA5EC, &main);
  Put16(kVersion, 0xC1, &main);
  Put16(0x20, 14, &main);
  Put16(0x3E, 22, &main);
  Put32(0x4C, std::min(characters_, character), &main);
  Put16(0x98, 93, &main);
  const auto put_part = [&](size_t number, size_t at, size_t size) {
    Put32(kPlaces + 8 * number, static_cast<uint32_t>(at), &main);
    Put32(kPlaces + 8 * number + 4, static_cast<uint32_t>(size), &main);
  };
  put_part(33, 0, table.size());
  put_part(12, table.size(), places.size() + character_pages.size());
  table += places + character_pages;
  put_part(13, table.size(), places.size() + paragraph_pages.size());
  table += places + paragraph_pages;

  put_part(73, table.size(), definitions_.size());
  table += definitions_ + levels_;
  put_part(74, table.size(), uses_.size());
  table += uses_;

  Streams streams = {{"WordDocument", main}, {"0Table", table}};
  if (!data_.empty()) streams.emplace_back("Data", data_);
  return streams;
}

std::string WordBuilder::File() const {
  return MakeCompoundFile(MakeStreams());
}

}  // namespace gongkai::input
