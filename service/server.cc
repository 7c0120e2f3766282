// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/server.h"

namespace gongkai::service {
absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions&) {
  return absl::UnimplementedError("");
}
}  // namespace gongkai::service
