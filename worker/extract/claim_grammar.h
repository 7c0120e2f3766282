// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_grammar.h
//
// The catalogue's words and subjects of claims, compiled: a trie of all words,
// and subjects as sets of word classes. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_

#include <array>
#include <bit>
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

// What words a text may have: none that it has is missing, but those within
// others count too.
struct ClaimHints {
  WordSet words = 0;
  // A word that opens a list of parts.
  bool parts = false;
};

// Finds the words of a grammar. Immutable after construction.
class ClaimWords {
 public:
  explicit ClaimWords(const forms::v1::ClaimGrammar& grammar);

  const std::vector<ClaimWordClass>& classes() const { return classes_; }

  // The number of the class; -1 if there is none with the key or role.
  int Find(std::string_view key) const;
  int Find(forms::v1::WordRole role) const;

  // What may begin with a character.
  enum Trait : uint8_t {
    kWord = 1,
    kNumeral = 2,
    // A word without which a sentence that has no number states nothing.
    kStatingWord = 4,
    // It is a mark between clauses, or one that opens a title or the brackets
    // of a document number.
    kMark = 8,
    kFullStop = 16,
    // A word that hints can name.
    kHint = 32,
    kAny = 0xFF,
  };

  // The traits of the character; 0 for most.
  uint8_t TraitsOf(char32_t c) const { return c < kPlane ? traits_[c] : 0; }

  // Where the next character at or behind text[at] with one of the traits
  // begins; the size of the text if there is none.
  size_t FindTrait(std::string_view text, size_t at, uint8_t traits) const;

  // True if a stating word begins at text[at].
  bool States(std::string_view text, size_t at) const;

  // The longest word that begins at text[at].
  ClaimWord Match(std::string_view text, size_t at) const;

  // Takes a fraction of the time of finding the words.
  ClaimHints Guess(std::string_view text) const;

 private:
  static constexpr size_t kPlane = 0x10000;
  struct Node {
    // One bit for each child, by the last digits of its character: most text
    // behind a word goes on with none of them.
    uint64_t may_go_on = 0;
    // Where its children stand in edges_.
    uint32_t begin = 0;
    uint32_t end = 0;
    int word_class = -1;
  };
  struct Edge {
    char32_t c;
    uint32_t node;
  };

  void NoteStatingWords(const forms::v1::ClaimGrammar& grammar);
  void NoteHints(const forms::v1::ClaimGrammar& grammar);
  void NoteNearTraits();

  // Of a character of three bytes, or two of them, at the low end of a word.
  static constexpr int kHintBits = 13;
  static size_t HintIndex(uint64_t characters) {
    return characters * 0x9E3779B97F4A7C15u >> (64 - kHintBits);
  }

  std::vector<ClaimWordClass> classes_;
  absl::flat_hash_map<std::string, int> by_key_;
  // By code point. A byte for each, as few lines of the cache as may be.
  std::vector<uint8_t> traits_;
  // By a hash of a character of three bytes: the traits of all that have it.
  // Small enough to stay in the nearest cache; the first test of most text.
  static constexpr int kNearBits = 12;
  static uint32_t NearIndex(uint32_t bytes) {
    return (bytes << 8) * 0x9E3779B1u >> (32 - kNearBits);
  }
  std::array<uint8_t, 1 << kNearBits> near_traits_ = {};
  // By code point: the node behind it; 0 for none.
  std::vector<uint16_t> first_;
  // The classes of the words that States() finds.
  std::vector<bool> stating_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  // By a hash of characters: whether a word that hints can name is this one
  // character (kShort), or begins with these two (kLong); the same of words
  // that state something.
  static constexpr uint8_t kShort = 1;
  static constexpr uint8_t kLong = 2;
  static constexpr uint8_t kShortStates = 4;
  static constexpr uint8_t kLongStates = 8;
  std::vector<uint8_t> hints_;
  // Those that begin with other characters.
  ClaimHints always_;
  bool states_anywhere_ = false;

  // Of the characters at p.
  uint8_t HintsAt(const char* p, const char* end) const;
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
  // As in the subject.
  bool follows = false;
  bool verb_before = false;
  v1::ClaimScope scope = v1::CLAIM_SCOPE_UNSPECIFIED;
  // The readings that the form has.
  std::vector<std::string> readings;
};

// The subjects with the readings of one form, in the order of the grammar.
class ClaimPlans {
 public:
  // Without readings if form is null.
  ClaimPlans(const forms::v1::ClaimGrammar& grammar, const ClaimWords& words,
             const catalog::Form* form);

  const std::vector<ClaimSubjectPlan>& all() const { return plans_; }

  // The words that those need which are told without a number.
  WordSet words_for_all() const { return words_for_all_; }

  // True if a number among these words may be of some subject.
  bool MayFit(WordSet words) const {
    return FindFirst(words, [words](const ClaimSubjectPlan& plan) {
             return (plan.all_of & ~words) == 0 &&
                    (plan.any_of == 0 || (plan.any_of & words) != 0);
           }) != nullptr;
  }

  // The first plan for which fits(plan) is true; null if there is none. Plans
  // that need a word which is not in the set may be passed over.
  template <typename Fits>
  const ClaimSubjectPlan* FindFirst(WordSet words, const Fits& fits) const {
    for (size_t block = 0; block < blocks_; ++block) {
      uint64_t may_fit = needless_[block];
      for (WordSet rest = words; rest != 0; rest &= rest - 1) {
        may_fit |= by_word_[std::countr_zero(rest) * blocks_ + block];
      }
      for (; may_fit != 0; may_fit &= may_fit - 1) {
        const ClaimSubjectPlan& plan =
            plans_[block * kBlock + std::countr_zero(may_fit)];
        if (fits(plan)) return &plan;
      }
    }
    return nullptr;
  }

 private:
  static constexpr size_t kBlock = 64;

  void Index();

  std::vector<ClaimSubjectPlan> plans_;
  WordSet words_for_all_ = 0;
  // Sets of plans, in blocks of 64: those that need no word, and by the number
  // of a word's bit those that are looked at where the word is.
  size_t blocks_ = 0;
  std::vector<uint64_t> needless_;
  std::vector<uint64_t> by_word_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_
