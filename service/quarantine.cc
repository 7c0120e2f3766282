// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/quarantine.h"

#include "absl/hash/hash.h"
#include "service/request_view.h"

namespace gongkai::service {
namespace {

uint64_t HashOf(absl::Span<const std::string_view> pieces) {
  // Equal bytes in different pieces must give equal hashes, and absl::Hash
  // depends on where the pieces end: bring them into blocks of one size.
  constexpr size_t kBlockBytes = 4096;
  char block[kBlockBytes];
  size_t filled = 0;
  uint64_t hash = 0;
  const auto mix = [&] {
    hash = absl::HashOf(hash, absl::string_view(block, filled));
    filled = 0;
  };
  for (std::string_view piece : pieces) {
    while (!piece.empty()) {
      const size_t size = std::min(piece.size(), kBlockBytes - filled);
      piece.copy(block + filled, size);
      filled += size;
      piece.remove_prefix(size);
      if (filled == kBlockBytes) mix();
    }
  }
  mix();
  return hash;
}

size_t LengthOf(absl::Span<const std::string_view> pieces) {
  size_t length = 0;
  for (const std::string_view piece : pieces) length += piece.size();
  return length;
}

}  // namespace

void Quarantine::Add(const Job& job, Clock::time_point now) {
  if (capacity_ == 0) return;
  const RequestPieces content = DocumentContent(job.kind(), job.request());
  const Key key = {LengthOf(content), HashOf(content)};
  if (!keys_.insert(key).second) return;
  ++lengths_[key.first];
  oldest_first_.push_back({key, now});
  if (oldest_first_.size() > capacity_) ForgetOldest();
}

void Quarantine::ForgetOldest() {
  const Key oldest = oldest_first_.front().key;
  oldest_first_.pop_front();
  keys_.erase(oldest);
  if (--lengths_[oldest.first] == 0) lengths_.erase(oldest.first);
}

bool Quarantine::Holds(const Job& job, Clock::time_point now) {
  while (!oldest_first_.empty() && now - oldest_first_.front().since >= time_) {
    ForgetOldest();
  }
  if (keys_.empty()) return false;
  const RequestPieces content = DocumentContent(job.kind(), job.request());
  const size_t length = LengthOf(content);
  if (!lengths_.contains(length)) return false;
  return keys_.contains(Key(length, HashOf(content)));
}

}  // namespace gongkai::service
