// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/access_control.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace gongkai::service {
namespace {

using Kind = Decision::Kind;

constexpr std::string_view kBearer = "bearer ";

// The token of "Bearer TOKEN"; empty for anything else.
std::string_view TokenOf(std::string_view authorization) {
  if (authorization.size() <= kBearer.size() ||
      !absl::EqualsIgnoreCase(
          absl::string_view(authorization.data(), kBearer.size()),
          absl::string_view(kBearer.data(), kBearer.size()))) {
    return {};
  }
  return authorization.substr(kBearer.size());
}

}  // namespace

void AccessControl::Set(std::shared_ptr<const Policy> policy) {
  absl::MutexLock lock(&mutex_);
  policy_ = std::move(policy);
}

std::shared_ptr<const Policy> AccessControl::policy() const {
  absl::MutexLock lock(&mutex_);
  return policy_;
}

Decision AccessControl::Decide(Method method,
                               const Presented& presented) const {
  Decision decision;
  const std::shared_ptr<const Policy> policy = this->policy();
  if (policy == nullptr) return decision;
  const Policy::Caller* caller = nullptr;
  if (presented.authorization.has_value()) {
    const std::string_view token = TokenOf(*presented.authorization);
    caller = policy->ByToken(token);
    if (caller == nullptr) {
      decision.reason = token.empty() ? "malformed token" : "wrong token";
      decision.message =
          token.empty() ? "the metadata \"authorization\" must be \"Bearer \" "
                          "and the token"
                        : "the token is not known here; ask the server's "
                          "operator for one";
    }
  } else if (!presented.certificate_names.empty()) {
    caller = policy->ByCertificate(presented.certificate_names);
    if (caller == nullptr) {
      decision.reason = "unknown certificate name";
      decision.message =
          "the certificate is valid, but its name is no caller's here; ask "
          "the server's operator to add it";
    }
  } else {
    decision.reason = "no credentials";
    decision.message =
        "callers must show who they are: send the metadata \"authorization: "
        "Bearer TOKEN\", or connect with a client certificate";
  }
  if (caller == nullptr) {
    decision.kind = Kind::kUnknownCaller;
    return decision;
  }
  decision.caller = caller->name;
  if (!caller->may_call(method)) {
    decision.kind = Kind::kNotAllowed;
    decision.reason = "method not allowed";
    decision.message = absl::StrCat(
        "this caller may not call ",
        absl::string_view(MethodName(method).data(), MethodName(method).size()),
        "; ask the server's operator to allow it");
  }
  return decision;
}

}  // namespace gongkai::service
