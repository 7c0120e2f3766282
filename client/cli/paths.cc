// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/paths.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "client/cli/archive.h"

namespace gongkai::cli {
namespace {

// One read of a file whose size is not known.
constexpr int64_t kReadBytes = 256 << 10;

// Adds a file, or the files in it if it is an archive.
void AddFile(const std::string& path, Expansion* expansion) {
  if (!IsArchive(path)) {
    expansion->documents.push_back(path);
    return;
  }
  const absl::StatusOr<std::unique_ptr<Archive>> archive = Archive::Open(path);
  if (!archive.ok()) {
    expansion->errors.emplace_back(archive.status().message());
    return;
  }
  for (const std::string& name : (*archive)->names()) {
    expansion->documents.push_back(absl::StrCat(path, "/", name));
  }
}

class Walker {
 public:
  explicit Walker(Expansion* expansion) : expansion_(*expansion) {}

  void Walk(const std::string& directory) {
    struct stat info;
    if (stat(directory.c_str(), &info) != 0) return Fail(directory, errno);
    if (!visited_.emplace(info.st_dev, info.st_ino).second) return;
    std::error_code error;
    std::filesystem::directory_iterator entries(directory, error);
    std::vector<std::string> names;
    while (!error && entries != std::filesystem::directory_iterator()) {
      names.push_back(entries->path().filename().string());
      entries.increment(error);
    }
    if (error) Fail(directory, error.value());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (name[0] == '.') continue;
      Visit(absl::StrCat(directory, directory.back() == '/' ? "" : "/", name));
    }
  }

 private:
  void Visit(const std::string& path) {
    struct stat info;
    if (stat(path.c_str(), &info) != 0) return Fail(path, errno);
    if (S_ISDIR(info.st_mode)) {
      if (access(absl::StrCat(path, "/", kIgnored).c_str(), F_OK) != 0) {
        Walk(path);
      }
      return;
    }
    if (S_ISREG(info.st_mode)) AddFile(path, &expansion_);
  }

  void Fail(const std::string& path, int error) {
    expansion_.errors.push_back(absl::StrCat(path, ": ", std::strerror(error)));
  }

  Expansion& expansion_;
  std::set<std::pair<dev_t, ino_t>> visited_;
};

absl::Status TooLarge() { return absl::OutOfRangeError("too large"); }

}  // namespace

Expansion ExpandPaths(const std::vector<std::string>& arguments) {
  Expansion expansion;
  for (const std::string& argument : arguments) {
    struct stat info;
    if (argument == kStandardInput) {
      expansion.documents.push_back(argument);
    } else if (stat(argument.c_str(), &info) != 0) {
      expansion.errors.push_back(
          absl::StrCat(argument, ": ", std::strerror(errno)));
    } else if (S_ISDIR(info.st_mode)) {
      Walker(&expansion).Walk(argument);
    } else {
      AddFile(argument, &expansion);
    }
  }
  return expansion;
}

absl::StatusOr<std::string> ReadDocument(const std::string& path,
                                         int64_t limit) {
  const bool standard_input = path == kStandardInput;
  const int fd =
      standard_input ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, "Could not open");
  const auto close_file = absl::MakeCleanup([&] {
    if (!standard_input) close(fd);
  });
  struct stat info;
  if (fstat(fd, &info) != 0)
    return absl::ErrnoToStatus(errno, "Could not stat");
  const bool sized = S_ISREG(info.st_mode) && info.st_size > 0;
  if (sized && info.st_size > limit) return TooLarge();
  std::string bytes;
  int64_t used = 0;
  while (true) {
    // One byte more than expected shows whether there is more.
    const int64_t want =
        sized && used <= info.st_size ? info.st_size - used + 1 : kReadBytes;
    bytes.resize(used + std::min(want, limit + 1 - used));
    const ssize_t got = read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return absl::ErrnoToStatus(errno, "Could not read");
    used += got;
    if (used > limit) return TooLarge();
    if (got == 0) break;
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace gongkai::cli
