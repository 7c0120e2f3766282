// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_grammar.h
//
// The catalogue's words and subjects of claims, compiled: a trie of all words,
// and subjects as sets of word classes. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/pair_filter.h"

namespace gongkai::extract {

// A set of word classes. Those that no subject can name are in none.
using WordSet = uint64_t;

// A class of words; its number is its place in ClaimWords::classes().
struct ClaimWordClass {
  forms::v1::WordRole role = forms::v1::WORD_ROLE_UNSPECIFIED;
  WordSet bit = 0;
};

// What a word tells of its sentence: that the class is there, and a list of
// parts. Nothing if it is no word.
struct ClaimWordHint {
  WordSet bit = 0;
  bool parts = false;
};

// A word found in text, of so many characters; `word_class` is -1 if none was.
struct ClaimWord {
  int16_t word_class = -1;
  uint16_t size = 1;
};

// Finds the words of a grammar. Immutable after construction.
class ClaimWords {
 public:
  explicit ClaimWords(const forms::v1::ClaimGrammar& grammar);

  const std::vector<ClaimWordClass>& classes() const { return classes_; }

  // The number of the class; -1 if there is none with the key or role.
  int Find(std::string_view key) const;
  int Find(forms::v1::WordRole role) const;

  // Where in a text something may begin: a word, one that states something, a
  // mark, and a numeral or a full stop.
  const catalog::PairFilter& filter() const { return filter_; }

  // The longest word that begins at p, up to `end`, which is behind p.
  ClaimWord Match(const char16_t* p, const char16_t* end) const {
    const uint32_t key = KeyOf(p[0], end - p > 1 ? p[1] : u'\0');
    const Pair& pair = PairOf(key);
    ClaimWord found = {ones_[p[0]], 1};
    // No branches: what stands in a text cannot be predicted.
    const bool known = pair.key == key;
    found = known ? pair.word : found;
    const uint32_t node = known ? pair.node : 0;
    if (node != 0) [[unlikely]]
      GoOn(p, end, node, &found);
    return found;
  }

  // True of the classes of words without which a sentence that has no number
  // states nothing.
  bool States(int word_class) const { return stating_[word_class]; }

  // Of a class, or of -1.
  const ClaimWordHint& HintOf(int word_class) const {
    return hints_[static_cast<size_t>(word_class + 1)];
  }

  // Numbers begin with these.
  bool IsNumeral(char16_t c) const { return numerals_[c]; }

  static constexpr char16_t kFullStop = u'。';

 private:
  struct Node {
    // One bit for each child, by the last digits of its character: most text
    // behind a word goes on with none of them.
    uint64_t may_go_on = 0;
    // Where its children stand in edges_.
    uint32_t begin = 0;
    uint16_t count = 0;
    int16_t word_class = -1;
  };
  struct Edge {
    char16_t c;
    uint32_t node;
  };
  // Two characters that words begin with.
  struct Pair {
    uint32_t key = 0;
    // Where longer words go on; 0 if there are none.
    uint32_t node = 0;
    // The longest word of the two.
    ClaimWord word;
    // Another one has its place behind this one, which was taken.
    bool crowded = false;
  };

  static uint32_t KeyOf(char16_t first, char16_t second) {
    return first | uint32_t{second} << 16;
  }

  // The pair with the key; another one if there is none.
  const Pair& PairOf(uint32_t key) const {
    size_t at = key * 0x9E3779B1u >> shift_;
    while (pairs_[at].crowded && pairs_[at].key != key) [[unlikely]] {
        at = (at + 1) & (pairs_.size() - 1);
      }
    return pairs_[at];
  }

  // Replaces *found by a longer word that begins with the characters at p and
  // goes on behind two of them at the node.
  void GoOn(const char16_t* p, const char16_t* end, uint32_t node,
            ClaimWord* found) const;

  void AddPairs();
  void NoteStatingClasses(const forms::v1::ClaimGrammar& grammar);
  void FillFilter(const forms::v1::ClaimGrammar& grammar);

  std::vector<ClaimWordClass> classes_;
  // One more, the first of them for no class.
  std::vector<ClaimWordHint> hints_;
  absl::flat_hash_map<std::string, int> by_key_;
  std::vector<bool> stating_;
  catalog::PairFilter filter_;
  // By character.
  std::vector<bool> numerals_;
  // By character: the class of the word that it is; -1 for none.
  std::vector<int16_t> ones_;
  // Open addressing; a power of two of them, less than an eighth in use.
  std::vector<Pair> pairs_;
  int shift_ = 31;
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

  // Those of them that say that something holds for all cases, and take any
  // unit.
  const std::vector<int>& for_all() const { return for_all_; }

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
  std::vector<int> for_all_;
  // Sets of plans, in blocks of 64: those that need no word, and by the number
  // of a word's bit those that are looked at where the word is.
  size_t blocks_ = 0;
  std::vector<uint64_t> needless_;
  std::vector<uint64_t> by_word_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_GRAMMAR_H_
