// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/child.h"

#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace gongkai::bench {
namespace {

// What is needed of /proc/PID/stat.
struct ProcessStat {
  pid_t parent = 0;
  absl::Duration cpu;
  // Of its children that have ended.
  absl::Duration ended_children_cpu;
};

bool ReadStat(const std::string& pid, ProcessStat* stat) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  std::stringstream text;
  text << file.rdbuf();
  // The program's name stands in parentheses and may hold anything.
  const std::string all = text.str();
  const size_t end = all.rfind(')');
  if (end == std::string::npos) return false;
  // From the third field on: state, parent, …; utime, stime, cutime and cstime
  // are the 14th to 17th.
  const std::vector<std::string> fields =
      absl::StrSplit(all.substr(end + 2), ' ');
  std::array<int64_t, 4> ticks = {};
  constexpr size_t kFirst = 11;
  if (fields.size() < kFirst + ticks.size() ||
      !absl::SimpleAtoi(fields[1], &stat->parent)) {
    return false;
  }
  for (size_t i = 0; i < ticks.size(); ++i) {
    if (!absl::SimpleAtoi(fields[kFirst + i], &ticks[i])) return false;
  }
  const absl::Duration tick = absl::Seconds(1) / sysconf(_SC_CLK_TCK);
  stat->cpu = tick * (ticks[0] + ticks[1]);
  stat->ended_children_cpu = tick * (ticks[2] + ticks[3]);
  return true;
}

}  // namespace

int64_t ResidentBytesOf(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/status"));
  std::string word;
  int64_t kilobytes = 0;
  while (file >> word) {
    if (word == "RssAnon:" && file >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

absl::StatusOr<std::unique_ptr<Child>> Child::Start(
    const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int error =
      posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), environ);
  if (error != 0) {
    return absl::InternalError(
        absl::StrCat("cannot start ", arguments[0], ": ", strerror(error)));
  }
  return std::unique_ptr<Child>(new Child(pid));
}

Child::~Child() {
  kill(pid_, SIGTERM);
  const absl::Time limit = absl::Now() + absl::Seconds(5);
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (absl::Now() > limit) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
      return;
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
}

std::vector<pid_t> Child::Children() const {
  std::vector<pid_t> children;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    ProcessStat stat;
    pid_t pid = 0;
    if (absl::SimpleAtoi(name, &pid) && ReadStat(name, &stat) &&
        stat.parent == pid_) {
      children.push_back(pid);
    }
  }
  return children;
}

int64_t Child::ResidentBytes() const { return ResidentBytesOf(pid_); }

absl::Duration Child::OwnCpu() const {
  ProcessStat stat;
  return ReadStat(absl::StrCat(pid_), &stat) ? stat.cpu : absl::ZeroDuration();
}

absl::Duration Child::ChildrenCpu() const {
  ProcessStat own;
  if (!ReadStat(absl::StrCat(pid_), &own)) return absl::ZeroDuration();
  absl::Duration sum = own.ended_children_cpu;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    ProcessStat stat;
    if (name[0] >= '0' && name[0] <= '9' && ReadStat(name, &stat) &&
        stat.parent == pid_) {
      sum += stat.cpu;
    }
  }
  return sum;
}

}  // namespace gongkai::bench
