// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_claim_rule.h
//
// What rules about claims must keep. Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_CLAIM_RULE_H_
#define GONGKAI_WORKER_CATALOG_CHECK_CLAIM_RULE_H_

#include <set>
#include <string>

#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

// `at` is the place of the check.
void CheckClaimCheck(const forms::v1::ClaimCheck& check, const Locator& at,
                     Faults* faults);

// The subjects of claims that the rule names must be among these keys.
void CheckClaimSubjects(const forms::v1::Rule& rule, const Locator& at,
                        const std::set<std::string>& keys, Faults* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_CLAIM_RULE_H_
