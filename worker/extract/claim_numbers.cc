// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What the numbers of a clause count; and what did not occur, or in all cases.

#include <algorithm>

#include "worker/extract/claim_facts.h"
#include "worker/extract/utf8.h"

namespace gongkai::extract {
namespace {

using forms::v1::ClaimSubject;
using forms::v1::WordRole;

constexpr int kHundred = 100;

bool IsOne(WordSet set) { return set != 0 && (set & (set - 1)) == 0; }

bool IsQuantity(const ClaimFact& fact) {
  return fact.kind == v1::CLAIM_KIND_COUNT ||
         fact.kind == v1::CLAIM_KIND_AMOUNT;
}

}  // namespace

int ClaimFactReader::LastCount(int depth) const {
  for (int f = static_cast<int>(facts_.size()) - 1; f >= sentence_fact_; --f) {
    if (facts_[f].depth <= depth && IsQuantity(facts_[f])) return f;
  }
  return -1;
}

void ClaimFactReader::TakeNumber(size_t index) {
  const ClaimItem& item = items_[index];
  const int begin = static_cast<int>(item.begin);
  const int end = static_cast<int>(item.end);
  const bool chained = Chained(parts_.back().chain, begin);
  if (parts_.back().negation >= 0 && parts_.back().pending < 0 &&
      item.digits == 1 && item.scale == 0 && chained) {
    // "没有一件……" is as good as "没有……".
    TakeFiller(item);
    return;
  }
  FinishNumber();
  Part& part = parts_.back();
  ClaimFact& fact = facts_.emplace_back();
  fact.digits = item.digits;
  fact.scale = item.scale;
  fact.approximate = item.approximate || part.approximate;
  fact.begin = begin;
  fact.end = end;
  fact.unit = static_cast<int>(item.unit);
  if (item.word_class >= 0) {
    fact.unit_role = words_.classes()[item.word_class].role;
    fact.unit_bit = words_.classes()[item.word_class].bit;
  } else {
    // Without a unit the next word must follow, or the number could count
    // anything.
    const size_t next = index + 1;
    fact.vague =
        !Chained(end, static_cast<int>(next < items_.size() ? items_[next].begin
                                                            : paragraph_end_));
  }
  if (fact.unit_role == forms::v1::WORD_ROLE_MONEY) {
    fact.kind = v1::CLAIM_KIND_AMOUNT;
  } else if (fact.unit_role == forms::v1::WORD_ROLE_PERCENT) {
    fact.kind = v1::CLAIM_KIND_SHARE;
  }
  fact.idiom = item.digits == 1 && IsChinese(text_->codes()[begin]);
  fact.depth = static_cast<int>(parts_.size()) - 1;
  fact.sentence = sentence_;
  fact.list = part.list;
  fact.before = part.run;
  fact.solid = chained;
  fact.solid_before = chained ? part.solid : 0;
  fact.leads = chained && (part.run & ~years_) == 0;
  fact.context = part.matter != 0 ? part.matter : context_;
  fact.verb_before = (part.run & verbs_) != 0 ? 0 : sentence_verbs_;
  fact.verb = (part.run & verbs_) != 0 ? part.verb : std::string_view();
  fact.vague = fact.vague || part.negation >= 0;
  part.pending = static_cast<int>(facts_.size()) - 1;
  part.run = part.solid = 0;
  part.approximate = false;
  part.chain = end;
}

void ClaimFactReader::FinishNumber() {
  Part& part = parts_.back();
  if (part.pending < 0) return;
  const int number = part.pending;
  part.pending = -1;
  ClaimFact* fact = &facts_[number];
  fact->around = fact->before | part.run;
  fact->year = part.year;
  const WordSet near = fact->around | part.outer | scope_;
  if (fact->unit_role == forms::v1::WORD_ROLE_PERCENT) {
    FinishPercentage(fact, part.percent);
    part.percent = forms::v1::WORD_ROLE_UNSPECIFIED;
    return;
  }
  fact->scope = ScopeOf(nullptr, near);
  if (part.percent == forms::v1::WORD_ROLE_RISE ||
      part.percent == forms::v1::WORD_ROLE_FALL) {
    // "增加12件" counts a difference.
    part.percent = forms::v1::WORD_ROLE_UNSPECIFIED;
    fact->vague = true;
  }
  if (fact->vague || fact->unit_role == forms::v1::WORD_ROLE_OTHER_UNIT ||
      (fact->idiom && part.run != 0)) {
    return;
  }
  const WordSet own = fact->before & matters_;
  if (own != 0 && !IsOne(own)) {
    if (fact->digits != 0) return;
    // None of several matters: one fact for each.
    const ClaimFact model = *fact;
    bool first = true;
    for (WordSet rest = own; rest != 0; rest &= rest - 1) {
      const WordSet others = own & ~(rest & ~(rest - 1));
      if (!first) fact = &facts_.emplace_back(model);
      first = false;
      fact->plan = Find(model, model.solid_before & ~others,
                        model.before & ~others, own & ~others,
                        /*behind=*/false);
      fact->scope = ScopeOf(fact->plan, near);
    }
    return;
  }
  fact->plan = Find(*fact, fact->solid_before, fact->before, fact->context,
                    /*behind=*/false);
  if (fact->plan == nullptr && fact->follows && (fact->solid || fact->leads)) {
    const WordSet matters = fact->around & matters_;
    if (IsOne(matters) || matters == 0) {
      fact->plan = Find(*fact, fact->solid_before | part.run, fact->around,
                        matters != 0 ? matters : fact->context,
                        /*behind=*/true);
      if (fact->plan != nullptr && fact->verb.empty()) fact->verb = part.verb;
    }
  }
  fact->scope = ScopeOf(fact->plan, near);
}

void ClaimFactReader::FinishPercentage(ClaimFact* fact, WordRole role) {
  const int own = static_cast<int>(fact - facts_.data());
  const auto last = [&]() {
    for (int f = own - 1; f >= sentence_fact_; --f) {
      if (facts_[f].depth <= fact->depth && IsQuantity(facts_[f]) &&
          facts_[f].scope != v1::CLAIM_SCOPE_OTHER_YEAR) {
        return f;
      }
    }
    return -1;
  };
  if (role == forms::v1::WORD_ROLE_SHARE) {
    if (own > sentence_fact_ && IsQuantity(facts_[own - 1])) {
      fact->whole = own - 1;
      fact->scope = facts_[own - 1].scope;
    }
    return;
  }
  if (role == forms::v1::WORD_ROLE_RISE || role == forms::v1::WORD_ROLE_FALL) {
    fact->kind = v1::CLAIM_KIND_GROWTH;
    if (role == forms::v1::WORD_ROLE_FALL) fact->digits = -fact->digits;
    const int of = last();
    if (of < 0) return;
    const WordSet matter = fact->before & matters_;
    if (matter != 0 && matter != facts_[of].context) return;
    fact->whole = of;
    fact->scope = facts_[of].scope;
    return;
  }
  fact->kind = v1::CLAIM_KIND_ALL;
  fact->whole = -1;
  fact->vague = fact->digits != kHundred || fact->scale != 0;
  if (fact->vague) return;
  const ClaimSubjectPlan* plan =
      Find(*fact, fact->solid_before, fact->before, fact->context,
           /*behind=*/false);
  fact->vague = plan == nullptr;
  if (plan != nullptr && (sentence_words_ & plan->not_with) == 0) {
    fact->plan = plan;
  }
  fact->scope = ScopeOf(plan, fact->around | scope_);
}

void ClaimFactReader::TakeNegation(int end) {
  const Part part = parts_.back();
  if (!part.denied_known || !Chained(part.chain, end)) return;
  const WordSet matters = part.denied & matters_;
  WordSet rest = matters;
  do {
    const WordSet matter = rest & ~(rest - 1);
    rest &= rest - 1;
    ClaimFact fact;
    fact.kind = v1::CLAIM_KIND_NONE;
    fact.begin = part.negation;
    fact.end = fact.unit = end;
    fact.verb = part.negation_word;
    fact.year = part.year;
    fact.depth = static_cast<int>(parts_.size()) - 1;
    fact.sentence = sentence_;
    fact.context = matter != 0 ? matter : context_;
    const WordSet words = (part.denied & ~matters) | matter;
    fact.plan = Find(fact, words, words, fact.context, /*behind=*/false);
    if (fact.plan == nullptr) continue;
    fact.kind = fact.plan->kind;
    fact.scope = ScopeOf(fact.plan, part.all | part.outer | scope_);
    facts_.push_back(fact);
  } while (rest != 0);
}

void ClaimFactReader::SettleAll(ClaimFact* fact) {
  int before = fact->whole;
  fact->whole = -1;
  if (before >= 0 && facts_[before].whole >= 0) before = facts_[before].whole;
  if (fact->vague || fact->unit_role == forms::v1::WORD_ROLE_PERCENT) return;
  for (const int i : plans_->for_all()) {
    const ClaimSubjectPlan& plan = plans_->all()[i];
    const ClaimSubject& subject = *plan.subject;
    if ((plan.all_of & ~fact->around) != 0) continue;
    if (plan.any_of != 0 && (plan.any_of & fact->around) == 0) continue;
    if ((plan.none_of & fact->around) != 0) continue;
    if ((plan.not_with & sentence_words_) != 0) continue;
    const WordSet own = fact->before & matters_;
    if (plan.about != 0 && own != 0 && (own & ~plan.about) != 0) continue;
    // Unknown text before it may name something else.
    if (!fact->solid && own == 0) continue;
    if (before >= 0) {
      const ClaimSubjectPlan* counted = facts_[before].plan;
      if (counted == nullptr ||
          std::find(subject.after().begin(), subject.after().end(),
                    counted->subject->key()) == subject.after().end()) {
        continue;
      }
    } else if (plan.about != 0 && (sentence_words_ & plan.about) == 0) {
      continue;
    }
    fact->plan = &plan;
    fact->scope = ScopeOf(&plan, fact->around);
    return;
  }
}

}  // namespace gongkai::extract
