// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/policy.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gongkai/access/v1/policy.pb.h"
#include "service/access/files.h"

namespace gongkai::service {
namespace {

constexpr size_t kHexDigits = 2 * std::tuple_size_v<Sha256>;

// Keeps the first complaint.
class FirstError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (!text_.empty()) return;
    text_ = absl::StrCat(line + 1, ":", column + 1, ": ", message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

Sha256 HashOf(std::string_view text) {
  Sha256 hash;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         hash.data());
  return hash;
}

// Errors: InvalidArgument with a sentence about what is wrong.
absl::StatusOr<Sha256> ParseHash(const std::string& hex) {
  const bool digits = std::all_of(hex.begin(), hex.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F');
  });
  if (hex.size() != kHexDigits || !digits) {
    // Perhaps it is the token itself: not to be repeated.
    return absl::InvalidArgumentError(
        "token_sha256 must be the 64 hexadecimal digits of the token's "
        "SHA-256, as `printf %s \"$TOKEN\" | sha256sum` prints them; never "
        "the token");
  }
  const std::string bytes = absl::HexStringToBytes(hex);
  Sha256 hash;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

absl::StatusOr<std::bitset<kMethodCount>> ParseMethods(
    const access::v1::Caller& caller) {
  std::bitset<kMethodCount> methods;
  for (const std::string& name : caller.methods()) {
    if (name == "*") {
      methods.set();
      continue;
    }
    const auto* const found =
        std::find(std::begin(kMethodNames), std::end(kMethodNames), name);
    if (found == std::end(kMethodNames)) {
      std::vector<std::string> all(std::begin(kMethodNames),
                                   std::end(kMethodNames));
      return absl::InvalidArgumentError(
          absl::StrCat("there is no method \"", name, "\"; there are ",
                       absl::StrJoin(all, ", "), ", and * for all"));
    }
    methods.set(static_cast<size_t>(found - kMethodNames));
  }
  if (methods.none()) {
    return absl::InvalidArgumentError(
        "it may call nothing; add methods: \"*\", or those that it needs");
  }
  return methods;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Policy>> Policy::Parse(
    const std::string& text, const std::string& file) {
  FirstError error;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  access::v1::Policy parsed;
  if (!parser.ParseFromString(text, &parsed)) {
    return absl::InvalidArgumentError(absl::StrCat(file, ":", error.text()));
  }
  auto policy = std::shared_ptr<Policy>(new Policy());
  for (const access::v1::Caller& caller : parsed.callers()) {
    const auto refuse = [&](const auto&... what) {
      return absl::InvalidArgumentError(
          absl::StrCat(file, ": caller \"", caller.name(), "\": ", what...));
    };
    if (caller.name().empty()) return refuse("it has no name; add one");
    if (caller.certificate_names().empty() && caller.token_sha256().empty()) {
      return refuse(
          "nothing shows who it is; add certificate_names or token_sha256");
    }
    if (caller.max_documents() < 0 || caller.max_bytes() < 0) {
      return refuse("limits must be 0, for the server's, or positive");
    }
    const auto methods = ParseMethods(caller);
    if (!methods.ok()) return refuse(methods.status().message());
    policy->callers_.push_back(std::make_unique<Caller>(Caller{
        caller.name(), *methods, caller.max_documents(), caller.max_bytes()}));
    const Caller* const added = policy->callers_.back().get();
    if (!policy->names_.emplace(added->name, added).second) {
      return refuse("there are two of this name; give each its own");
    }
    for (const std::string& name : caller.certificate_names()) {
      if (name.empty()) return refuse("a certificate name is empty");
      if (!policy->certificates_.emplace(name, added).second) {
        return refuse("the certificate name \"", name,
                      "\" stands twice; it can mean one caller only");
      }
    }
    for (const std::string& hex : caller.token_sha256()) {
      const absl::StatusOr<Sha256> hash = ParseHash(hex);
      if (!hash.ok()) return refuse(hash.status().message());
      if (std::any_of(
              policy->tokens_.begin(), policy->tokens_.end(),
              [&](const auto& token) { return token.first == *hash; })) {
        return refuse(
            "one of its tokens stands twice; give each caller its own");
      }
      policy->tokens_.emplace_back(*hash, added);
    }
  }
  if (policy->callers_.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        file,
        ": the policy names no caller, so that nobody could call; add "
        "one, or start without --policy"));
  }
  return policy;
}

absl::StatusOr<std::shared_ptr<const Policy>> Policy::Load(
    const std::string& file) {
  const absl::StatusOr<std::string> text = ReadFile(file);
  if (!text.ok()) return text.status();
  return Parse(*text, file);
}

const Policy::Caller* Policy::ByCertificate(
    const std::vector<std::string>& names) const {
  for (const std::string& name : names) {
    const auto found = certificates_.find(name);
    if (found != certificates_.end()) return found->second;
  }
  return nullptr;
}

const Policy::Caller* Policy::ByToken(std::string_view token) const {
  const Sha256 hash = HashOf(token);
  const Caller* found = nullptr;
  for (const auto& [known, caller] : tokens_) {
    if (CRYPTO_memcmp(known.data(), hash.data(), hash.size()) == 0) {
      found = caller;
    }
  }
  return found;
}

const Policy::Caller* Policy::ByName(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

}  // namespace gongkai::service
