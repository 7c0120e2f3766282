// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/compound_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/worker/input/doc/compound_file_builder.h"

namespace gongkai::input {
namespace {

std::string Numbers(size_t size) {
  std::string bytes;
  while (bytes.size() < size) Add32(bytes.size() * 2654435761u, &bytes);
  bytes.resize(size);
  return bytes;
}

TEST(CompoundFileTest, ReadsStreamsOfEverySize) {
  for (const bool backwards : {false, true}) {
    std::vector<std::pair<std::string, std::string>> streams;
    for (const size_t size : {0, 1, 63, 64, 65, 4095, 4096, 4097, 70000}) {
      streams.emplace_back("stream " + std::to_string(size), Numbers(size));
    }
    const std::string bytes = MakeCompoundFile(streams, backwards);
    std::optional<CompoundFile> file = CompoundFile::Open(bytes);
    ASSERT_TRUE(file.has_value());
    for (const auto& [name, content] : streams) {
      EXPECT_TRUE(file->Has(name));
      EXPECT_EQ(file->Stream(name), content) << name;
    }
    EXPECT_FALSE(file->Has("another"));
    EXPECT_EQ(file->Stream("another"), std::nullopt);
  }
}

TEST(CompoundFileTest, ReadsATableOfSectorsThatTheHeaderCannotList) {
  // 8 MB take more than the 109 sectors of the table that the header lists;
  // the others are listed in a sector of their own.
  const std::string content = Numbers(8 << 20);
  CompoundFileLayout layout;
  std::string bytes = MakeCompoundFile({{"a", content}}, true, &layout);
  const uint32_t first = static_cast<uint32_t>(layout.table / 512 - 1);
  const uint32_t count = static_cast<uint32_t>(bytes.size() / 512 - 1 - first);
  ASSERT_GT(count, 109u);
  std::string list;
  for (uint32_t i = 109; i < count; ++i) Add32(first + i, &list);
  while (list.size() < 508) Add32(0xFFFFFFFF, &list);
  Add32(kEndOfChain, &list);
  Put32(0x44, static_cast<uint32_t>(bytes.size() / 512 - 1), &bytes);
  bytes += list;
  std::optional<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->Stream("a") == content);

  // A list that runs in a circle ends too.
  Put32(bytes.size() - 4, static_cast<uint32_t>(bytes.size() / 512 - 2),
        &bytes);
  file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->Stream("a") == content);
}

TEST(CompoundFileTest, SeesOnlyStreamsOfTheRoot) {
  CompoundFileLayout layout;
  std::string bytes =
      MakeCompoundFile({{"folder", ""}, {"inside", "x"}}, false, &layout);
  // "folder" becomes a storage and "inside" its child.
  bytes[layout.directory + 128 + 0x42] = 1;
  Put32(layout.directory + 128 + 0x48, kNoEntry, &bytes);
  Put32(layout.directory + 128 + 0x4C, 2, &bytes);
  const std::optional<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.has_value());
  EXPECT_FALSE(file->Has("folder"));
  EXPECT_FALSE(file->Has("inside"));
}

TEST(CompoundFileTest, RefusesAStreamWhoseSectorsRunInACircle) {
  CompoundFileLayout layout;
  std::string bytes = MakeCompoundFile({{"a", Numbers(6000)}}, false, &layout);
  Put32(layout.table + 4 * 5, 4, &bytes);
  Put32(layout.directory + 128 + 0x78, 0xFFFFFFFF, &bytes);  // its size
  std::optional<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->Stream("a"), std::nullopt);
}

TEST(CompoundFileTest, RefusesAStreamLongerThanItsSectors) {
  CompoundFileLayout layout;
  for (const size_t size : {200, 6000}) {
    std::string bytes =
        MakeCompoundFile({{"a", Numbers(size)}}, false, &layout);
    Put32(layout.directory + 128 + 0x78, size + 600, &bytes);
    std::optional<CompoundFile> file = CompoundFile::Open(bytes);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->Stream("a"), std::nullopt);
  }
}

TEST(CompoundFileTest, RefusesADirectoryWhoseSectorsRunInACircle) {
  CompoundFileLayout layout;
  std::string bytes = MakeCompoundFile({{"a", "x"}}, false, &layout);
  const uint32_t sector = static_cast<uint32_t>(layout.directory / 512 - 1);
  Put32(layout.table + 4 * sector, sector, &bytes);
  EXPECT_FALSE(CompoundFile::Open(bytes).has_value());
}

TEST(CompoundFileTest, WalksADirectoryThatRefersToItself) {
  CompoundFileLayout layout;
  std::string bytes =
      MakeCompoundFile({{"a", "x"}, {"b", "y"}}, false, &layout);
  for (const uint32_t back : {0u, 1u, 2u, 7777u}) {
    Put32(layout.directory + 2 * 128 + 0x44, back, &bytes);
    std::optional<CompoundFile> file = CompoundFile::Open(bytes);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->Stream("a"), "x");
    EXPECT_EQ(file->Stream("b"), "y");
  }
}

// A chain of so many entries overruns the stack of readers that recurse.
TEST(CompoundFileTest, WalksADirectoryOfFiftyThousandEntriesInARow) {
  std::vector<std::pair<std::string, std::string>> streams(50'000);
  streams.emplace_back("last", "x");
  const std::string bytes = MakeCompoundFile(streams);
  std::optional<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->Stream("last"), "x");
}

TEST(CompoundFileTest, RefusesHeadersItCannotRead) {
  const std::string good = MakeCompoundFile({{"a", Numbers(6000)}});
  EXPECT_FALSE(CompoundFile::Open("").has_value());
  EXPECT_FALSE(CompoundFile::Open(good.substr(0, 8)).has_value());
  EXPECT_FALSE(CompoundFile::Open(good.substr(0, 512)).has_value());
  for (const size_t at : {0x00, 0x1E, 0x20, 0x38}) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] + 1);
    EXPECT_FALSE(CompoundFile::Open(bad).has_value()) << at;
  }
}

TEST(CompoundFileTest, BelievesNoCount) {
  std::string bytes = MakeCompoundFile({{"a", Numbers(6000)}});
  for (const size_t at : {0x2C, 0x40, 0x48}) Put32(at, 0xFFFFFFFF, &bytes);
  std::optional<CompoundFile> file = CompoundFile::Open(bytes);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->Stream("a"), Numbers(6000));
}

TEST(CompoundFileTest, EndsWhateverTheBytesAre) {
  const std::string good =
      MakeCompoundFile({{"a", Numbers(6000)}, {"b", Numbers(300)}}, true);
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (int i = 0; i < 4; ++i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
      Put32(random() % (bytes.size() / 4) * 4, random() % 40, &bytes);
    }
    bytes.resize(bytes.size() - random() % 600);
    std::optional<CompoundFile> file = CompoundFile::Open(bytes);
    if (!file.has_value()) continue;
    for (const char* name : {"a", "b"}) {
      const std::optional<std::string_view> stream = file->Stream(name);
      EXPECT_LE(stream.value_or("").size(), bytes.size());
    }
  }
}

}  // namespace
}  // namespace gongkai::input
