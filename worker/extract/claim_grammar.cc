// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_grammar.h"

#include <array>
#include <bit>
#include <cstring>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "proto/cell_path.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

using forms::v1::ClaimGrammar;
using forms::v1::ClaimSubject;
using forms::v1::WordClass;

// Of a WordSet and other sets of bits.
constexpr size_t kBits = 64;

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

// True if the form has the cells of a term: a path, or "denied.**" for all rows
// whose keys begin so.
bool HasCells(const catalog::Form& form, absl::string_view term) {
  constexpr absl::string_view kAllRows = ".**.";
  const size_t stars = term.find(kAllRows);
  if (stars == absl::string_view::npos) {
    const auto path = ParseCellPath(term);
    return path.ok() && form.Find(*path) != catalog::kNoCell;
  }
  const absl::string_view prefix = term.substr(0, stars + 1);
  const absl::string_view column = term.substr(stars + kAllRows.size());
  for (const catalog::FormRow& row : form.rows()) {
    if (row.beside_form) continue;
    const std::string path =
        absl::StrCat(Key(row.table), ".", Key(row.row), ".", column);
    if (!absl::StartsWith(path, prefix)) continue;
    const auto parsed = ParseCellPath(path);
    if (parsed.ok() && form.Find(*parsed) != catalog::kNoCell) return true;
  }
  return false;
}

bool HasAllCells(const catalog::Form& form, absl::string_view sum) {
  for (absl::string_view term : absl::StrSplit(sum, '+')) {
    if (!HasCells(form, absl::StripAsciiWhitespace(term))) return false;
  }
  return true;
}

// What a Chinese character takes.
constexpr size_t kBytes = 3;

// Numbers begin with these.
constexpr std::u32string_view kNumerals =
    U"0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千";

constexpr char32_t kFullStopSign = U'。';
constexpr std::u32string_view kMarks = U"、，,：:；;。！？!?（(）)《〔";

}  // namespace

ClaimWords::ClaimWords(const ClaimGrammar& grammar)
    : traits_(kPlane), first_(kPlane) {
  // A trie of maps, laid out breadth first.
  struct Draft {
    int word_class = -1;
    std::map<char32_t, size_t> children;
  };
  std::vector<Draft> drafts(1);
  WordSet next_bit = 1;
  for (const WordClass& entry : grammar.words()) {
    ClaimWordClass word_class;
    word_class.role = entry.role();
    if (catalog::NamesWordClass(entry.role())) {
      word_class.bit = next_bit;
      next_bit <<= 1;
    }
    const int number = static_cast<int>(classes_.size());
    classes_.push_back(word_class);
    by_key_[entry.key()] = number;
    for (const std::string& word : entry.words()) {
      size_t node = 0;
      for (size_t at = 0; at < word.size();) {
        const char32_t c = NextCharacter(word, &at);
        const auto [child, inserted] =
            drafts[node].children.emplace(c, drafts.size());
        const size_t next = child->second;
        if (inserted) drafts.emplace_back();
        node = next;
      }
      drafts[node].word_class = number;
    }
  }
  nodes_.resize(drafts.size());
  for (size_t i = 0; i < drafts.size(); ++i) {
    nodes_[i].word_class = drafts[i].word_class;
    nodes_[i].begin = static_cast<uint32_t>(edges_.size());
    for (const auto& [c, child] : drafts[i].children) {
      edges_.push_back({c, static_cast<uint32_t>(child)});
      nodes_[i].may_go_on |= uint64_t{1} << (c % kBits);
      if (i > 0 || c >= kPlane) continue;
      first_[c] = static_cast<uint16_t>(child);
      traits_[c] |= kWord;
    }
    nodes_[i].end = static_cast<uint32_t>(edges_.size());
  }
  for (const char32_t c : kNumerals) traits_[c] |= kNumeral;
  for (const char32_t c : kMarks) traits_[c] |= kMark;
  traits_[kFullStopSign] |= kFullStop;
  NoteStatingWords(grammar);
  NoteHints(grammar);
  NoteNearTraits();
}

void ClaimWords::NoteNearTraits() {
  constexpr char32_t kFirstOfThreeBytes = 0x800;
  for (char32_t c = kFirstOfThreeBytes; c < kPlane; ++c) {
    if (traits_[c] == 0) continue;
    const uint32_t bytes = (0xE0 | c >> 12) | (0x80 | (c >> 6 & 0x3F)) << 8 |
                           (0x80 | (c & 0x3F)) << 16;
    near_traits_[NearIndex(bytes)] |= traits_[c];
  }
}

void ClaimWords::NoteStatingWords(const ClaimGrammar& grammar) {
  stating_.assign(classes_.size(), false);
  for (size_t i = 0; i < classes_.size(); ++i) {
    stating_[i] = classes_[i].role == forms::v1::WORD_ROLE_NEGATION ||
                  grammar.words(static_cast<int>(i)).reach() ==
                      forms::v1::WORD_REACH_PARAGRAPH;
  }
  for (const ClaimSubject& subject : grammar.subjects()) {
    if (subject.kind() != v1::CLAIM_KIND_ALL || subject.all_of().empty()) {
      continue;
    }
    const int found = Find(subject.all_of(0));
    if (found >= 0) stating_[found] = true;
  }
  for (size_t i = 0; i < classes_.size(); ++i) {
    if (!stating_[i]) continue;
    for (const std::string& word : grammar.words(static_cast<int>(i)).words()) {
      size_t at = 0;
      const char32_t c = word.empty() ? kPlane : NextCharacter(word, &at);
      if (c < kPlane) traits_[c] |= kStatingWord;
    }
  }
}

void ClaimWords::NoteHints(const ClaimGrammar& grammar) {
  hints_.assign(size_t{1} << kHintBits, 0);
  for (size_t i = 0; i < classes_.size(); ++i) {
    const bool parts = classes_[i].role == forms::v1::WORD_ROLE_PARTS;
    const bool named = classes_[i].bit != 0 || parts;
    const int short_word =
        (named ? kShort : 0) | (stating_[i] ? kShortStates : 0);
    const int long_word = (named ? kLong : 0) | (stating_[i] ? kLongStates : 0);
    for (const std::string& word : grammar.words(static_cast<int>(i)).words()) {
      size_t one = 0;
      if (!word.empty()) NextCharacter(word, &one);
      size_t two = one;
      if (two < word.size()) NextCharacter(word, &two);
      if (one != kBytes || (two != one && two != 2 * kBytes)) {
        always_.words |= classes_[i].bit;
        always_.parts |= parts;
        states_anywhere_ = states_anywhere_ || stating_[i];
        continue;
      }
      if (named) {
        size_t at = 0;
        traits_[NextCharacter(word, &at)] |= kHint;
      }
      uint64_t characters = 0;
      std::memcpy(&characters, word.data(), two);
      hints_[HintIndex(characters)] |=
          static_cast<uint8_t>(one == two ? short_word : long_word);
    }
  }
}

inline uint8_t ClaimWords::HintsAt(const char* p, const char* end) const {
  uint64_t characters = 0;
  if (end - p >= static_cast<ptrdiff_t>(sizeof(characters))) {
    std::memcpy(&characters, p, sizeof(characters));
  } else {
    std::memcpy(&characters, p, static_cast<size_t>(end - p));
  }
  return static_cast<uint8_t>(
      (hints_[HintIndex(characters & 0xFFFFFF)] & (kShort | kShortStates)) |
      (hints_[HintIndex(characters & 0xFFFFFFFFFFFF)] & (kLong | kLongStates)));
}

ClaimHints ClaimWords::Guess(std::string_view text) const {
  ClaimHints found = always_;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* p = begin; p < end;) {
    if ((*p & 0xF0) != 0xE0) {
      ++p;
      continue;
    }
    if (end - p >= 4) {
      uint32_t word;
      std::memcpy(&word, p, sizeof(word));
      if ((near_traits_[NearIndex(word)] & kHint) == 0) {
        p += kBytes;
        continue;
      }
    }
    if ((HintsAt(p, end) & (kShort | kLong)) != 0) {
      const ClaimWord word = Match(text, static_cast<size_t>(p - begin));
      if (word.word_class >= 0) {
        const ClaimWordClass& entry = classes_[word.word_class];
        found.words |= entry.bit;
        found.parts |= entry.role == forms::v1::WORD_ROLE_PARTS;
      }
    }
    p += kBytes;
  }
  return found;
}

size_t ClaimWords::FindTrait(std::string_view text, size_t at,
                             uint8_t traits) const {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (;;) {
    // Nearly all of a Chinese text: characters of three bytes.
    const char* p = begin + at;
    for (; end - p >= 4; p += kBytes) {
      uint32_t word;
      std::memcpy(&word, p, sizeof(word));
      if ((word & 0xF0) != 0xE0) break;
      if ((near_traits_[NearIndex(word)] & traits) == 0) continue;
      const uint32_t c =
          (word & 0x0F) << 12 | (word >> 2 & 0xFC0) | (word >> 16 & 0x3F);
      if ((traits_[c] & traits) != 0) return static_cast<size_t>(p - begin);
    }
    at = static_cast<size_t>(p - begin);
    if (at >= text.size()) return at;
    const size_t character = at;
    if ((TraitsOf(NextCharacter(text, &at)) & traits) != 0) return character;
  }
}

bool ClaimWords::States(std::string_view text, size_t at) const {
  const uint8_t hints = HintsAt(text.data() + at, text.data() + text.size());
  if ((hints & (kShortStates | kLongStates)) == 0 && !states_anywhere_) {
    return false;
  }
  const ClaimWord word = Match(text, at);
  return word.word_class >= 0 && stating_[word.word_class];
}

int ClaimWords::Find(std::string_view key) const {
  const auto found = by_key_.find(Absl(key));
  return found == by_key_.end() ? -1 : found->second;
}

int ClaimWords::Find(forms::v1::WordRole role) const {
  for (size_t i = 0; i < classes_.size(); ++i) {
    if (classes_[i].role == role) return static_cast<int>(i);
  }
  return -1;
}

ClaimWord ClaimWords::Match(std::string_view text, size_t at) const {
  ClaimWord found;
  if (at >= text.size()) return found;
  char32_t c = NextCharacter(text, &at);
  if (c >= kPlane) return found;
  uint32_t node = first_[c];
  while (node != 0) {
    const Node& here = nodes_[node];
    if (here.word_class >= 0) {
      found.word_class = here.word_class;
      found.end = at;
    }
    if (here.may_go_on == 0 || at >= text.size()) break;
    c = NextCharacter(text, &at);
    if ((here.may_go_on >> (c % kBits) & 1) == 0) break;
    const Edge* const end = edges_.data() + here.end;
    const Edge* edge = edges_.data() + here.begin;
    while (edge != end && edge->c != c) ++edge;
    node = edge == end ? 0 : edge->node;
  }
  return found;
}

ClaimPlans::ClaimPlans(const ClaimGrammar& grammar, const ClaimWords& words,
                       const catalog::Form* form) {
  const auto set_of = [&words](const auto& keys) {
    WordSet set = 0;
    for (const std::string& key : keys) {
      const int found = words.Find(key);
      if (found >= 0) set |= words.classes()[found].bit;
    }
    return set;
  };
  WordSet units = 0;
  WordSet negations = 0;
  for (const ClaimWordClass& entry : words.classes()) {
    if (entry.role == forms::v1::WORD_ROLE_UNIT) units |= entry.bit;
    if (entry.role == forms::v1::WORD_ROLE_NEGATION) negations |= entry.bit;
  }
  for (const ClaimSubject& subject : grammar.subjects()) {
    ClaimSubjectPlan& plan = plans_.emplace_back();
    plan.subject = &subject;
    plan.all_of = set_of(subject.all_of());
    plan.any_of = set_of(subject.any_of());
    plan.none_of = set_of(subject.none_of());
    plan.about = set_of(subject.about());
    plan.units = subject.units().empty() ? units : set_of(subject.units());
    plan.regardless_of = set_of(subject.regardless_of());
    plan.not_with = set_of(subject.not_with());
    if (subject.kind() != v1::CLAIM_KIND_UNSPECIFIED) {
      plan.kind = subject.kind();
    }
    plan.negated = ((plan.all_of | plan.any_of) & negations) != 0;
    if (plan.kind == v1::CLAIM_KIND_ALL) words_for_all_ |= plan.all_of;
    plan.follows = subject.follows();
    plan.verb_before = subject.verb_before();
    plan.scope = subject.scope();
    if (form == nullptr) continue;
    for (const std::string& reading : subject.readings()) {
      if (HasAllCells(*form, reading)) plan.readings.push_back(reading);
    }
  }
  Index();
}

void ClaimPlans::Index() {
  blocks_ = (plans_.size() + kBlock - 1) / kBlock;
  needless_.assign(blocks_, 0);
  by_word_.assign(blocks_ * kBits, 0);
  std::array<int, kBits> uses = {};
  for (const ClaimSubjectPlan& plan : plans_) {
    for (WordSet rest = plan.all_of; rest != 0; rest &= rest - 1) {
      ++uses[std::countr_zero(rest)];
    }
  }
  for (size_t i = 0; i < plans_.size(); ++i) {
    // The word that the fewest plans need, or any of several.
    WordSet keys = plans_[i].any_of;
    if (plans_[i].all_of != 0) {
      keys = plans_[i].all_of & (~plans_[i].all_of + 1);
      for (WordSet rest = plans_[i].all_of; rest != 0; rest &= rest - 1) {
        if (uses[std::countr_zero(rest)] < uses[std::countr_zero(keys)]) {
          keys = rest & (~rest + 1);
        }
      }
    }
    const uint64_t bit = uint64_t{1} << (i % kBlock);
    if (keys == 0) needless_[i / kBlock] |= bit;
    for (; keys != 0; keys &= keys - 1) {
      by_word_[std::countr_zero(keys) * blocks_ + i / kBlock] |= bit;
    }
  }
}

}  // namespace gongkai::extract
