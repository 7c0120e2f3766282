// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/structure_rules.h
//
// The findings of rules about sections, title and form. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_STRUCTURE_RULES_H_
#define GONGKAI_WORKER_VALIDATE_STRUCTURE_RULES_H_

#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/message.h"

namespace gongkai::validate {

// Each adds the findings of one rule of its kind.
void AddSectionFindings(const forms::v1::Rule& rule,
                        const catalog::Catalog& catalog,
                        const v1::Report& report,
                        const v1::CheckOptions& options, Findings* findings);
void AddTemplateYearFindings(const forms::v1::Rule& rule,
                             const catalog::Catalog& catalog,
                             const v1::Report& report,
                             const v1::CheckOptions& options,
                             Findings* findings);
void AddTitleFindings(const forms::v1::Rule& rule,
                      const catalog::Catalog& catalog, const v1::Report& report,
                      const v1::CheckOptions& options, Findings* findings);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_STRUCTURE_RULES_H_
