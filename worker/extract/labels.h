// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/labels.h
//
// Every label of every form in one index, by its normalised text: exactly, by
// a prefix or fragment (labels wrap over lines and cells), or with a few
// characters wrong.
//
//   LabelIndex labels(catalog, normalizer);
//   const Label* label = labels.Find(normalizer.Normalize(piece.text));

#ifndef GONGKAI_WORKER_EXTRACT_LABELS_H_
#define GONGKAI_WORKER_EXTRACT_LABELS_H_

#include <bitset>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "gongkai/v1/cell.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/label_fragments.h"
#include "worker/extract/normalize.h"

namespace gongkai::extract {

// What one normalised text can be. Forms are numbered as in
// Catalog::forms(); a mask has a bit for each.
struct Label {
  // The row of the disclosure or requests table that it labels; unspecified if
  // it labels none.
  v1::Row row = v1::ROW_UNSPECIFIED;
  // True if it may also (or only) head columns, groups or the table.
  bool heads = false;
  // Bit 1 << Table for each table in which it occurs.
  uint8_t tables = 0;
  // The forms that it tells from the others.
  uint8_t distinctive = 0;
  // The forms of which it labels a row or column of the disclosure or requests
  // table, but not with the form's own words.
  uint8_t variant = 0;
  // True if it is some form's own label of a column.
  bool column = false;

  bool In(v1::Table table) const { return (tables >> table & 1) != 0; }
};

// Of labels by their first and last eight bytes and their size, which tell
// nearly all of them apart in a fraction of the time that all bytes take.
struct LabelHash {
  using is_transparent = void;

  size_t operator()(std::string_view text) const {
    uint64_t first = 0;
    uint64_t last = 0;
    if (text.size() >= sizeof(first)) {
      std::memcpy(&first, text.data(), sizeof(first));
      std::memcpy(&last, text.data() + text.size() - sizeof(last),
                  sizeof(last));
    } else if (text.size() >= sizeof(uint32_t)) {
      std::memcpy(&first, text.data(), sizeof(uint32_t));
      std::memcpy(&last, text.data() + text.size() - sizeof(uint32_t),
                  sizeof(uint32_t));
    } else if (!text.empty()) {
      first = static_cast<uint8_t>(text.front());
      last = uint64_t{static_cast<uint8_t>(text[text.size() / 2])} << 8 |
             static_cast<uint8_t>(text.back());
    }
    constexpr uint64_t kSpread = 0x9E3779B97F4A7C15;
    const uint64_t mixed = (first ^ (last + text.size()) * kSpread) * kSpread;
    return mixed ^ mixed >> 32;
  }
};

// Immutable and thread-safe after construction.
class LabelIndex {
 public:
  // The catalogue must outlive it.
  LabelIndex(const catalog::Catalog& catalog, const Normalizer& normalizer);

  // The label with this normalised text, also where a note in brackets follows
  // it or a list mark before it is missing; null if there is none.
  const Label* Find(std::string_view text) const;

  // The labels as the catalogue prints them, into which the texts point, each
  // once.
  absl::Span<const std::pair<std::string_view, const Label*>> printed() const {
    return printed_;
  }

  // False for most texts that are no label once they are normalised, nor the
  // beginning of one: told by their own first characters.
  bool MayBeLabel(std::string_view text, const Normalizer& normalizer) const;

  // The row label of which the text is a proper prefix, if it is one row's
  // alone; unspecified otherwise.
  v1::Row RowByPrefix(std::string_view text) const;

  // The row label nearest to the text within a tenth of its length in
  // characters, if it is one row's alone; unspecified otherwise.
  v1::Row RowByDistance(std::string_view text) const;

  // The form's own words for what the label with this normalised text stands
  // for, where it is a variant in that form (a bit); empty where it is not.
  std::string_view OwnLabel(std::string_view text, uint8_t form) const;

  // True if the text is a part of some label. What normalises to nothing, such
  // as asterisks, is none: it may be all that a value cell holds.
  bool IsFragment(std::string_view text) const {
    return fragments_.Contains(text);
  }

 private:
  struct RowLabel {
    std::string text;
    std::u32string characters;
    // A bit for each character, by a hash.
    uint64_t characters_mask;
    v1::Row row;
  };

  Label* Add(const Normalizer& normalizer, std::string_view text,
             v1::Table table);
  void AddForm(const catalog::Form& form, uint8_t mask,
               const Normalizer& normalizer);
  void MarkVariants(const catalog::Form& form, uint8_t mask,
                    const Normalizer& normalizer);
  void AddWithoutMark(const std::string& text, const Label& label);
  void AddStart(std::string_view text);

  // The beginnings of a normalised text that are looked up: two characters tell
  // running text, some more tell a heading from a row's label with the same
  // list mark.
  class Starts {
   public:
    // Adds a character, and calls visit(bit of starts_) when there are as many
    // as are looked up. False when no more are wanted: behind a label's first
    // character a note in brackets may begin, and then nothing is told.
    template <typename Visit>
    bool Add(uint32_t code, const Visit& visit);

   private:
    uint64_t hash_ = 1;
    int characters_ = 0;
  };

  template <typename Text, typename Value>
  using Map = absl::flat_hash_map<Text, Value, LabelHash, std::equal_to<>>;

  Map<std::string, Label> labels_;
  std::vector<std::pair<std::string_view, const Label*>> printed_;
  // By the normalised text and form of each variant: the form's own label.
  // Points into the catalogue.
  absl::flat_hash_map<std::pair<std::string, uint8_t>, std::string_view>
      own_labels_;
  // Row labels without their list mark; weaker than labels_.
  Map<std::string, Label> unmarked_;
  // A bit for each beginning of all of these, of so many characters, by its
  // hash; few share one.
  static constexpr int kFewCharacters = 2;
  static constexpr int kSomeCharacters = 4;
  static constexpr int kStartBits = 15;
  std::bitset<size_t{1} << kStartBits> starts_;
  std::vector<RowLabel> row_labels_;
  LabelFragments fragments_;
  size_t longest_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_LABELS_H_
