// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/chaos/processes.h
//
// Other processes, as /proc shows them.

#ifndef GONGKAI_TESTS_CHAOS_PROCESSES_H_
#define GONGKAI_TESTS_CHAOS_PROCESSES_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace gongkai::chaos {

// What a chaos-worker calls itself, and what while a document keeps it from its
// work.
inline constexpr char kWorkerName[] = "chaos-worker";
inline constexpr char kBusyName[] = "chaos-busy";

// The processes whose parent is this one, but those that have ended.
std::vector<pid_t> ChildrenOf(pid_t parent);

// What a process calls itself; empty if there is none.
std::string NameOf(pid_t pid);

}  // namespace gongkai::chaos

#endif  // GONGKAI_TESTS_CHAOS_PROCESSES_H_
