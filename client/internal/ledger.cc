// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/ledger.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/internal/utf8.h"

namespace gongkai::internal {
namespace {

// ProcessRequest.id in report_service.proto.
constexpr size_t kMaxIdBytes = 256;

}  // namespace

Ledger::Ledger(const BulkOptions& options)
    : max_documents_(std::max(options.max_in_flight_documents, 1)),
      max_bytes_(std::max<int64_t>(options.max_in_flight_bytes, 1)),
      lanes_(std::max(options.streams, 1)) {
  entries_.reserve(max_documents_);
}

bool Ledger::HasRoom() const {
  return static_cast<int>(entries_.size()) < max_documents_ &&
         bytes_ < max_bytes_;
}

bool Ledger::HasAmpleRoom() const {
  const int documents = static_cast<int>(entries_.size());
  return documents <= max_documents_ - std::max(max_documents_ / 4, 1) &&
         bytes_ <= max_bytes_ - max_bytes_ / 4;
}

bool Ledger::Fits(int64_t size) const {
  return entries_.empty() || bytes_ + size <= max_bytes_;
}

absl::Status Ledger::Add(std::string id, grpc::ByteBuffer request,
                         int64_t size) {
  if (id.empty() || id.size() > kMaxIdBytes || !IsUtf8(id)) {
    return absl::InvalidArgumentError(
        absl::StrCat("A document's id must be 1 to ", kMaxIdBytes,
                     " bytes of UTF-8, not \"", ToUtf8(id), "\""));
  }
  if (entries_.contains(id)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "The id \"", id, "\" is that of a document that has no answer yet"));
  }
  auto entry = std::make_shared<Entry>();
  entry->id = std::move(id);
  entry->request = std::move(request);
  entry->size = size;
  entry->number = next_number_++;
  bytes_ += size;
  waiting_.push_back(entry);
  const absl::string_view key = entry->id;
  entries_.emplace(key, std::move(entry));
  return absl::OkStatus();
}

std::shared_ptr<const Entry> Ledger::Take(int lane,
                                          const StreamLimits& limits) {
  if (waiting_.empty()) return nullptr;
  Load& load = lanes_[lane];
  const std::shared_ptr<Entry>& next = waiting_.front();
  const bool over_documents =
      limits.window_documents > 0 && load.documents >= limits.window_documents;
  const bool over_bytes = limits.window_bytes > 0 && load.documents > 0 &&
                          load.bytes + next->size > limits.window_bytes;
  if (over_documents || over_bytes) return nullptr;
  std::shared_ptr<Entry> entry = std::move(waiting_.front());
  waiting_.pop_front();
  entry->lane = lane;
  ++load.documents;
  load.bytes += entry->size;
  return entry;
}

bool Ledger::Settle(int lane, absl::string_view id) {
  auto it = entries_.find(id);
  if (it == entries_.end() || it->second->lane != lane) return false;
  const std::shared_ptr<Entry> entry = std::move(it->second);
  entries_.erase(it);
  --lanes_[lane].documents;
  lanes_[lane].bytes -= entry->size;
  bytes_ -= entry->size;
  return true;
}

void Ledger::Return(int lane) {
  std::vector<std::shared_ptr<Entry>> lost;
  for (const auto& [id, entry] : entries_) {
    if (entry->lane == lane) lost.push_back(entry);
  }
  std::sort(lost.begin(), lost.end(),
            [](const auto& a, const auto& b) { return a->number < b->number; });
  for (const auto& entry : lost) entry->lane = kNoLane;
  waiting_.insert(waiting_.begin(), lost.begin(), lost.end());
  lanes_[lane] = Load();
}

}  // namespace gongkai::internal
