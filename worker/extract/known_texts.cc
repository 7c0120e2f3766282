// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/known_texts.h"

#include <bit>

#include "absl/strings/str_replace.h"
#include "worker/input/characters.h"

namespace gongkai::extract {
namespace {

// So many places there are for each entry, at least.
constexpr size_t kSlotsPerEntry = 4;

std::string WithAsciiBrackets(const std::string& text) {
  return absl::StrReplaceAll(text, {{"（", "("}, {"）", ")"}});
}

// "1、" for "1.".
std::string WithOtherMark(std::string text) {
  const size_t mark = text.find_first_not_of("0123456789");
  if (mark == 0 || mark == std::string::npos || text[mark] != '.') return text;
  return text.replace(mark, 1, "、");
}

}  // namespace

KnownTexts::KnownTexts(const LabelIndex& labels, const Normalizer& normalizer,
                       const ValueParser& values) {
  for (const std::string& word : values.not_applicable()) Add({word, nullptr});
  for (const auto& [printed, label] : labels.printed()) {
    AddLabel(printed, label, values);
    const std::string text(printed);
    for (const std::string& spelling :
         {WithAsciiBrackets(text), WithOtherMark(text),
          WithOtherMark(WithAsciiBrackets(text))}) {
      if (spelling != text &&
          labels.Find(normalizer.Normalize(spelling)) == label) {
        AddLabel(spellings_.emplace_back(spelling), label, values);
      }
    }
  }
  slots_.assign(std::bit_ceil(kSlotsPerEntry * (entries_.size() + 1)), kFree);
  mask_ = slots_.size() - 1;
  for (uint32_t entry = 0; entry < entries_.size(); ++entry) {
    size_t slot = entries_[entry].hash;
    while (slots_[slot & mask_] != kFree) ++slot;
    slots_[slot & mask_] = entry;
  }
}

void KnownTexts::AddLabel(std::string_view text, const Label* label,
                          const ValueParser& values) {
  if (values.Parse(text).kind == Value::Kind::kText &&
      !input::IsPageNumber(text)) {
    Add({text, label});
  }
}

void KnownTexts::Add(const KnownText& known) {
  entries_.push_back({LabelHash()(known.text), known});
}

}  // namespace gongkai::extract
