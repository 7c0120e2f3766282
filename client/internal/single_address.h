// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/single_address.h
//
// Whether a target is one address of the network, behind which may stand a
// balancer that gives each connection to one of its servers, or several, which
// gRPC spreads calls over itself.

#ifndef GONGKAI_CLIENT_INTERNAL_SINGLE_ADDRESS_H_
#define GONGKAI_CLIENT_INTERNAL_SINGLE_ADDRESS_H_

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace gongkai::internal {

// Thread-safe.
class SingleAddress {
 public:
  // A target of gRPC's.
  explicit SingleAddress(std::string target) : target_(std::move(target)) {}

  // Looks a name up, twice a minute at most. Of a name that has addresses of
  // both kinds, IPv4 and IPv6, each counts for itself: they are often the same
  // machine's.
  bool Is();

 private:
  const std::string target_;
  absl::Mutex mutex_;
  bool single_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_SINGLE_ADDRESS_H_
