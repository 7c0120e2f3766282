// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/numbering.h"

#include <algorithm>
#include <unordered_map>

#include "worker/input/doc/little_endian.h"
#include "worker/input/list_number.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

// Sizes of the records.
constexpr size_t kListSize = 28;
constexpr size_t kLevelSize = 28;
constexpr size_t kUseSize = 16;
constexpr size_t kOverrideSize = 8;

// What is used of a level's text: numbers of a few characters are common, nine
// levels with marks between them take 18.
constexpr size_t kMostText = 2 * 32;

// What the format of a level means; all others are printed as decimals.
struct Format {
  uint8_t code;
  std::string_view name;  // as FormatListNumber() knows it
  int32_t largest;        // past it, decimals
};
constexpr Format kFormats[] = {
    {3, "upperLetter", 26},
    {4, "lowerLetter", 26},
    {10, "chineseCounting", 99},
    {11, "japaneseCounting", 99},
    {18, "decimalEnclosedCircle", 20},
    {33, "taiwaneseCounting", 99},
    {37, "chineseCounting", 99},
    {39, "chineseCountingThousand", 99},
};
// These print no number.
constexpr uint8_t kBullet = 23;
constexpr uint8_t kNone = 255;

std::string FormatNumber(int32_t number, uint8_t code) {
  if (code == kBullet || code == kNone) return "";
  for (const Format& format : kFormats) {
    if (format.code == code && number <= format.largest) {
      return FormatListNumber(number, format.name);
    }
  }
  return std::to_string(number);
}

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

}  // namespace

DocNumbering::DocNumbering(std::string_view lists, std::string_view uses) {
  ReadLists(lists);
  ReadUses(uses);
}

// Takes a level from the front of the bytes.
bool DocNumbering::ReadLevel(std::string_view* bytes, Level* level) {
  if (bytes->size() < kLevelSize) return false;
  level->start = I32(*bytes, 0);
  level->format = U8(*bytes, 4);
  // Properties of the paragraph and of the number come before its text.
  const size_t text = kLevelSize + U8(*bytes, 24) + U8(*bytes, 25);
  const size_t size = size_t{2} * U16(*bytes, text);
  level->text = Slice(*bytes, text + 2, size);
  if (level->text.size() != size) return false;
  level->text = level->text.substr(0, kMostText);
  bytes->remove_prefix(std::min(bytes->size(), text + 2 + size));
  return true;
}

void DocNumbering::ReadLists(std::string_view bytes) {
  const size_t count = U16(bytes, 0);
  if (bytes.size() < 2 + kListSize * count) return;
  std::string_view levels = bytes.substr(2 + kListSize * count);
  for (size_t i = 0; i < count; ++i) {
    const std::string_view record = Slice(bytes, 2 + kListSize * i, kListSize);
    List list = {U32(record, 0), levels_.size(), 0, {}};
    const int level_count = (U8(record, 26) & 1) != 0 ? 1 : kLevels;
    for (; list.level_count < level_count; ++list.level_count) {
      Level level;
      if (!ReadLevel(&levels, &level)) return;
      levels_.push_back(level);
    }
    lists_.push_back(list);
  }
}

void DocNumbering::ReadUses(std::string_view bytes) {
  std::unordered_map<uint32_t, int> list_by_id;
  for (size_t i = 0; i < lists_.size(); ++i) {
    list_by_id.emplace(lists_[i].id, static_cast<int>(i));
  }
  const size_t count = U32(bytes, 0);
  if (count > bytes.size() / kUseSize) return;
  std::string_view overrides =
      bytes.substr(std::min(bytes.size(), 4 + kUseSize * count));
  for (size_t i = 0; i < count; ++i) {
    const std::string_view record = Slice(bytes, 4 + kUseSize * i, kUseSize);
    const auto found = list_by_id.find(U32(record, 0));
    Use& use = uses_.emplace_back();
    use.list = found == list_by_id.end() ? -1 : found->second;
    use.restart.fill(-1);
    // Behind all uses stand their overrides, each use's after four bytes.
    overrides.remove_prefix(std::min<size_t>(overrides.size(), 4));
    for (int o = U8(record, 12); o > 0; --o) {
      if (overrides.size() < kOverrideSize) return;
      const uint32_t flags = U32(overrides, 4);
      const size_t level = flags & 0xF;
      if ((flags & 0x10) != 0 && level < kLevels) {
        use.restart[level] = I32(overrides, 0);
      }
      overrides.remove_prefix(kOverrideSize);
      // Another look of the level; the list's own serves as well.
      Level other;
      if ((flags & 0x20) != 0 && !ReadLevel(&overrides, &other)) return;
    }
  }
}

std::string DocNumbering::Next(int use_number, int level) {
  if (use_number < 1 || use_number > static_cast<int>(uses_.size())) return "";
  Use& use = uses_[use_number - 1];
  if (use.list < 0) return "";
  List& list = lists_[use.list];
  if (level < 0 || level >= list.level_count) return "";
  const auto begin = [&](int l) {
    return std::clamp(levels_[list.first_level + l].start, 0, 0x7FFF);
  };
  int32_t& number = list.numbers[level];
  if (use.restart[level] >= 0) {
    number = std::min(use.restart[level], 0x7FFF);
    use.restart[level] = -1;
  } else {
    number = number == 0 ? begin(level) : number + 1;
  }
  // Levels below begin anew, those above that never came begin here.
  std::fill(list.numbers.begin() + level + 1, list.numbers.end(), 0);
  for (int l = 0; l < level; ++l) {
    if (list.numbers[l] == 0) list.numbers[l] = begin(l);
  }
  const Level& own = levels_[list.first_level + level];
  if (own.format == kBullet) return "";
  std::string text;
  for (size_t at = 0; at + 2 <= own.text.size(); at += 2) {
    const uint16_t c = U16(own.text, at);
    if (c < list.level_count) {
      text +=
          FormatNumber(list.numbers[c], levels_[list.first_level + c].format);
    } else if (c >= 0x20 && (c < 0xD800 || c >= 0xE000)) {
      char utf8[4];
      text.append(utf8, EncodeUtf8(c, utf8));
    }
  }
  // A number must not run into one that the paragraph begins with.
  if (!text.empty() && IsAlphanumeric(text.back())) text += ' ';
  return text;
}

}  // namespace gongkai::input
