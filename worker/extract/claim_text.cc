// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_text.h"

namespace gongkai::extract {

void ClaimText::Read(const ClaimWords& words, const catalog::CodedText& text) {
  text_ = text;
  meanings_.clear();
  stating_.clear();
  for (size_t at = 0; at < text.size; at += kBits) {
    const auto places = words.filter().Find(text.codes + at);
    meanings_.push_back(places.first | places.second);
    stating_.push_back(places.second);
  }
}

}  // namespace gongkai::extract
