// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_facts.h"

#include <algorithm>

#include "worker/extract/claim_lists.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

using forms::v1::WordRole;

// Deeper brackets are read as if they were not there.
constexpr size_t kMaxDepth = 4;

// A shorter line that ends no sentence is a heading.
constexpr size_t kLongestHeading = 90;

constexpr int kHundred = 100;

}  // namespace

ClaimFactReader::ClaimFactReader(const forms::v1::ClaimGrammar& grammar,
                                 const ClaimWords& words)
    : words_(words), sentence_text_(words) {
  for (int i = 0; i < grammar.words_size(); ++i) {
    const auto& entry = grammar.words(i);
    const WordSet bit = words_.classes()[i].bit;
    const WordRole role = entry.role();
    if (role == forms::v1::WORD_ROLE_MATTER) matters_ |= bit;
    if (role == forms::v1::WORD_ROLE_VERB) verbs_ |= bit;
    if (role == forms::v1::WORD_ROLE_BODY) bodies_ |= bit;
    if (role == forms::v1::WORD_ROLE_LAST_YEAR) last_year_ |= bit;
    if (role == forms::v1::WORD_ROLE_NEXT_YEAR) next_year_ |= bit;
    if (role == forms::v1::WORD_ROLE_FURTHER_YEAR) further_year_ |= bit;
    const v1::ClaimScope scope = entry.scope();
    if (scope == v1::CLAIM_SCOPE_OWN) own_year_ = i;
    if (scope == v1::CLAIM_SCOPE_PLAN) plan_ |= bit;
    if (scope == v1::CLAIM_SCOPE_OTHER_YEAR) other_year_ |= bit;
    if (scope == v1::CLAIM_SCOPE_OTHER_POPULATION) other_population_ |= bit;
    if (entry.reach() != forms::v1::WORD_REACH_UNSPECIFIED) {
      sentence_reach_ |= bit;
    }
    if (entry.reach() == forms::v1::WORD_REACH_PARAGRAPH) {
      paragraph_reach_ |= bit;
    }
  }
  years_ = last_year_ | next_year_ | further_year_;
}

void ClaimFactReader::Start(const ClaimPlans& plans, int year,
                            std::string_view body) {
  plans_ = &plans;
  all_words_ = plans.words_for_all() & ~matters_;
  year_ = year;
  body_ = body;
  topic_ = 0;
}

void ClaimFactReader::StartSection() { topic_ = 0; }

void ClaimFactReader::Read(const ClaimText& text, size_t begin, size_t end) {
  text_ = &text;
  paragraph_ = begin;
  paragraph_end_ = end;
  facts_.clear();
  lists_.clear();
  parts_.clear();
  context_ = topic_;
  sentence_words_ = scope_ = sentence_verbs_ = 0;
  sentence_ = sentence_fact_ = previous_fact_ = 0;
  while (begin < end) {
    const ClaimSentence sentence = NextSentence(words_, text, begin, end);
    // A short first sentence may be a heading and name the matter.
    const bool heading =
        begin == paragraph_ &&
        text.Byte(sentence.end) - text.Byte(begin) < kLongestHeading;
    if (!sentence.states && !heading) {
      SkipSentence();
    } else {
      sentence_text_.Read(text, begin, sentence.end);
      if (heading || Tells()) {
        ReadSentences();
      } else {
        EndSentence();
      }
    }
    if (heading && facts_.empty()) topic_ = context_;
    begin = sentence.end;
  }
}

// False if reading the sentence could neither find a subject of a number nor
// change what is known for the sentences behind it.
bool ClaimFactReader::Tells() const {
  const WordSet words = sentence_text_.all();
  return scope_ != 0 || sentence_text_.parts() ||
         (words & (matters_ | paragraph_reach_)) != 0 ||
         // A year in digits stands for a word.
         plans_->MayFit(words | years_);
}

// What it was about is not known.
void ClaimFactReader::SkipSentence() {
  context_ = 0;
  EndSentence();
}

void ClaimFactReader::EndSentence() {
  previous_fact_ = sentence_fact_;
  sentence_fact_ = static_cast<int>(facts_.size());
  ++sentence_;
}

void ClaimFactReader::ReadSentences() {
  ScanClaims(words_, sentence_text_, paragraph_, &items_);
  OpenPart(static_cast<int>(sentence_text_.begin()));
  for (size_t i = 0; i < items_.size(); ++i) ReadItem(i);
  if (!parts_.empty()) CloseSentence(static_cast<int>(sentence_text_.end()));
}

void ClaimFactReader::ReadItem(size_t index) {
  const ClaimItem& item = items_[index];
  const int begin = static_cast<int>(item.begin);
  const int end = static_cast<int>(item.end);
  switch (item.mark) {
    case ClaimMark::kWord:
      TakeWord(item);
      break;
    case ClaimMark::kNumber:
      TakeNumber(index);
      break;
    case ClaimMark::kYear:
      TakeYear(item);
      break;
    case ClaimMark::kItem:
    case ClaimMark::kColon:
      if (parts_.back().pending >= 0) {
        NextPart(begin, end);
      } else {
        TakeFiller(item);
      }
      break;
    case ClaimMark::kClause:
    case ClaimMark::kHalf:
      NextPart(begin, end);
      break;
    case ClaimMark::kStop:
      CloseSentence(begin);
      // The last of them closes the last sentence.
      if (index + 1 < items_.size()) OpenPart(end);
      break;
    case ClaimMark::kOpen:
      OpenBracket(item);
      break;
    case ClaimMark::kClose:
      CloseBracket(item);
      break;
  }
}

// Parts ---------------------------------------------------------------------

void ClaimFactReader::OpenPart(int begin) {
  Part& part = parts_.emplace_back();
  part.begin = part.chain = begin;
  part.first_fact = static_cast<int>(facts_.size());
}

void ClaimFactReader::NextPart(int end, int begin) {
  ClosePart(end);
  Part& part = parts_.back();
  Part next;
  next.begin = next.chain = begin;
  next.first_fact = static_cast<int>(facts_.size());
  next.list = part.list;
  next.outer = part.outer;
  next.bracket_of = part.bracket_of;
  next.bracket_begin = part.bracket_begin;
  if (parts_.size() > 1) next.matter = part.matter;
  part = next;
}

void ClaimFactReader::ClosePart(int end) {
  FinishNumber();
  Part& part = parts_.back();
  const bool numbers = part.first_fact < static_cast<int>(facts_.size());
  if (!numbers && part.negation >= 0) TakeNegation(end);
  if (!numbers && (part.all & all_words_) != 0) {
    ClaimFact& fact = facts_.emplace_back();
    fact.kind = v1::CLAIM_KIND_ALL;
    fact.digits = kHundred;
    fact.begin = part.begin;
    fact.end = end;
    fact.before = fact.around = part.all;
    fact.solid = part.known_start;
    fact.verb = part.verb;
    fact.year = part.year;
    fact.sentence = sentence_;
    fact.depth = static_cast<int>(parts_.size()) - 1;
    fact.around |= part.outer | scope_;
    // Its subject is settled at the end of the sentence.
    fact.whole = LastCount(fact.depth);
  }
  WordSet settled = 0;
  for (size_t f = part.first_fact; f < facts_.size(); ++f) {
    if (facts_[f].clause_end == 0) {
      facts_[f].clause_begin = part.begin;
      facts_[f].clause_end = end;
    }
    if (facts_[f].plan != nullptr) settled |= facts_[f].plan->regardless_of;
  }
  if (parts_.size() > 1) return;
  if (part.matter != 0) context_ = part.matter;
  if ((part.all & verbs_) != 0) sentence_verbs_ = part.all & verbs_;
  if (!part.compares) scope_ |= part.all & sentence_reach_ & ~settled;
}

void ClaimFactReader::OpenBracket(const ClaimItem& item) {
  if (parts_.size() > kMaxDepth) return;
  Part& outer = parts_.back();
  const int begin = static_cast<int>(item.begin);
  const bool behind_number =
      outer.pending >= 0 && Chained(facts_[outer.pending].end, begin);
  const int bracket_of = behind_number ? outer.pending : -1;
  const WordSet words = outer.all | outer.outer;
  const WordSet matter = outer.matter;
  const bool chained = Chained(outer.chain, begin);
  OpenPart(static_cast<int>(item.end));
  Part& part = parts_.back();
  part.outer = words;
  part.matter = matter;
  part.bracket_of = bracket_of;
  part.bracket_begin = chained ? begin : -1;
  if (behind_number) OpenList(/*bracket=*/true);
}

void ClaimFactReader::CloseBracket(const ClaimItem& item) {
  if (parts_.size() < 2) {
    TakeFiller(item);
    return;
  }
  ClosePart(static_cast<int>(item.begin));
  const bool chained = parts_.back().bracket_begin >= 0;
  parts_.pop_back();
  if (chained) parts_.back().chain = static_cast<int>(item.end);
}

void ClaimFactReader::CloseSentence(int end) {
  while (parts_.size() > 1) {
    ClosePart(end);
    parts_.pop_back();
  }
  ClosePart(end);
  parts_.clear();
  for (size_t i = 0; i < lists_.size(); ++i) {
    ResolveClaimList(lists_[i], static_cast<int>(i), matters_,
                     absl::MakeSpan(facts_));
  }
  // Their numbers go on counting, so that facts keep them.
  for (ClaimList& list : lists_) list.settled = true;
  for (size_t f = sentence_fact_; f < facts_.size(); ++f) {
    if (facts_[f].kind == v1::CLAIM_KIND_ALL && facts_[f].plan == nullptr) {
      SettleAll(&facts_[f]);
    }
  }
  sentence_words_ = sentence_verbs_ = 0;
  scope_ &= paragraph_reach_;
  EndSentence();
}

// Words ---------------------------------------------------------------------

bool ClaimFactReader::Chained(int from, int to) const {
  return from == to ||
         (from < to && text_->SkipBlanks(static_cast<size_t>(from),
                                         static_cast<size_t>(to)) ==
                           static_cast<size_t>(to));
}

void ClaimFactReader::TakeFiller(const ClaimItem& item) {
  Part& part = parts_.back();
  if (Chained(part.chain, static_cast<int>(item.begin))) {
    part.chain = static_cast<int>(item.end);
  } else if (part.negation >= 0) {
    part.denied_known = false;
  }
}

// "……3件等" and "主要有……3件", but not "重大事件等信息3件".
void ClaimFactReader::TakeOpenList(const ClaimItem& item) {
  TakeFiller(item);
  const Part& part = parts_.back();
  if (part.list >= 0 &&
      (part.pending >= 0 || part.chain == static_cast<int>(item.end))) {
    lists_[part.list].open = true;
  }
}

void ClaimFactReader::NoteWord(const ClaimItem& item, WordSet bit) {
  Part& part = parts_.back();
  const bool chained = Chained(part.chain, static_cast<int>(item.begin));
  if (part.all == 0) part.known_start = chained;
  if (part.pending >= 0 && part.run == 0) {
    ClaimFact& fact = facts_[part.pending];
    fact.follows = chained || fact.leads;
  }
  if (!chained) {
    part.solid = 0;
    part.denied_known = false;
  }
  part.chain = static_cast<int>(item.end);
  part.all |= bit;
  part.run |= bit;
  part.solid |= bit;
  if (part.negation >= 0) part.denied |= bit;
  sentence_words_ |= bit;
}

void ClaimFactReader::TakeWord(const ClaimItem& item) {
  const ClaimWordClass& entry = words_.classes()[item.word_class];
  switch (entry.role) {
    case forms::v1::WORD_ROLE_FILLER:
      TakeFiller(item);
      if (item.word_class == own_year_ && !parts_.back().compares) {
        scope_ &= ~years_;
      }
      return;
    case forms::v1::WORD_ROLE_UNIT:
    case forms::v1::WORD_ROLE_OTHER_UNIT:
    case forms::v1::WORD_ROLE_MONEY:
    case forms::v1::WORD_ROLE_PERCENT:
    case forms::v1::WORD_ROLE_CALENDAR:
    case forms::v1::WORD_ROLE_ORDINAL:
      TakeFiller(item);
      return;
    case forms::v1::WORD_ROLE_CONJUNCTION:
      if (parts_.back().pending >= 0 && parts_.back().run == 0) {
        NextPart(static_cast<int>(item.begin), static_cast<int>(item.end));
      } else {
        TakeFiller(item);
      }
      return;
    case forms::v1::WORD_ROLE_APPROXIMATE:
      TakeFiller(item);
      parts_.back().approximate = true;
      return;
    case forms::v1::WORD_ROLE_PARTS:
      TakeFiller(item);
      FinishNumber();
      OpenList(/*bracket=*/false);
      return;
    case forms::v1::WORD_ROLE_OPEN_LIST:
      TakeOpenList(item);
      return;
    case forms::v1::WORD_ROLE_OWN_BODY:
      TakeFiller(item);
      scope_ &= ~bodies_;
      return;
    case forms::v1::WORD_ROLE_BODY:
      if (IsOwnBody(item)) {
        scope_ &= ~bodies_;
        return;
      }
      break;
    case forms::v1::WORD_ROLE_NEGATION: {
      Part& part = parts_.back();
      if (part.pending < 0) {
        part.negation = static_cast<int>(item.begin);
        part.negation_word = text_->Part(item.begin, item.end);
        part.denied = 0;
        NoteWord(item, entry.bit);
        part.denied_known = true;
        return;
      }
      break;
    }
    default:
      break;
  }
  NoteWord(item, entry.bit);
  Part& part = parts_.back();
  switch (entry.role) {
    case forms::v1::WORD_ROLE_MATTER:
      part.matter = entry.bit;
      break;
    case forms::v1::WORD_ROLE_VERB:
      part.verb = text_->Part(item.begin, item.end);
      break;
    case forms::v1::WORD_ROLE_CAUSE:
      part.run &= ~(matters_ | verbs_);
      part.solid &= ~(matters_ | verbs_);
      part.denied &= ~matters_;
      break;
    case forms::v1::WORD_ROLE_SHARE:
    case forms::v1::WORD_ROLE_RISE:
    case forms::v1::WORD_ROLE_FALL:
      part.percent = entry.role;
      break;
    case forms::v1::WORD_ROLE_COMPARISON:
      part.compares = true;
      break;
    default:
      break;
  }
}

void ClaimFactReader::TakeYear(const ClaimItem& item) {
  Part& part = parts_.back();
  const int year = static_cast<int>(item.digits);
  TakeFiller(item);
  if (!part.compares) part.year = year;
  if (year_ == 0) return;
  if (year == year_) {
    if (!part.compares) scope_ &= ~years_;
    return;
  }
  const WordSet bit = year == year_ - 1   ? last_year_
                      : year == year_ + 1 ? next_year_
                                          : further_year_;
  part.all |= bit;
  part.run |= bit;
  if (part.chain == static_cast<int>(item.end)) part.solid |= bit;
}

// The two characters before the end of a name, as in the report's own: "林业局"
// in "会同县林业局". A single character is a level: "县政府".
bool ClaimFactReader::IsOwnBody(const ClaimItem& item) const {
  constexpr size_t kCharacters = 2;
  size_t begin = item.begin;
  while (begin > paragraph_ && item.begin - begin < kCharacters &&
         IsChinese(text_->codes()[begin - 1])) {
    --begin;
  }
  if (item.begin - begin < kCharacters) return true;
  return body_.find(text_->Part(begin, item.end)) != std::string::npos;
}

void ClaimFactReader::OpenList(bool bracket) {
  Part& part = parts_.back();
  ClaimList list;
  list.bracket = bracket;
  list.end_candidate = static_cast<int>(facts_.size());
  list.begin_candidate = sentence_fact_;
  if (part.bracket_of >= 0) {
    list.begin_candidate = part.bracket_of;
    list.end_candidate = part.bracket_of + 1;
  } else if (sentence_fact_ == list.end_candidate) {
    list.begin_candidate = previous_fact_;
  }
  list.depth = static_cast<int>(parts_.size()) - 1;
  part.list = static_cast<int>(lists_.size());
  lists_.push_back(list);
}

// Subjects ------------------------------------------------------------------

const ClaimSubjectPlan* ClaimFactReader::Find(const ClaimFact& fact,
                                              WordSet words, WordSet all,
                                              WordSet context,
                                              bool behind) const {
  const bool negated = fact.kind == v1::CLAIM_KIND_NONE;
  return plans_->FindFirst(
      words | fact.verb_before, [&](const ClaimSubjectPlan& plan) {
        if (plan.negated != negated || (behind && !plan.follows)) return false;
        if (!negated) {
          if (plan.kind != fact.kind) return false;
          if (fact.unit_bit != 0 && (plan.units & fact.unit_bit) == 0) {
            return false;
          }
        }
        WordSet have = words;
        // Unknown text before it may name something else.
        if (plan.verb_before && (words != 0 || fact.solid)) {
          have |= fact.verb_before;
        }
        if ((plan.all_of & ~have) != 0) return false;
        if (plan.any_of != 0 && (plan.any_of & have) == 0) return false;
        if ((plan.none_of & all) != 0) return false;
        return plan.about == 0 || (plan.about & context) != 0;
      });
}

v1::ClaimScope ClaimFactReader::ScopeOf(const ClaimSubjectPlan* plan,
                                        WordSet words) const {
  if (plan != nullptr) {
    words &= ~plan->regardless_of;
    if (plan->scope != v1::CLAIM_SCOPE_UNSPECIFIED) return plan->scope;
  }
  if ((words & plan_) != 0) return v1::CLAIM_SCOPE_PLAN;
  if ((words & other_year_) != 0) return v1::CLAIM_SCOPE_OTHER_YEAR;
  if ((words & other_population_) != 0) {
    return v1::CLAIM_SCOPE_OTHER_POPULATION;
  }
  return v1::CLAIM_SCOPE_OWN;
}

}  // namespace gongkai::extract
