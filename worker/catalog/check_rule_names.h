// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_rule_names.h
//
// What profiles and changes must keep, which name rules of any file. Private to
// the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_RULE_NAMES_H_
#define GONGKAI_WORKER_CATALOG_CHECK_RULE_NAMES_H_

#include <memory>

#include "absl/types/span.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

void CheckRuleNames(absl::Span<const std::unique_ptr<Source>> sources,
                    Faults* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_RULE_NAMES_H_
