// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What the sandbox costs: two workers that differ in nothing else answer the
// same documents by turns, and their processor time is compared. "ratio" is
// that of the sandboxed one to the other; the first argument is how many jobs
// are in a worker's reach, 1 being the worst case (two system calls a
// document).

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "benchmark/benchmark.h"
#include "gongkai/v1/report_service.pb.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/input/reader.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/slots.h"
#include "worker/ipc/unique_fd.h"
#include "worker/ipc/worker_loop.h"
#include "worker/process/processor.h"
#include "worker/sandbox/sandbox.h"

namespace gongkai::bench {
namespace {

constexpr size_t kDocumentBytes = 8192;
constexpr uint64_t kTexts = 32;
constexpr size_t kSlotBytes = size_t{1} << 20;

const catalog::Catalog& Catalog() {
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin()->release();
  return *catalog;
}

std::string Request(std::string content) {
  v1::ProcessRequest request;
  request.set_id("1");
  request.mutable_document()->set_content(std::move(content));
  return request.SerializeAsString();
}

std::vector<std::string> Texts() {
  std::vector<std::string> requests;
  for (uint64_t seed = 0; seed < kTexts; ++seed) {
    generator::Options options;
    options.seed = seed;
    options.layout = generator::Layout::kF;
    options.min_bytes = kDocumentBytes;
    requests.push_back(Request(generator::Generate(options).bytes));
  }
  return requests;
}

// A worker process, as gongkai-worker is one.
class Worker {
 public:
  explicit Worker(bool sandboxed) : reader_(ipc::kMaxResultBytes) {
    Catalog();
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) abort();
    socket_ = ipc::UniqueFd(fds[0]);
    ipc::WritableSlots slots = *ipc::WritableSlots::Create(kSlotBytes);
    pid_ = fork();
    if (pid_ == 0) {
      // Out of the way of the numbers that a worker has them under.
      const int socket = fcntl(fds[1], F_DUPFD, 100);
      const int file = fcntl(slots.fd(), F_DUPFD, 100);
      dup2(socket, ipc::kWorkerSocketFd);
      dup2(file, ipc::kWorkerSlotsFd);
      _exit(Live(sandboxed));
    }
    close(fds[1]);
    if (pid_ < 0 || !Read()) abort();
    clock_getcpuclockid(pid_, &clock_);
  }

  ~Worker() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

  // Has these answered, `depth` at once, and returns the processor time that
  // it takes; below zero if the worker is gone.
  int64_t Answer(const std::vector<std::string>& requests, size_t depth) {
    const int64_t before = Nanoseconds();
    for (size_t i = 0; i < requests.size(); i += depth) {
      const size_t end = std::min(i + depth, requests.size());
      for (size_t j = i; j < end; ++j) {
        writer_.Add(ipc::JobFrame(ipc::JobKind::kProcess, ++last_id_),
                    {requests[j]});
      }
      if (!writer_.WriteTo(socket_.get()).ok()) return -1;
      for (size_t j = i; j < end; ++j) {
        if (!Read()) return -1;
      }
    }
    return Nanoseconds() - before;
  }

 private:
  static int Live(bool sandboxed) {
    const ipc::ReadableSlots slots = ipc::PrepareWorkerProcess({});
    process::Processor processor(Catalog(), input::Limits());
    input::Prepare();
    if (sandboxed && !sandbox::EnterSandbox({.socket = ipc::kWorkerSocketFd,
                                             .readable_directories =
                                                 input::DirectoriesReadLater()})
                          .complete()) {
      return ipc::kExitBadStart;
    }
    return ipc::RunWorker(slots, "hello", int64_t{1} << 30,
                          [&](ipc::JobKind kind, std::string_view request,
                              std::string* response) {
                            processor.Process(kind, request, response);
                          });
  }

  bool Read() {
    ipc::Frame frame;
    while (true) {
      const absl::StatusOr<bool> found = reader_.Next(&frame);
      if (!found.ok()) return false;
      if (*found) return true;
      const absl::StatusOr<size_t> size = reader_.ReadFrom(socket_.get());
      if (!size.ok() || *size == 0) return false;
    }
  }

  int64_t Nanoseconds() const {
    timespec now;
    clock_gettime(clock_, &now);
    return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
  }

  ipc::UniqueFd socket_;
  pid_t pid_ = -1;
  clockid_t clock_ = 0;
  uint64_t last_id_ = 0;
  ipc::FrameWriter writer_;
  ipc::FrameReader reader_;
};

void Compare(benchmark::State& state,
             const std::vector<std::string>& requests) {
  const auto depth = static_cast<size_t>(state.range(0));
  Worker free(/*sandboxed=*/false);
  Worker sandboxed(/*sandboxed=*/true);
  free.Answer(requests, depth);
  sandboxed.Answer(requests, depth);
  // The least of all rounds: what others do on the machine only adds.
  int64_t free_time = std::numeric_limits<int64_t>::max();
  int64_t sandboxed_time = free_time;
  bool swap = false;
  for (auto unused : state) {
    swap = !swap;
    for (const bool turn : {swap, !swap}) {
      const int64_t time = (turn ? sandboxed : free).Answer(requests, depth);
      if (time < 0) return state.SkipWithError("a worker is gone");
      int64_t& least = turn ? sandboxed_time : free_time;
      least = std::min(least, time);
    }
  }
  const double documents = static_cast<double>(requests.size()) * 1000;
  state.counters["us_free"] = static_cast<double>(free_time) / documents;
  state.counters["us_sandboxed"] =
      static_cast<double>(sandboxed_time) / documents;
  state.counters["ratio"] =
      static_cast<double>(sandboxed_time) / static_cast<double>(free_time);
}

void BM_Texts(benchmark::State& state) { Compare(state, Texts()); }
BENCHMARK(BM_Texts)->Arg(1)->Arg(16)->UseRealTime();

#ifdef GONGKAI_PDF
// It opens tables of the PDF library, which no other format does.
std::vector<std::string> Pdf() {
  std::ifstream file(GONGKAI_SOURCE_DIR "/examples/yuanxi-market-2024.pdf",
                     std::ios::binary);
  return {Request({std::istreambuf_iterator<char>(file), {}})};
}

void BM_Pdf(benchmark::State& state) { Compare(state, Pdf()); }
BENCHMARK(BM_Pdf)->Arg(1)->UseRealTime();
#endif

// Does this in a process of its own; returns what it returned.
int64_t InChild(absl::FunctionRef<int64_t()> work) {
  auto* const result = static_cast<int64_t*>(
      mmap(nullptr, sizeof(int64_t), PROT_READ | PROT_WRITE,
           MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  const pid_t pid = fork();
  if (pid == 0) {
    *result = work();
    _exit(0);
  }
  waitpid(pid, nullptr, 0);
  const int64_t returned = *result;
  munmap(result, sizeof(int64_t));
  return returned;
}

int64_t Now() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// The system call that a worker makes most, with nothing to send: the time of
// one, of which a document takes two.
void BM_SystemCall(benchmark::State& state) {
  constexpr int kCalls = 10'000;
  const bool sandboxed = state.range(0) != 0;
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) abort();
  for (auto unused : state) {
    const int64_t nanoseconds = InChild([&] {
      if (sandboxed) sandbox::EnterSandbox({.socket = fds[1]});
      msghdr message = {};
      const int64_t begin = Now();
      for (int i = 0; i < kCalls; ++i) {
        (void)!sendmsg(fds[1], &message, MSG_NOSIGNAL);
      }
      return Now() - begin;
    });
    state.SetIterationTime(static_cast<double>(nanoseconds) / 1e9 / kCalls);
  }
  close(fds[0]);
  close(fds[1]);
}
BENCHMARK(BM_SystemCall)
    ->ArgName("sandboxed")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(200)
    ->UseManualTime();

// What it adds to a worker's start.
void BM_Enter(benchmark::State& state) {
  for (auto unused : state) {
    const int64_t nanoseconds = InChild([] {
      const int64_t begin = Now();
      sandbox::EnterSandbox(
          {.readable_directories = input::DirectoriesReadLater()});
      return Now() - begin;
    });
    state.SetIterationTime(static_cast<double>(nanoseconds) / 1e9);
  }
}
BENCHMARK(BM_Enter)->Iterations(200)->UseManualTime();

}  // namespace
}  // namespace gongkai::bench
