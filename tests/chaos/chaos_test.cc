// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A stream of documents through two services by one client, while everything
// goes wrong at once: workers are killed, stopped and starved, one document in
// twenty crashes, hangs or eats memory, and the services are killed and started
// again in turn. Every document must be answered exactly once, every innocent
// one right, every bad one with the outcome of its own kind.
//
// How long it takes. GONGKAI_CHAOS_DOCUMENTS says how many documents (`./dev
// chaos` 100,000); the time is that of the bad ones. Of 4000, 200 are bad:
//   120 crash: two deaths each, of some 30 ms for the next worker's start
//    60 eat memory: the same
//    20 hang: kTimeLimit each
// which is 11 + 30 s of work for four workers on two processors, 20 to 60 s
// with the trouble. The run is bounded by documents: on a slow machine it takes
// longer and nothing else.

#include <signal.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/bulk_session.h"
#include "client/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/chaos/documents.h"
#include "tests/chaos/processes.h"
#include "tests/chaos/services.h"
#include "tests/chaos/trouble.h"
#include "tests/sanitized.h"

namespace gongkai::chaos {
namespace {

constexpr int kServices = 2;
constexpr int kWorkers = 2;

// Of a document. A thousand times what an innocent one takes, as a starved
// worker's may; a hang costs all of it.
constexpr absl::Duration kTimeLimit =
    kSanitized ? absl::Seconds(10) : absl::Milliseconds(1500);
// Of a worker: what one needs, and little for those that take all of it.
constexpr int64_t kWorkerMemory = int64_t{256} << 20;
// Between two deaths of services. The client takes a document for poison that
// was lost six times; one that hangs is in flight for kTimeLimit, a tenth of
// the time between two deaths of its service, and meets that once in a million.
const absl::Duration kBetweenKills = 5 * kTimeLimit;

uint64_t Documents() {
  uint64_t documents = kSanitized ? 2'000 : 4'000;
  if (const char* asked = std::getenv("GONGKAI_CHAOS_DOCUMENTS");
      asked != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(asked, &documents)) << asked;
  }
  return documents;
}

std::vector<std::string> Flags() {
  return {
      absl::StrCat("--worker=", std::getenv("GONGKAI_BINARY_DIR"),
                   "/tests/chaos-worker"),
      absl::StrCat("--workers=", kWorkers),
      absl::StrCat("--worker_memory_bytes=", kWorkerMemory),
      absl::StrCat("--document_timeout=", absl::FormatDuration(kTimeLimit)),
      // A stopped worker is found by it, and what sleeps instead of reading.
      absl::StrCat("--stall_timeout=",
                   absl::FormatDuration(kTimeLimit / 3 * 2)),
      // So that streams come back to a service that was away.
      absl::StrCat("--stream_max_age=", absl::FormatDuration(2 * kTimeLimit)),
      "--max_document_bytes=1048576",
  };
}

Client Connect(const Services& services) {
  ClientOptions options;
  options.max_document_bytes = 1 << 20;
  options.retry.initial_backoff = absl::Milliseconds(20);
  options.retry.max_backoff = absl::Milliseconds(200);
  return Client::Connect(services.target(), options);
}

BulkOptions Bulk() {
  BulkOptions options;
  options.streams = 2 * kServices;
  options.retry.initial_backoff = absl::Milliseconds(20);
  options.retry.max_backoff = absl::Milliseconds(200);
  options.give_up_after = absl::Minutes(5);
  return options;
}

std::string Table(const std::map<std::string, int>& counts) {
  std::string table;
  for (const auto& [name, count] : counts) {
    absl::StrAppend(&table, "  ", count, " ", name, "\n");
  }
  return table;
}

TEST(ChaosTest, EveryDocumentIsAnsweredOnceAndAsItDeserves) {
  const uint64_t documents = Documents();
  Services services(kServices, Flags());
  std::vector<int> answers(documents);
  std::map<std::string, int> outcomes;
  std::map<std::string, int> expected;
  std::atomic<int> answered = 0;
  int shown = 0;
  uint64_t next = 0;

  TroubleOptions trouble_options;
  trouble_options.between_kills = kBetweenKills;
  if (kSanitized) trouble_options.pause = absl::Milliseconds(500);
  Trouble trouble(&services, &answered, trouble_options);
  const absl::Time start = absl::Now();
  BulkSession session(Connect(services), Bulk());
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (next == documents) return std::nullopt;
        v1::ProcessRequest request;
        request.set_id(absl::StrCat(next));
        request.mutable_document()->set_content(Content(next));
        ++next;
        return request;
      },
      [&](const v1::ProcessResponse& response) {
        ++answered;
        uint64_t number = 0;
        if (!absl::SimpleAtoi(response.id(), &number) || number >= documents) {
          ADD_FAILURE() << "an answer to nothing: " << response.id();
          return;
        }
        ++answers[number];
        ++outcomes[v1::Outcome_Name(response.outcome())];
        const std::string wrong = Check(number, response);
        if (wrong.empty() || ++shown > 10) return;
        ADD_FAILURE() << "document " << number << ": " << wrong;
      });
  const std::map<std::string, int> done = trouble.Stop();
  std::cout << documents << " documents in "
            << absl::FormatDuration(
                   absl::Trunc(absl::Now() - start, absl::Milliseconds(100)))
            << "\n"
            << Table(outcomes) << Table(done);

  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(shown, 0);
  EXPECT_THAT(answers, ::testing::Each(1));
  std::map<Kind, int> kinds;
  int repeated = 0;
  for (uint64_t i = 0; i < documents; ++i) {
    ++kinds[KindOf(i)];
    repeated += IsRepeated(i);
  }
  EXPECT_EQ(outcomes["OUTCOME_OK"], kinds[Kind::kInnocent]);
  // What is in quarantine is of one of these kinds.
  EXPECT_EQ(outcomes["OUTCOME_WORKER_CRASHED"] +
                outcomes["OUTCOME_WORKER_OUT_OF_MEMORY"] +
                outcomes["OUTCOME_WORKER_TIMED_OUT"] +
                outcomes["OUTCOME_QUARANTINED"],
            kinds[Kind::kCrash] + kinds[Kind::kMemory] + kinds[Kind::kHang]);
  EXPECT_GT(outcomes["OUTCOME_QUARANTINED"], 0);
  EXPECT_LE(outcomes["OUTCOME_QUARANTINED"], repeated);
  for (const char* thing : {"services killed", "workers killed",
                            "workers stopped", "workers starved"}) {
    EXPECT_GT(done.count(thing), 0) << thing;
  }

  int orphans = 0;
  for (const testing::Result& result : services.Terminate(&orphans)) {
    EXPECT_EQ(result.status, 0) << result.err;
  }
  EXPECT_EQ(orphans, 0);
}

}  // namespace
}  // namespace gongkai::chaos
