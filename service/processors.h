// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/processors.h
//
// How many processors this process may use, which in a container is fewer than
// the machine has.

#ifndef GONGKAI_SERVICE_PROCESSORS_H_
#define GONGKAI_SERVICE_PROCESSORS_H_

#include <string>

namespace gongkai::service {

// The least of what the affinity allows and of what the processor time of the
// control groups around this process comes to (cpu.max of version 2,
// cpu.cfs_quota_us of version 1), at least 1. A part of a processor does not
// count: a worker more than there are processors is throttled with a document
// in hand, and the front has use for the rest.
// `root` is where /proc and /sys are, for tests.
int UsableProcessors(const std::string& root = "");

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_PROCESSORS_H_
