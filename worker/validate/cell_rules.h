// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/cell_rules.h
//
// The findings of rules about single cells. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_CELL_RULES_H_
#define GONGKAI_WORKER_VALIDATE_CELL_RULES_H_

#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/form_names.h"
#include "worker/validate/message.h"

namespace gongkai::validate {

// Adds the findings of one rule of the kind cell_quality.
void AddCellFindings(const forms::v1::Rule& rule, const CellTable& cells,
                     const FormNames& names, const v1::CheckOptions& options,
                     Findings* findings);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_CELL_RULES_H_
