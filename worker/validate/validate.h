// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/validate.h
//
// Report to Findings: applies the rules of the catalogue. Knows rules and
// nothing of text layout.
//
// A rule fails only where every operand was read from a cell (state VALUE).
// Blank is not zero: a rule with an operand that was not read answers
// NOT_ASSESSABLE.
//
//   Validator validator(*catalog);
//   validator.Validate(report, options, response.mutable_findings());

#ifndef GONGKAI_WORKER_VALIDATE_VALIDATE_H_
#define GONGKAI_WORKER_VALIDATE_VALIDATE_H_

#include <memory>

#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "worker/catalog/catalog.h"

namespace gongkai::validate {

// Keeps its working memory from report to report. Not thread-safe.
class Validator {
 public:
  // The catalogue must outlive the validator.
  explicit Validator(const catalog::Catalog& catalog);
  ~Validator();

  // Adds the findings: failures gravest first, then what is not assessable;
  // then, if the options ask for them, the rest. Within these groups in the
  // order of the catalogue and of the form.
  void Validate(const v1::Report& report, const v1::CheckOptions& options,
                google::protobuf::RepeatedPtrField<v1::Finding>* findings);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The rules of the catalogue as ListRules describes them, by id.
v1::ListRulesResponse DescribeRules(const catalog::Catalog& catalog);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_VALIDATE_H_
