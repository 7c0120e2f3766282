// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/catalog.h"

namespace gongkai::catalog {
absl::StatusOr<std::unique_ptr<const Catalog>> Catalog::Builtin() {
  return absl::UnimplementedError("");
}
}  // namespace gongkai::catalog
