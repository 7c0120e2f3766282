// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/access_control.h
//
// Decides for each call whether it may be made, by the policy of the day.

#ifndef GONGKAI_SERVICE_ACCESS_ACCESS_CONTROL_H_
#define GONGKAI_SERVICE_ACCESS_ACCESS_CONTROL_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/access/policy.h"
#include "service/method.h"

namespace gongkai::service {

// What a caller shows of itself.
struct Presented {
  // Names of the certificate that the TLS handshake has verified.
  std::vector<std::string> certificate_names;
  // The value of the metadata "authorization", such as "Bearer 1234".
  std::optional<std::string> authorization;
};

struct Decision {
  enum class Kind { kAllowed, kUnknownCaller, kNotAllowed };

  Kind kind = Kind::kAllowed;
  // The caller's name in the policy; empty if it has none.
  std::string caller;
  // For a refused caller: what to do, and nothing of what the server knows.
  std::string message;
  // For the log and the metrics: "no credentials", "wrong token", …
  std::string_view reason;
};

// Thread-safe.
class AccessControl {
 public:
  // The policy from here on; until then, or with null, everybody may do
  // everything.
  void Set(std::shared_ptr<const Policy> policy);

  // A token goes before a certificate: a wrong one is refused whatever the
  // certificate says.
  Decision Decide(Method method, const Presented& presented) const;

  std::shared_ptr<const Policy> policy() const;

 private:
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Policy> policy_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_ACCESS_CONTROL_H_
