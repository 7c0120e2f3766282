// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <string>

namespace gongkai::service {
namespace {

bool TakePrefix(std::string_view* text, std::string_view prefix) {
  if (text->substr(0, prefix.size()) != prefix) return false;
  text->remove_prefix(prefix.size());
  return true;
}

}  // namespace

bool IsUnixAddress(std::string_view address) {
  return TakePrefix(&address, "unix:") ||
         TakePrefix(&address, "unix-abstract:");
}

bool IsLocalAddress(std::string_view address) {
  if (IsUnixAddress(address)) return true;
  if (!TakePrefix(&address, "ipv4:")) TakePrefix(&address, "ipv6:");
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos) return false;
  std::string_view host = address.substr(0, colon);
  if (host == "localhost") return true;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const std::string text(host);
  in_addr four = {};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) {
    return (ntohl(four.s_addr) >> 24) == 127;
  }
  in6_addr six = {};
  return inet_pton(AF_INET6, text.c_str(), &six) == 1 &&
         IN6_IS_ADDR_LOOPBACK(&six);
}

}  // namespace gongkai::service
