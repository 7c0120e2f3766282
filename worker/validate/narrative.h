// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/narrative.h
//
// The narrative of a report (the sections "overview", "problems" and
// "other_matters") as it is compared with others: Chinese characters alone,
// without what the catalogue masks. Private to validate.
//
//   NarrativeReader reader(catalog.proto().narrative_masks());
//   Narrative narrative;
//   reader.Read(report, &narrative);
//   for (size_t i = 0; i < narrative.characters.size(); ++i)
//     if (narrative.HasGram(i)) GramHash(narrative.characters, i);

#ifndef GONGKAI_WORKER_VALIDATE_NARRATIVE_H_
#define GONGKAI_WORKER_VALIDATE_NARRATIVE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/report.pb.h"

namespace gongkai::validate {

// Characters in a gram: a run that is compared as one. Five are longer than
// nearly every word, so that a gram in common is wording in common.
inline constexpr size_t kGramCharacters = 5;

struct Narrative {
  // Behind the characters of each section stands kSectionEnd.
  static constexpr char16_t kSectionEnd = u'\n';

  struct Origin {
    // An index into Report.sections, and the byte in its text.
    int32_t section = 0;
    int32_t begin = 0;
  };

  std::u16string characters;
  // As many as characters.
  std::vector<Origin> origins;
  // Characters without section ends.
  int count = 0;

  // True if a gram begins at the character: no gram spans two sections.
  bool HasGram(size_t at) const {
    return at + kGramCharacters <= characters.size() &&
           std::u16string_view(characters)
                   .substr(at, kGramCharacters)
                   .find(kSectionEnd) == std::u16string_view::npos;
  }
};

// A hash of the gram at `at`; the same on every machine.
uint64_t GramHash(const std::u16string& characters, size_t at);

// The hashes of all grams, sorted, each once. Reuses the memory of *grams.
void CollectGrams(const Narrative& narrative, std::vector<uint64_t>* grams);

// Immutable and thread-safe.
class NarrativeReader {
 public:
  explicit NarrativeReader(const forms::v1::NarrativeMasks& masks);

  // Replaces the narrative, whose memory is used again.
  void Read(const v1::Report& report, Narrative* narrative) const;

 private:
  using Words = std::vector<std::u16string>;

  void AddSection(const Words& names, absl::string_view text, int section,
                  Narrative* narrative) const;
  // The names of the body, and of the places that its name is made of; the
  // longest first.
  Words NamesOf(absl::string_view body) const;
  // How many characters from `at` on are left out; 0 for none.
  size_t Masked(const Words& names, const std::u16string& text,
                size_t at) const;

  absl::flat_hash_map<char32_t, char32_t> closing_;
  // Whether a character of the basic plane is left out.
  std::vector<bool> left_out_;
  // By their first character, the longest first.
  absl::flat_hash_map<char16_t, Words> words_;
  Words place_endings_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_NARRATIVE_H_
