// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/verdict.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace gongkai::validate {
namespace {

using forms::v1::Rule;
using forms::v1::VerdictPhrases;

// More alternatives than this help nobody.
constexpr size_t kMaxRepairs = 3;

// Where something stands, for sorting. What has no place is about the document
// as a whole and comes first.
using PlaceKey = std::tuple<int32_t, int64_t, int32_t, int32_t, int32_t>;

PlaceKey KeyOf(const v1::Place& place) {
  return {place.page(), place.start_byte(), place.paragraph(), place.table(),
          place.row()};
}

PlaceKey FirstPlace(const Finding& finding) {
  PlaceKey first = {-1, -1, -1, -1, -1};
  bool any = false;
  const auto consider = [&](const v1::Place& place) {
    const PlaceKey key = KeyOf(place);
    if (!any || key < first) first = key;
    any = true;
  };
  for (const v1::Place& place : finding.places()) consider(place);
  for (const v1::Quotation& quotation : finding.quotations()) {
    if (quotation.has_place()) consider(quotation.place());
  }
  return first;
}

class Verdicts {
 public:
  Verdicts(const catalog::Catalog& catalog, int first, const Findings& findings,
           const Explanations* explanations)
      : phrases_(catalog.proto().verdict_phrases()),
        findings_(findings),
        explanations_(explanations) {
    for (int i = first; i < findings.size(); ++i) {
      if (findings[i].result() == v1::RULE_RESULT_FAIL) {
        index_[&findings[i]] = static_cast<int>(failures_.size());
        failures_.push_back(i);
      } else if (findings[i].result() == v1::RULE_RESULT_NOT_ASSESSABLE) {
        not_assessed_.insert(&findings[i].rule());
      }
    }
    parent_.resize(failures_.size());
    std::iota(parent_.begin(), parent_.end(), 0);
    links_.resize(failures_.size(), nullptr);
  }

  void Make(v1::Verdict* verdict) {
    if (!failures_.empty()) {
      JoinExplained();
      JoinClaims();
      JoinQuotations();
      JoinMissingSections();
      AddProblems(verdict);
    }
    Summarize(verdict);
  }

 private:
  const Finding& Failure(int failure) const {
    return findings_[failures_[failure]];
  }

  int Root(int failure) const {
    while (parent_[failure] != failure) failure = parent_[failure];
    return failure;
  }

  // The earlier, which is the graver, becomes the root.
  void Join(int a, int b) {
    const auto [root, other] = std::minmax({Root(a), Root(b)});
    parent_[other] = root;
  }

  void JoinExplained() {
    if (explanations_ == nullptr) return;
    for (const Explanations::Link& link : explanations_->links()) {
      const auto found = index_.find(link.finding);
      if (found == index_.end()) continue;
      links_[found->second] = &link;
      const auto [same, added] =
          of_repair_.emplace(link.repairs.front(), found->second);
      if (!added) Join(same->second, found->second);
    }
  }

  // Prose that states the number which a repair proposes bears it out.
  void JoinClaims() {
    for (size_t f = 0; f < failures_.size(); ++f) {
      const int failure = static_cast<int>(f);
      if (!Failure(failure).rule().has_claim_check() || links_[f] != nullptr) {
        continue;
      }
      for (const auto& [repair, explained] : of_repair_) {
        if (explanations_->IsBest(repair) &&
            States(Failure(failure), explanations_->list()[repair])) {
          Join(failure, explained);
          break;
        }
      }
    }
  }

  bool States(const Finding& finding, const CellRepair& repair) const {
    const CellRepair::Change& change = repair.changes.front();
    const std::string proposed = absl::StrCat(change.proposed);
    const CellKey cell = explanations_->names().Key(change.cell);
    return repair.kind == v1::REPAIR_KIND_ONE_CELL &&
           (finding.left() == proposed || finding.right() == proposed) &&
           std::find(finding.cells().begin(), finding.cells().end(), cell) !=
               finding.cells().end();
  }

  void JoinQuotations() {
    std::map<std::tuple<int, int32_t, int32_t, std::string>, int> known;
    for (size_t f = 0; f < failures_.size(); ++f) {
      const int failure = static_cast<int>(f);
      for (const v1::Quotation& quotation : Failure(failure).quotations()) {
        const auto [same, added] =
            known.try_emplace({quotation.section(), quotation.begin(),
                               quotation.end(), quotation.text()},
                              failure);
        if (!added) Join(same->second, failure);
      }
    }
  }

  // Where a section is missing, the order and the ordinals of the others and
  // what the section should have said follow from it.
  void JoinMissingSections() {
    int first_missing = -1;
    std::map<int, int> missing;
    for (size_t f = 0; f < failures_.size(); ++f) {
      const int failure = static_cast<int>(f);
      if (!Tests(failure, forms::v1::SECTION_TEST_PRESENT)) continue;
      if (first_missing < 0) first_missing = failure;
      missing.emplace(Failure(failure).section(), failure);
    }
    if (first_missing < 0) return;
    for (size_t f = 0; f < failures_.size(); ++f) {
      const int failure = static_cast<int>(f);
      if (Tests(failure, forms::v1::SECTION_TEST_ORDER) ||
          Tests(failure, forms::v1::SECTION_TEST_ORDINAL)) {
        Join(first_missing, failure);
      }
      const auto same = missing.find(Failure(failure).section());
      if (Failure(failure).section() != v1::SECTION_KIND_UNSPECIFIED &&
          same != missing.end()) {
        Join(same->second, failure);
      }
    }
  }

  bool Tests(int failure, forms::v1::SectionTest test) const {
    const Rule& rule = Failure(failure).rule();
    return rule.has_section_check() && rule.section_check().test() == test;
  }

  void AddProblems(v1::Verdict* verdict) {
    struct Placed {
      v1::Problem problem;
      PlaceKey place;
    };
    std::map<int, std::vector<int>> groups;
    for (size_t f = 0; f < failures_.size(); ++f) {
      groups[Root(static_cast<int>(f))].push_back(static_cast<int>(f));
    }
    std::vector<Placed> placed;
    for (const auto& [root, group] : groups) {
      Placed& added = placed.emplace_back();
      added.place = FirstPlace(Failure(group.front()));
      for (int failure : group) {
        added.place = std::min(added.place, FirstPlace(Failure(failure)));
        added.problem.add_findings(failures_[failure]);
      }
      // Failures come gravest first.
      added.problem.set_severity(Failure(group.front()).severity());
      Describe(group, &added.problem);
    }
    std::stable_sort(placed.begin(), placed.end(),
                     [](const Placed& a, const Placed& b) {
                       return std::make_pair(a.problem.severity(), a.place) <
                              std::make_pair(b.problem.severity(), b.place);
                     });
    for (Placed& problem : placed) {
      *verdict->add_problems() = std::move(problem.problem);
    }
  }

  void Describe(const std::vector<int>& group, v1::Problem* problem) const {
    int explained = 0;
    const Explanations::Link* link = nullptr;
    for (int failure : group) {
      if (links_[failure] == nullptr) continue;
      ++explained;
      if (link == nullptr || (links_[failure]->unique && !link->unique)) {
        link = links_[failure];
      }
    }
    if (link != nullptr) {
      for (int repair : link->repairs) {
        if (problem->repairs_size() == static_cast<int>(kMaxRepairs)) break;
        *problem->add_repairs() = explanations_->ProtoOf(repair);
      }
    }
    // A single failure says it all itself.
    if (link != nullptr && link->unique && explained > 1) {
      DescribeRepair(link->repairs.front(), problem);
      return;
    }
    const Finding& gravest = Failure(group.front());
    problem->set_message(gravest.message());
    problem->set_message_en(gravest.message_en());
    if (group.size() == 1) return;
    const std::string further = absl::StrCat(group.size() - 1);
    const MessageArgument count = {"count", further};
    Render(phrases_.further(), {count}, problem->mutable_message());
    Render(phrases_.further_en(), {count}, problem->mutable_message_en());
  }

  void DescribeRepair(int index, v1::Problem* problem) const {
    const CellRepair& repair = explanations_->list()[index];
    const RepairText text = explanations_->TextOf(index);
    const std::string count = absl::StrCat(repair.repaired.size());
    const std::string proofs = explanations_->ProofsOf(index, false);
    const std::string proofs_en = explanations_->ProofsOf(index, true);
    const MessageArgument arguments[] = {
        {"cell", text.cells},      {"cell_en", text.cells_en},
        {"cells", text.cells},     {"cells_en", text.cells_en},
        {"printed", text.printed}, {"proposed", text.proposed},
        {"count", count},          {"proofs", proofs},
        {"proofs_en", proofs_en}};
    const auto set = [&](const std::string& zh, const std::string& en) {
      Render(zh, arguments, problem->mutable_message());
      Render(en, arguments, problem->mutable_message_en());
    };
    switch (repair.kind) {
      case v1::REPAIR_KIND_SPLIT_DIGITS:
        return set(phrases_.split_digits(), phrases_.split_digits_en());
      case v1::REPAIR_KIND_DISPLACED:
        return set(phrases_.displaced(), phrases_.displaced_en());
      default:
        return set(phrases_.one_cell(), phrases_.one_cell_en());
    }
  }

  void Summarize(v1::Verdict* verdict) const {
    std::string zh, en;
    const auto add_count = [&](v1::Severity severity, const std::string& phrase,
                               const std::string& phrase_en) {
      const auto count =
          std::count_if(verdict->problems().begin(), verdict->problems().end(),
                        [severity](const v1::Problem& problem) {
                          return problem.severity() == severity;
                        });
      if (count == 0) return;
      const std::string digits = absl::StrCat(count);
      const MessageArgument argument = {"count", digits};
      if (!zh.empty()) zh += "、";
      if (!en.empty()) en += ", ";
      Render(phrase, {argument}, &zh);
      Render(phrase_en, {argument}, &en);
    };
    add_count(v1::SEVERITY_ERROR, phrases_.errors(), phrases_.errors_en());
    add_count(v1::SEVERITY_WARNING, phrases_.warnings(),
              phrases_.warnings_en());
    add_count(v1::SEVERITY_INFO, phrases_.infos(), phrases_.infos_en());
    std::string* const summary = verdict->mutable_summary();
    std::string* const summary_en = verdict->mutable_summary_en();
    summary->clear();
    summary_en->clear();
    if (verdict->problems().empty()) {
      *summary = phrases_.none();
      *summary_en = phrases_.none_en();
    } else {
      const std::string count = absl::StrCat(verdict->problems_size());
      const MessageArgument arguments[] = {
          {"count", count}, {"counts", zh}, {"counts_en", en}};
      Render(phrases_.found(), arguments, summary);
      Render(phrases_.found_en(), arguments, summary_en);
    }
    if (not_assessed_.empty()) return;
    const std::string digits = absl::StrCat(not_assessed_.size());
    const MessageArgument count = {"count", digits};
    Render(phrases_.not_assessed(), {count}, summary);
    Render(phrases_.not_assessed_en(), {count}, summary_en);
  }

  const VerdictPhrases& phrases_;
  const Findings& findings_;
  const Explanations* const explanations_;
  // Numbers of the findings that failed; failures are indices into it.
  std::vector<int> failures_;
  std::map<const Finding*, int> index_;
  std::set<const Rule*> not_assessed_;
  // By failure: another one of the same problem, or itself.
  std::vector<int> parent_;
  // By failure: what explains it, or null.
  std::vector<const Explanations::Link*> links_;
  // By repair: a failure that it explains best.
  std::map<int, int> of_repair_;
};

}  // namespace

void MakeVerdict(const catalog::Catalog& catalog, int first,
                 const Findings& findings, const Explanations* explanations,
                 v1::Verdict* verdict) {
  Verdicts(catalog, first, findings, explanations).Make(verdict);
}

}  // namespace gongkai::validate
