// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/sandbox/sandbox.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "worker/sandbox/landlock.h"
#include "worker/sandbox/system_calls.h"

namespace gongkai::sandbox {
namespace {

// The standard ones, the socket, and a few tables of the PDF library that
// refer to one another.
constexpr rlim_t kMaxDescriptors = 32;

absl::Status ForbidPrivileges() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno,
                             "the kernel refuses it; run Linux 5.13 or later");
}

// Never raises a limit: where it is lower already, it stays.
absl::Status Limit(__rlimit_resource resource, rlim_t value) {
  rlimit limit;
  if (getrlimit(resource, &limit) == 0) {
    limit.rlim_max = std::min(limit.rlim_max, value);
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(resource, &limit) == 0) return absl::OkStatus();
  }
  return absl::ErrnoToStatus(errno,
                             "the container forbids setrlimit; let it through");
}

// The address space and core files are limited from the first moment of the
// process, by PrepareWorkerProcess.
absl::Status LimitResources(const SandboxOptions& options) {
  // A core file may go to a program, whatever its limit is; and other processes
  // of the same user must not look into this one.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  close_range(static_cast<unsigned>(options.socket) + 1, ~0u, 0);
  absl::Status status = Limit(RLIMIT_NOFILE, kMaxDescriptors);
  // No file grows.
  status.Update(Limit(RLIMIT_FSIZE, 0));
  // No process and no thread, unless the user is root.
  status.Update(Limit(RLIMIT_NPROC, 0));
  if (options.max_cpu_seconds > 0) {
    status.Update(
        Limit(RLIMIT_CPU, static_cast<rlim_t>(options.max_cpu_seconds)));
  }
  return status;
}

}  // namespace

Sandbox EnterSandbox(const SandboxOptions& options) {
  Sandbox sandbox;
  const auto add = [&sandbox](v1::SandboxLayer layer, const char* name,
                              const absl::Status& status) {
    if (status.ok()) {
      sandbox.layers.push_back(layer);
    } else {
      sandbox.missing.push_back(absl::StrCat(name, ": ", status.message()));
    }
  };
  // The last two need it where the process is not root's.
  add(v1::SANDBOX_LAYER_NO_NEW_PRIVILEGES, "no-new-privileges",
      ForbidPrivileges());
  if (!kPossible) {
    const absl::Status sanitized = absl::UnimplementedError(
        "left out, for this is a build with a sanitizer");
    add(v1::SANDBOX_LAYER_RESOURCE_LIMITS, "resource-limits", sanitized);
    add(v1::SANDBOX_LAYER_FILES, "files", sanitized);
    add(v1::SANDBOX_LAYER_SYSTEM_CALLS, "system-calls", sanitized);
    return sandbox;
  }
  add(v1::SANDBOX_LAYER_RESOURCE_LIMITS, "resource-limits",
      LimitResources(options));
  add(v1::SANDBOX_LAYER_FILES, "files",
      RestrictFiles(options.readable_directories));
  add(v1::SANDBOX_LAYER_SYSTEM_CALLS, "system-calls",
      RestrictSystemCalls(options.socket));
  return sandbox;
}

}  // namespace gongkai::sandbox
