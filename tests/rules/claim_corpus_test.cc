// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Rules about claims on real reports, against what a careful reader found. The
// reports lie beside the repository; where they do not, these tests are
// skipped.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"
#include "worker/catalog/catalog.h"
#include "worker/process/processor.h"

namespace gongkai::rules {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class ClaimCorpus : public testing::Test {
 protected:
  void SetUp() override {
    const char* source = std::getenv("GONGKAI_SOURCE_DIR");
    corpus_ =
        fs::path(source == nullptr ? "." : source) / ".." / "shared" / "corpus";
    if (!fs::exists(corpus_)) GTEST_SKIP() << "no corpus at " << corpus_;
  }

  v1::ValidateReportResponse Check(const fs::path& file,
                                   const fs::path& previous = {}) {
    v1::ValidateReportRequest request;
    request.mutable_document()->set_content(ReadFile(corpus_ / file));
    request.mutable_options()->set_include_passed(true);
    if (!previous.empty()) {
      request.mutable_previous_document()->set_content(
          ReadFile(corpus_ / previous));
    }
    std::string bytes;
    processor_.Process(ipc::JobKind::kValidate, request.SerializeAsString(),
                       &bytes);
    v1::ValidateReportResponse response;
    EXPECT_TRUE(response.ParseFromString(bytes));
    return response;
  }

  // "rule stated expected" of the failures that rules about claims found.
  std::vector<std::string> Failures(
      const v1::ValidateReportResponse& response) const {
    std::set<std::string> ours;
    for (const forms::v1::Rule& rule : catalog_->proto().rules()) {
      if (rule.has_claim_check()) ours.insert(rule.id());
    }
    std::vector<std::string> failures;
    for (const v1::Finding& finding : response.findings()) {
      if (finding.result() != v1::RULE_RESULT_FAIL ||
          !ours.contains(finding.rule_id())) {
        continue;
      }
      EXPECT_EQ(finding.severity(), v1::SEVERITY_WARNING) << finding.message();
      failures.push_back(absl::StrCat(finding.rule_id(), " ", finding.left(),
                                      " ", finding.right()));
    }
    return failures;
  }

  fs::path corpus_;
  const std::unique_ptr<const catalog::Catalog> catalog_ =
      catalog::Catalog::Builtin().value();
  process::Processor processor_{*catalog_, input::Limits()};
};

std::string ResultOf(const v1::ValidateReportResponse& response,
                     const std::string& rule) {
  for (const v1::Finding& finding : response.findings()) {
    if (finding.rule_id() == rule) {
      return v1::RuleResult_Name(finding.result());
    }
  }
  return "";
}

TEST_F(ClaimCorpus, TheOfficeOf2019IsFoundOut) {
  const auto response = Check("reports/shanghai-office-2019.pipe-rows.txt");
  EXPECT_THAT(
      Failures(response),
      UnorderedElementsAre("text.outcomes 258 275", "text.outcomes 265 337",
                           "text.share 33.9 34.16", "text.share 32.9 41.86",
                           "text.outcomes-sum 716 805",
                           "text.shares-sum 90.74 100", "text.all-upheld 0 3"));
  for (const char* rule : {"text.requests", "text.carry", "text.documents"}) {
    EXPECT_EQ(ResultOf(response, rule), "RULE_RESULT_PASS") << rule;
  }
}

TEST_F(ClaimCorpus, TheOfficeOf2019HidesOneCellBehindANumber) {
  const auto response = Check("reports/shanghai-office-2019.pipe-rows.txt");
  for (const v1::Finding& finding : response.findings()) {
    if (finding.rule_id() != "text.outcomes" || finding.left() != "258") {
      continue;
    }
    EXPECT_TRUE(finding.assumed_zero());
    EXPECT_TRUE(absl::StrContains(finding.message_en(),
                                  "single cell requests.granted.natural"))
        << finding.message_en();
    return;
  }
  ADD_FAILURE() << "not found";
}

TEST_F(ClaimCorpus, GrowthIsRecomputed) {
  EXPECT_THAT(Failures(Check("reports/suqian-2024.tabs.txt",
                             "reports/suqian-2023.tabs.txt")),
              UnorderedElementsAre("text.growth 1.05 1.08"));
}

TEST_F(ClaimCorpus, NothingElseIsFoundFaultWith) {
  for (const char* directory : {"reports", "seeds", "excerpts", "layouts"}) {
    for (const auto& entry : fs::directory_iterator(corpus_ / directory)) {
      const std::string name = entry.path().filename().string();
      if (entry.path().extension() == ".tsv" ||
          absl::StartsWith(name, "shanghai")) {
        continue;
      }
      const auto failures =
          Failures(Check(fs::path(directory) / entry.path().filename()));
      if (absl::StartsWith(name, "x06")) {
        EXPECT_THAT(failures, UnorderedElementsAre("text.parts 6391 6005"));
      } else if (absl::StartsWith(name, "x05")) {
        EXPECT_THAT(failures, UnorderedElementsAre("text.documents 1 0"));
      } else {
        EXPECT_THAT(failures, IsEmpty()) << name;
      }
    }
  }
}

}  // namespace
}  // namespace gongkai::rules
