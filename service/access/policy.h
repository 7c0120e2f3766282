// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/policy.h
//
// Who may call what and how much: the policy file, read and looked up.

#ifndef GONGKAI_SERVICE_ACCESS_POLICY_H_
#define GONGKAI_SERVICE_ACCESS_POLICY_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "service/method.h"

namespace gongkai::service {

using Sha256 = std::array<unsigned char, 32>;

// Immutable.
class Policy {
 public:
  struct Caller {
    std::string name;
    std::bitset<kMethodCount> methods;
    // 0 for the server's limit.
    int64_t max_documents = 0;
    int64_t max_bytes = 0;

    bool may_call(Method method) const {
      return methods[static_cast<size_t>(method)];
    }
  };

  // Parses the text form of gongkai.access.v1.Policy; `file` is for messages.
  // Errors: InvalidArgument with file, line and what to do.
  static absl::StatusOr<std::shared_ptr<const Policy>> Parse(
      const std::string& text, const std::string& file);

  // Errors: NotFound or PermissionDenied for the file; as Parse().
  static absl::StatusOr<std::shared_ptr<const Policy>> Load(
      const std::string& file);

  // The caller with one of these names in its certificate; null for none.
  const Caller* ByCertificate(const std::vector<std::string>& names) const;
  // The caller with this token; null for none. Takes as long for a wrong token
  // as for a right one.
  const Caller* ByToken(std::string_view token) const;
  // Null for none.
  const Caller* ByName(const std::string& name) const;

  size_t size() const { return callers_.size(); }
  bool names_certificates() const { return !certificates_.empty(); }
  bool names_tokens() const { return !tokens_.empty(); }

 private:
  Policy() = default;

  std::vector<std::unique_ptr<Caller>> callers_;
  absl::flat_hash_map<std::string, const Caller*> names_;
  absl::flat_hash_map<std::string, const Caller*> certificates_;
  std::vector<std::pair<Sha256, const Caller*>> tokens_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_POLICY_H_
