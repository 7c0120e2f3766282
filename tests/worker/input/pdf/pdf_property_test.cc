// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What is read from generated reports as PDF files is what they say: from
// those in data/, and from fresh ones where LibreOffice is there to make them.

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/generator/expect.h"
#include "tests/generator/generator.h"
#include "tests/worker/input/pdf/samples.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/reader.h"
#include "worker/validate/validate.h"

namespace gongkai::input {
namespace {

namespace fs = std::filesystem;

// Fresh reports that are converted: each takes LibreOffice half a second.
constexpr uint64_t kConverted = 12;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

class PdfPropertyTest : public testing::Test {
 protected:
  void SetUp() override {
    auto catalog = catalog::Catalog::Builtin();
    ASSERT_TRUE(catalog.ok()) << catalog.status();
    catalog_ = std::move(*catalog);
    extractor_ = std::make_unique<extract::Extractor>(*catalog_);
  }

  v1::Report ReadReport(const std::string& bytes) {
    v1::Report report;
    const absl::Status status = Read(bytes, Limits(), &document_);
    EXPECT_TRUE(status.ok()) << status;
    if (status.ok()) extractor_->Extract(document_, 0, &report);
    return report;
  }

  static std::string Sample(const std::string& name) {
    const char* const source = std::getenv("GONGKAI_SOURCE_DIR");
    return ReadFile(fs::path(source == nullptr ? "." : source) /
                    "tests/worker/input/pdf/data" / (name + ".pdf"));
  }

  std::unique_ptr<const catalog::Catalog> catalog_;
  std::unique_ptr<extract::Extractor> extractor_;
  Document document_;
};

TEST_F(PdfPropertyTest, ReadsWhatTheSamplesSay) {
  for (const struct Sample& sample : Samples()) {
    const auto truth = generator::Generate(sample.options);
    const auto c = generator::Compare(ReadReport(Sample(sample.name)), truth);
    EXPECT_TRUE(c.wrong == 0 && c.unread == 0 && c.other_state == 0 &&
                c.template_right && c.year_right && c.body_right)
        << sample.name << ": " << c.Summary();
  }
}

TEST_F(PdfPropertyTest, TheSameReportAsTextGivesTheSameCells) {
  for (const struct Sample& sample : Samples()) {
    generator::Options options = sample.options;
    options.layout = generator::Layout::kE;
    const v1::Report text = ReadReport(generator::Generate(options).bytes);
    const v1::Report pdf = ReadReport(Sample(sample.name));
    for (const auto& [a, b] : {std::pair(&pdf.disclosure(), &text.disclosure()),
                               std::pair(&pdf.requests(), &text.requests()),
                               std::pair(&pdf.disputes(), &text.disputes())}) {
      ASSERT_EQ(a->cells_size(), b->cells_size()) << sample.name;
      for (int i = 0; i < a->cells_size(); ++i) {
        EXPECT_EQ(CellPathText(a->cells(i)), CellPathText(b->cells(i)));
        EXPECT_EQ(a->cells(i).state(), b->cells(i).state())
            << sample.name << " " << CellPathText(a->cells(i));
        EXPECT_EQ(a->cells(i).count(), b->cells(i).count())
            << sample.name << " " << CellPathText(a->cells(i));
        EXPECT_EQ(a->cells(i).decimal(), b->cells(i).decimal())
            << sample.name << " " << CellPathText(a->cells(i));
      }
    }
  }
}

TEST_F(PdfPropertyTest, EveryCellStandsInABoxOnAPage) {
  for (const struct Sample& sample : Samples()) {
    const v1::Report report = ReadReport(Sample(sample.name));
    float before = 0;
    for (const v1::Cell& cell : report.requests().cells()) {
      if (cell.state() == v1::CELL_STATE_MISSING) continue;
      ASSERT_TRUE(HasPlace(cell)) << CellPathText(cell);
      const v1::Place place = PlaceOf(cell);
      ASSERT_GE(place.page(), 1);
      EXPECT_LE(place.page(), 12);
      EXPECT_LT(place.box().left(), place.box().right());
      EXPECT_LT(place.box().top(), place.box().bottom());
      EXPECT_GE(place.box().left(), 0);
      EXPECT_LE(place.box().right(), 612);
      // Down the pages.
      const float down =
          842 * static_cast<float>(place.page()) + place.box().bottom();
      EXPECT_GE(down, before - 60) << CellPathText(cell);
      before = down;
    }
  }
}

TEST_F(PdfPropertyTest, FindingsPointToPageAndBox) {
  // The sample's total is one too many.
  const std::vector<struct Sample> samples = Samples();
  v1::Report report = ReadReport(Sample(samples[0].name));
  int total = 0;
  for (v1::Cell& cell : *report.mutable_requests()->mutable_cells()) {
    if (CellPathText(cell) != "requests.processed.total") continue;
    cell.set_count(cell.count() + 1);
    ++total;
  }
  ASSERT_EQ(total, 1);
  int placed = 0;
  validate::Validator validator(*catalog_);
  v1::ProcessResponse response;
  validator.Validate(report, v1::CheckOptions(), {},
                     response.mutable_findings());
  for (const v1::Finding& finding : response.findings()) {
    for (const v1::Place& place : finding.places()) {
      placed += place.page() > 0 && place.box().right() > 0;
    }
  }
  EXPECT_GT(placed, 0);
}

bool HasLibreOffice() {
  const std::string path = std::getenv("PATH") ? std::getenv("PATH") : "";
  std::stringstream directories(path);
  for (std::string directory; std::getline(directories, directory, ':');) {
    if (access((directory + "/soffice").c_str(), X_OK) == 0) return true;
  }
  return false;
}

// Converts all Word files of the directory.
bool Convert(const fs::path& directory) {
  std::vector<std::string> arguments = {
      "soffice",
      absl::StrCat("-env:UserInstallation=file://", directory.string(),
                   "/profile"),
      "--headless",
      "--convert-to",
      "pdf",
      "--outdir",
      directory.string()};
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() == ".docx") arguments.push_back(entry.path());
  }
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

TEST_F(PdfPropertyTest, ReadsWhatFreshReportsSay) {
  if (!HasLibreOffice()) {
    GTEST_SKIP() << "soffice is not installed: no fresh PDF files are read";
  }
  std::string pattern = (fs::temp_directory_path() / "gongkai-pdf-XXXXXX");
  const fs::path directory = mkdtemp(pattern.data());
  const auto options = [](uint64_t seed) {
    return generator::DrawOptions(seed, generator::Layout::kDocx);
  };
  const auto stem = [&](uint64_t seed) {
    return directory / std::to_string(seed);
  };
  for (uint64_t seed = 1; seed <= kConverted; ++seed) {
    std::ofstream(stem(seed).string() + ".docx", std::ios::binary)
        << generator::Generate(options(seed)).bytes;
  }
  const bool converted = Convert(directory);
  int read = 0;
  for (uint64_t seed = 1; seed <= kConverted && converted; ++seed) {
    const std::string bytes = ReadFile(stem(seed).string() + ".pdf");
    if (bytes.empty()) continue;
    ++read;
    const auto c = generator::Compare(ReadReport(bytes),
                                      generator::Generate(options(seed)));
    EXPECT_TRUE(c.wrong == 0 && c.unread == 0 && c.template_right &&
                c.year_right)
        << "seed " << seed << ": " << c.Summary();
  }
  fs::remove_all(directory);
  if (!converted || read == 0) {
    GTEST_SKIP() << "soffice could not convert: no fresh PDF files are read";
  }
  EXPECT_EQ(read, static_cast<int>(kConverted));
}

}  // namespace
}  // namespace gongkai::input
