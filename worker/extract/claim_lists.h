// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_lists.h
//
// The facts that a paragraph states, and which of them are the parts of which.
// Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_LISTS_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_LISTS_H_

#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "gongkai/v1/report.pb.h"
#include "worker/extract/claim_grammar.h"

namespace gongkai::extract {

// A number, or a word for none or for all, and what it is about.
struct ClaimFact {
  // What it counts; null if that is not known.
  const ClaimSubjectPlan* plan = nullptr;
  v1::ClaimKind kind = v1::CLAIM_KIND_COUNT;
  v1::ClaimScope scope = v1::CLAIM_SCOPE_OWN;
  // The number.
  int64_t digits = 0;
  int scale = 0;
  bool approximate = false;
  int year = 0;
  // The number with its unit, the unit, and the clause; bytes of the text.
  int begin = 0;
  int end = 0;
  int unit = 0;
  int clause_begin = 0;
  int clause_end = 0;
  std::string_view verb;
  // The role of the unit; unspecified if there is none.
  forms::v1::WordRole unit_role = forms::v1::WORD_ROLE_UNSPECIFIED;
  // How deep in brackets, and the sentence's number.
  int depth = 0;
  int sentence = 0;
  // The list whose part it is; -1 for none.
  int list = -1;
  // The fact that it is a part of, or a share of; -1 for none.
  int whole = -1;
  bool open_list = false;
  // A number whose clause does not tell what it counts, so that a list that
  // holds it cannot be added up.
  bool vague = false;

  // What is needed until its sentence is read: the words before it in its
  // clause; those of them with nothing unknown behind them; all words around;
  // the matter in force; the verbs of earlier clauses.
  WordSet unit_bit = 0;
  WordSet before = 0;
  WordSet solid_before = 0;
  WordSet around = 0;
  WordSet context = 0;
  WordSet verb_before = 0;
  // Nothing unknown between the words and the number; nothing but fillers
  // before it; the words behind it speak of it.
  bool solid = false;
  bool leads = false;
  bool follows = false;
  // "一件", which may be an idiom: "办好每一件申请".
  bool idiom = false;
};

// A list of parts, and the facts that it may divide.
struct ClaimList {
  int begin_candidate = 0;
  int end_candidate = 0;
  int depth = 0;
  // The list does not name all parts.
  bool open = false;
  // It stands in brackets and has no word that opens it.
  bool bracket = false;
  // Its parts know their whole.
  bool settled = false;
};

// Finds the whole that the parts of the list divide, and notes it in them. The
// list ends where its parts add up, or where another division of the whole or
// another matter begins.
void ResolveClaimList(const ClaimList& list, int number, WordSet matters,
                      absl::Span<ClaimFact> facts);

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_LISTS_H_
