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

int64_t Share(int64_t whole, int streams) {
  return (whole + streams - 1) / streams;
}

}  // namespace

Ledger::Ledger(const BulkOptions& options, int lanes)
    : streams_(std::max(options.streams, 1)),
      max_documents_(std::max(options.max_in_flight_documents, 1)),
      max_bytes_(std::max<int64_t>(options.max_in_flight_bytes, 1)),
      ordered_(options.ordered),
      lanes_(lanes) {
  entries_.reserve(max_documents_);
}

bool Ledger::HasRoom() const {
  return static_cast<int>(entries_.size()) + held_documents_ < max_documents_ &&
         bytes_ < max_bytes_;
}

bool Ledger::HasRoomFor(int documents) const {
  const int held = static_cast<int>(entries_.size()) + held_documents_;
  const int64_t bytes = max_bytes_ / max_documents_ * documents;
  return held <= max_documents_ - std::max(documents, 1) &&
         bytes_ <= max_bytes_ - bytes;
}

bool Ledger::RunsLow(int lane) const {
  const Load& load = lanes_[lane];
  return waiting_.empty() &&
         2 * load.documents < Share(max_documents_, streams_) &&
         2 * load.bytes < Share(max_bytes_, streams_);
}

bool Ledger::Fits(int64_t size) const {
  return (entries_.empty() && held_documents_ == 0) ||
         bytes_ + size <= max_bytes_;
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

bool Ledger::HasSpace(int lane, const Entry& next,
                      const StreamLimits& limits) const {
  const Load& load = lanes_[lane];
  int64_t documents = Share(max_documents_, streams_);
  if (limits.window_documents > 0) {
    documents = std::min<int64_t>(documents, limits.window_documents);
  }
  if (!load.answers && streams_ > 1) {
    documents = std::min<int64_t>(documents, kFirstDocuments);
  }
  int64_t bytes = Share(max_bytes_, streams_);
  if (limits.window_bytes > 0) bytes = std::min(bytes, limits.window_bytes);
  return load.documents == 0 ||
         (load.documents < documents && load.bytes + next.size <= bytes);
}

bool Ledger::HasRoomOn(int lane, const StreamLimits& limits) const {
  if (suspect_lane_ == lane) return lanes_[lane].documents == 0;
  if (suspect_lane_ == kNoLane && !suspects_.empty()) return true;
  return !waiting_.empty() && HasSpace(lane, *waiting_.front(), limits);
}

std::shared_ptr<const Entry> Ledger::Put(
    int lane, std::deque<std::shared_ptr<Entry>>& from) {
  std::shared_ptr<Entry> entry = std::move(from.front());
  from.pop_front();
  entry->lane = lane;
  ++lanes_[lane].documents;
  lanes_[lane].bytes += entry->size;
  return entry;
}

std::shared_ptr<const Entry> Ledger::Take(int lane,
                                          const StreamLimits& limits) {
  if (suspect_lane_ == kNoLane && !suspects_.empty()) suspect_lane_ = lane;
  if (suspect_lane_ == lane) {
    if (lanes_[lane].documents > 0) return nullptr;
    if (!suspects_.empty()) return Put(lane, suspects_);
    suspect_lane_ = kNoLane;
  }
  if (waiting_.empty() || !HasSpace(lane, *waiting_.front(), limits)) {
    return nullptr;
  }
  return Put(lane, waiting_);
}

void Ledger::Close(const Entry& entry) {
  entries_.erase(entry.id);
  if (ordered_) {
    ++held_documents_;
  } else {
    bytes_ -= entry.size;
  }
}

std::shared_ptr<const Entry> Ledger::Settle(int lane, absl::string_view id) {
  const auto it = entries_.find(id);
  if (it == entries_.end() || it->second->lane != lane) return nullptr;
  const std::shared_ptr<const Entry> entry = it->second;
  --lanes_[lane].documents;
  lanes_[lane].bytes -= entry->size;
  lanes_[lane].answers = true;
  Close(*entry);
  return entry;
}

void Ledger::Delivered(int documents, int64_t bytes) {
  held_documents_ -= documents;
  bytes_ -= bytes;
}

std::vector<std::shared_ptr<const Entry>> Ledger::Return(int lane, bool broke) {
  std::vector<std::shared_ptr<Entry>> left;
  for (const auto& [id, entry] : entries_) {
    if (entry->lane == lane) left.push_back(entry);
  }
  // From the last one, as each goes before all others.
  std::sort(left.begin(), left.end(),
            [](const auto& a, const auto& b) { return a->number > b->number; });
  lanes_[lane] = Load();
  if (suspect_lane_ == lane) suspect_lane_ = kNoLane;
  std::vector<std::shared_ptr<const Entry>> given_up;
  for (const auto& entry : left) {
    entry->lane = kNoLane;
    if (broke) ++entry->losses;
    if (entry->losses >= kMaxLosses) {
      Close(*entry);
      given_up.push_back(entry);
    } else if (entry->losses >= kSuspectLosses) {
      suspects_.push_front(entry);
    } else {
      waiting_.push_front(entry);
    }
  }
  return given_up;
}

}  // namespace gongkai::internal
