// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_document_rule.h
//
// Checks rules about what a document says of itself: dates, parts, bodies, and
// what its reading noticed. Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_DOCUMENT_RULE_H_
#define GONGKAI_WORKER_CATALOG_CHECK_DOCUMENT_RULE_H_

#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

// Adds a fault for everything that is wrong with the kind of the rule, which
// is a DateCheck, ReadingCheck, Enumeration or ForeignBody. Patterns of
// TextTests are checked elsewhere.
void CheckDocumentRule(const forms::v1::Rule& rule, const Locator& at,
                       Faults* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_DOCUMENT_RULE_H_
