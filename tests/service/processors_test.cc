// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/processors.h"

#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"

namespace gongkai::service {
namespace {

// As many as this machine lets the test use, at most.
int AtMost(int processors) {
  cpu_set_t set;
  sched_getaffinity(0, sizeof(set), &set);
  return std::min(processors, CPU_COUNT(&set));
}

// A /proc and a /sys as containers have them.
class ProcessorsTest : public testing::Test {
 protected:
  ProcessorsTest() {
    std::string name = testing::TempDir() + "/gongkai-processors-XXXXXX";
    root_ = mkdtemp(name.data());
  }
  ~ProcessorsTest() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& content) {
    const std::filesystem::path file = root_ + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << content;
  }

  int Usable() const { return UsableProcessors(root_); }

  std::string root_;
};

TEST_F(ProcessorsTest, WithoutGroupsTheAffinityCounts) {
  EXPECT_EQ(Usable(), AtMost(1 << 20));
  EXPECT_GE(UsableProcessors(), 1);
}

TEST_F(ProcessorsTest, ContainersOfVersion2) {
  Write("/proc/self/cgroup", "0::/\n");
  Write("/sys/fs/cgroup/cpu.max", "100000 100000\n");
  EXPECT_EQ(Usable(), 1);
  Write("/sys/fs/cgroup/cpu.max", "250000 100000\n");
  EXPECT_EQ(Usable(), AtMost(2)) << "parts do not count";
  Write("/sys/fs/cgroup/cpu.max", "50000 100000\n");
  EXPECT_EQ(Usable(), 1) << "but there is always one";
  Write("/sys/fs/cgroup/cpu.max", "max 100000\n");
  EXPECT_EQ(Usable(), AtMost(1 << 20));
}

TEST_F(ProcessorsTest, TheNarrowestGroupOfVersion2Counts) {
  Write("/proc/self/cgroup", "0::/system.slice/gongkaid.service\n");
  Write("/sys/fs/cgroup/system.slice/cpu.max", "100000 100000\n");
  Write("/sys/fs/cgroup/system.slice/gongkaid.service/cpu.max", "max 100000\n");
  EXPECT_EQ(Usable(), 1);
}

TEST_F(ProcessorsTest, ContainersOfVersion1) {
  // The path is that outside, of which nothing is seen inside.
  Write("/proc/self/cgroup",
        "12:memory:/kubepods/pod1/c1\n"
        "4:cpu,cpuacct:/kubepods/pod1/c1\n"
        "1:name=systemd:/kubepods/pod1/c1\n");
  Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "100000\n");
  Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(Usable(), 1);
  Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(Usable(), AtMost(1 << 20));
}

TEST_F(ProcessorsTest, GroupsOfVersion1) {
  Write("/proc/self/cgroup", "4:cpu:/a/b\n0::/\n");
  Write("/sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us", "-1\n");
  Write("/sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us", "100000\n");
  Write("/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "180000\n");
  Write("/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(Usable(), 1);
}

TEST_F(ProcessorsTest, WhatIsNoNumberIsNoLimit) {
  Write("/proc/self/cgroup", "\n:\n0::/x/y\n4:cpu:/\n");
  Write("/sys/fs/cgroup/x/y/cpu.max", "lots\n");
  Write("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "100000\n");
  EXPECT_EQ(Usable(), AtMost(1 << 20));
}

// The machine's own group, where one with a quota can be made: as root, with
// version 1, or with the controller passed down in version 2.
TEST_F(ProcessorsTest, ARealGroup) {
  const std::string group = "/sys/fs/cgroup/cpu/gongkai-processors-test";
  std::error_code error;
  if (!std::filesystem::create_directory(group, error)) {
    GTEST_SKIP() << "no group can be made at " << group;
  }
  std::ofstream(group + "/cpu.cfs_period_us") << 100000;
  std::ofstream(group + "/cpu.cfs_quota_us") << 100000;
  const auto join = [](const std::string& where) {
    std::ofstream file(where + "/cgroup.procs");
    file << 0;
    file.flush();
    return file.good();
  };
  std::ifstream own("/proc/self/cgroup");
  std::string before = "/sys/fs/cgroup/cpu";
  for (std::string line; std::getline(own, line);) {
    for (const std::string controllers : {":cpu:", ":cpu,cpuacct:"}) {
      const size_t found = line.find(controllers);
      if (found == std::string::npos) continue;
      before += line.substr(found + controllers.size());
    }
  }
  if (join(group)) {
    EXPECT_EQ(UsableProcessors(), 1);
    EXPECT_TRUE(join(before));
  }
  std::filesystem::remove(group, error);
  EXPECT_FALSE(error) << error.message();
}

}  // namespace
}  // namespace gongkai::service
