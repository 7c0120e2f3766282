// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/collection.h
//
// Rules across the reports of a collection: what one year hands on to the next,
// narratives that are alike, the same body twice, the sums of a hierarchy.
//
//   Collection collection(*catalog);
//   for (…) collection.Add(digest);
//   std::vector<v1::CheckCollectionResponse> responses;
//   while (collection.Next(64 << 10, &responses)) …
//
// What is kept of a report takes 1.6 KB and its cells, id and names: less than
// 2.5 KB ordinarily and less than 4 KB in any case. Findings are made while
// they are asked for. They depend on the reports alone, not on the order in
// which they were added.

#ifndef GONGKAI_WORKER_VALIDATE_COLLECTION_H_
#define GONGKAI_WORKER_VALIDATE_COLLECTION_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "gongkai/v1/report_service.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "worker/catalog/catalog.h"

namespace gongkai::validate {

// Not thread-safe.
class Collection {
 public:
  // The catalogue must outlive the collection.
  explicit Collection(const catalog::Catalog& catalog);
  ~Collection();

  // Adds a report, before the first Next(). A digest that is damaged counts as
  // one that could not be read.
  void Add(const worker::v1::ReportDigest& digest);

  // Replaces *responses by the next findings, until they have at least so many
  // bytes; the last of all is the summary. False if it is among them.
  bool Next(int64_t bytes, std::vector<v1::CheckCollectionResponse>* responses);

  // The requests that were added.
  int64_t size() const;

  // What is kept of all reports, in bytes.
  int64_t memory_bytes() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_COLLECTION_H_
