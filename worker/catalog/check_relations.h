// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_relations.h
//
// Whether the relations over cells of a rule can be compiled. Private to the
// catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_RELATIONS_H_
#define GONGKAI_WORKER_CATALOG_CHECK_RELATIONS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

// Adds a line with file, line and column for each relation of the rule that is
// malformed or that no report of a form the rule is for could satisfy, because
// the form has not its cells.
void CheckRelations(const forms::v1::Rule& rule, absl::Span<const Form> forms,
                    const Locator& at, std::vector<std::string>* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_RELATIONS_H_
