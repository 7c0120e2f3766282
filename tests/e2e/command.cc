// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/command.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/util/json_util.h"

namespace gongkai::testing {

CommandTest::CommandTest() {
  std::string name = ::testing::TempDir() + "/e2e-XXXXXX";
  root_ = mkdtemp(name.data());
  std::filesystem::create_directory(temporary());
}

CommandTest::~CommandTest() { std::filesystem::remove_all(root_); }

std::string CommandTest::Write(const std::string& name,
                               const std::string& bytes) {
  const std::string path = absl::StrCat(root_, "/", name);
  std::filesystem::create_directories(
      std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string CommandTest::server_directory() const {
  const std::string directory = root_ + "/.server";
  std::filesystem::create_directory(directory);
  return directory;
}

Result CommandTest::Run(std::vector<std::string> words,
                        const std::string& input) {
  words.insert(words.begin(), BuiltProgram("gongkai"));
  return Program(words, root_, environment(), input).Wait();
}

void CommandTest::ExpectCleanedUp() const {
  EXPECT_TRUE(std::filesystem::is_empty(temporary()));
}

std::vector<google::protobuf::Struct> ParseLines(const std::string& text) {
  std::vector<google::protobuf::Struct> lines;
  for (const absl::string_view line :
       absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(
                    std::string(line), &lines.emplace_back())
                    .ok())
        << line;
  }
  return lines;
}

std::string TextOf(const google::protobuf::Struct& line,
                   const std::string& key) {
  const auto field = line.fields().find(key);
  return field == line.fields().end() ? "absent" : field->second.string_value();
}

}  // namespace gongkai::testing
