// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/doc/compound_file_builder.h"

namespace gongkai::input {
namespace {

constexpr size_t kSector = 512;
constexpr size_t kMiniSector = 64;
constexpr uint32_t kTableSector = 0xFFFFFFFD;
constexpr uint32_t kFree = 0xFFFFFFFF;

// The sectors of a file and what follows each.
class Sectors {
 public:
  explicit Sectors(bool backwards) : backwards_(backwards) {}

  // Adds a chain and returns its first sector.
  uint32_t Add(std::string bytes) {
    if (bytes.empty()) return kEndOfChain;
    bytes.resize((bytes.size() + kSector - 1) / kSector * kSector);
    const uint32_t count = static_cast<uint32_t>(bytes.size() / kSector);
    const uint32_t first = static_cast<uint32_t>(next_.size());
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t part = backwards_ ? count - 1 - i : i;
      data_ += bytes.substr(part * kSector, kSector);
      const bool last = part == count - 1;
      next_.push_back(last ? kEndOfChain
                           : first + (backwards_ ? i - 1 : i + 1));
    }
    return backwards_ ? first + count - 1 : first;
  }

  uint32_t size() const { return static_cast<uint32_t>(next_.size()); }
  std::vector<uint32_t> next_;
  std::string data_;

 private:
  const bool backwards_;
};

std::string Entry(const std::string& name, int type, uint32_t left,
                  uint32_t right, uint32_t child, uint32_t start, size_t size) {
  std::string entry;
  for (const char c : name) Add16(static_cast<uint8_t>(c), &entry);
  entry.resize(0x40);
  Add16(static_cast<uint32_t>(2 * name.size() + 2), &entry);
  entry += static_cast<char>(type);
  entry += '\1';
  Add32(left, &entry);
  Add32(right, &entry);
  Add32(child, &entry);
  entry.resize(0x74);
  Add32(start, &entry);
  Add32(static_cast<uint32_t>(size), &entry);
  entry.resize(0x80);
  return entry;
}

}  // namespace

void Add16(uint32_t number, std::string* bytes) {
  *bytes += static_cast<char>(number);
  *bytes += static_cast<char>(number >> 8);
}
void Add32(uint32_t number, std::string* bytes) {
  Add16(number, bytes);
  Add16(number >> 16, bytes);
}
void Put16(size_t at, uint32_t number, std::string* bytes) {
  std::string two;
  Add16(number, &two);
  bytes->replace(at, 2, two);
}
void Put32(size_t at, uint32_t number, std::string* bytes) {
  std::string four;
  Add32(number, &four);
  bytes->replace(at, 4, four);
}

std::string MakeCompoundFile(
    const std::vector<std::pair<std::string, std::string>>& streams,
    bool backwards, CompoundFileLayout* layout) {
  Sectors sectors(backwards);
  std::string mini_stream;
  std::string mini_next;
  std::string entries;
  for (size_t i = 0; i < streams.size(); ++i) {
    const auto& [name, bytes] = streams[i];
    uint32_t start = kEndOfChain;
    if (bytes.size() >= 4096) {
      start = sectors.Add(bytes);
    } else if (!bytes.empty()) {
      start = static_cast<uint32_t>(mini_next.size() / 4);
      const size_t count = (bytes.size() + kMiniSector - 1) / kMiniSector;
      for (size_t s = 1; s <= count; ++s) {
        Add32(s == count ? kEndOfChain : static_cast<uint32_t>(start + s),
              &mini_next);
      }
      mini_stream += bytes;
      mini_stream.resize(mini_next.size() / 4 * kMiniSector);
    }
    const bool last = i + 1 == streams.size();
    entries +=
        Entry(name, 2, kNoEntry, last ? kNoEntry : static_cast<uint32_t>(i + 2),
              kNoEntry, start, bytes.size());
  }
  const uint32_t mini_start = sectors.Add(mini_stream);
  const uint32_t mini_table = sectors.Add(mini_next);
  const uint32_t directory = sectors.Add(
      Entry("Root Entry", 5, kNoEntry, kNoEntry, streams.empty() ? kNoEntry : 1,
            mini_start, mini_stream.size()) +
      entries);
  // The table's own sectors come last.
  uint32_t count = 1;
  while (count * kSector / 4 < sectors.size() + count) ++count;
  std::string file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  file.resize(kSector);
  Put16(0x18, 0x3E, &file);
  Put16(0x1A, 3, &file);
  Put16(0x1C, 0xFFFE, &file);
  Put16(0x1E, 9, &file);
  Put16(0x20, 6, &file);
  Put32(0x2C, count, &file);
  Put32(0x30, directory, &file);
  Put32(0x38, 4096, &file);
  Put32(0x3C, mini_table, &file);
  Put32(0x44, kEndOfChain, &file);
  for (uint32_t i = 0; i < 109; ++i) {
    Put32(0x4C + 4 * i, i < count ? sectors.size() + i : kFree, &file);
  }
  file += sectors.data_;
  std::string table;
  for (const uint32_t next : sectors.next_) Add32(next, &table);
  for (uint32_t i = 0; i < count; ++i) Add32(kTableSector, &table);
  while (table.size() % kSector != 0) Add32(kFree, &table);
  if (layout != nullptr) {
    layout->table = file.size();
    layout->directory = (directory + size_t{1}) * kSector;
  }
  return file + table;
}

}  // namespace gongkai::input
