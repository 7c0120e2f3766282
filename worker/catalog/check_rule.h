// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_rule.h
//
// What a rule must keep beyond its syntax. Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_RULE_H_
#define GONGKAI_WORKER_CATALOG_CHECK_RULE_H_

#include <string>

#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

// Everything but relations over cells, which are checked against the forms.
void CheckRule(const forms::v1::Rule& rule, const Locator& at, Faults* faults);

// Faults if the pattern is no valid RE2; true if it is one.
bool CheckPattern(const std::string& pattern, const std::string& place,
                  Faults* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_RULE_H_
