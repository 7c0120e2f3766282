// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claim_facts.h
//
// From the words and numbers of a paragraph to facts: what every number counts,
// in which scope. Private to extract.

#ifndef GONGKAI_WORKER_EXTRACT_CLAIM_FACTS_H_
#define GONGKAI_WORKER_EXTRACT_CLAIM_FACTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gongkai/v1/report.pb.h"
#include "worker/extract/claim_grammar.h"
#include "worker/extract/claim_lists.h"
#include "worker/extract/claim_scanner.h"
#include "worker/extract/claim_text.h"

namespace gongkai::extract {

// Keeps its memory from paragraph to paragraph. Not thread-safe.
class ClaimFactReader {
 public:
  ClaimFactReader(const forms::v1::ClaimGrammar& grammar,
                  const ClaimWords& words);

  // What is known of the report. The plans must outlive the reading.
  void Start(const ClaimPlans& plans, int year, std::string_view body);

  // Forgets the matter of the last heading.
  void StartSection();

  // Replaces the facts by those of the paragraph text[begin, end), in its
  // order. The text must outlive them.
  void Read(const ClaimText& text, size_t begin, size_t end);

  const std::vector<ClaimFact>& facts() const { return facts_; }

 private:
  // A run of text without a mark between clauses.
  struct Part {
    int begin = 0;
    int first_fact = 0;
    // Up to where every character since the last known word is a filler's.
    int chain = 0;
    // All words; those since the last number; those of them with nothing
    // unknown behind them; those of the clauses around a bracket.
    WordSet all = 0;
    WordSet run = 0;
    WordSet solid = 0;
    WordSet outer = 0;
    // The last matter, as a set of one.
    WordSet matter = 0;
    std::string_view verb;
    int year = 0;
    // The last number, while the words behind it are read; -1 for none.
    int pending = -1;
    // The first known word begins the part, but for fillers.
    bool known_start = false;
    bool compares = false;
    bool approximate = false;
    // What the next percentage is.
    forms::v1::WordRole percent = forms::v1::WORD_ROLE_UNSPECIFIED;
    // Where a negation begins, -1 for none; the words from it on; and whether
    // all text from it on is known.
    int negation = -1;
    std::string_view negation_word;
    WordSet denied = 0;
    bool denied_known = true;
    // The list that numbers in it are parts of; for a bracket, the fact before
    // it.
    int list = -1;
    int bracket_of = -1;
    // Where the bracket itself opens.
    int bracket_begin = 0;
  };

  void ReadSentences();
  bool Tells() const;
  void SkipSentence();
  void EndSentence();
  void ReadItem(size_t index);
  void OpenPart(int begin);
  void ClosePart(int end);
  void NextPart(int end, int begin);
  void OpenBracket(const ClaimItem& item);
  void CloseBracket(const ClaimItem& item);
  void CloseSentence(int end);
  void TakeFiller(const ClaimItem& item);
  void TakeWord(const ClaimItem& item);
  void TakeOpenList(const ClaimItem& item);
  void NoteWord(const ClaimItem& item, WordSet bit);
  void TakeYear(const ClaimItem& item);
  void TakeNumber(size_t index);
  void FinishNumber();
  void FinishPercentage(ClaimFact* fact, forms::v1::WordRole role);
  void TakeNegation(int end);
  void OpenList(bool bracket);
  void SettleAll(ClaimFact* fact);
  bool IsOwnBody(const ClaimItem& item) const;
  bool Chained(int from, int to) const;
  const ClaimSubjectPlan* Find(const ClaimFact& fact, WordSet words,
                               WordSet all, WordSet context, bool behind) const;
  v1::ClaimScope ScopeOf(const ClaimSubjectPlan* plan, WordSet words) const;
  int LastCount(int depth) const;

  const ClaimWords& words_;
  // Classes by what they do.
  WordSet matters_ = 0;
  WordSet verbs_ = 0;
  WordSet bodies_ = 0;
  WordSet years_ = 0;
  WordSet last_year_ = 0;
  WordSet next_year_ = 0;
  WordSet further_year_ = 0;
  // The class of words for the report's own year; -1 if there is none.
  int own_year_ = -1;
  WordSet plan_ = 0;
  WordSet other_year_ = 0;
  WordSet other_population_ = 0;
  WordSet sentence_reach_ = 0;
  WordSet paragraph_reach_ = 0;
  // Of the subjects that are told without a number.
  WordSet all_words_ = 0;

  const ClaimPlans* plans_ = nullptr;
  int year_ = 0;
  std::string body_;

  // The text, and where the paragraph begins and ends in it.
  const ClaimText* text_ = nullptr;
  size_t paragraph_ = 0;
  size_t paragraph_end_ = 0;
  // Of the sentence that is read.
  SentenceWords sentence_text_;
  std::vector<ClaimItem> items_;
  std::vector<ClaimFact> facts_;
  std::vector<ClaimList> lists_;
  // The part that is read, behind those whose brackets it stands in.
  std::vector<Part> parts_;
  // The matter of the last heading, and the last one named in the paragraph.
  WordSet topic_ = 0;
  WordSet context_ = 0;
  // Of the sentence so far: its words, those with a scope, its verbs.
  WordSet sentence_words_ = 0;
  WordSet scope_ = 0;
  WordSet sentence_verbs_ = 0;
  int sentence_ = 0;
  // The first fact of the sentence, and of the one before.
  int sentence_fact_ = 0;
  int previous_fact_ = 0;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIM_FACTS_H_
