// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/service_manager.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {
namespace {

absl::Status Send(const std::string& message) {
  const char* const path = std::getenv("NOTIFY_SOCKET");
  if (path == nullptr || *path == '\0') return absl::OkStatus();
  const size_t length = std::strlen(path);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if ((path[0] != '/' && path[0] != '@') ||
      length >= sizeof(address.sun_path)) {
    return absl::InvalidArgumentError(
        absl::StrCat("NOTIFY_SOCKET is no address of a Unix socket: ", path));
  }
  std::memcpy(address.sun_path, path, length);
  // Linux' abstract names begin with a zero byte.
  if (path[0] == '@') address.sun_path[0] = '\0';
  const ipc::UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return absl::ErrnoToStatus(errno, "socket");
  const auto size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  if (sendto(socket.get(), message.data(), message.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address), size) < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write to ", path));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status NotifyReady(std::string_view status) {
  return Send(absl::StrCat("READY=1\nSTATUS=",
                           absl::string_view(status.data(), status.size())));
}

absl::Status NotifyReloading() {
  // By the time the manager tells this reload from an earlier one (systemd 253
  // and later want it for Type=notify-reload).
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return Send(absl::StrCat("RELOADING=1\nMONOTONIC_USEC=",
                           int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000,
                           "\nSTATUS=reading files anew"));
}

absl::Status NotifyStopping(std::string_view status) {
  return Send(absl::StrCat("STOPPING=1\nSTATUS=",
                           absl::string_view(status.data(), status.size())));
}

}  // namespace gongkai::service
