// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A collection of generated reports through gongkaid and the client library,
// as a researcher streams it, also while workers are killed: as many answers
// as documents, each once, each equal to the truth.

#include <signal.h>
#include <stdlib.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/bulk_session.h"
#include "client/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/chaos/processes.h"
#include "tests/e2e/program.h"
#include "tests/generator/expect.h"
#include "tests/generator/generator.h"

namespace gongkai {
namespace {

using chaos::ChildrenOf;
using generator::Comparison;
using generator::GeneratedReport;
using testing::BuiltProgram;
using testing::Program;

constexpr uint64_t kDocuments = 10'000;
constexpr absl::Duration kBetweenKills = absl::Milliseconds(100);

// Kills one worker after another until told to stop; none while no document is
// answered, so that slow starts are given their time.
class Killer {
 public:
  Killer(pid_t front, const std::atomic<int>& answered)
      : thread_([this, front, &answered] {
          int before = 0;
          for (size_t next = 0; !stop_; ++next) {
            absl::SleepFor(kBetweenKills);
            if (answered == before) continue;
            before = answered;
            const std::vector<pid_t> workers = ChildrenOf(front);
            if (workers.empty()) continue;
            killed_ += kill(workers[next % workers.size()], SIGKILL) == 0;
          }
        }) {}
  ~Killer() { Stop(); }

  int Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    return killed_;
  }

 private:
  std::atomic<bool> stop_{false};
  std::atomic<int> killed_{0};
  std::thread thread_;
};

class CollectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "gongkai-chaos-XXXXXX")
            .string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    socket_ = absl::StrCat("unix:", directory_, "/front.sock");
    front_.emplace(std::vector<std::string>{BuiltProgram("gongkaid"),
                                            "--workers=2", "--drain_delay=0",
                                            absl::StrCat("--listen=", socket_)},
                   directory_);
  }

  void TearDown() override {
    if (front_.has_value()) {
      front_->Signal(SIGTERM);
      EXPECT_EQ(front_->Wait().status, 0);
      EXPECT_TRUE(ChildrenOf(front_->pid()).empty());
    }
    std::filesystem::remove_all(directory_);
  }

  // Streams all documents and holds each answer against its truth. Documents
  // are made again from their seed, so that none has to be kept.
  void StreamAll() {
    BulkSession session(Client::Connect(socket_), BulkOptions());
    std::vector<int> answers(kDocuments);
    uint64_t next = 0;
    int shown = 0;
    const absl::Status status = session.Run(
        [&]() -> std::optional<v1::ProcessRequest> {
          if (next == kDocuments) return std::nullopt;
          v1::ProcessRequest request;
          request.set_id(absl::StrCat(next));
          request.mutable_document()->set_content(Document(next).bytes);
          ++next;
          return request;
        },
        [&](const v1::ProcessResponse& response) {
          uint64_t seed = 0;
          ASSERT_TRUE(absl::SimpleAtoi(response.id(), &seed) &&
                      seed < kDocuments)
              << response.id();
          ++answers[seed];
          ++answered_;
          const GeneratedReport truth = Document(seed);
          const Comparison c = generator::Compare(response.report(), truth);
          const bool right =
              c.wrong == 0 && c.template_right && c.year_right &&
              (!generator::IsReadable(truth.options.layout) || c.unread == 0);
          if (right || ++shown > 5) return;
          ADD_FAILURE() << "document " << seed << ", outcome "
                        << v1::Outcome_Name(response.outcome()) << " "
                        << response.message_en() << "\n"
                        << c.Summary();
        });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(shown, 0);
    EXPECT_THAT(answers, ::testing::Each(1));
  }

  // Every layout in turn, all of them adding up: a fault in the only row of a
  // table that is not blank may leave nothing to prove its columns by.
  static GeneratedReport Document(uint64_t seed) {
    const auto layouts = generator::AllLayouts();
    generator::Options options =
        generator::DrawOptions(seed, layouts[seed % layouts.size()]);
    options.fault = false;
    return generator::Generate(options);
  }

  std::string directory_;
  std::string socket_;
  std::optional<Program> front_;
  std::atomic<int> answered_{0};
};

TEST_F(CollectionTest, EveryDocumentIsAnsweredOnceAndRight) { StreamAll(); }

TEST_F(CollectionTest,
       EveryDocumentIsAnsweredOnceAndRightWhileWorkersAreKilled) {
  Killer killer(front_->pid(), answered_);
  StreamAll();
  const int killed = killer.Stop();
  std::cout << killed << " workers were killed\n";
  EXPECT_GT(killed, 5);
}

}  // namespace
}  // namespace gongkai
