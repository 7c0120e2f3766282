// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/archive.h"

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/paths.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/cli/folder_test.h"

namespace gongkai::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kLimit = 1 << 20;

class ArchiveTest : public FolderTest {
 protected:
  // Writes an archive of these names, as they are, and contents.
  std::string Zip(
      const std::string& name,
      const std::vector<std::pair<std::string, std::string>>& entries,
      const char* password = nullptr) {
    const std::string path = Path(name);
    zip_t* const archive =
        zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [entry, bytes] : entries) {
      zip_source_t* const source =
          zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
      const zip_int64_t index =
          zip_file_add(archive, entry.c_str(), source, ZIP_FL_ENC_CP437);
      EXPECT_GE(index, 0);
      if (password != nullptr) {
        zip_file_set_encryption(archive, index, ZIP_EM_AES_256, password);
      }
    }
    EXPECT_EQ(zip_close(archive), 0);
    return path;
  }
};

TEST_F(ArchiveTest, IsReadLikeADirectory) {
  const std::string path = Zip("a.zip", {{"b/two.txt", "2"},
                                         {"one.txt", "1"},
                                         {".hidden", "h"},
                                         {"b/.git/x", "h"},
                                         {"__MACOSX/b/two.txt", "h"}});
  const Expansion expansion = ExpandPaths({root_});
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_THAT(expansion.documents,
              ElementsAre(path + "/b/two.txt", path + "/one.txt"));
  DocumentReader reader;
  EXPECT_EQ(*reader.Read(path + "/b/two.txt", kLimit), "2");
  EXPECT_EQ(*reader.Read(path + "/one.txt", kLimit), "1");
  EXPECT_THAT(ExpandPaths({path}).documents, ::testing::SizeIs(2));
}

TEST_F(ArchiveTest, ReadsNamesThatWindowsWroteInChina) {
  // 松沅县.txt in GB18030.
  const std::string path =
      Zip("a.zip", {{"\xCB\xC9\xE3\xE4\xCF\xD8.txt", "gb"}});
  const Expansion expansion = ExpandPaths({path});
  EXPECT_THAT(expansion.documents, ElementsAre(path + "/松沅县.txt"));
  DocumentReader reader;
  EXPECT_EQ(*reader.Read(expansion.documents[0], kLimit), "gb");
}

TEST_F(ArchiveTest, AWordFileIsADocument) {
  const std::string path =
      Zip("report.zip", {{"[Content_Types].xml", "<Types/>"}, {"word/x", ""}});
  EXPECT_THAT(ExpandPaths({path}).documents, ElementsAre(path));
  // And what is no archive at all is answered by the service.
  std::ofstream(Path("text.zip")) << "text";
  EXPECT_THAT(ExpandPaths({Path("text.zip")}).documents,
              ElementsAre(Path("text.zip")));
}

TEST_F(ArchiveTest, NeverReadsMoreThanTheLimit) {
  const std::string path =
      Zip("bomb.zip", {{"zeros", std::string(10 << 20, '\0')}});
  ASSERT_LT(std::filesystem::file_size(path), 100'000u);
  DocumentReader reader;
  EXPECT_TRUE(
      absl::IsOutOfRange(reader.Read(path + "/zeros", kLimit).status()));
  EXPECT_EQ(reader.Read(path + "/zeros", 10 << 20)->size(), 10u << 20);
}

TEST_F(ArchiveTest, SaysWhatCannotBeRead) {
  DocumentReader reader;
  const std::string locked = Zip("locked.zip", {{"a", "secret"}}, "password");
  EXPECT_THAT(
      std::string(reader.Read(locked + "/a", kLimit).status().message()),
      HasSubstr("password"));
  const std::string path = Zip("a.zip", {{"a", std::string(5000, 'q')}});
  EXPECT_TRUE(absl::IsNotFound(reader.Read(path + "/b", kLimit).status()));
  // Damaged in the middle.
  const std::string broken = Zip("broken.zip", {{"a", std::string(5000, 'q')}});
  {
    std::fstream file(broken, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(40);
    file << "\xFF\xFF\xFF\xFF";
  }
  EXPECT_FALSE(reader.Read(broken + "/a", kLimit).ok());
}

TEST_F(ArchiveTest, ReadsFilesAsBefore) {
  std::ofstream(Path("a.txt")) << "text";
  DocumentReader reader;
  EXPECT_EQ(*reader.Read(Path("a.txt"), kLimit), "text");
  EXPECT_TRUE(absl::IsNotFound(reader.Read(Path("no"), kLimit).status()));
  EXPECT_FALSE(reader.Read(Path("a.txt/b"), kLimit).ok());
}

}  // namespace
}  // namespace gongkai::cli
