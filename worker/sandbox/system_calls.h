// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/sandbox/system_calls.h
//
// The filter of system calls. Private to sandbox.

#ifndef GONGKAI_WORKER_SANDBOX_SYSTEM_CALLS_H_
#define GONGKAI_WORKER_SANDBOX_SYSTEM_CALLS_H_

#include "absl/status/status.h"

namespace gongkai::sandbox {

// From here on the kernel kills the process at any system call that is not on
// the list. `socket` is the one that it may send on. Errors: the message says
// why there is no filter, and the cure.
absl::Status RestrictSystemCalls(int socket);

}  // namespace gongkai::sandbox

#endif  // GONGKAI_WORKER_SANDBOX_SYSTEM_CALLS_H_
