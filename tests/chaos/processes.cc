// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/chaos/processes.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace gongkai::chaos {
namespace {

// Empty too if the process ends between the opening and the reading: the
// stream sees to that, while its buffer alone would throw.
std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", error)) {
    int pid = 0;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &pid)) continue;
    const std::string stat = ReadAll(entry.path() / "stat");
    // "pid (name) state parent …"; the name may hold anything.
    const size_t name_end = stat.rfind(") ");
    if (name_end == std::string::npos) continue;
    const std::vector<std::string> fields =
        absl::StrSplit(stat.substr(name_end + 2), ' ');
    int of = 0;
    if (fields.size() > 1 && fields[0] != "Z" &&
        absl::SimpleAtoi(fields[1], &of) && of == parent) {
      children.push_back(pid);
    }
  }
  return children;
}

std::string NameOf(pid_t pid) {
  std::string name = ReadAll(absl::StrCat("/proc/", pid, "/comm"));
  if (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}

}  // namespace gongkai::chaos
