// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/server_list.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace gongkai::cli {
namespace {

struct HostPort {
  std::string host;
  std::string port;
};

// "10.0.0.5:50051", "name:50051", "[::1]:50051".
absl::StatusOr<HostPort> Split(const std::string& server) {
  const size_t colon = server.rfind(':');
  HostPort split;
  if (colon != std::string::npos && colon + 1 < server.size()) {
    split = {server.substr(0, colon), server.substr(colon + 1)};
  }
  const bool bracketed = absl::StartsWith(split.host, "[");
  if (bracketed) {
    split.host =
        std::string(absl::StripSuffix(absl::StripPrefix(split.host, "["), "]"));
  }
  if (split.host.empty() ||
      (!bracketed && absl::StrContains(split.host, ":"))) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--server: \"", server,
        "\" in a list must be HOST:PORT, [IPV6]:PORT or unix:PATH"));
  }
  return split;
}

// The first address of the family, as gRPC takes it; empty if there is none.
std::string AddressOf(const HostPort& server, int family) {
  addrinfo hints = {};
  hints.ai_family = family;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(server.host.c_str(), nullptr, &hints, &found) != 0) return "";
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found,
                                                                 freeaddrinfo);
  char text[NI_MAXHOST];
  if (getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof(text),
                  nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";
  }
  return family == AF_INET6 ? absl::StrCat("[", text, "]:", server.port)
                            : absl::StrCat(text, ":", server.port);
}

// How many servers a single target stands for: as a rule one, but a name may
// have an address for each of many, such as that of a headless Service. One
// server may have an address of both families.
int CountServers(std::string_view target) {
  for (const char* scheme : {"dns:///", "dns:"}) {
    if (target.substr(0, strlen(scheme)) == scheme) {
      target.remove_prefix(strlen(scheme));
      break;
    }
  }
  const absl::StatusOr<HostPort> server = Split(std::string(target));
  if (!server.ok() || server->host == "unix") return 1;
  int most = 1;
  for (const int family : {AF_INET, AF_INET6}) {
    addrinfo hints = {};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(server->host.c_str(), nullptr, &hints, &found) != 0) {
      continue;
    }
    int count = 0;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
      ++count;
    }
    freeaddrinfo(found);
    most = std::max(most, count);
  }
  return std::min(most, kMaxCountedServers);
}

}  // namespace

absl::StatusOr<ServerList> ParseServerList(const std::string& servers) {
  const std::vector<std::string> items =
      absl::StrSplit(servers, ',', absl::SkipEmpty());
  // A gRPC target may have a list of its own: ipv4:10.0.0.5:1,10.0.0.6:1.
  const auto count = static_cast<int>(items.size());
  if (absl::StartsWith(servers, "ipv4:") ||
      absl::StartsWith(servers, "ipv6:")) {
    return ServerList{servers, count};
  }
  if (count < 2) return ServerList{servers, CountServers(servers)};
  constexpr char kUnix[] = "unix:";
  std::vector<std::string> paths;
  std::vector<HostPort> ports;
  for (const std::string& item : items) {
    if (absl::StartsWith(item, kUnix)) {
      paths.emplace_back(absl::StripPrefix(item, kUnix));
      continue;
    }
    absl::StatusOr<HostPort> split = Split(item);
    if (!split.ok()) return split.status();
    ports.push_back(*std::move(split));
  }
  if (ports.empty()) {
    return ServerList{absl::StrCat(kUnix, absl::StrJoin(paths, ",")), count};
  }
  if (!paths.empty()) {
    return absl::InvalidArgumentError(
        "--server: a list must have either Unix sockets or ports, not both");
  }
  std::string missing;
  for (const int family : {AF_INET, AF_INET6}) {
    std::vector<std::string> addresses;
    for (const HostPort& server : ports) {
      addresses.push_back(AddressOf(server, family));
      if (!addresses.back().empty()) continue;
      if (missing.empty()) missing = server.host;
      addresses.clear();
      break;
    }
    if (addresses.empty()) continue;
    return ServerList{absl::StrCat(family == AF_INET ? "ipv4:" : "ipv6:",
                                   absl::StrJoin(addresses, ",")),
                      count};
  }
  return absl::NotFoundError(absl::StrCat(
      "--server: no address for \"", missing,
      "\"; check the name, and that all servers of the list have addresses of "
      "one kind, IPv4 or IPv6"));
}

}  // namespace gongkai::cli
