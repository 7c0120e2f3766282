// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/claim_lists.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gongkai::extract {
namespace {

// The list's numbers of one kind, in order.
std::vector<int> PartsOf(const ClaimList& list, int number, v1::ClaimKind kind,
                         absl::Span<const ClaimFact> facts, bool* open) {
  std::vector<int> parts;
  for (size_t f = list.end_candidate; f < facts.size(); ++f) {
    const ClaimFact& fact = facts[f];
    if (fact.list != number || fact.depth != list.depth || fact.kind != kind) {
      continue;
    }
    if (fact.vague || fact.approximate ||
        fact.unit_role == forms::v1::WORD_ROLE_OTHER_UNIT ||
        fact.scope == v1::CLAIM_SCOPE_OTHER_YEAR) {
      *open = true;
      continue;
    }
    parts.push_back(static_cast<int>(f));
  }
  return parts;
}

bool HasReadings(const ClaimFact& fact) {
  return fact.plan != nullptr && !fact.plan->subject->readings().empty();
}

std::string_view Division(const ClaimFact& fact) {
  return fact.plan == nullptr
             ? std::string_view()
             : std::string_view(fact.plan->subject->division());
}

// How many of the parts, from the first on, may belong to this whole.
size_t Reach(const ClaimFact& whole, const std::vector<int>& parts,
             WordSet matters, absl::Span<const ClaimFact> facts) {
  if (!HasReadings(whole)) return parts.size();
  const std::string_view division = Division(facts[parts[0]]);
  for (size_t i = 0; i < parts.size(); ++i) {
    const ClaimFact& part = facts[parts[i]];
    const WordSet matter = part.around & matters;
    if (matter != 0 && (matter & whole.context) == 0) return i;
    if (part.plan != nullptr && Division(part) != division &&
        part.plan->subject->key() != whole.plan->subject->key()) {
      return i;
    }
  }
  return parts.size();
}

// How many of the parts add up to the whole: at least two; 0 for no such.
size_t Exact(const ClaimFact& whole, const std::vector<int>& parts,
             absl::Span<const ClaimFact> facts) {
  int64_t sum = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const ClaimFact& part = facts[parts[i]];
    if (part.scale != whole.scale) return 0;
    sum += part.digits;
    if (sum == whole.digits && i > 0) return i + 1;
  }
  return 0;
}

}  // namespace

void ResolveClaimList(const ClaimList& list, int number, WordSet matters,
                      absl::Span<ClaimFact> facts) {
  if (list.settled) return;
  for (v1::ClaimKind kind : {v1::CLAIM_KIND_COUNT, v1::CLAIM_KIND_AMOUNT}) {
    bool open = list.open;
    std::vector<int> parts = PartsOf(list, number, kind, facts, &open);
    if (parts.empty()) continue;
    int whole = -1;
    size_t exact = 0;
    int candidates = 0;
    for (int c = list.begin_candidate; c < list.end_candidate; ++c) {
      const ClaimFact& fact = facts[c];
      if (fact.whole >= 0) {
        // What stands before the parts of another list is not meant.
        whole = -1;
        exact = 0;
        candidates = 0;
        continue;
      }
      if (fact.kind != kind || fact.plan == nullptr ||
          (!list.bracket && fact.depth != list.depth &&
           fact.depth + 1 != list.depth)) {
        continue;
      }
      ++candidates;
      const size_t sum = Exact(fact, parts, facts);
      if (sum >= exact) {
        exact = sum;
        whole = c;
      }
    }
    // Of several, only one that adds up is known to be meant.
    if (whole < 0 || (candidates > 1 && exact == 0)) continue;
    if (list.bracket && (open || parts.size() < 2)) continue;
    const size_t reach =
        exact > 0 ? exact : Reach(facts[whole], parts, matters, facts);
    if (reach == 0 || (list.bracket && reach < parts.size())) continue;
    parts.resize(reach);
    for (int p : parts) {
      ClaimFact& part = facts[p];
      part.whole = whole;
      // Part of the whole is not the whole; and what a body published of a kind
      // is not what it made.
      if (HasReadings(part) &&
          (!HasReadings(facts[whole]) ||
           part.plan->subject->key() == facts[whole].plan->subject->key())) {
        part.plan = nullptr;
      }
      // Units and channels divide what the whole counts.
      if (part.plan == nullptr) part.scope = facts[whole].scope;
    }
    facts[parts.back()].open_list = exact == 0 && (open || parts.size() < 2);
  }
}

}  // namespace gongkai::extract
