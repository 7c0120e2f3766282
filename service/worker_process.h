// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/worker_process.h
//
// A worker's process as the operating system knows it: started, reachable by
// a socket, shared slots and its standard error, killed and reaped.

#ifndef GONGKAI_SERVICE_WORKER_PROCESS_H_
#define GONGKAI_SERVICE_WORKER_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "worker/ipc/slots.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {

// How a process ended.
struct ProcessExit {
  bool by_signal = false;
  // The exit code, or the signal.
  int code = 0;

  // "exit code 3" or "signal 11 (Segmentation fault)".
  std::string ToString() const;
};

// Not thread-safe.
class WorkerProcess {
 public:
  // Starts the program with posix_spawn: the front runs gRPC, and forking a
  // process with threads in its locks is not safe. The worker dies with the
  // thread that calls this, which therefore must outlive it. It gets its end
  // of the socket pair and the slots at the numbers of worker_loop.h and no
  // other descriptor, no signal mask, and a process group of its own, so that
  // a terminal's Ctrl-C reaches the front alone.
  //
  // Errors: NotFound or PermissionDenied for the program, ResourceExhausted
  // for descriptors or processes.
  static absl::StatusOr<std::unique_ptr<WorkerProcess>> Start(
      const std::string& program, const std::vector<std::string>& arguments,
      size_t slot_bytes);

  // Kills and reaps.
  ~WorkerProcess();

  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  pid_t pid() const { return pid_; }
  // Non-blocking.
  int socket() const { return socket_.get(); }
  // Becomes readable when the process has ended.
  int pidfd() const { return pidfd_.get(); }
  // What the worker prints; non-blocking.
  int standard_error() const { return standard_error_.get(); }
  ipc::WritableSlots& slots() { return slots_; }

  void Kill();

  // Lets the worker know that there are no more jobs, after which it ends.
  void CloseInput();

  // True if it is stopped by a signal, as by SIGSTOP, or was so since the last
  // call.
  bool WasStopped();

  // Processor time so far; negative if it cannot be had.
  std::chrono::nanoseconds CpuTime() const;
  // Resident memory that it shares with nobody; negative if it cannot be had.
  int64_t PrivateBytes() const;

  // Waits for the end of the process, which must be near.
  ProcessExit Reap();

 private:
  WorkerProcess() = default;

  pid_t pid_ = -1;
  bool reaped_ = false;
  ipc::UniqueFd pidfd_;
  ipc::UniqueFd socket_;
  ipc::UniqueFd standard_error_;
  // The kernel's page of its memory.
  ipc::UniqueFd memory_;
  ipc::WritableSlots slots_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_WORKER_PROCESS_H_
