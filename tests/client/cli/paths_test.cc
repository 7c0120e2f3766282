// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/paths.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/cli/folder_test.h"

namespace gongkai::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PathsTest : public FolderTest {
 protected:
  void Write(const std::string& name, const std::string& bytes = "x") {
    std::filesystem::create_directories(
        std::filesystem::path(Path(name)).parent_path());
    std::ofstream(Path(name)) << bytes;
  }

  // The documents below the root, without its name.
  std::vector<std::string> Documents() const {
    std::vector<std::string> documents = ExpandPaths({root_}).documents;
    for (std::string& document : documents) {
      document = document.substr(root_.size() + 1);
    }
    return documents;
  }
};

TEST_F(PathsTest, ReadsDirectoriesAtAnyDepthInOrder) {
  Write("b.txt");
  Write("a/z.pdf");
  Write("a/b/c");
  Write("某县.docx");
  EXPECT_THAT(Documents(),
              ElementsAre("a/b/c", "a/z.pdf", "b.txt", "某县.docx"));
}

TEST_F(PathsTest, SkipsWhatIsHiddenAndWhatIsNoFile) {
  Write(".hidden");
  Write(".git/config");
  Write("a");
  mkfifo(Path("pipe").c_str(), 0600);
  EXPECT_THAT(Documents(), ElementsAre("a"));
}

TEST_F(PathsTest, LeavesOutDirectoriesThatAskForIt) {
  Write("a");
  Write("programs/.gongkaiignore");
  Write("programs/check.py");
  EXPECT_THAT(Documents(), ElementsAre("a"));
  // But not where it is asked for by name.
  EXPECT_THAT(ExpandPaths({Path("programs")}).documents,
              ElementsAre(Path("programs/check.py")));
}

TEST_F(PathsTest, FollowsLinksButNoLoops) {
  Write("a/file");
  std::filesystem::create_directory_symlink("..", Path("a/up"));
  std::filesystem::create_directory_symlink(".", Path("a/self"));
  std::filesystem::create_symlink("a/file", Path("link"));
  EXPECT_THAT(Documents(), ElementsAre("a/file", "link"));
}

TEST_F(PathsTest, KeepsTheOrderOfTheArgumentsAndTheirForm) {
  Write("a");
  Write("d/x");
  const Expansion expansion =
      ExpandPaths({Path("d/"), "-", Path("a"), Path("a")});
  EXPECT_THAT(expansion.documents,
              ElementsAre(Path("d/x"), "-", Path("a"), Path("a")));
  EXPECT_THAT(expansion.errors, IsEmpty());
}

TEST_F(PathsTest, NamesWhatIsNotThereAndGoesOn) {
  Write("a");
  const Expansion expansion = ExpandPaths({Path("missing"), Path("a")});
  EXPECT_THAT(expansion.documents, ElementsAre(Path("a")));
  EXPECT_THAT(expansion.errors,
              ElementsAre(AllOf(HasSubstr("missing"),
                                HasSubstr("No such file or directory"))));
}

TEST_F(PathsTest, NamesADeadLinkInADirectory) {
  std::filesystem::create_symlink("nowhere", Path("dead"));
  EXPECT_THAT(ExpandPaths({root_}).errors, ElementsAre(HasSubstr("dead")));
}

TEST_F(PathsTest, ReadsAllBytesUpToTheLimit) {
  const std::string bytes(100'000, 'q');
  Write("a", bytes);
  Write("empty", "");
  EXPECT_EQ(*ReadDocument(Path("a"), 100'000), bytes);
  EXPECT_EQ(*ReadDocument(Path("empty"), 0), "");
  EXPECT_TRUE(absl::IsOutOfRange(ReadDocument(Path("a"), 99'999).status()));
}

TEST_F(PathsTest, NeverReadsMoreThanTheLimitOfAFileWithoutSize) {
  EXPECT_TRUE(absl::IsOutOfRange(ReadDocument("/dev/zero", 1 << 20).status()));
  EXPECT_EQ(*ReadDocument("/dev/null", 1 << 20), "");
}

TEST_F(PathsTest, SaysWhyAFileCannotBeRead) {
  EXPECT_TRUE(absl::IsNotFound(ReadDocument(Path("no"), 10).status()));
  // A directory opens and does not read.
  EXPECT_FALSE(ReadDocument(root_, 1 << 20).ok());
}

}  // namespace
}  // namespace gongkai::cli
