// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/bulk_client.h"

#include <limits>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/client.h"
#include "client/options.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/chaos/documents.h"
#include "tests/generator/expect.h"

namespace gongkai::testing {
namespace {

constexpr uint64_t kDocuments = 200;
// Complaints that are shown.
constexpr int kMostComplaints = 10;

std::vector<generator::GeneratedReport> Truths() {
  std::vector<generator::GeneratedReport> truths;
  for (uint64_t i = 0; i < kDocuments; ++i) truths.push_back(chaos::Truth(i));
  return truths;
}

// What is wrong with an answer; empty if nothing is.
std::string WrongIn(const v1::ProcessResponse& response,
                    const generator::GeneratedReport& truth) {
  if (response.outcome() != v1::OUTCOME_OK) {
    return absl::StrCat(v1::Outcome_Name(response.outcome()), ": ",
                        response.message_en());
  }
  const generator::Comparison c = generator::Compare(response.report(), truth);
  const bool right =
      c.wrong == 0 && c.unread == 0 && c.template_right && c.year_right;
  return right ? "" : c.Summary();
}

}  // namespace

BulkClient::BulkClient(const std::string& target)
    : truths_(Truths()),
      last_(std::numeric_limits<int64_t>::max()),
      session_(Client::Connect(target), BulkOptions()),
      thread_([this] { Run(); }) {}

BulkClient::~BulkClient() {
  session_.Cancel();
  if (thread_.joinable()) thread_.join();
}

void BulkClient::Run() {
  status_ = session_.Run(
      [this]() -> std::optional<v1::ProcessRequest> {
        if (next_ >= last_) return std::nullopt;
        {
          absl::MutexLock lock(&mutex_);
          answers_.push_back(0);
        }
        v1::ProcessRequest request;
        request.set_id(absl::StrCat(next_));
        request.mutable_document()->set_content(
            truths_[static_cast<size_t>(next_) % kDocuments].bytes);
        ++next_;
        return request;
      },
      [this](const v1::ProcessResponse& response) { Take(response); });
}

void BulkClient::Take(const v1::ProcessResponse& response) {
  throughput_.Count();
  size_t number = 0;
  std::string wrong;
  if (!absl::SimpleAtoi(response.id(), &number)) {
    wrong = "no id of ours";
  } else {
    absl::MutexLock lock(&mutex_);
    if (number >= answers_.size()) {
      wrong = "an answer to nothing";
    } else {
      ++answers_[number];
    }
  }
  if (wrong.empty()) wrong = WrongIn(response, truths_[number % kDocuments]);
  if (wrong.empty() || ++complaints_ > kMostComplaints) return;
  ADD_FAILURE() << "document " << response.id() << ": " << wrong;
}

void BulkClient::Finish(int64_t documents) {
  last_ = documents;
  thread_.join();
  EXPECT_TRUE(status_.ok()) << status_;
  EXPECT_EQ(complaints_, 0);
  absl::MutexLock lock(&mutex_);
  EXPECT_GE(static_cast<int64_t>(answers_.size()), documents);
  EXPECT_THAT(answers_, ::testing::Each(1));
}

}  // namespace gongkai::testing
