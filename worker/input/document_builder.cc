// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/document_builder.h"

#include "worker/input/characters.h"

namespace gongkai::input {

void DocumentBuilder::EndDecoding() {
  const std::string_view text =
      std::string_view(document_.storage_).substr(0, decoded_bytes_);
  document_.text_ = text;
  Piece* piece = document_.pieces_.data();
  for (const Range& range : ranges_) {
    piece->text = Trim(text.substr(range.begin, range.end - range.begin));
    ++piece;
  }
  ranges_.clear();
}

}  // namespace gongkai::input
