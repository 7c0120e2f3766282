// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/sandbox/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::sandbox {
namespace {

// What a set of rules handles, and thereby forbids where no rule allows it.
// Newer than the headers of Debian 12. A kernel takes as much of it as its
// version has fields.
struct Handled {
  uint64_t files = 0;
  uint64_t network = 0;
  uint64_t scopes = 0;
};

// Bits by the version of Landlock that brought them.
constexpr uint64_t kFiles1 = (uint64_t{1} << 13) - 1;  // open, list, make, …
constexpr uint64_t kFiles2 = uint64_t{1} << 13;        // move elsewhere
constexpr uint64_t kFiles3 = uint64_t{1} << 14;        // truncate
constexpr uint64_t kNetwork4 = 3;                      // bind, connect by TCP
constexpr uint64_t kFiles5 = uint64_t{1} << 15;        // ioctl on devices
constexpr uint64_t kScopes6 = 3;  // abstract Unix sockets, signals

Handled AllOfVersion(long version) {
  Handled handled;
  handled.files = kFiles1;
  if (version >= 2) handled.files |= kFiles2;
  if (version >= 3) handled.files |= kFiles3;
  if (version >= 4) handled.network = kNetwork4;
  if (version >= 5) handled.files |= kFiles5;
  if (version >= 6) handled.scopes = kScopes6;
  return handled;
}

size_t SizeOfVersion(long version) {
  if (version >= 6) return sizeof(Handled);
  return version >= 4 ? offsetof(Handled, scopes) : offsetof(Handled, network);
}

absl::Status Missing(int error) {
  const char* cure =
      "this kernel has no Landlock; run Linux 5.13 or later with it built in";
  if (error == EOPNOTSUPP) {
    cure =
        "Landlock is not switched on; add landlock to lsm= on the kernel's "
        "command line";
  } else if (error == EPERM) {
    cure =
        "the container's seccomp profile forbids Landlock; allow "
        "landlock_create_ruleset, landlock_add_rule and "
        "landlock_restrict_self in it";
  }
  return absl::ErrnoToStatus(error, cure);
}

absl::Status Allow(int ruleset, const std::string& directory) {
  const ipc::UniqueFd parent(
      open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!parent && errno == ENOENT) return absl::OkStatus();
  landlock_path_beneath_attr rule = {};
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
  rule.parent_fd = parent.get();
  if (!parent || syscall(SYS_landlock_add_rule, ruleset,
                         LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
    return absl::ErrnoToStatus(
        errno, absl::StrCat(directory,
                            " cannot be let through; check that it "
                            "is a directory that can be read"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status RestrictFiles(
    const std::vector<std::string>& readable_directories) {
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, size_t{0},
                               LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return Missing(errno);
  const Handled handled = AllOfVersion(version);
  const ipc::UniqueFd ruleset(static_cast<int>(syscall(
      SYS_landlock_create_ruleset, &handled, SizeOfVersion(version), 0)));
  if (!ruleset) return Missing(errno);
  for (const std::string& directory : readable_directories) {
    if (absl::Status status = Allow(ruleset.get(), directory); !status.ok()) {
      return status;
    }
  }
  if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
    return Missing(errno);
  }
  return absl::OkStatus();
}

}  // namespace gongkai::sandbox
