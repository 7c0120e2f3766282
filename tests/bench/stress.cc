// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-stress: how the service behaves when too much is asked of it and
// while its workers come and go.

#include "tests/bench/stress.h"

#include <filesystem>
#include <iostream>
#include <string>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"

ABSL_FLAG(int, workers, 2, "Worker processes.");
ABSL_FLAG(absl::Duration, time, absl::Seconds(5), "How long a phase lasts.");
ABSL_FLAG(int, streams, 10'000, "Idle streams.");

namespace gongkai::bench {
namespace {

int Main(const std::string& only) {
  const std::filesystem::path here =
      std::filesystem::read_symlink("/proc/self/exe").parent_path();
  StressOptions options;
  options.gongkaid = here / "gongkaid";
  options.worker = here / "gongkai-worker";
  options.workers = absl::GetFlag(FLAGS_workers);
  options.time = absl::GetFlag(FLAGS_time);
  options.streams = absl::GetFlag(FLAGS_streams);
  const std::pair<const char*, absl::Status (*)(const StressOptions&)> all[] = {
      {"overload", Overload},
      {"recycling", Recycling},
      {"recovery", Recovery},
      {"idle", IdleStreams},
      {"memory", Memory}};
  bool found = false;
  for (const auto& [name, run] : all) {
    if (!only.empty() && only != name) continue;
    found = true;
    std::cout << name << "\n" << std::flush;
    const absl::Status status = run(options);
    if (!status.ok()) {
      std::cerr << "gongkai-stress: " << name << ": " << status << "\n";
      return 1;
    }
  }
  if (found) return 0;
  std::cerr << "gongkai-stress: no such part: " << only << "\n";
  return 2;
}

}  // namespace
}  // namespace gongkai::bench

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "puts the service under stress and prints what it does. All parts, or "
      "one of them:\n"
      "  gongkai-stress [overload|recycling|recovery|idle|memory]");
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  return gongkai::bench::Main(rest.size() > 1 ? rest[1] : "");
}
