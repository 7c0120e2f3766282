// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/document.h"

namespace gongkai::input {
SourceRange Document::SourceOf(std::string_view) const { return {}; }
void Document::Clear() {}
}  // namespace gongkai::input
