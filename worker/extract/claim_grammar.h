// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_grammar.h
//
// The catalogue's words and subjects of claims, compiled: a trie of all words,
// and subjects as sets of word classes. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"

namespace gongkai::extract {

// A set of word classes. Those that no subject can name are in none.
using WordSet = uint64_t;

// A class of words; its number is its place in ClaimWords::classes().
struct ClaimWordClass {
  forms::v1::WordRole role = forms::v1::WORD_ROLE_UNSPECIFIED;
  WordSet bit = 0;
};

// A word found in text; `word_class` is -1 if none was.
struct ClaimWord {
  int word_class = -1;
  size_t end = 0;
};

// Finds the words of a grammar. Immutable after construction.
class ClaimWords {
 public:
  explicit ClaimWords(const forms::v1::ClaimGrammar& grammar);

  const std::vector<ClaimWordClass>& classes() const { return classes_; }

  // The number of the class; -1 if there is none with the key or role.
  int Find(std::string_view key) const;
  int Find(forms::v1::WordRole role) const;

  // True if a word or a number may begin with the character.
  bool Begins(char32_t c) const {
    return c < kPlane && (first_[c] | states_[c]) != 0;
  }

  // True if a number may begin with the character, or a word without which a
  // sentence that has no number states nothing.
  bool MayState(char32_t c) const { return c < kPlane && states_[c] != 0; }

  // True if such a word begins at text[at].
  bool States(std::string_view text, size_t at) const;

  // The longest word that begins at text[at].
  ClaimWord Match(std::string_view text, size_t at) const;

 private:
  static constexpr size_t kPlane = 0x10000;
  struct Node {
    int word_class = -1;
    // Where its children stand in edges_.
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  struct Edge {
    char32_t c;
    uint32_t node;
  };

  void NoteStatingWords(const forms::v1::ClaimGrammar& grammar);

  std::vector<ClaimWordClass> classes_;
  absl::flat_hash_map<std::string, int> by_key_;
  // By code point: the node behind it; 0 for none.
  std::vector<uint16_t> first_;
  // By code point: 1 where MayState() is true.
  std::vector<uint8_t> states_;
  // The classes of the words that States() finds.
  std::vector<bool> stating_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

// What a number can count, for one form.
struct ClaimSubjectPlan {
  const forms::v1::ClaimSubject* subject = nullptr;
  WordSet all_of = 0;
  WordSet any_of = 0;
  WordSet none_of = 0;
  WordSet about = 0;
  WordSet units = 0;
  WordSet regardless_of = 0;
  WordSet not_with = 0;
  v1::ClaimKind kind = v1::CLAIM_KIND_COUNT;
  bool negated = false;
  // The readings that the form has.
  std::vector<std::string> readings;
};

// The subjects with the readings of one form; none if form is null.
std::vector<ClaimSubjectPlan> PlanSubjects(
    const forms::v1::ClaimGrammar& grammar, const ClaimWords& words,
    const catalog::Form* form);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_
