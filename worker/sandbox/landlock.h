// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/sandbox/landlock.h
//
// Landlock, the kernel's access control that a process imposes on itself.
// Private to sandbox.

#ifndef GONGKAI_WORKER_SANDBOX_LANDLOCK_H_
#define GONGKAI_WORKER_SANDBOX_LANDLOCK_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace gongkai::sandbox {

// Leaves the process nothing of the file system but reading files below these
// directories; where the kernel's Landlock is new enough, also no TCP, no
// signal and no abstract Unix socket to a process outside. Errors: the message
// says why it cannot be had, and the cure.
absl::Status RestrictFiles(
    const std::vector<std::string>& readable_directories);

}  // namespace gongkai::sandbox

#endif  // GONGKAI_WORKER_SANDBOX_LANDLOCK_H_
