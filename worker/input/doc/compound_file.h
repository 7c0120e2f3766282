// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/compound_file.h
//
// The container of old Office files (OLE compound file, [MS-CFB]): streams by
// name, read and nothing else. Made for files that lie: no count in them is
// believed, every chain is followed for no more steps than the file has
// sectors, and the directory is walked without recursion.
//
//   std::optional<CompoundFile> file = CompoundFile::Open(bytes);
//   if (file.has_value() && file->Has("WordDocument")) {
//     std::optional<std::string_view> stream = file->Stream("WordDocument");
//   }
//
// Takes time in proportion to the bytes, and memory of at most the bytes for
// each stream that is asked for. Not thread-safe.

#ifndef GONGKAI_WORKER_INPUT_DOC_COMPOUND_FILE_H_
#define GONGKAI_WORKER_INPUT_DOC_COMPOUND_FILE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::input {

class CompoundFile {
 public:
  // Nothing if the header or the directory cannot be read. `bytes` must
  // outlive the file.
  static std::optional<CompoundFile> Open(std::string_view bytes);

  CompoundFile(CompoundFile&&) = default;
  CompoundFile& operator=(CompoundFile&&) = default;

  // True if the root storage holds a stream of this name (ASCII).
  bool Has(std::string_view name) const { return Find(name) != nullptr; }

  // The content of that stream: a part of the bytes where its sectors stand in
  // a row, a copy that lives as long as the file elsewhere. Nothing if there is
  // no such stream, or if its sectors run in a circle, leave the file or end
  // before the stream does.
  std::optional<std::string_view> Stream(std::string_view name);

 private:
  struct Entry {
    std::string name;
    uint32_t start;
    uint32_t size;
  };

  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {}

  bool ReadHeader();
  void ReadSectorTable();
  bool ReadDirectory();
  bool ReadMiniStream(std::string_view root_entry);
  const Entry* Find(std::string_view name) const;

  std::string_view Sector(uint32_t sector) const;
  // The first `size` bytes of a chain of sectors, or all of it for kWhole.
  std::optional<std::string_view> Chain(uint32_t start, size_t size);
  std::optional<std::string_view> MiniChain(uint32_t start, size_t size);

  std::string_view bytes_;
  size_t sector_size_ = 0;
  uint32_t sector_count_ = 0;
  // The sector after each sector of its chain.
  std::vector<uint32_t> next_;
  // The streams of the root storage.
  std::vector<Entry> entries_;
  // Short streams stand in sectors of their own inside one stream.
  std::string_view mini_next_;
  std::string_view mini_stream_;
  // Copies of streams whose sectors are scattered; a deque, so that what was
  // given out stays where it is.
  std::deque<std::string> copies_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_COMPOUND_FILE_H_
