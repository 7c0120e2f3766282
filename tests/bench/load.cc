// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/load.h"

#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "client/bulk_session.h"
#include "client/client.h"
#include "grpcpp/generic/generic_stub.h"

namespace gongkai::bench {
namespace {

using grpc::ByteBuffer;
using RawStub = grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>;

constexpr char kProcessReports[] = "/gongkai.v1.ReportService/ProcessReports";
constexpr char kParseReport[] = "/gongkai.v1.ReportService/ParseReport";

absl::Status ToAbsl(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

// One stream that keeps its window full: a document is sent whenever an answer
// has made room.
class RawStream : public grpc::ClientBidiReactor<ByteBuffer, ByteBuffer> {
 public:
  // Sends the documents first, first + step, … below end.
  RawStream(const Documents& documents, int64_t first, int64_t step,
            int64_t end, int window)
      : documents_(documents),
        first_(first),
        step_(step),
        end_(end),
        window_(window),
        next_(first),
        sent_((end - first + step - 1) / step) {}

  void Start(RawStub* stub) {
    stub->PrepareBidiStreamingCall(&context_, kProcessReports,
                                   grpc::StubOptions(), this);
    StartCall();
    StartRead(&response_);
    absl::MutexLock lock(&mutex_);
    MaybeWrite();
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (ok) MaybeWrite();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    const absl::Time now = absl::Now();
    const int64_t id = IdOf(response_);
    response_.Clear();
    StartRead(&response_);
    absl::MutexLock lock(&mutex_);
    const int64_t index = (id - first_) / step_;
    if (id < first_ || id >= next_ || (id - first_) % step_ != 0 ||
        sent_[index] == absl::InfinitePast()) {
      fault_ = absl::StrCat("answer ", id, " is unknown or came twice");
      context_.TryCancel();
      return;
    }
    latencies_.push_back(now - sent_[index]);
    sent_[index] = absl::InfinitePast();
    MaybeWrite();
  }

  void OnDone(const grpc::Status& status) override {
    status_ = status;
    done_.Notify();
  }

  // Waits for the end of the stream; then the latencies, one per document.
  absl::StatusOr<std::vector<absl::Duration>> Wait() {
    done_.WaitForNotification();
    absl::MutexLock lock(&mutex_);
    if (!fault_.empty()) return absl::DataLossError(fault_);
    if (!status_.ok()) return ToAbsl(status_);
    if (latencies_.size() != sent_.size()) {
      return absl::DataLossError(absl::StrCat(latencies_.size(), " answers to ",
                                              sent_.size(), " documents"));
    }
    return std::move(latencies_);
  }

 private:
  void MaybeWrite() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || closed_) return;
    const int64_t sent = (next_ - first_) / step_;
    if (next_ >= end_) {
      closed_ = true;
      StartWritesDone();
      return;
    }
    if (sent - static_cast<int64_t>(latencies_.size()) >= window_) return;
    writing_ = true;
    sent_[sent] = absl::Now();
    request_ = documents_.Request(next_);
    next_ += step_;
    StartWrite(&request_);
  }

  const Documents& documents_;
  const int64_t first_;
  const int64_t step_;
  const int64_t end_;
  const int64_t window_;
  grpc::ClientContext context_;
  ByteBuffer response_;
  ByteBuffer request_;
  absl::Mutex mutex_;
  int64_t next_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  // When each document was sent; InfinitePast once it is answered.
  std::vector<absl::Time> sent_ ABSL_GUARDED_BY(mutex_);
  std::vector<absl::Duration> latencies_ ABSL_GUARDED_BY(mutex_);
  std::string fault_ ABSL_GUARDED_BY(mutex_);
  grpc::Status status_;
  absl::Notification done_;
};

}  // namespace

absl::StatusOr<LoadResult> StreamRaw(
    const std::shared_ptr<grpc::Channel>& channel, const Documents& documents,
    const LoadOptions& options) {
  RawStub stub(channel);
  std::vector<std::unique_ptr<RawStream>> streams;
  for (int i = 0; i < options.streams; ++i) {
    streams.push_back(std::make_unique<RawStream>(
        documents, i, options.streams, options.documents,
        std::max(1, options.in_flight / options.streams)));
  }
  const absl::Time start = absl::Now();
  for (auto& stream : streams) stream->Start(&stub);
  LoadResult result;
  absl::Status status;
  for (auto& stream : streams) {
    auto latencies = stream->Wait();
    status.Update(latencies.status());
    if (latencies.ok()) {
      result.latencies.insert(result.latencies.end(), latencies->begin(),
                              latencies->end());
    }
  }
  result.elapsed = absl::Now() - start;
  if (!status.ok()) return status;
  return result;
}

absl::StatusOr<LoadResult> StreamThroughSession(const std::string& target,
                                                const Documents& documents,
                                                const LoadOptions& options) {
  BulkOptions bulk;
  bulk.max_in_flight_documents = options.in_flight;
  bulk.streams = options.streams;
  BulkSession session(Client::Connect(target), bulk);
  int64_t next = 0;
  int64_t answers = 0;
  int64_t unread = 0;
  const absl::Time start = absl::Now();
  const absl::Status status = session.Run(
      [&]() -> std::optional<v1::ProcessRequest> {
        if (next == options.documents) return std::nullopt;
        return documents.RequestMessage(next++);
      },
      [&](const v1::ProcessResponse& response) {
        ++answers;
        unread += !response.has_report();
      });
  LoadResult result;
  result.elapsed = absl::Now() - start;
  if (!status.ok()) return status;
  if (answers != options.documents || unread > 0) {
    return absl::DataLossError(absl::StrCat(answers, " answers to ",
                                            options.documents, " documents, ",
                                            unread, " without a report"));
  }
  return result;
}

absl::StatusOr<std::vector<absl::Duration>> CallOneByOne(
    const std::shared_ptr<grpc::Channel>& channel, const Documents& documents,
    int64_t first, int64_t calls) {
  RawStub stub(channel);
  std::vector<absl::Duration> latencies;
  for (int64_t i = first; i < first + calls; ++i) {
    grpc::ClientContext context;
    const ByteBuffer request = documents.ParseRequest(i);
    ByteBuffer response;
    absl::Notification done;
    grpc::Status status;
    const absl::Time start = absl::Now();
    stub.UnaryCall(&context, kParseReport, grpc::StubOptions(), &request,
                   &response, [&](grpc::Status s) {
                     status = std::move(s);
                     done.Notify();
                   });
    done.WaitForNotification();
    latencies.push_back(absl::Now() - start);
    if (!status.ok()) return ToAbsl(status);
  }
  return latencies;
}

}  // namespace gongkai::bench
