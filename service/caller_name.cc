// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller_name.h"

namespace gongkai::service {

std::string HostOf(std::string_view peer) {
  const std::string_view scheme = peer.substr(0, peer.find(':'));
  if (scheme != "ipv4" && scheme != "ipv6") return std::string(scheme);
  return std::string(peer.substr(0, peer.rfind(':')));
}

std::string CallerName(const grpc::CallbackServerContext& context) {
  return HostOf(context.peer());
}

}  // namespace gongkai::service
