// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Jobs and callers for tests of what knows nothing of gRPC.

#ifndef GONGKAI_TESTS_SERVICE_FAKE_JOB_H_
#define GONGKAI_TESTS_SERVICE_FAKE_JOB_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gongkai/v1/report_service.pb.h"
#include "service/job.h"

namespace gongkai::service {

// Collects how its jobs ended. Thread-safe.
class FakeCaller : public Caller,
                   public std::enable_shared_from_this<FakeCaller> {
 public:
  struct End {
    std::string id;
    Ending ending;
    // The worker's answer.
    std::string text;
  };

  explicit FakeCaller(Priority priority = Priority::kBulk,
                      std::shared_ptr<Account> account = nullptr)
      : Caller(priority, std::move(account)) {}

  void EndOfBatch() override {}

  // A job whose document has this content.
  std::unique_ptr<Job> NewJob(const std::string& id,
                              const std::string& content) {
    return std::make_unique<FakeJob>(shared_from_this(), id, content);
  }

  // Waits until so many jobs have ended, and returns how, in order; fewer if
  // it takes longer than a test may.
  std::vector<End> WaitFor(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return ends_.size() >= count; };
    mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(60));
    return ends_;
  }

  std::map<std::string, End> WaitForAll(size_t count) {
    std::map<std::string, End> by_id;
    for (End& end : WaitFor(count)) by_id[end.id] = std::move(end);
    return by_id;
  }

  size_t ended() {
    absl::MutexLock lock(&mutex_);
    return ends_.size();
  }

 private:
  class FakeJob final : public Job {
   public:
    FakeJob(std::shared_ptr<FakeCaller> caller, const std::string& id,
            const std::string& content)
        : Job(caller, ipc::JobKind::kProcess), caller_(*caller), id_(id) {
      v1::ProcessRequest request;
      request.set_id(id);
      request.mutable_document()->set_content(content);
      bytes_ = request.SerializeAsString();
      const std::string_view view = bytes_;
      AddPiece(view.substr(0, view.size() / 2));
      AddPiece(view.substr(view.size() / 2));
    }

    void Done(Ending ending, std::string_view response) override {
      End end{id_, ending, std::string()};
      if (ending == Ending::kAnswered) {
        v1::ProcessResponse parsed;
        parsed.ParseFromArray(response.data(),
                              static_cast<int>(response.size()));
        // An answer to another's question must not pass as one to ours.
        end.text = parsed.id() == id_ ? parsed.message_en() : "WRONG ID";
      }
      absl::MutexLock lock(&caller_.mutex_);
      caller_.ends_.push_back(std::move(end));
    }

   private:
    FakeCaller& caller_;
    const std::string id_;
    std::string bytes_;
  };

  absl::Mutex mutex_;
  std::vector<End> ends_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_FAKE_JOB_H_
