// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/sandbox/sandbox.h
//
// Takes from this process, for good, everything that reading documents does
// not need. A document may one day take the worker over; then it holds a
// process that can compute and answer on one socket, and nothing else.
//
//   const Sandbox sandbox = EnterSandbox({.socket = 3});
//   if (!sandbox.complete()) …   // refuse to start, with sandbox.missing
//
// Everything that opens files or sockets, maps them, loads code or starts
// threads must be done before. Why so, and what each layer is worth:
// docs/decisions/0010-sandbox.md.

#ifndef GONGKAI_WORKER_SANDBOX_SANDBOX_H_
#define GONGKAI_WORKER_SANDBOX_SANDBOX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "gongkai/v1/report_service.pb.h"

namespace gongkai::sandbox {

// False in builds with a sanitizer. A sanitizer makes system calls, reads files
// under /proc and starts threads of its own, at times of its own choosing, and
// a filter that lets all of them through is none. There EnterSandbox enters the
// first layer alone and says so.
#ifdef GONGKAI_SANITIZED
inline constexpr bool kPossible = false;
#else
inline constexpr bool kPossible = true;
#endif

struct SandboxOptions {
  // The socket on which the process takes jobs and answers, which must be the
  // highest descriptor that it needs: those above are closed.
  int socket = 3;
  // Files below these can still be opened, for reading. A directory that does
  // not exist is left out.
  std::vector<std::string> readable_directories = {};
  // CPU time of the process over all its jobs, in seconds; 0 for no limit. The
  // kernel kills it then with SIGKILL, for which no document is blamed.
  int64_t max_cpu_seconds = 0;
};

// What holds.
struct Sandbox {
  // In the order in which they were entered.
  std::vector<v1::SandboxLayer> layers;
  // Of each layer that does not hold, a sentence: its name, why, and the cure.
  std::vector<std::string> missing;

  bool complete() const { return missing.empty(); }
};

// Enters every layer that the kernel has. Cannot be undone. To be called once,
// by a process of a single thread.
Sandbox EnterSandbox(const SandboxOptions& options);

}  // namespace gongkai::sandbox

#endif  // GONGKAI_WORKER_SANDBOX_SANDBOX_H_
