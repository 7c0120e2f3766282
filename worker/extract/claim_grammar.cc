// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_grammar.h"

#include <array>
#include <bit>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "proto/cell_path.h"
#include "worker/catalog/read_text.h"

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

// What numbers begin with.
constexpr std::u16string_view kNumerals =
    u"0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千";

// Between clauses, and those that open a title or the brackets of the number
// of a document.
constexpr std::u16string_view kMarks = u"、，,：:；;。！？!?（(）)《〔";

constexpr size_t kPlane = 0x10000;

// Of the filter, for words that state something: a few of the grammar's.
constexpr int kStatingBuckets = 2;

}  // namespace

ClaimWords::ClaimWords(const ClaimGrammar& grammar)
    : hints_(1),
      filter_(kStatingBuckets),
      numerals_(kPlane),
      ones_(kPlane, -1) {
  // A trie of maps, laid out breadth first.
  struct Draft {
    int word_class = -1;
    std::map<char16_t, size_t> children;
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
    hints_.push_back(
        {word_class.bit, word_class.role == forms::v1::WORD_ROLE_PARTS});
    by_key_[entry.key()] = number;
    for (const std::string& word : entry.words()) {
      size_t node = 0;
      for (const char16_t c : catalog::Utf16Of(word)) {
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
    nodes_[i].word_class = static_cast<int16_t>(drafts[i].word_class);
    nodes_[i].begin = static_cast<uint32_t>(edges_.size());
    nodes_[i].count = static_cast<uint16_t>(drafts[i].children.size());
    for (const auto& [c, child] : drafts[i].children) {
      edges_.push_back({c, static_cast<uint32_t>(child)});
      nodes_[i].may_go_on |= uint64_t{1} << (c % kBits);
    }
  }
  AddPairs();
  for (const char16_t c : kNumerals) numerals_[c] = true;
  NoteStatingClasses(grammar);
  FillFilter(grammar);
}

void ClaimWords::AddPairs() {
  const auto edges_of = [this](const Node& node) {
    return absl::MakeConstSpan(edges_).subspan(node.begin, node.count);
  };
  size_t count = 0;
  for (const Edge& one : edges_of(nodes_[0])) count += nodes_[one.node].count;
  size_t size = 2;
  for (shift_ = 31; size <= 8 * count; size *= 2) --shift_;
  pairs_.assign(size, Pair());
  for (const Edge& one : edges_of(nodes_[0])) {
    ones_[one.c] = nodes_[one.node].word_class;
    for (const Edge& two : edges_of(nodes_[one.node])) {
      const Node& node = nodes_[two.node];
      size_t at = KeyOf(one.c, two.c) * 0x9E3779B1u >> shift_;
      while (pairs_[at].key != 0) {
        pairs_[at].crowded = true;
        at = (at + 1) & (size - 1);
      }
      pairs_[at].key = KeyOf(one.c, two.c);
      pairs_[at].node = node.count > 0 ? two.node : 0;
      pairs_[at].word = node.word_class >= 0 ? ClaimWord{node.word_class, 2}
                                             : ClaimWord{ones_[one.c], 1};
    }
  }
}

void ClaimWords::GoOn(const char16_t* p, const char16_t* end, uint32_t node,
                      ClaimWord* found) const {
  for (const char16_t* next = p + 2; next != end; ++next) {
    const Node& here = nodes_[node];
    if ((here.may_go_on >> (*next % kBits) & 1) == 0) return;
    const Edge* edge = edges_.data() + here.begin;
    const Edge* const last = edge + here.count;
    while (edge != last && edge->c != *next) ++edge;
    if (edge == last) return;
    node = edge->node;
    if (nodes_[node].word_class < 0) continue;
    found->word_class = nodes_[node].word_class;
    found->size = static_cast<uint16_t>(next + 1 - p);
  }
}

void ClaimWords::NoteStatingClasses(const ClaimGrammar& grammar) {
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
}

void ClaimWords::FillFilter(const ClaimGrammar& grammar) {
  using catalog::PairFilter;
  for (size_t i = 0; i < classes_.size(); ++i) {
    for (const std::string& word : grammar.words(static_cast<int>(i)).words()) {
      if (word.empty()) continue;
      filter_.Add(catalog::Utf16Of(word),
                  stating_[i] ? PairFilter::kSecond : PairFilter::kFirst);
    }
  }
  for (const char16_t c : kMarks) filter_.Add({&c, 1}, PairFilter::kThird);
  for (const char16_t c : kNumerals) filter_.Add({&c, 1}, PairFilter::kFourth);
  filter_.Add({&kFullStop, 1}, PairFilter::kFourth);
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
    if (plan.kind == v1::CLAIM_KIND_ALL) {
      words_for_all_ |= plan.all_of;
      if (subject.units().empty()) {
        for_all_.push_back(static_cast<int>(plans_.size()) - 1);
      }
    }
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
