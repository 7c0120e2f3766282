// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/body_classes.h"

namespace gongkai::validate {

BodyClasses::BodyClasses(const forms::v1::Catalog& catalog)
    : set_(RE2::Options(), RE2::UNANCHORED) {
  for (const forms::v1::BodyClass& body_class : catalog.body_classes()) {
    const int number = static_cast<int>(keys_.size());
    keys_.push_back(body_class.key());
    for (const std::string& pattern : body_class.patterns()) {
      set_.Add(pattern, nullptr);
      patterns_.push_back({number, /*except=*/false});
    }
    for (const std::string& pattern : body_class.except()) {
      set_.Add(pattern, nullptr);
      patterns_.push_back({number, /*except=*/true});
    }
  }
  set_.Compile();
}

uint64_t BodyClasses::Of(absl::string_view body) const {
  std::vector<int> found;
  if (body.empty() || patterns_.empty() ||
      !set_.Match(re2::StringPiece(body.data(), body.size()), &found)) {
    return 0;
  }
  uint64_t held = 0;
  uint64_t excepted = 0;
  for (int index : found) {
    const Pattern& pattern = patterns_[index];
    (pattern.except ? excepted : held) |= uint64_t{1} << pattern.body_class;
  }
  return held & ~excepted;
}

uint64_t BodyClasses::Mask(
    const google::protobuf::RepeatedPtrField<std::string>& keys) const {
  uint64_t bits = 0;
  for (const std::string& key : keys) {
    for (size_t c = 0; c < keys_.size(); ++c) {
      if (keys_[c] == key) bits |= uint64_t{1} << c;
    }
  }
  return bits;
}

}  // namespace gongkai::validate
