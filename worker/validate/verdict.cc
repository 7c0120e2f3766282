// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/verdict.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

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
        explanations_(explanations) {
    const Rule* last = nullptr;
    for (int i = first; i < findings.size(); ++i) {
      const Finding& finding = findings[i];
      if (finding.result() == v1::RULE_RESULT_FAIL) {
        const int own = static_cast<int>(failures_.size());
        failures_.push_back({&finding, i, own, own, kNone, nullptr});
      } else if (finding.result() == v1::RULE_RESULT_NOT_ASSESSABLE) {
        // The findings of a rule stand together.
        not_assessed_ += &finding.rule() != last;
        last = &finding.rule();
      }
    }
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
  static constexpr int kNone = -1;

  struct Failure {
    const Finding* finding;
    int number;
    // Another one of the same problem, or itself.
    int parent;
    // Of the first of a problem, once all are joined: the last of them.
    int last;
    // The next one of the same problem.
    int next;
    // What explains it, or null.
    const Explanations::Link* link;
  };

  int size() const { return static_cast<int>(failures_.size()); }

  int Root(int failure) const {
    while (failures_[failure].parent != failure) {
      failure = failures_[failure].parent;
    }
    return failure;
  }

  // The earlier, which is the graver, becomes the root.
  void Join(int a, int b) {
    const auto [root, other] = std::minmax({Root(a), Root(b)});
    failures_[other].parent = root;
  }

  void JoinExplained() {
    if (explanations_ == nullptr) return;
    std::map<const Finding*, int> index;
    for (int f = 0; f < size(); ++f) index[failures_[f].finding] = f;
    for (const Explanations::Link& link : explanations_->links()) {
      const auto found = index.find(link.finding);
      if (found == index.end()) continue;
      failures_[found->second].link = &link;
      const auto [same, added] =
          of_repair_.emplace(link.repairs.front(), found->second);
      if (!added) Join(same->second, found->second);
    }
  }

  // Prose that states the number which a repair proposes bears it out.
  void JoinClaims() {
    if (of_repair_.empty()) return;
    for (int f = 0; f < size(); ++f) {
      const Failure& failure = failures_[f];
      if (!failure.finding->rule().has_claim_check() ||
          failure.link != nullptr) {
        continue;
      }
      for (const auto& [repair, explained] : of_repair_) {
        if (explanations_->IsBest(repair) &&
            States(*failure.finding, explanations_->list()[repair])) {
          Join(f, explained);
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
    const auto quoting = std::count_if(
        failures_.begin(), failures_.end(), [](const Failure& failure) {
          return !failure.finding->quotations().empty();
        });
    if (quoting < 2) return;
    std::map<std::tuple<int, int32_t, int32_t, absl::string_view>, int> known;
    for (int f = 0; f < size(); ++f) {
      for (const v1::Quotation& quotation :
           failures_[f].finding->quotations()) {
        const auto [same, added] =
            known.try_emplace({quotation.section(), quotation.begin(),
                               quotation.end(), quotation.text()},
                              f);
        if (!added) Join(same->second, f);
      }
    }
  }

  // Where a section is missing, the order and the ordinals of the others and
  // what the section should have said follow from it.
  void JoinMissingSections() {
    int first_missing = kNone;
    std::map<int, int> missing;
    for (int f = 0; f < size(); ++f) {
      if (!Tests(f, forms::v1::SECTION_TEST_PRESENT)) continue;
      if (first_missing == kNone) first_missing = f;
      missing.emplace(failures_[f].finding->section(), f);
    }
    if (first_missing == kNone) return;
    for (int f = 0; f < size(); ++f) {
      if (Tests(f, forms::v1::SECTION_TEST_ORDER) ||
          Tests(f, forms::v1::SECTION_TEST_ORDINAL)) {
        Join(first_missing, f);
      }
      const v1::SectionKind section = failures_[f].finding->section();
      const auto same = missing.find(section);
      if (section != v1::SECTION_KIND_UNSPECIFIED && same != missing.end()) {
        Join(same->second, f);
      }
    }
  }

  bool Tests(int failure, forms::v1::SectionTest test) const {
    const Rule& rule = failures_[failure].finding->rule();
    return rule.has_section_check() && rule.section_check().test() == test;
  }

  void AddProblems(v1::Verdict* verdict) {
    struct Problem {
      // Failures come gravest first.
      v1::Severity severity;
      PlaceKey place;
      int root;
    };
    absl::InlinedVector<Problem, kOrdinary> problems;
    // By failure that is a root: its problem.
    absl::InlinedVector<int, kOrdinary> of_root(failures_.size(), kNone);
    for (int f = 0; f < size(); ++f) {
      const int root = Root(f);
      const PlaceKey place = FirstPlace(*failures_[f].finding);
      if (root == f) {
        of_root[f] = static_cast<int>(problems.size());
        problems.push_back({failures_[f].finding->severity(), place, f});
        continue;
      }
      PlaceKey& first = problems[of_root[root]].place;
      first = std::min(first, place);
      failures_[failures_[root].last].next = f;
      failures_[root].last = f;
    }
    const auto before = [](const Problem& a, const Problem& b) {
      return std::tie(a.severity, a.place, a.root) <
             std::tie(b.severity, b.place, b.root);
    };
    std::sort(problems.begin(), problems.end(), before);
    for (const Problem& problem : problems) {
      v1::Problem* const added = verdict->add_problems();
      added->set_severity(problem.severity);
      for (int f = problem.root; f != kNone; f = failures_[f].next) {
        added->add_findings(failures_[f].number);
      }
      Describe(problem.root, added);
    }
  }

  void Describe(int root, v1::Problem* problem) const {
    int explained = 0;
    const Explanations::Link* link = nullptr;
    for (int f = root; f != kNone; f = failures_[f].next) {
      const Explanations::Link* const own = failures_[f].link;
      if (own == nullptr) continue;
      ++explained;
      if (link == nullptr || (own->unique && !link->unique)) link = own;
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
    const Finding& gravest = *failures_[root].finding;
    problem->set_message(gravest.message());
    problem->set_message_en(gravest.message_en());
    if (problem->findings_size() == 1) return;
    const std::string further = absl::StrCat(problem->findings_size() - 1);
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
    if (not_assessed_ == 0) return;
    const std::string digits = absl::StrCat(not_assessed_);
    const MessageArgument count = {"count", digits};
    Render(phrases_.not_assessed(), {count}, summary);
    Render(phrases_.not_assessed_en(), {count}, summary_en);
  }

  // Few reports have more failures.
  static constexpr size_t kOrdinary = 16;

  const VerdictPhrases& phrases_;
  const Explanations* const explanations_;
  absl::InlinedVector<Failure, kOrdinary> failures_;
  // The number of rules that are not assessable.
  int not_assessed_ = 0;
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
