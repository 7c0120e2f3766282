// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/reader.h"

#include "worker/input/document_builder.h"
#include "worker/input/text_layout.h"

namespace gongkai::input {

absl::Status Read(std::string_view bytes, const Limits& limits,
                  Document* document) {
  DocumentBuilder builder(limits, document);
  builder.UseText(bytes, 0);
  return ReadTextLayout(&builder);
}

}  // namespace gongkai::input
