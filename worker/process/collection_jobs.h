// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/collection_jobs.h
//
// The jobs of a collection: digests, which any worker makes, and the collection
// itself, which one worker keeps. Private to process.

#ifndef GONGKAI_WORKER_PROCESS_COLLECTION_JOBS_H_
#define GONGKAI_WORKER_PROCESS_COLLECTION_JOBS_H_

#include <memory>
#include <string>
#include <string_view>

#include "gongkai/v1/report_service.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/validate/collection.h"
#include "worker/validate/digest.h"

namespace gongkai::process {

// Not thread-safe.
class CollectionJobs {
 public:
  // The catalogue must outlive this.
  explicit CollectionJobs(const catalog::Catalog& catalog);

  // Makes the digest of a request's report; null if there is none.
  void Digest(const v1::CheckCollectionRequest& request,
              const v1::Report* report, worker::v1::ReportDigest* digest);

  // Replaces *response by the serialised CollectionAnswer to a ReportDigest or
  // to a FindingsRequest.
  void Collect(std::string_view request, std::string* response);
  void Findings(std::string_view request, std::string* response);

 private:
  const catalog::Catalog& catalog_;
  validate::Digester digester_;
  // Made when the first report comes: most workers never hold one.
  std::unique_ptr<validate::Collection> collection_;
};

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_COLLECTION_JOBS_H_
