// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/compound_file.h"

#include <algorithm>
#include <limits>

#include "worker/input/doc/little_endian.h"

namespace gongkai::input {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

// Numbers from here on mark the end of a chain or a free sector.
constexpr uint32_t kFirstMark = 0xFFFFFFFA;
// What follows a sector that the table does not tell: no sector, and no end.
constexpr uint32_t kNoSector = 0xFFFFFFF0;

// A chain as long as it is.
constexpr size_t kWhole = std::numeric_limits<size_t>::max();

// Streams below this size stand in sectors of 64 bytes.
constexpr uint32_t kMiniCutoff = 4096;
constexpr size_t kMiniSector = 64;

constexpr size_t kHeaderSize = 512;
// The first sectors of the sector table are listed in the header.
constexpr size_t kHeaderTable = 0x4C;
constexpr size_t kHeaderTableSize = 109;

constexpr size_t kEntrySize = 128;
constexpr uint8_t kStreamType = 2;

// The name of a directory entry; characters past ASCII become '?'.
std::string NameOf(std::string_view entry) {
  std::string name;
  const size_t size = std::min<size_t>(U16(entry, 0x40), 64);
  for (size_t at = 0; at + 2 < size; at += 2) {
    const uint16_t c = U16(entry, at);
    name += c < 0x80 ? static_cast<char>(c) : '?';
  }
  return name;
}

}  // namespace

std::optional<CompoundFile> CompoundFile::Open(std::string_view bytes) {
  CompoundFile file(bytes);
  if (!file.ReadHeader()) return std::nullopt;
  file.ReadSectorTable();
  if (!file.ReadDirectory()) return std::nullopt;
  return file;
}

bool CompoundFile::ReadHeader() {
  if (bytes_.size() < kHeaderSize ||
      bytes_.substr(0, kSignature.size()) != kSignature) {
    return false;
  }
  const uint16_t shift = U16(bytes_, 0x1E);
  if (shift != 9 && shift != 12) return false;
  if (U16(bytes_, 0x20) != 6 || U32(bytes_, 0x38) != kMiniCutoff) return false;
  sector_size_ = size_t{1} << shift;
  if (bytes_.size() <= sector_size_) return false;
  // The last sector may be cut off.
  sector_count_ = static_cast<uint32_t>(
      (bytes_.size() - 1) / sector_size_);  // the header takes a sector
  return true;
}

std::string_view CompoundFile::Sector(uint32_t sector) const {
  if (sector >= sector_count_) return {};
  return Slice(bytes_, (size_t{sector} + 1) * sector_size_, sector_size_);
}

void CompoundFile::ReadSectorTable() {
  const auto add = [this](uint32_t sector) {
    const std::string_view table = Sector(sector);
    for (size_t at = 0; at + 4 <= table.size(); at += 4) {
      if (next_.size() == sector_count_) return;
      next_.push_back(U32(table, at));
    }
  };
  for (size_t i = 0; i < kHeaderTableSize; ++i) {
    add(U32(bytes_, kHeaderTable + 4 * i));
  }
  // The others are listed in a chain of sectors, each with the number of the
  // next one at its end.
  uint32_t list = U32(bytes_, 0x44);
  for (uint32_t step = 0; step < sector_count_; ++step) {
    const std::string_view sectors = Sector(list);
    if (sectors.size() < sector_size_ || next_.size() == sector_count_) return;
    for (size_t at = 0; at + 4 < sector_size_; at += 4) {
      add(U32(sectors, at));
    }
    list = U32(sectors, sector_size_ - 4);
  }
}

std::optional<std::string_view> CompoundFile::Chain(uint32_t start,
                                                    size_t size) {
  if (size == 0) return std::string_view();
  // How far it goes, and whether all its sectors stand in a row.
  size_t found = 0;
  uint32_t steps = 0;
  bool in_a_row = true;
  for (uint32_t at = start; found < size;) {
    if (at >= kFirstMark && size == kWhole) break;
    const std::string_view sector = Sector(at);
    if (sector.empty() || steps == sector_count_) return std::nullopt;
    in_a_row = in_a_row && at == start + steps;
    found += sector.size();
    ++steps;
    at = at < next_.size() ? next_[at] : kNoSector;
  }
  size = std::min(size, found);
  if (in_a_row) {
    return Slice(bytes_, (size_t{start} + 1) * sector_size_, size);
  }
  std::string& copy = copies_.emplace_back();
  copy.reserve(size);
  for (uint32_t at = start;; at = next_[at]) {
    copy += Sector(at).substr(0, size - copy.size());
    if (copy.size() == size) return copy;
  }
}

std::optional<std::string_view> CompoundFile::MiniChain(uint32_t start,
                                                        size_t size) {
  std::string& copy = copies_.emplace_back();
  // A stream is shorter than kMiniCutoff: a circle ends there.
  for (uint32_t at = start; copy.size() < size;) {
    if (at >= kFirstMark) return std::nullopt;
    const std::string_view sector =
        Slice(mini_stream_, at * kMiniSector, kMiniSector);
    if (sector.empty()) return std::nullopt;
    copy += sector.substr(0, size - copy.size());
    at = size_t{at} * 4 + 4 <= mini_next_.size()
             ? U32(mini_next_, size_t{at} * 4)
             : kFirstMark;
  }
  return copy;
}

bool CompoundFile::ReadDirectory() {
  const std::optional<std::string_view> directory =
      Chain(U32(bytes_, 0x30), kWhole);
  if (!directory.has_value()) return false;
  const size_t count = directory->size() / kEntrySize;
  const auto entry_at = [&](uint32_t index) {
    return directory->substr(index * kEntrySize, kEntrySize);
  };
  if (count == 0 || !ReadMiniStream(entry_at(0))) return false;
  // The entries of a storage form a binary tree. Each is visited once, in no
  // order: nothing is gained from the order, and it may be wrong.
  std::vector<bool> seen(count);
  std::vector<uint32_t> waiting = {U32(entry_at(0), 0x4C)};
  while (!waiting.empty()) {
    const uint32_t index = waiting.back();
    waiting.pop_back();
    if (index >= count || seen[index]) continue;
    seen[index] = true;
    const std::string_view entry = entry_at(index);
    if (U8(entry, 0x42) == kStreamType) {
      entries_.push_back({NameOf(entry), U32(entry, 0x74), U32(entry, 0x78)});
    }
    waiting.push_back(U32(entry, 0x44));
    waiting.push_back(U32(entry, 0x48));
  }
  return true;
}

bool CompoundFile::ReadMiniStream(std::string_view root_entry) {
  const uint32_t size = U32(root_entry, 0x78);
  if (size == 0) return true;
  const auto stream = Chain(U32(root_entry, 0x74), kWhole);
  const auto next = Chain(U32(bytes_, 0x3C), kWhole);
  if (!stream.has_value() || !next.has_value()) return false;
  mini_stream_ = stream->substr(0, size);
  mini_next_ = *next;
  return true;
}

const CompoundFile::Entry* CompoundFile::Find(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

std::optional<std::string_view> CompoundFile::Stream(std::string_view name) {
  const Entry* const entry = Find(name);
  if (entry == nullptr) return std::nullopt;
  return entry->size < kMiniCutoff ? MiniChain(entry->start, entry->size)
                                   : Chain(entry->start, entry->size);
}

}  // namespace gongkai::input
