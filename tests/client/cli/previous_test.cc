// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/previous.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

using ::testing::HasSubstr;

class PreviousTest : public ::testing::Test {
 protected:
  PreviousTest()
      : root_(absl::StrCat(::testing::TempDir(), "previous-", getpid())) {
    std::filesystem::create_directory(root_);
  }
  ~PreviousTest() override { std::filesystem::remove_all(root_); }

  std::string Make(const std::string& name) {
    const std::string path = root_ + "/" + name;
    std::ofstream(path) << "x";
    return path;
  }

  std::string root_;
};

TEST_F(PreviousTest, AreNoneWithoutTheFlag) {
  EXPECT_EQ(PreviousReports().For("a.txt"), "");
}

TEST_F(PreviousTest, AreAFileForOneDocument) {
  const std::string file = Make("last.txt");
  const auto previous =
      PreviousReports::Open(file, {"this.txt"}, Language::kEnglish);
  ASSERT_TRUE(previous.ok()) << previous.status();
  EXPECT_EQ(previous->For("this.txt"), file);
  EXPECT_THAT(
      std::string(PreviousReports::Open(file, {"a", "b"}, Language::kEnglish)
                      .status()
                      .message()),
      HasSubstr("there are 2; for several, give the directory"));
  EXPECT_THAT(std::string(PreviousReports::Open(root_ + "/none", {"a"},
                                                Language::kEnglish)
                              .status()
                              .message()),
              HasSubstr("/none: No such file"));
}

TEST_F(PreviousTest, PairByNameInADirectory) {
  const std::string same = Make("a.txt");
  const std::string year = Make("b-2023-2023.txt");
  const std::string own = Make("2023.txt");
  const auto previous = PreviousReports::Open(
      root_, {"a.txt", "b.txt", "c.txt"}, Language::kEnglish);
  ASSERT_TRUE(previous.ok()) << previous.status();
  EXPECT_EQ(previous->For("/new/a.txt"), same);
  EXPECT_EQ(previous->For("a.txt"), same);
  EXPECT_EQ(previous->For("/new/b-2024-2024.txt"), year);
  EXPECT_EQ(previous->For("/new/none.txt"), "");
  // Where both years lie in one directory.
  EXPECT_EQ(previous->For(root_ + "/2024.txt"), own);
  EXPECT_EQ(previous->For(root_ + "/a.txt"), "");
  // A number that only begins like a year.
  Make("20240131.txt");
  EXPECT_NE(previous->For("/new/20240131.txt"), "");
}

}  // namespace
}  // namespace gongkai::cli
