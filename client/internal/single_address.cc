// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/single_address.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

namespace gongkai::internal {
namespace {

constexpr absl::Duration kHolds = absl::Seconds(30);

// "dns:///name:443", "name", "[::1]:443"; the host without brackets.
std::string HostOf(absl::string_view target) {
  absl::ConsumePrefix(&target, "dns:");
  if (absl::ConsumePrefix(&target, "//")) {
    // What stands before the next slash is the server to ask.
    target.remove_prefix(std::min(target.find('/') + 1, target.size()));
  }
  if (absl::ConsumePrefix(&target, "[")) {
    return std::string(target.substr(0, target.find(']')));
  }
  return std::string(target.substr(0, target.rfind(':')));
}

bool LookUp(const std::string& target) {
  for (const char* several : {"unix:", "unix-abstract:", "vsock:"}) {
    if (absl::StartsWith(target, several)) return false;
  }
  if (absl::StrContains(target, ',')) return false;
  if (absl::StartsWith(target, "ipv4:") || absl::StartsWith(target, "ipv6:")) {
    return true;
  }
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(HostOf(target).c_str(), nullptr, &hints, &found) != 0) {
    return false;
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found,
                                                                 freeaddrinfo);
  int ipv4 = 0;
  int ipv6 = 0;
  for (const addrinfo* a = found; a != nullptr; a = a->ai_next) {
    ++(a->ai_family == AF_INET ? ipv4 : ipv6);
  }
  return std::max(ipv4, ipv6) == 1;
}

}  // namespace

bool SingleAddress::Is() {
  absl::MutexLock lock(&mutex_);
  if (absl::Now() >= until_) {
    single_ = LookUp(target_);
    until_ = absl::Now() + kHolds;
  }
  return single_;
}

}  // namespace gongkai::internal
