// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/collection.h"

#include <algorithm>
#include <deque>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "worker/validate/collected_reports.h"
#include "worker/validate/digest.h"
#include "worker/validate/hierarchy.h"
#include "worker/validate/message.h"
#include "worker/validate/near_duplicates.h"
#include "worker/validate/similarity.h"
#include "worker/validate/validate.h"

namespace gongkai::validate {
namespace {

using forms::v1::Rule;
using v1::CheckCollectionResponse;

// CollectionFinding.ids lists so many reports at most …
constexpr size_t kMaxIds = 64;
// … and a message so many.
constexpr size_t kMaxNamed = 5;

}  // namespace

class Collection::Impl {
 public:
  explicit Impl(const catalog::Catalog& catalog)
      : catalog_(catalog), validator_(catalog), reports_(catalog) {}

  void Add(const worker::v1::ReportDigest& digest) {
    if (reports_.size() == 0 || digest.id() < options_id_) {
      options_id_ = digest.id();
      options_ = digest.options();
    }
    reports_.Add(digest);
  }

  bool Next(int64_t bytes, std::vector<CheckCollectionResponse>* responses) {
    responses->clear();
    out_ = responses;
    out_bytes_ = 0;
    if (!begun_) Begin();
    while (out_bytes_ < bytes && !steps_.empty()) {
      const Step step = steps_.front();
      steps_.pop_front();
      Do(step);
    }
    if (!steps_.empty()) return true;
    *responses->emplace_back().mutable_summary() = summary_;
    return false;
  }

  const CollectedReports& reports() const { return reports_; }

 private:
  // Something to look at, in the order of the findings: a run of reports of one
  // body, or one of what was found about all of them.
  struct Step {
    enum Kind { kBody, kCluster, kParent } kind;
    size_t rule = 0;
    size_t index = 0;
  };

  void Begin() {
    begun_ = true;
    reports_.Sort();
    summary_.set_reports(static_cast<int>(reports_.read_count()));
    summary_.set_unread(static_cast<int>(reports_.size()) - summary_.reports());
    summary_.set_bodies(static_cast<int>(reports_.bodies().size()));
    for (size_t i = 0; i < reports_.bodies().size(); ++i) {
      steps_.push_back({Step::kBody, 0, i});
    }
    const auto& rules = catalog_.proto().rules();
    for (int r = 0; r < rules.size(); ++r) {
      const size_t rule = static_cast<size_t>(r);
      if (rules[r].has_similarity() &&
          rules[r].similarity().of() ==
              forms::v1::SIMILARITY_OF_TEXT_WITH_OTHERS) {
        FindClusters(rule);
      }
      if (rules[r].has_hierarchy_sum()) {
        hierarchies_ = FindHierarchies(reports_);
        for (size_t i = 0; i < hierarchies_.size(); ++i) {
          steps_.push_back({Step::kParent, rule, i});
        }
      }
    }
  }

  void Do(const Step& step) {
    switch (step.kind) {
      case Step::kBody:
        return CheckBody(reports_.bodies()[step.index]);
      case Step::kCluster:
        return AddCluster(step.rule, clusters_[step.index].second);
      case Step::kParent: {
        const Hierarchy& hierarchy = hierarchies_[step.index];
        if (!Applies(step.rule, reports_[hierarchy.parent])) return;
        Findings findings;
        CheckHierarchy(catalog_, RuleAt(step.rule), reports_, hierarchy,
                       &findings);
        std::vector<size_t> concerned = {hierarchy.parent};
        concerned.insert(concerned.end(), hierarchy.children.begin(),
                         hierarchy.children.end());
        return Emit(findings, concerned);
      }
    }
  }

  const Rule& RuleAt(size_t rule) const {
    return catalog_.proto().rules(static_cast<int>(rule));
  }

  // What a rule asks of a report beside its cells.
  bool Applies(size_t rule, const CollectedReport& report) {
    v1::Report light;
    light.set_body(reports_.BodyName(report));
    light.set_year(report.year);
    light.set_template_(report.template_id);
    return validator_.Applies(static_cast<int>(rule), light, options_);
  }

  // One body ------------------------------------------------------------------

  // The reports of a body, by year: those of the same year against each other,
  // the first of each year against the first of the year before.
  void CheckBody(const BodyReports& body) {
    size_t previous_begin = body.begin;
    size_t previous_end = body.begin;
    for (size_t begin = body.begin; begin < body.end;) {
      const int year = reports_.ByBody(begin).year;
      size_t end = begin;
      while (end < body.end && reports_.ByBody(end).year == year) ++end;
      if (end - begin > 1) CheckSameBody(begin, end);
      if (previous_end > previous_begin &&
          reports_.ByBody(previous_begin).year == year - 1) {
        CheckYears(reports_.IndexByBody(begin),
                   reports_.IndexByBody(previous_begin));
      }
      previous_begin = begin;
      previous_end = end;
      begin = end;
    }
  }

  void CheckSameBody(size_t begin, size_t end) {
    std::vector<size_t> same;
    for (size_t i = begin; i < end; ++i) {
      same.push_back(reports_.IndexByBody(i));
    }
    const CollectedReport& first = reports_[same.front()];
    for (int r = 0; r < catalog_.proto().rules_size(); ++r) {
      if (!RuleAt(r).has_same_body() || !Applies(r, first)) continue;
      std::string others;
      for (size_t i = 0; i < std::min(same.size(), kMaxNamed); ++i) {
        absl::StrAppend(&others, i == 0 ? "" : "、", reports_[same[i]].id);
      }
      if (same.size() > kMaxNamed) absl::StrAppend(&others, "……");
      Findings findings;
      SetMessage(RuleAt(r).message(), RuleAt(r).message_en(),
                 {{"body", reports_.BodyName(first)},
                  {"year", absl::StrCat(first.year)},
                  {"count", absl::StrCat(same.size())},
                  {"others", others}},
                 AddFinding(RuleAt(r), v1::RULE_RESULT_FAIL, &findings));
      Emit(findings, same);
    }
  }

  void CheckYears(size_t index, size_t previous_index) {
    summary_.set_year_pairs(summary_.year_pairs() + 1);
    const CollectedReport& report = reports_[index];
    const CollectedReport& previous = reports_[previous_index];
    Restore(report, &report_);
    Restore(previous, &previous_report_);
    Findings findings;
    validator_.ValidateYears(report_, previous_report_, options_, &findings);
    for (int r = 0; r < catalog_.proto().rules_size(); ++r) {
      const Rule& rule = RuleAt(r);
      if (!rule.has_similarity() ||
          rule.similarity().of() !=
              forms::v1::SIMILARITY_OF_TEXT_WITH_PREVIOUS ||
          !Applies(r, report)) {
        continue;
      }
      const forms::v1::Similarity& similarity = rule.similarity();
      if (report.narrative_characters < similarity.min_characters() ||
          previous.narrative_characters < similarity.min_characters()) {
        continue;
      }
      AddSimilar(rule, PercentOf(report, previous), previous, 1, &findings);
    }
    Emit(findings, {index, previous_index});
  }

  static int PercentOf(const CollectedReport& a, const CollectedReport& b) {
    if (a.narrative_hash == b.narrative_hash) return 100;
    return EstimatePercent(*a.sketch, a.narrative_grams, *b.sketch,
                           b.narrative_grams);
  }

  void Restore(const CollectedReport& from, v1::Report* report) const {
    report->set_body(reports_.BodyName(from));
    report->set_year(from.year);
    report->set_template_(from.template_id);
    RestoreCells(catalog_, from.template_id, from.cells, report);
  }

  // Narratives ----------------------------------------------------------------

  void FindClusters(size_t rule) {
    const forms::v1::Similarity& similarity = RuleAt(rule).similarity();
    std::vector<NarrativeSketch> narratives;
    std::vector<size_t> indices;
    for (size_t i = 0; i < reports_.size(); ++i) {
      const CollectedReport& report = reports_[i];
      if (report.body == CollectedReport::kNoBody || report.year == 0 ||
          report.narrative_characters < similarity.min_characters() ||
          !Applies(rule, report)) {
        continue;
      }
      narratives.push_back({report.sketch.get(), report.narrative_grams,
                            report.narrative_hash, report.year, report.body});
      indices.push_back(i);
    }
    int least = 100;
    for (const forms::v1::SimilarityGrade& grade : similarity.grades()) {
      least = std::min(least, grade.percent());
    }
    for (Cluster& cluster : FindNearDuplicates(narratives, least)) {
      for (int& member : cluster.members) {
        member = static_cast<int>(indices[member]);
      }
      steps_.push_back({Step::kCluster, rule, clusters_.size()});
      clusters_.emplace_back(rule, std::move(cluster));
    }
  }

  void AddCluster(size_t rule, const Cluster& cluster) {
    std::vector<size_t> concerned(cluster.members.begin(),
                                  cluster.members.end());
    Findings findings;
    AddSimilar(RuleAt(rule), cluster.percent, reports_[concerned[1]],
               concerned.size() - 1, &findings);
    Emit(findings, concerned);
  }

  void AddSimilar(const Rule& rule, int percent, const CollectedReport& other,
                  size_t count, Findings* findings) {
    const forms::v1::SimilarityGrade* grade =
        GradeOf(rule.similarity(), percent);
    if (grade == nullptr) return;
    Finding* finding = AddFinding(rule, v1::RULE_RESULT_FAIL, findings);
    finding->set_severity(grade->severity());
    SetMessage(rule.message(), rule.message_en(),
               {{"percent", absl::StrCat(percent)},
                {"other", reports_.BodyName(other)},
                {"year", absl::StrCat(other.year)},
                {"quote", "……"},
                {"count", absl::StrCat(count)}},
               finding);
  }

  // ---------------------------------------------------------------------------

  void Emit(const Findings& findings, const std::vector<size_t>& concerned) {
    for (int i = 0; i < findings.size(); ++i) Emit(findings[i], concerned);
  }

  void Emit(const Finding& finding, const std::vector<size_t>& concerned) {
    Count(finding);
    CheckCollectionResponse& response = out_->emplace_back();
    v1::CollectionFinding* emitted = response.mutable_finding();
    for (size_t i = 0; i < std::min(concerned.size(), kMaxIds); ++i) {
      emitted->add_ids(reports_[concerned[i]].id);
    }
    emitted->set_report_count(static_cast<int>(concerned.size()));
    finding.Write(emitted->mutable_finding());
    // What a digest does not keep cannot be pointed at.
    emitted->mutable_finding()->clear_places();
    out_bytes_ += static_cast<int64_t>(response.ByteSizeLong());
  }

  void Count(const Finding& finding) {
    if (finding.result() != v1::RULE_RESULT_FAIL) {
      summary_.set_not_assessable(summary_.not_assessable() + 1);
    } else if (finding.severity() == v1::SEVERITY_ERROR) {
      summary_.set_errors(summary_.errors() + 1);
    } else if (finding.severity() == v1::SEVERITY_WARNING) {
      summary_.set_warnings(summary_.warnings() + 1);
    } else {
      summary_.set_infos(summary_.infos() + 1);
    }
  }

  const catalog::Catalog& catalog_;
  Validator validator_;
  CollectedReports reports_;
  // Those of the request with the least id.
  std::string options_id_;
  v1::CheckOptions options_;

  // Of the findings. Clusters have their rule beside them.
  bool begun_ = false;
  std::deque<Step> steps_;
  std::vector<std::pair<size_t, Cluster>> clusters_;
  std::vector<Hierarchy> hierarchies_;
  v1::CollectionSummary summary_;
  v1::Report report_;
  v1::Report previous_report_;
  std::vector<CheckCollectionResponse>* out_ = nullptr;
  int64_t out_bytes_ = 0;
};

Collection::Collection(const catalog::Catalog& catalog)
    : impl_(std::make_unique<Impl>(catalog)) {}

Collection::~Collection() = default;

void Collection::Add(const worker::v1::ReportDigest& digest) {
  impl_->Add(digest);
}

bool Collection::Next(int64_t bytes,
                      std::vector<CheckCollectionResponse>* responses) {
  return impl_->Next(bytes, responses);
}

int64_t Collection::size() const {
  return static_cast<int64_t>(impl_->reports().size());
}

int64_t Collection::memory_bytes() const {
  return impl_->reports().memory_bytes();
}

}  // namespace gongkai::validate
