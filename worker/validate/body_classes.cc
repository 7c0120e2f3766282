// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/body_classes.h"

#include <algorithm>

namespace gongkai::validate {
namespace {

bool HoldsAny(absl::string_view text,
              const std::vector<std::unique_ptr<RE2>>& patterns) {
  const re2::StringPiece piece(text.data(), text.size());
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::unique_ptr<RE2>& pattern) {
                       return RE2::PartialMatch(piece, *pattern);
                     });
}

}  // namespace

BodyClasses::BodyClasses(const forms::v1::Catalog& catalog) {
  for (const forms::v1::BodyClass& body_class : catalog.body_classes()) {
    Class& added = classes_.emplace_back();
    added.key = body_class.key();
    for (const std::string& pattern : body_class.patterns()) {
      added.patterns.push_back(std::make_unique<RE2>(pattern));
    }
    for (const std::string& pattern : body_class.except()) {
      added.except.push_back(std::make_unique<RE2>(pattern));
    }
  }
}

uint64_t BodyClasses::Of(absl::string_view body) const {
  uint64_t bits = 0;
  for (size_t c = 0; c < classes_.size(); ++c) {
    if (HoldsAny(body, classes_[c].patterns) &&
        !HoldsAny(body, classes_[c].except)) {
      bits |= uint64_t{1} << c;
    }
  }
  return bits;
}

uint64_t BodyClasses::Mask(
    const google::protobuf::RepeatedPtrField<std::string>& keys) const {
  uint64_t bits = 0;
  for (const std::string& key : keys) {
    for (size_t c = 0; c < classes_.size(); ++c) {
      if (classes_[c].key == key) bits |= uint64_t{1} << c;
    }
  }
  return bits;
}

}  // namespace gongkai::validate
