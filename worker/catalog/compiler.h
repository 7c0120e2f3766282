// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/compiler.h
//
// Parsed files to the dense tables of a Catalog. Private to the catalogue.

#ifndef GONGKAI_WORKER_CATALOG_COMPILER_H_
#define GONGKAI_WORKER_CATALOG_COMPILER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/equation.h"
#include "worker/catalog/source.h"

namespace gongkai::catalog {

class CatalogCompiler {
 public:
  // Checks, merges and compiles. Errors: InvalidArgument, one line per fault.
  static absl::StatusOr<std::unique_ptr<const Catalog>> Compile(
      absl::Span<const std::unique_ptr<Source>> sources);

 private:
  static void ApplyChanges(forms::v1::Catalog* proto);
  static void AppendVariants(forms::v1::Catalog* proto);
  static void CompileForm(const forms::v1::Form& proto, Form* form);
  static absl::Status AddIdentities(const forms::v1::Rule& rule, int rule_index,
                                    Form* form);
  static absl::StatusOr<FormIdentity> Instantiate(const Equation& equation,
                                                  const Form& form, int star);
};

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_COMPILER_H_
