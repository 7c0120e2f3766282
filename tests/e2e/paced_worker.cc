// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A worker that reads reports as gongkai-worker does, but no faster than its
// pace (tests/e2e/pace.h). Not in the sandbox, which would not let it sleep.
// It takes the flags of gongkai-worker and heeds those that it needs.

#include <string>
#include <string_view>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/e2e/pace.h"
#include "tests/e2e/reading_worker.h"

namespace gongkai::testing {
namespace {

int Main(int argc, char** argv) {
  std::string file = argv[0];
  file.replace(file.rfind('/') + 1, std::string::npos, "pace");
  const Pace pace(file);
  absl::Time next = absl::InfinitePast();
  return RunReadingWorker(
      argc, argv, "paced",
      [&](std::string_view) { next = NextAtPace(next, pace.Get()); },
      [&] { absl::SleepFor(next - absl::Now()); });
}

}  // namespace
}  // namespace gongkai::testing

int main(int argc, char** argv) { return gongkai::testing::Main(argc, argv); }
