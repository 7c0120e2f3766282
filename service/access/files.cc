// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {
namespace {

// A bundle of all public authorities has 200 KB.
constexpr size_t kMaxBytes = 4 << 20;

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  // Not to wait for the other end of a pipe.
  const ipc::UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  std::string content;
  char buffer[16384];
  while (true) {
    const ssize_t got = read(fd.get(), buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
    }
    if (got == 0) return content;
    content.append(buffer, static_cast<size_t>(got));
    if (content.size() > kMaxBytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, " has more than ", kMaxBytes, " bytes; it is not such a file"));
    }
  }
}

std::string FileStamp(const std::string& path) {
  struct stat found = {};
  if (stat(path.c_str(), &found) != 0) return absl::StrCat("errno ", errno);
  return absl::StrCat(found.st_dev, " ", found.st_ino, " ", found.st_size, " ",
                      found.st_mtim.tv_sec, ".", found.st_mtim.tv_nsec);
}

}  // namespace gongkai::service
