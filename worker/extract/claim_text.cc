// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_text.h"

namespace gongkai::extract {

void ClaimText::Read(const ClaimWords& words, const catalog::CodedText& text) {
  text_ = text;
  const size_t blocks = (text.size + kBits - 1) / kBits;
  word_begins_.resize(blocks);
  meanings_.resize(blocks);
  stating_.resize(blocks);
  for (size_t i = 0; i < blocks; ++i) {
    const auto [words_there, stating, marks, numerals] =
        words.filter().Find<catalog::PairFilter::kKinds>(text.codes +
                                                         i * kBits);
    word_begins_[i] = words_there | stating;
    stating_[i] = stating | numerals;
    meanings_[i] = words_there | stating | marks | numerals;
  }
}

}  // namespace gongkai::extract
