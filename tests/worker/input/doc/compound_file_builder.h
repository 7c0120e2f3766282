// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/doc/compound_file_builder.h
//
// Makes OLE compound files for tests.

#ifndef GONGKAI_TESTS_WORKER_INPUT_DOC_COMPOUND_FILE_BUILDER_H_
#define GONGKAI_TESTS_WORKER_INPUT_DOC_COMPOUND_FILE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gongkai::input {

// Little-endian numbers, added to a string or put in their place.
void Add16(uint32_t number, std::string* bytes);
void Add32(uint32_t number, std::string* bytes);
void Put16(size_t at, uint32_t number, std::string* bytes);
void Put32(size_t at, uint32_t number, std::string* bytes);

inline constexpr uint32_t kNoEntry = 0xFFFFFFFF;
inline constexpr uint32_t kEndOfChain = 0xFFFFFFFE;

// Where the parts of the file stand, to break them.
struct CompoundFileLayout {
  size_t table = 0;      // of sectors; entry n is 4 n bytes behind
  size_t directory = 0;  // entry n is 128 n bytes behind; entry 0 is the root
};

// A file with these streams in its root, in sectors of 512 bytes; streams
// below 4,096 bytes stand in the mini stream. With `backwards` each chain runs
// from the end of the file to its front.
std::string MakeCompoundFile(
    const std::vector<std::pair<std::string, std::string>>& streams,
    bool backwards = false, CompoundFileLayout* layout = nullptr);

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_DOC_COMPOUND_FILE_BUILDER_H_
