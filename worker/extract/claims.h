// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/claims.h
//
// Numbers that the prose of a report states, bound to what they count by the
// grammar of the catalogue (claim_grammar.proto). What the grammar cannot tell
// for sure becomes no claim: a wrong one would accuse a report that is right.
//
//   ClaimReader reader(*catalog);
//   reader.Read(text, place_of, &report);   // after its sections are written

#ifndef GONGKAI_WORKER_EXTRACT_CLAIMS_H_
#define GONGKAI_WORKER_EXTRACT_CLAIMS_H_

#include <memory>

#include "absl/functional/function_ref.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/read_text.h"

namespace gongkai::extract {

// Sets the place of the bytes [begin, end) of a section's text.
using ProsePlace = absl::FunctionRef<void(const v1::Section& section, int begin,
                                          int end, v1::Place* place)>;

// Keeps its memory from report to report. Not thread-safe.
class ClaimReader {
 public:
  // The catalogue must outlive the reader.
  explicit ClaimReader(const catalog::Catalog& catalog);
  ~ClaimReader();

  // Replaces the claims of the report by those of its preface and sections,
  // whose text has been read. Its year, body and template must be set.
  void Read(const catalog::ReadText& text, ProsePlace place_of,
            v1::Report* report);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_CLAIMS_H_
