// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/check.h
//
// What a catalogue must keep beyond its syntax. Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_CHECK_H_
#define GONGKAI_WORKER_CATALOG_CHECK_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

// Everything but the equations of identities, which the compiler checks
// against the forms. Errors: InvalidArgument; one line for each fault, with
// file, line and column.
absl::Status CheckSources(absl::Span<const std::unique_ptr<Source>> sources);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_CHECK_H_
