// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/layout.h
//
// The forms as they are printed, for those who draw them or name their cells.

#ifndef GONGKAI_WORKER_CATALOG_LAYOUT_H_
#define GONGKAI_WORKER_CATALOG_LAYOUT_H_

#include "gongkai/v1/report_service.pb.h"
#include "worker/catalog/catalog.h"

namespace gongkai::catalog {

// The forms of the catalogue as ListTemplates describes them, the oldest first.
// A label that the catalogue has no translation of is its own.
v1::ListTemplatesResponse DescribeTemplates(const Catalog& catalog);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_LAYOUT_H_
