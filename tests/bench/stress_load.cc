// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/bench/documents.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/server.h"
#include "tests/bench/stress.h"

namespace gongkai::bench {
namespace {

using grpc::ByteBuffer;
using RawStub = grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>;

constexpr int kDocumentBytes = 8192;
constexpr int kDistinctDocuments = 256;

// What keeps the service busy; ten times as much is too much.
constexpr int kFullStreams = 1;
constexpr int kFullInFlight = 256;
constexpr int kTooMuch = 10;

// A stream that sends as fast as it is let and counts what comes back.
class GreedyStream : public grpc::ClientBidiReactor<ByteBuffer, ByteBuffer> {
 public:
  GreedyStream(std::shared_ptr<grpc::Channel> channel,
               const Documents& documents, std::atomic<int64_t>* answers)
      : documents_(documents), answers_(*answers), stub_(std::move(channel)) {
    stub_.PrepareBidiStreamingCall(&context_,
                                   "/gongkai.v1.ReportService/ProcessReports",
                                   grpc::StubOptions(), this);
    StartRead(&response_);
    request_ = documents_.Request(next_++);
    StartWrite(&request_);
    StartCall();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return;
    request_ = documents_.Request(next_++);
    StartWrite(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    ++answers_;
    StartRead(&response_);
  }

  void OnDone(const grpc::Status&) override { done_.Notify(); }

  void Stop() {
    context_.TryCancel();
    done_.WaitForNotification();
  }

 private:
  const Documents& documents_;
  std::atomic<int64_t>& answers_;
  RawStub stub_;
  grpc::ClientContext context_;
  ByteBuffer request_;
  ByteBuffer response_;
  int64_t next_ = 0;
  absl::Notification done_;
};

absl::StatusOr<Server> StartService(
    const StressOptions& options, const ScratchDirectory& scratch,
    const std::string& name, const std::vector<std::string>& flags = {}) {
  std::vector<std::string> arguments = {
      options.gongkaid, "--drain_delay=0", "--stream_max_age=0",
      absl::StrCat("--workers=", options.workers),
      absl::StrCat("--listen=", scratch.Address(name))};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return StartServer(scratch.Address(name), arguments);
}

// Single calls, one after the other, for so long.
absl::StatusOr<std::vector<absl::Duration>> CallFor(const Server& server,
                                                    const Documents& documents,
                                                    absl::Duration time) {
  const auto channel = NewChannel(server.address);
  std::vector<absl::Duration> all;
  const absl::Time end = absl::Now() + time;
  while (absl::Now() < end) {
    auto some = CallOneByOne(channel, documents, all.size(), 50);
    if (!some.ok()) return some.status();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

struct Phase {
  double rate = 0;
  std::vector<absl::Duration> calls;
  int64_t peak_bytes = 0;
};

// So many greedy streams, with single calls beside them.
absl::StatusOr<Phase> Press(const Server& server, const Documents& documents,
                            int streams, absl::Duration time) {
  std::atomic<int64_t> answers{0};
  std::vector<std::unique_ptr<GreedyStream>> greedy;
  for (int i = 0; i < streams; ++i) {
    greedy.push_back(std::make_unique<GreedyStream>(NewChannel(server.address),
                                                    documents, &answers));
  }
  absl::SleepFor(time / 5);
  Phase phase;
  std::atomic<bool> stop{false};
  std::thread watcher([&] {
    while (!stop) {
      phase.peak_bytes =
          std::max(phase.peak_bytes, server.child->ResidentBytes());
      absl::SleepFor(absl::Milliseconds(20));
    }
  });
  const int64_t before = answers;
  const absl::Time start = absl::Now();
  auto calls = CallFor(server, documents, time);
  phase.rate = static_cast<double>(answers - before) /
               absl::ToDoubleSeconds(absl::Now() - start);
  stop = true;
  watcher.join();
  for (auto& stream : greedy) stream->Stop();
  if (!calls.ok()) return calls.status();
  phase.calls = *std::move(calls);
  return phase;
}

std::string Latencies(std::vector<absl::Duration> all) {
  return absl::StrFormat("p50 %6.2f  p99 %6.2f  p99.9 %6.2f  max %6.2f ms",
                         absl::ToDoubleMilliseconds(Percentile(&all, .5)),
                         absl::ToDoubleMilliseconds(Percentile(&all, .99)),
                         absl::ToDoubleMilliseconds(Percentile(&all, .999)),
                         absl::ToDoubleMilliseconds(Percentile(&all, 1)));
}

double Mebibytes(int64_t bytes) { return static_cast<double>(bytes) / 1048576; }

}  // namespace

absl::Status Overload(const StressOptions& options) {
  const Documents documents(kDistinctDocuments, kDocumentBytes);
  const ScratchDirectory scratch;
  auto server = StartService(options, scratch, "overload");
  if (!server.ok()) return server.status();
  LoadOptions full;
  full.streams = kFullStreams;
  full.in_flight = kFullInFlight;
  full.documents = 5000;
  auto warm_up = StreamRaw(server->channel, documents, full);
  if (!warm_up.ok()) return warm_up.status();
  auto idle = CallFor(*server, documents, options.time / 2);
  if (!idle.ok()) return idle.status();
  const int64_t idle_bytes = server->child->ResidentBytes();
  // Full, and ten times as much, each measured the same way.
  auto once = Press(*server, documents, kFullStreams, options.time);
  if (!once.ok()) return once.status();
  auto tenfold =
      Press(*server, documents, kTooMuch * kFullStreams, options.time);
  if (!tenfold.ok()) return tenfold.status();
  auto hundredfold =
      Press(*server, documents, 10 * kTooMuch * kFullStreams, options.time);
  if (!hundredfold.ok()) return hundredfold.status();
  std::cout << absl::StrFormat("  idle       %28s calls %s\n", "",
                               Latencies(*idle));
  for (const auto& [name, phase] :
       {std::pair("1 stream", &*once), std::pair("10 streams", &*tenfold),
        std::pair("100 streams", &*hundredfold)}) {
    std::cout << absl::StrFormat(
        "  %-11s %6.0f/s  front %+6.1f MiB  calls %s\n", name, phase->rate,
        Mebibytes(phase->peak_bytes - idle_bytes), Latencies(phase->calls));
  }
  std::vector<absl::Duration> busy = tenfold->calls;
  const double idle_p99 = absl::ToDoubleMilliseconds(Percentile(&*idle, .99));
  std::cout << absl::StrFormat(
      "  goodput at ten times %.2f of full; p99 of calls %.1f times idle\n",
      tenfold->rate / once->rate,
      absl::ToDoubleMilliseconds(Percentile(&busy, .99)) / idle_p99);
  return absl::OkStatus();
}

absl::Status Recycling(const StressOptions& options) {
  const Documents documents(kDistinctDocuments, kDocumentBytes);
  const ScratchDirectory scratch;
  auto still = StartService(options, scratch, "still",
                            {"--worker_max_jobs=0", "--worker_max_age=0"});
  if (!still.ok()) return still.status();
  auto busy =
      StartService(options, scratch, "busy", {"--worker_max_jobs=2000"});
  if (!busy.ok()) return busy.status();
  LoadOptions load;
  load.documents = 5000;
  load.in_flight = 16;
  Path paths[2];
  const Server* const servers[] = {&*still, &*busy};
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 2; ++i) {
      auto result = StreamRaw(servers[i]->channel, documents, load);
      if (!result.ok()) return result.status();
      if (round == 0) continue;
      paths[i].rates.push_back(static_cast<double>(load.documents) /
                               absl::ToDoubleSeconds(result->elapsed));
      paths[i].loaded.insert(paths[i].loaded.end(), result->latencies.begin(),
                             result->latencies.end());
    }
  }
  const char* const names[] = {"never replaced", "after 2,000"};
  for (int i = 0; i < 2; ++i) {
    std::cout << absl::StrFormat("  %-14s %6.0f/s  documents %s\n", names[i],
                                 Median(paths[i].rates),
                                 Latencies(paths[i].loaded));
  }
  return absl::OkStatus();
}

absl::Status IdleStreams(const StressOptions& options) {
  const Documents documents(kDistinctDocuments, kDocumentBytes);
  const ScratchDirectory scratch;
  auto server = StartService(options, scratch, "idle");
  if (!server.ok()) return server.status();
  auto calls = CallFor(*server, documents, options.time / 4);
  if (!calls.ok()) return calls.status();
  const int64_t before = server->child->ResidentBytes();
  // A thousand to a connection; each has carried one document.
  const Documents one(1, kDocumentBytes);
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::GenericClientAsyncReaderWriter>> streams;
  std::shared_ptr<grpc::Channel> channel;
  const auto next = [&] {
    void* tag;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const ByteBuffer request = one.Request(0);
  for (int i = 0; i < options.streams; ++i) {
    if (i % 1000 == 0) channel = NewChannel(server->address);
    grpc::GenericStub stub(channel);
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(
        stub.PrepareCall(contexts.back().get(),
                         "/gongkai.v1.ReportService/ProcessReports", &queue));
    ByteBuffer response;
    streams.back()->StartCall(nullptr);
    if (!next()) return absl::UnavailableError("a stream was refused");
    streams.back()->Write(request, nullptr);
    if (!next()) return absl::UnavailableError("a stream was refused");
    streams.back()->Read(&response, nullptr);
    if (!next()) return absl::UnavailableError("a stream was refused");
  }
  const int64_t after = server->child->ResidentBytes();
  auto beside = CallFor(*server, documents, options.time / 4);
  if (!beside.ok()) return beside.status();
  std::cout << absl::StrFormat(
      "  %d streams: front %+.1f MiB, %.1f KiB each\n  calls before %s\n"
      "  calls beside %s\n",
      options.streams, Mebibytes(after - before),
      static_cast<double>(after - before) / 1024 / options.streams,
      Latencies(*calls), Latencies(*beside));
  for (auto& context : contexts) context->TryCancel();
  std::vector<grpc::Status> statuses(streams.size());
  for (size_t i = 0; i < streams.size(); ++i) {
    streams[i]->Finish(&statuses[i], nullptr);
    next();
  }
  queue.Shutdown();
  while (next()) {
  }
  absl::SleepFor(absl::Milliseconds(500));
  std::cout << absl::StrFormat(
      "  after they have gone: %+.1f MiB\n",
      Mebibytes(server->child->ResidentBytes() - before));
  return absl::OkStatus();
}

absl::Status Memory(const StressOptions& options) {
  const Documents documents(kDistinctDocuments, kDocumentBytes);
  const ScratchDirectory scratch;
  // Workers that are never replaced, or there would be nothing to see.
  auto server = StartService(options, scratch, "memory",
                             {"--worker_max_jobs=0", "--worker_max_age=0",
                              "--worker_max_growth_bytes=0"});
  if (!server.ok()) return server.status();
  LoadOptions load;
  load.documents = 20'000;
  for (int round = 0; round <= 5; ++round) {
    if (round > 0) {
      auto result = StreamRaw(server->channel, documents, load);
      if (!result.ok()) return result.status();
    }
    std::cout << absl::StrFormat(
        "  after %7d documents: front %6.1f MiB, workers",
        round * load.documents, Mebibytes(server->child->ResidentBytes()));
    for (const pid_t pid : server->child->Children()) {
      std::cout << absl::StrFormat(" %6.1f", Mebibytes(ResidentBytesOf(pid)));
    }
    std::cout << " MiB\n" << std::flush;
  }
  return absl::OkStatus();
}

}  // namespace gongkai::bench
