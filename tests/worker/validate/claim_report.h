// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/validate/claim_report.h
//
// Reports with claims by hand.
//
//   ClaimReport report(v1::TEMPLATE_2021);
//   report.Set("requests.received.natural", 3);
//   report.builder().AddUp();
//   report.Count("requests.received", "4", {"requests.received.total"});

#ifndef GONGKAI_TESTS_WORKER_VALIDATE_CLAIM_REPORT_H_
#define GONGKAI_TESTS_WORKER_VALIDATE_CLAIM_REPORT_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/worker/validate/check.h"
#include "tests/worker/validate/report_builder.h"

namespace gongkai::validate {

class ClaimReport {
 public:
  explicit ClaimReport(v1::Template form) : builder_(form) {}

  ReportBuilder& builder() { return builder_; }
  void Set(absl::string_view path, int64_t count) { builder_.Set(path, count); }
  void Blank(absl::string_view path) {
    builder_.SetState(path, v1::CELL_STATE_BLANK, "");
  }

  v1::Claim& Add(v1::ClaimKind kind, absl::string_view subject,
                 absl::string_view value,
                 std::initializer_list<const char*> readings = {}) {
    v1::Claim& claim = *builder_.mutable_report().add_claims();
    claim.set_kind(kind);
    claim.set_scope(v1::CLAIM_SCOPE_OWN);
    claim.set_subject(std::string(subject));
    claim.set_value(std::string(value));
    for (const char* reading : readings) claim.add_readings(reading);
    v1::Quotation& quotation = *claim.mutable_quotation();
    quotation.set_section(v1::SECTION_KIND_OVERVIEW);
    quotation.set_text(absl::StrCat(subject, " ", value));
    quotation.set_begin(builder_.report().claims_size() * 10);
    quotation.set_end(quotation.begin() + 9);
    return claim;
  }
  v1::Claim& Count(absl::string_view subject, absl::string_view value,
                   std::initializer_list<const char*> readings = {}) {
    return Add(v1::CLAIM_KIND_COUNT, subject, value, readings);
  }
  // A part of the claim with this number.
  v1::Claim& Part(int whole, absl::string_view value) {
    v1::Claim& claim = Count("", value);
    claim.set_whole(whole);
    return claim;
  }

  // The answer of a rule.
  v1::RuleResult Ask(absl::string_view rule) {
    findings_ = Findings(rule);
    return findings_.empty() ? v1::RULE_RESULT_UNSPECIFIED
                             : findings_.front().result();
  }
  // What the rule said when it was asked.
  const std::vector<v1::Finding>& findings() const { return findings_; }

 private:
  std::vector<v1::Finding> Findings(absl::string_view rule) {
    std::vector<v1::Finding> of_rule;
    for (v1::Finding& finding :
         Check(builder_.report(), /*include_passed=*/true)) {
      if (finding.rule_id() == rule) of_rule.push_back(std::move(finding));
    }
    return of_rule;
  }

  ReportBuilder builder_;
  std::vector<v1::Finding> findings_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_TESTS_WORKER_VALIDATE_CLAIM_REPORT_H_
