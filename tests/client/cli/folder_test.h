// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/client/cli/folder_test.h
//
// A fixture with an empty directory, which goes with it.

#ifndef GONGKAI_TESTS_CLIENT_CLI_FOLDER_TEST_H_
#define GONGKAI_TESTS_CLIENT_CLI_FOLDER_TEST_H_

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"

namespace gongkai::cli {

class FolderTest : public ::testing::Test {
 protected:
  FolderTest() {
    std::string name = ::testing::TempDir() + "/cli-XXXXXX";
    root_ = mkdtemp(name.data());
  }
  ~FolderTest() override { std::filesystem::remove_all(root_); }

  std::string Path(const std::string& name) const { return root_ + "/" + name; }

  bool Exists(const std::string& name) const {
    return std::filesystem::exists(Path(name));
  }

  // Fails the test if there is no such file.
  std::string Read(const std::string& name) const {
    std::ifstream file(Path(name));
    EXPECT_TRUE(file.good()) << name;
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  std::string root_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_TESTS_CLIENT_CLI_FOLDER_TEST_H_
