// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Generated reports that LibreOffice has converted from DOCX to DOC: what is
// read from them is what they say. GONGKAI_DOC_REPORTS=1000 converts so many.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/generator/expect.h"
#include "tests/generator/generator.h"
#include "tests/worker/input/doc/read_report.h"

namespace gongkai::input {
namespace {

namespace fs = std::filesystem;
using generator::Comparison;
using generator::GeneratedReport;
using generator::Layout;

constexpr int kReports = 30;
// LibreOffice takes 1.5 s to start and then 0.1 s for each file.
constexpr int kFilesPerCall = 50;

// A directory that is gone when the test is.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string name = (fs::temp_directory_path() / "gongkai-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~ScratchDirectory() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

int Reports() {
  const char* const count = getenv("GONGKAI_DOC_REPORTS");
  return count == nullptr ? kReports : atoi(count);
}

// Converts all DOCX files of the directory, in one call and with a profile of
// its own, so that an office that is open is left alone.
bool Convert(const fs::path& directory) {
  const std::string quoted = absl::StrCat("'", directory.string(), "'");
  const std::string command = absl::StrCat(
      "timeout 100 soffice -env:UserInstallation=file://", directory.string(),
      "/profile --headless --convert-to 'doc:MS Word 97' --outdir ", quoted,
      " ", quoted, "/*.docx >", quoted, "/log 2>&1");
  return system(command.c_str()) == 0;
}

// Clean files alone: LibreOffice makes form fields of content controls and
// loses there what a tracked change deletes.
TEST(ConvertedReportTest, ReadsWhatTheReportSays) {
  if (system("command -v soffice >/dev/null") != 0) {
    GTEST_SKIP() << "SKIPPED: LibreOffice (soffice) is not installed, nothing "
                    "can be converted to DOC";
  }
  ReportReader reader;
  int right = 0;
  int unread = 0;
  int wrong = 0;
  int other = 0;
  const int reports = Reports();
  for (int first = 0; first < reports; first += kFilesPerCall) {
    const ScratchDirectory scratch;
    std::vector<GeneratedReport> truths;
    for (int i = first; i < std::min(reports, first + kFilesPerCall); ++i) {
      truths.push_back(
          generator::Generate(generator::DrawOptions(i, Layout::kDocx)));
      std::ofstream file(scratch.path() / absl::StrCat(i, ".docx"),
                         std::ios::binary);
      file << truths.back().bytes;
    }
    ASSERT_TRUE(Convert(scratch.path()));
    for (size_t i = 0; i < truths.size(); ++i) {
      const auto report = reader.Read(ReadFile(
          (scratch.path() / absl::StrCat(first + i, ".doc")).string()));
      ASSERT_TRUE(report.ok()) << report.status();
      const Comparison c = generator::Compare(*report, truths[i]);
      right += c.right;
      unread += c.unread;
      wrong += c.wrong;
      other += c.other_state;
      EXPECT_TRUE(c.wrong == 0 && c.unread == 0 && c.other_state == 0 &&
                  c.template_right && c.year_right)
          << "seed " << truths[i].options.seed << ": " << c.Summary();
    }
  }
  std::cout << absl::StreamFormat(
      "%d reports: %d cells right, %d wrong, %d unread, %d in other states\n",
      reports, right, wrong, unread, other);
}

}  // namespace
}  // namespace gongkai::input
