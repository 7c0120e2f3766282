// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/journal.h"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/cli/folder_test.h"

namespace gongkai::cli {
namespace {

using ::testing::HasSubstr;

class JournalTest : public FolderTest {
 protected:
  std::unique_ptr<Journal> Open(bool resume, const std::string& version = "1") {
    auto journal = Journal::Open(root_ + "/j", resume, version);
    EXPECT_TRUE(journal.ok()) << journal.status();
    return *std::move(journal);
  }

  static v1::ProcessRequest Request(const std::string& content) {
    v1::ProcessRequest request;
    request.mutable_document()->set_content(content);
    return request;
  }

  static v1::ProcessResponse Response(const std::string& title,
                                      v1::Outcome outcome = v1::OUTCOME_OK) {
    v1::ProcessResponse response;
    response.set_outcome(outcome);
    response.mutable_report()->set_title(title);
    return response;
  }
};

TEST_F(JournalTest, FindsAfterARestartWhatWasAdded) {
  {
    const auto journal = Open(false);
    ASSERT_TRUE(journal->Add(journal->KeyOf(Request("a")), Response("A")).ok());
  }
  const auto journal = Open(true);
  EXPECT_EQ(journal->size(), 1);
  const auto found = journal->Find(journal->KeyOf(Request("a")));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->report().title(), "A");
  EXPECT_FALSE(journal->Find(journal->KeyOf(Request("b"))).has_value());
}

TEST_F(JournalTest, BeginsAnewWithoutResume) {
  {
    const auto journal = Open(false);
    ASSERT_TRUE(journal->Add(journal->KeyOf(Request("a")), Response("A")).ok());
  }
  EXPECT_EQ(Open(false)->size(), 0);
}

TEST_F(JournalTest, KnowsARequestByAllThatItsResultDependsOn) {
  const auto journal = Open(false);
  v1::ProcessRequest request = Request("a");
  const std::string key = journal->KeyOf(request);
  request.set_id("7");
  EXPECT_EQ(journal->KeyOf(request), key);
  v1::ProcessRequest other = request;
  other.mutable_document()->set_year(2024);
  EXPECT_NE(journal->KeyOf(other), key);
  other = request;
  other.mutable_document()->set_file_name("b");
  EXPECT_NE(journal->KeyOf(other), key);
  other = request;
  other.mutable_options()->add_disabled_rules("wording.*");
  EXPECT_NE(journal->KeyOf(other), key);
  other = request;
  other.mutable_previous_document()->set_content("a");
  EXPECT_NE(journal->KeyOf(other), key);
}

TEST_F(JournalTest, AsksAgainWhereTheServiceOrItsRulesAreOthers) {
  {
    const auto journal = Open(false, "1");
    ASSERT_TRUE(journal->Add(journal->KeyOf(Request("a")), Response("A")).ok());
  }
  const auto journal = Open(true, "2");
  EXPECT_FALSE(journal->Find(journal->KeyOf(Request("a"))).has_value());
}

TEST_F(JournalTest, DoesNotKeepWhatMayGoBetterNextTime) {
  const auto journal = Open(false);
  for (const v1::Outcome outcome :
       {v1::OUTCOME_WORKER_CRASHED, v1::OUTCOME_WORKER_TIMED_OUT,
        v1::OUTCOME_WORKER_OUT_OF_MEMORY, v1::OUTCOME_QUARANTINED,
        v1::OUTCOME_DEADLINE_EXCEEDED, v1::OUTCOME_UNSPECIFIED}) {
    ASSERT_TRUE(journal->Add("key", Response("A", outcome)).ok());
  }
  EXPECT_EQ(journal->size(), 0);
  ASSERT_TRUE(
      journal->Add("key", Response("A", v1::OUTCOME_NOT_A_REPORT)).ok());
  EXPECT_EQ(journal->size(), 1);
}

TEST_F(JournalTest, AsksAgainWhereAResultIsDamaged) {
  std::string key;
  {
    const auto journal = Open(false);
    key = journal->KeyOf(Request("a"));
    ASSERT_TRUE(journal->Add(key, Response("A")).ok());
  }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((root_ + "/j").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, "UPDATE results SET response = x'0000'",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(database);
  EXPECT_FALSE(Open(true)->Find(key).has_value());
}

TEST_F(JournalTest, RefusesAFileThatIsNoJournal) {
  std::ofstream(root_ + "/j") << std::string(10'000, 'x');
  const auto journal = Journal::Open(root_ + "/j", true, "1");
  ASSERT_FALSE(journal.ok());
  EXPECT_THAT(std::string(journal.status().message()), HasSubstr(root_));
}

TEST_F(JournalTest, LeavesNothingWhenAllIsDone) {
  const auto journal = Open(false);
  ASSERT_TRUE(journal->Add("key", Response("A")).ok());
  journal->Remove();
  EXPECT_TRUE(std::filesystem::is_empty(root_));
}

}  // namespace
}  // namespace gongkai::cli
