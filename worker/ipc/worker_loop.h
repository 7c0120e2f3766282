// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/ipc/worker_loop.h
//
// The life of a worker process, whatever its work is: set up, say Hello, take
// jobs and answer each, end with the front.
//
//   int main() {
//     const ReadableSlots slots =
//         PrepareWorkerProcess({.max_memory_bytes = ...});
//     ... load what the work needs, enter the sandbox ...
//     return RunWorker(slots, hello, max_request_bytes, handler);
//   }

#ifndef GONGKAI_WORKER_IPC_WORKER_LOOP_H_
#define GONGKAI_WORKER_IPC_WORKER_LOOP_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "worker/ipc/job_kind.h"
#include "worker/ipc/slots.h"

namespace gongkai::ipc {

// Where a worker finds its end of the socket pair and the file of its slots.
inline constexpr int kWorkerSocketFd = 3;
inline constexpr int kWorkerSlotsFd = 4;

// How a worker ends by itself; the front tells causes apart by it.
enum WorkerExit : int {
  kExitDone = 0,          // the front closed the socket
  kExitBadStart = 2,      // flags or catalogue; the reason is on stderr
  kExitOutOfMemory = 71,  // an allocation failed
  kExitProtocol = 72,     // the front broke the protocol
};

struct WorkerProcessOptions {
  // Address space of the process in bytes; 0 for no limit. Not applied in
  // builds with a sanitizer, which reserve terabytes.
  int64_t max_memory_bytes = 0;
};

// What a process must do before it sees a byte from outside: it dies with the
// front, leaves no core file with somebody's document in it, and ends with
// kExitOutOfMemory when memory runs out. Maps the slots and closes their file,
// so that only the socket is left open. Ends the process if the front is gone
// already.
ReadableSlots PrepareWorkerProcess(const WorkerProcessOptions& options);

// Replaces *response by the answer to a request.
using JobHandler = absl::FunctionRef<void(
    JobKind kind, std::string_view request, std::string* response)>;

// Sends the serialised Hello, then runs jobs until the front closes the
// socket. Returns the exit code of the process.
int RunWorker(const ReadableSlots& slots, std::string_view hello,
              int64_t max_request_bytes, JobHandler handler);

}  // namespace gongkai::ipc

#endif  // GONGKAI_WORKER_IPC_WORKER_LOOP_H_
