// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_claims.h
//
// What the grammar of claims must keep beyond its syntax. Private to the
// catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_CLAIMS_H_
#define GONGKAI_WORKER_CATALOG_CHECK_CLAIMS_H_

#include <memory>

#include "absl/types/span.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

// The grammars of all files together: a file may name classes of another.
void CheckClaimGrammar(absl::Span<const std::unique_ptr<Source>> sources,
                       Faults* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_CLAIMS_H_
