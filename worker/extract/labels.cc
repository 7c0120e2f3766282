// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/labels.h"

#include <algorithm>
#include <array>
#include <bit>

#include "absl/container/flat_hash_set.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

// A shorter text is a prefix of a label by chance. In bytes: five Chinese
// characters, or a list mark and four.
constexpr size_t kShortestPrefix = 14;

// A shorter label, with its list mark gone, is also a common word.
constexpr size_t kShortestUnmarked = 12;

// Fuzzy matches need at least this many characters, so that one wrong
// character is no more than a seventh.
constexpr size_t kShortestFuzzy = 7;
constexpr size_t kLongestFuzzy = 60;
constexpr size_t kCharactersPerMistake = 10;

std::u32string Characters(std::string_view text) {
  std::u32string characters;
  for (size_t at = 0; at < text.size();) {
    characters.push_back(NextCharacter(text, &at));
  }
  return characters;
}

// Two texts that differ by one inserted, removed or changed character differ
// in at most two bits.
uint64_t CharactersMask(std::u32string_view text) {
  constexpr uint64_t kSpread = 0x9E3779B97F4A7C15;
  uint64_t mask = 0;
  for (char32_t c : text) mask |= uint64_t{1} << (c * kSpread >> 58);
  return mask;
}

// The length of a list mark such as "1." or "(三)" at the start; 0 if none.
size_t MarkLength(std::string_view text) {
  const bool bracket = !text.empty() && text[0] == '(';
  size_t at = bracket ? 1 : 0;
  size_t characters = 0;
  while (at < text.size() && characters < 3) {
    size_t next = at;
    const char32_t c = NextCharacter(text, &next);
    if (c == (bracket ? U')' : U'.')) return characters > 0 ? next : 0;
    const bool number = (c >= '0' && c <= '9') ||
                        std::u32string_view(U"一二三四五六七八九十").find(c) !=
                            std::u32string_view::npos;
    if (!number) return 0;
    at = next;
    ++characters;
  }
  return 0;
}

// What is left of a label without its list mark, without its end, or with a
// note in brackets behind it.
bool IsRemnant(std::string_view text, std::string_view label) {
  const std::string_view unmarked = label.substr(MarkLength(label));
  return label.compare(0, text.size(), text) == 0 ||
         unmarked.compare(0, text.size(), text) == 0 ||
         (text.size() > label.size() && text[label.size()] == '(' &&
          text.compare(0, label.size(), label) == 0);
}

// The edit distance of two texts if it is at most `limit`, else limit + 1.
size_t Distance(std::u32string_view a, std::u32string_view b, size_t limit) {
  const size_t difference =
      a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::array<size_t, kLongestFuzzy + 1> row;
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    size_t least = row[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return row[b.size()];
}

}  // namespace

LabelIndex::LabelIndex(const catalog::Catalog& catalog,
                       const Normalizer& normalizer) {
  uint8_t mask = 1;
  for (const catalog::Form& form : catalog.forms()) {
    AddForm(form, mask, normalizer);
    MarkVariants(form, mask, normalizer);
    mask = static_cast<uint8_t>(mask << 1);
  }
  std::sort(printed_.begin(), printed_.end());
  printed_.erase(std::unique(printed_.begin(), printed_.end()), printed_.end());
  // Labels move while others are added.
  for (auto& [text, label] : printed_) label = Find(normalizer.Normalize(text));
  fragments_.Build();
  for (const auto& [text, label] : labels_) AddWithoutMark(text, label);
  for (const auto& [text, label] : labels_) AddStart(text);
  for (const auto& [text, label] : unmarked_) AddStart(text);
  std::sort(
      row_labels_.begin(), row_labels_.end(),
      [](const RowLabel& a, const RowLabel& b) { return a.text < b.text; });
  row_labels_.erase(std::unique(row_labels_.begin(), row_labels_.end(),
                                [](const RowLabel& a, const RowLabel& b) {
                                  return a.text == b.text && a.row == b.row;
                                }),
                    row_labels_.end());
}

Label* LabelIndex::Add(const Normalizer& normalizer, std::string_view text,
                       v1::Table table) {
  const std::string normalized = normalizer.Normalize(text);
  printed_.emplace_back(text, nullptr);
  const auto [it, is_new] = labels_.try_emplace(normalized);
  if (is_new) {
    fragments_.Add(normalized);
    longest_ = std::max(longest_, normalized.size());
  }
  it->second.tables |= static_cast<uint8_t>(1 << table);
  return &it->second;
}

void LabelIndex::AddForm(const catalog::Form& form, uint8_t mask,
                         const Normalizer& normalizer) {
  for (const auto& table : form.proto().tables()) {
    const v1::Table id = table.table();
    for (const std::string& text : table.furniture()) {
      Add(normalizer, text, id)->heads = true;
    }
    for (const auto& block : table.blocks()) {
      for (const std::string& text : block.titles()) {
        Add(normalizer, text, id)->heads = true;
      }
      for (const auto& column : block.columns()) {
        for (const std::string& text : column.labels()) {
          Label* label = Add(normalizer, text, id);
          label->heads = true;
          if (column.distinctive()) label->distinctive |= mask;
        }
        Add(normalizer, column.labels(0), id)->column = true;
      }
      for (const auto& row : block.rows()) {
        for (const std::string& text : row.groups()) {
          Add(normalizer, text, id)->heads = true;
        }
        for (const std::string& text : row.labels()) {
          Label* label = Add(normalizer, text, id);
          if (row.distinctive()) label->distinctive |= mask;
          if (table.arrangement() == forms::v1::ARRANGEMENT_SIDE_BY_SIDE) {
            label->heads = true;
            continue;
          }
          label->row = row.row();
          const std::string normalized = normalizer.Normalize(text);
          const std::u32string characters = Characters(normalized);
          row_labels_.push_back(
              {normalized, characters, CharactersMask(characters), row.row()});
        }
      }
    }
  }
}

// A variant is a label that some row or column also has, unless the words are
// the form's own for anything. What is left of the own label where a document
// loses list numbers or the ends of labels is none.
void LabelIndex::MarkVariants(const catalog::Form& form, uint8_t mask,
                              const Normalizer& normalizer) {
  absl::flat_hash_set<std::string> own;
  std::vector<const google::protobuf::RepeatedPtrField<std::string>*> sets;
  for (const auto& table : form.proto().tables()) {
    for (const std::string& text : table.furniture()) {
      own.insert(normalizer.Normalize(text));
    }
    const bool marked =
        table.arrangement() != forms::v1::ARRANGEMENT_SIDE_BY_SIDE;
    for (const auto& block : table.blocks()) {
      for (const std::string& text : block.titles()) {
        own.insert(normalizer.Normalize(text));
      }
      for (const auto& column : block.columns()) {
        own.insert(normalizer.Normalize(column.labels(0)));
        if (marked) sets.push_back(&column.labels());
      }
      for (const auto& row : block.rows()) {
        own.insert(normalizer.Normalize(row.labels(0)));
        for (const std::string& text : row.groups()) {
          own.insert(normalizer.Normalize(text));
        }
        if (marked) sets.push_back(&row.labels());
      }
    }
  }
  for (const auto* labels : sets) {
    const std::string form_label = normalizer.Normalize(labels->Get(0));
    for (const std::string& text : *labels) {
      const std::string variant = normalizer.Normalize(text);
      if (own.contains(variant) || IsRemnant(variant, form_label)) continue;
      labels_[variant].variant |= mask;
      own_labels_.try_emplace({variant, mask}, labels->Get(0));
    }
  }
}

void LabelIndex::AddWithoutMark(const std::string& text, const Label& label) {
  const size_t mark = MarkLength(text);
  if (mark == 0 || text.size() - mark < kShortestUnmarked) return;
  const auto [it, is_new] = unmarked_.try_emplace(text.substr(mark), label);
  if (!is_new && it->second.row != label.row) {
    // Two rows share the words: without the mark they cannot be told apart.
    it->second.row = v1::ROW_UNSPECIFIED;
    it->second.heads = true;
  }
}

template <typename Visit>
bool LabelIndex::Starts::Add(uint32_t code, const Visit& visit) {
  constexpr uint64_t kSpread = 0x9E3779B97F4A7C15;
  if (characters_ > 0 && code == Normalizer::CodeOf('(')) return false;
  hash_ = (hash_ ^ code) * kSpread;
  ++characters_;
  if (characters_ == kFewCharacters || characters_ == kSomeCharacters) {
    if (!visit(hash_ >> (64 - kStartBits))) return false;
  }
  return characters_ < kSomeCharacters;
}

void LabelIndex::AddStart(std::string_view text) {
  Starts starts;
  Normalizer::ForEachNormalized(text, [&](uint32_t code) {
    return starts.Add(code, [&](size_t start) {
      starts_.set(start);
      return true;
    });
  });
}

bool LabelIndex::MayBeLabel(std::string_view text,
                            const Normalizer& normalizer) const {
  Starts starts;
  bool known = true;
  normalizer.ForEachCharacter(text, [&](uint32_t code) {
    return starts.Add(code, [&](size_t start) {
      known = starts_[start];
      return known;
    });
  });
  return known;
}

std::string_view LabelIndex::OwnLabel(std::string_view text,
                                      uint8_t form) const {
  const auto it = own_labels_.find({std::string(text), form});
  return it == own_labels_.end() ? std::string_view() : it->second;
}

const Label* LabelIndex::Find(std::string_view text) const {
  if (text.empty()) return nullptr;
  if (text.size() <= longest_) {
    const auto it = labels_.find(text);
    if (it != labels_.end()) return &it->second;
    const auto unmarked = unmarked_.find(text);
    if (unmarked != unmarked_.end()) return &unmarked->second;
  }
  // A note in brackets within or behind the label.
  const size_t open = text.find('(', 1);
  if (open != std::string_view::npos) {
    const size_t close = text.find(')', open);
    if (close != std::string_view::npos) {
      std::string without(text.substr(0, open));
      without += text.substr(close + 1);
      const auto it = labels_.find(without);
      if (it != labels_.end()) return &it->second;
    }
  }
  return nullptr;
}

v1::Row LabelIndex::RowByPrefix(std::string_view text) const {
  if (text.size() < kShortestPrefix) return v1::ROW_UNSPECIFIED;
  v1::Row row = v1::ROW_UNSPECIFIED;
  auto it = std::lower_bound(
      row_labels_.begin(), row_labels_.end(), text,
      [](const RowLabel& a, std::string_view b) { return a.text < b; });
  for (; it != row_labels_.end() && it->text.compare(0, text.size(), text) == 0;
       ++it) {
    if (row != v1::ROW_UNSPECIFIED && row != it->row) {
      return v1::ROW_UNSPECIFIED;
    }
    row = it->row;
  }
  return row;
}

v1::Row LabelIndex::RowByDistance(std::string_view text) const {
  const std::u32string characters = Characters(text);
  if (characters.size() < kShortestFuzzy || characters.size() > kLongestFuzzy) {
    return v1::ROW_UNSPECIFIED;
  }
  size_t best = 1 + characters.size() / kCharactersPerMistake;
  v1::Row row = v1::ROW_UNSPECIFIED;
  bool tied = false;
  const uint64_t mask = CharactersMask(characters);
  for (const RowLabel& candidate : row_labels_) {
    const size_t bits = std::popcount(mask ^ candidate.characters_mask);
    if (bits > 2 * best || candidate.characters.size() > kLongestFuzzy) {
      continue;
    }
    const size_t distance = Distance(characters, candidate.characters, best);
    if (distance > best) continue;
    tied =
        distance == best && row != v1::ROW_UNSPECIFIED && row != candidate.row;
    best = distance;
    row = candidate.row;
  }
  return tied ? v1::ROW_UNSPECIFIED : row;
}

}  // namespace gongkai::extract
