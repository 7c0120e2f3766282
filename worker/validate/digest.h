// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/digest.h
//
// What a collection keeps of a report: its cells and a sketch of its narrative,
// in some 2 KB.
//
//   Digester digester(*catalog);
//   digester.Digest(report, &digest);
//   RestoreCells(*catalog, digest.template_(), digest.cells(), &report);

#ifndef GONGKAI_WORKER_VALIDATE_DIGEST_H_
#define GONGKAI_WORKER_VALIDATE_DIGEST_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "gongkai/v1/report.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/cell_table.h"
#include "worker/validate/narrative.h"

namespace gongkai::validate {

// Keeps its working memory from report to report. Not thread-safe.
class Digester {
 public:
  // The catalogue must outlive the digester.
  explicit Digester(const catalog::Catalog& catalog);

  // Sets what is told by the report; id, parent and options are the caller's
  // business. Names longer than 256 bytes are cut.
  void Digest(const v1::Report& report, worker::v1::ReportDigest* digest);

 private:
  const catalog::Catalog& catalog_;
  const NarrativeReader reader_;
  CellTable cells_;
  Narrative narrative_;
  std::vector<uint64_t> grams_;
};

// Replaces the tables of the report by the cells of a digest: values and states
// alone. What does not fit the form is MISSING.
void RestoreCells(const catalog::Catalog& catalog, v1::Template template_id,
                  absl::string_view cells, v1::Report* report);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_DIGEST_H_
