// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/checker.h
//
// A rule made ready to be applied: what each kind of rule implements. Private
// to validate.

#ifndef GONGKAI_WORKER_VALIDATE_CHECKER_H_
#define GONGKAI_WORKER_VALIDATE_CHECKER_H_

#include <memory>

#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/message.h"
#include "worker/validate/subject.h"

namespace gongkai::validate {

class BodyClasses;
class ClaimTable;
class TextScanner;
class UnreadCells;

class Checker {
 public:
  virtual ~Checker() = default;

  // Applies the rule. FAIL and NOT_ASSESSABLE come with findings, one or
  // several; PASS and SKIPPED add none, but for PASS of identities, which have
  // one for each instance if the options ask for it.
  virtual v1::RuleResult Check(const Subject& subject, Findings* findings) = 0;
};

// What a rule may keep hold of when it is made ready. Outlives the checkers.
struct Engine {
  const catalog::Catalog& catalog;
  const BodyClasses& body_classes;
  // Takes the searches of text that the rule needs.
  TextScanner& scanner;
  // Takes the lists of claims that the rule needs.
  ClaimTable& claims;
  // Is used by one rule after the other.
  UnreadCells& unread;
};

// One for each kind of rule; the rule outlives the checker. Each is in a file
// of its own. Identities have none: all of them are evaluated at once. Nor have
// comparisons, of which the engine asks more (comparison_rules.h).
using MakeChecker = std::unique_ptr<Checker>(const forms::v1::Rule& rule,
                                             const Engine& engine);
MakeChecker MakeCellQualityChecker;
MakeChecker MakeClaimChecker;
MakeChecker MakeDateChecker;
MakeChecker MakeEnumerationChecker;
MakeChecker MakeForeignBodyChecker;
MakeChecker MakeMisreadChecker;
MakeChecker MakeParagraphEndChecker;
MakeChecker MakePatternChecker;
MakeChecker MakePresenceChecker;
MakeChecker MakeReadingChecker;
MakeChecker MakeRepetitionChecker;
MakeChecker MakeSectionChecker;
MakeChecker MakeShareChecker;
MakeChecker MakeSimilarityChecker;
MakeChecker MakeTemplateYearChecker;
MakeChecker MakeTitleChecker;

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_CHECKER_H_
