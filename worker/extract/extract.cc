// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/extract.h"

namespace gongkai::extract {
class Extractor::Impl {};
Extractor::Extractor(const catalog::Catalog&) {}
Extractor::~Extractor() = default;
Extraction Extractor::Extract(const input::Document&, int, v1::Report*) {
  return {};
}
}  // namespace gongkai::extract
