// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/selection.h
//
// Which rules a request wants applied, and how grave it takes them. Private to
// validate.

#ifndef GONGKAI_WORKER_VALIDATE_SELECTION_H_
#define GONGKAI_WORKER_VALIDATE_SELECTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gongkai/forms/v1/catalog.pb.h"
#include "gongkai/v1/finding.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/validate/validate.h"

namespace gongkai::validate {

// Keeps the last selection: callers mostly ask for the same again and again.
// Not thread-safe.
class Selection {
 public:
  // The catalogue must outlive the selection.
  explicit Selection(const forms::v1::Catalog& catalog);

  // Makes the rules those that the options select. If the options name what the
  // catalogue does not have, says so; the rules are the catalogue's own then.
  std::optional<Refusal> Select(const v1::CheckOptions& options);

  // By the rules' place in the catalogue.
  bool is_on(int rule) const { return on_[rule] != 0; }

  // The severity that the options give to the rule; not set to leave it.
  v1::Severity severity(int rule) const { return severities_[rule]; }

 private:
  void Reset();

  const forms::v1::Catalog& catalog_;
  // What is selected at present.
  v1::CheckOptions options_;
  // As the catalogue has it: no option is set.
  bool plain_ = true;
  // Bytes, which are told faster than bits.
  std::vector<uint8_t> on_;
  std::vector<v1::Severity> severities_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_SELECTION_H_
