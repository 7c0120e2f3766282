// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/extract/extract.h
//
// Document to Report: finds the title, the body, the year and the sections,
// recognises the form by its labels, anchors every row on its label and binds
// the values beside it to the form's columns. The form's identities choose
// between readings and prove them; they never repair a report that does not
// add up. Knows the form and nothing of formats.
//
//   Extractor extractor(*catalog);
//   v1::Report report;
//   Extraction result = extractor.Extract(document, /*year_hint=*/0, &report);

#ifndef GONGKAI_WORKER_EXTRACT_EXTRACT_H_
#define GONGKAI_WORKER_EXTRACT_EXTRACT_H_

#include <memory>
#include <string>

#include "gongkai/v1/report.pb.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/read_cells.h"
#include "worker/catalog/read_text.h"
#include "worker/input/document.h"

namespace gongkai::extract {

// How the extraction ended: OK, PARTIAL, NOT_A_REPORT or UNSUPPORTED_TEMPLATE,
// with a sentence for people where it is not OK.
struct Extraction {
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  std::string message;     // Chinese
  std::string message_en;  // English
};

// Keeps its working memory from document to document. Not thread-safe.
class Extractor {
 public:
  // The catalogue must outlive the extractor.
  explicit Extractor(const catalog::Catalog& catalog);
  ~Extractor();

  // Replaces what `report` holds; one that is used again keeps the memory of
  // its tables. The year_hint (0 for none) is used only where the document
  // names no year itself.
  Extraction Extract(const input::Document& document, int year_hint,
                     v1::Report* report);

  // The same for those who need no messages of cells: *cells has those of the
  // report's tables, which are empty. Only if the cells have locations, which
  // messages alone can hold, they stand in the tables, and *cells is of no
  // form. The document must outlive the use of *cells. *text gets the prose of
  // the report, which must outlive its use.
  Extraction Extract(const input::Document& document, int year_hint,
                     v1::Report* report, catalog::ReadCells* cells,
                     catalog::ReadText* text = nullptr);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gongkai::extract

#endif  // GONGKAI_WORKER_EXTRACT_EXTRACT_H_
