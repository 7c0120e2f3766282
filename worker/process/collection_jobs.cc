// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/collection_jobs.h"

#include <vector>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace gongkai::process {
namespace {

// Findings go out in answers of about this size: large enough that a hand-over
// costs little beside them, and small enough that the front holds few.
constexpr int64_t kAnswerBytes = int64_t{64} << 10;

// Map fields in a fixed order.
void AppendDeterministic(const google::protobuf::MessageLite& message,
                         std::string* out) {
  google::protobuf::io::StringOutputStream stream(out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
}

}  // namespace

CollectionJobs::CollectionJobs(const catalog::Catalog& catalog)
    : catalog_(catalog), digester_(catalog) {}

void CollectionJobs::Digest(const v1::CheckCollectionRequest& request,
                            const v1::Report* report,
                            worker::v1::ReportDigest* digest) {
  digest->set_id(request.id());
  digest->set_parent(request.parent());
  *digest->mutable_options() = request.options();
  digest->set_unread(report == nullptr);
  if (report != nullptr) digester_.Digest(*report, digest);
}

void CollectionJobs::Collect(std::string_view request, std::string* response) {
  worker::v1::ReportDigest digest;
  worker::v1::CollectionAnswer answer;
  if (!digest.ParseFromArray(request.data(),
                             static_cast<int>(request.size()))) {
    answer.set_lost(true);
  } else {
    if (collection_ == nullptr && digest.sequence() == 0) {
      collection_ = std::make_unique<validate::Collection>(catalog_);
    }
    if (collection_ == nullptr || collection_->size() != digest.sequence()) {
      answer.set_lost(true);
    } else {
      collection_->Add(digest);
    }
  }
  answer.SerializeToString(response);
}

void CollectionJobs::Findings(std::string_view request, std::string* response) {
  worker::v1::FindingsRequest asked;
  worker::v1::CollectionAnswer answer;
  const bool valid =
      asked.ParseFromArray(request.data(), static_cast<int>(request.size()));
  if (valid && asked.reports() == 0 && collection_ == nullptr) {
    collection_ = std::make_unique<validate::Collection>(catalog_);
  }
  if (!valid || collection_ == nullptr ||
      collection_->size() != asked.reports()) {
    answer.set_lost(true);
  } else {
    std::vector<v1::CheckCollectionResponse> responses;
    answer.set_done(!collection_->Next(kAnswerBytes, &responses));
    for (const v1::CheckCollectionResponse& finding : responses) {
      AppendDeterministic(finding, answer.add_responses());
    }
  }
  answer.SerializeToString(response);
}

}  // namespace gongkai::process
