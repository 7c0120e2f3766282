// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check_similarity.h
//
// What rules that compare reports with others must keep. Private to the
// catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_SIMILARITY_H_
#define GONGKAI_WORKER_CATALOG_CHECK_SIMILARITY_H_

#include "gongkai/forms/v1/catalog.pb.h"
#include "worker/catalog/faults.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

void CheckSimilarity(const forms::v1::Similarity& similarity, const Locator& at,
                     Faults* faults);

void CheckHierarchySum(const forms::v1::HierarchySum& sum, const Locator& at,
                       Faults* faults);

void CheckNarrativeMasks(const forms::v1::NarrativeMasks& masks,
                         const Locator& at, Faults* faults);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_SIMILARITY_H_
