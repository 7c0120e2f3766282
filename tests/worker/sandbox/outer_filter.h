// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/sandbox/outer_filter.h
//
// A sandbox around a sandbox, as containers and old kernels are one: calls
// that a worker needs to shut itself in fail.

#ifndef GONGKAI_TESTS_WORKER_SANDBOX_OUTER_FILTER_H_
#define GONGKAI_TESTS_WORKER_SANDBOX_OUTER_FILTER_H_

#include <string_view>

namespace gongkai::sandbox {

// From here on the calls of a layer, "landlock" or "seccomp", fail with this
// error in this process and all that it starts. False if that is not to be had.
bool TakeAway(std::string_view layer, int error);

// From here on calls fail as in a container without capabilities, under the
// default seccomp profile of Docker and containerd ("RuntimeDefault"). False if
// that is not to be had.
bool EnterContainer();

}  // namespace gongkai::sandbox

#endif  // GONGKAI_TESTS_WORKER_SANDBOX_OUTER_FILTER_H_
