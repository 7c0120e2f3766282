// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/body_names.h
//
// Tells whether two names are certainly those of different bodies. Bodies are
// named in many ways: with the places above them or without, in short, as the
// government or as its office. So the answer is no where there is any doubt.
// Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_BODY_NAMES_H_
#define GONGKAI_WORKER_VALIDATE_BODY_NAMES_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/rule.pb.h"
#include "worker/validate/body_classes.h"

namespace gongkai::validate {

class BodyNames {
 public:
  // `classes` must outlive it.
  BodyNames(const forms::v1::ForeignBody& check, const BodyClasses& classes);

  // True if no body has both names.
  bool Differ(absl::string_view a, absl::string_view b) const;

 private:
  const BodyClasses& classes_;
  const uint64_t compared_;
  const std::vector<std::string> place_ends_;
  // The words of ForeignBody.generic, and nothing in their place.
  std::vector<std::pair<std::string, std::string>> generic_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_BODY_NAMES_H_
