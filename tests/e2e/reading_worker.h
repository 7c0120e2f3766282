// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/reading_worker.h
//
// gongkai-worker as tests need it: the real reading, with something of their
// own around each job, and without the sandbox, which would not allow that.

#ifndef GONGKAI_TESTS_E2E_READING_WORKER_H_
#define GONGKAI_TESTS_E2E_READING_WORKER_H_

#include <functional>
#include <string_view>

namespace gongkai::testing {

// The main function of such a worker: what it returns is the exit status. Calls
// `before` with each request and `after` once it is answered.
int RunReadingWorker(
    int argc, char** argv, const char* version,
    const std::function<void(std::string_view request)>& before,
    const std::function<void()>& after);

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_READING_WORKER_H_
