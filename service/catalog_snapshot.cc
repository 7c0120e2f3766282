// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/catalog_snapshot.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "service/access/files.h"

namespace gongkai::service {
namespace {

absl::StatusOr<ipc::UniqueFd> InMemory(const std::string& content) {
  ipc::UniqueFd fd(
      memfd_create("gongkai-catalog", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return absl::ErrnoToStatus(errno, "memfd_create");
  for (size_t done = 0; done < content.size();) {
    const ssize_t wrote =
        write(fd.get(), content.data() + done, content.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return absl::ErrnoToStatus(errno, "write");
    done += static_cast<size_t>(wrote);
  }
  if (fcntl(fd.get(), F_ADD_SEALS,
            F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
    return absl::ErrnoToStatus(errno, "fcntl");
  }
  return fd;
}

}  // namespace

absl::StatusOr<CatalogSnapshot> CatalogSnapshot::Take(
    const std::vector<std::string>& files) {
  CatalogSnapshot snapshot;
  for (const std::string& file : files) {
    const absl::StatusOr<std::string> content = ReadFile(file);
    if (!content.ok()) {
      return absl::FailedPreconditionError(
          absl::StrCat("the catalogue: ", content.status().message()));
    }
    absl::StatusOr<ipc::UniqueFd> fd = InMemory(*content);
    if (!fd.ok()) return fd.status();
    std::string path = absl::StrCat("/proc/", getpid(), "/fd/", fd->get());
    snapshot.copies_.push_back({file, *std::move(fd), std::move(path)});
  }
  return snapshot;
}

std::vector<std::string> CatalogSnapshot::arguments() const {
  if (copies_.empty()) return {};
  return {absl::StrCat(
      "--catalog=",
      absl::StrJoin(copies_, ",", [](std::string* out, const Copy& copy) {
        out->append(copy.path);
      }))};
}

std::string CatalogSnapshot::WithFileNames(std::string words) const {
  // With the colon, so that /proc/1/fd/1 is not found in /proc/1/fd/17.
  for (const Copy& copy : copies_) {
    absl::StrReplaceAll({{copy.path + ":", copy.file + ":"}}, &words);
  }
  return words;
}

}  // namespace gongkai::service
