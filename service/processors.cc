// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/processors.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace gongkai::service {
namespace {

constexpr double kAll = std::numeric_limits<double>::infinity();

double Affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return kAll;
  return CPU_COUNT(&set);
}

double Ratio(int64_t quota, int64_t period) {
  if (quota <= 0 || period <= 0) return kAll;
  return static_cast<double>(quota) / static_cast<double>(period);
}

// "200000 100000", or "max 100000".
double QuotaOfVersion2(const std::string& directory) {
  std::ifstream file(directory + "/cpu.max");
  int64_t quota = 0;
  int64_t period = 0;
  if (!(file >> quota >> period)) return kAll;
  return Ratio(quota, period);
}

// Two files; -1 is for no limit.
double QuotaOfVersion1(const std::string& directory) {
  std::ifstream quota_file(directory + "/cpu.cfs_quota_us");
  std::ifstream period_file(directory + "/cpu.cfs_period_us");
  int64_t quota = 0;
  int64_t period = 0;
  if (!(quota_file >> quota) || !(period_file >> period)) return kAll;
  return Ratio(quota, period);
}

// The least quota of a group and those around it. In a container the files of
// its own group often lie at the mount itself, whatever path the group has
// outside; groups that are not there have none.
double LeastQuota(const std::string& mount, std::string path,
                  double (*quota)(const std::string& directory)) {
  double least = quota(mount);
  while (path.size() > 1) {
    least = std::min(least, quota(mount + path));
    path.resize(path.rfind('/'));
  }
  return least;
}

// By /proc/self/cgroup, a line for each hierarchy: "4:cpu,cpuacct:/a/b", and
// "0::/a/b" for that of version 2.
double GroupQuota(const std::string& root) {
  double least = kAll;
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> parts =
        absl::StrSplit(line, absl::MaxSplits(':', 2));
    if (parts.size() != 3) continue;
    const std::string& path = parts[2];
    const std::string groups = root + "/sys/fs/cgroup";
    if (parts[1].empty()) {
      least = std::min(least, LeastQuota(groups, path, QuotaOfVersion2));
      continue;
    }
    const std::vector<std::string> controllers = absl::StrSplit(parts[1], ',');
    if (std::count(controllers.begin(), controllers.end(), "cpu") == 0) {
      continue;
    }
    for (const std::string& mount : {parts[1], std::string("cpu")}) {
      least = std::min(least, LeastQuota(absl::StrCat(groups, "/", mount), path,
                                         QuotaOfVersion1));
    }
  }
  return least;
}

}  // namespace

int UsableProcessors(const std::string& root) {
  const double usable = std::min(Affinity(), GroupQuota(root));
  // More than any machine has: neither was to be found out.
  if (!(usable < 1e6)) return 1;
  return std::max(1, static_cast<int>(std::floor(usable)));
}

}  // namespace gongkai::service
