// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/reader.h"

namespace gongkai::input {
absl::Status Read(std::string_view, const Limits&, Document*) {
  return absl::OkStatus();
}
}  // namespace gongkai::input
