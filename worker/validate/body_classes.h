// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/body_classes.h
//
// What kinds of body a name tells of. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_BODY_CLASSES_H_
#define GONGKAI_WORKER_VALIDATE_BODY_CLASSES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "re2/re2.h"

namespace gongkai::validate {

class BodyClasses {
 public:
  explicit BodyClasses(const forms::v1::Catalog& catalog);

  // A bit for each class of the catalogue that the body is of.
  uint64_t Of(absl::string_view body) const;

  // The bits of the classes with these keys.
  uint64_t Mask(
      const google::protobuf::RepeatedPtrField<std::string>& keys) const;

 private:
  struct Class {
    std::string key;
    std::vector<std::unique_ptr<RE2>> patterns;
    std::vector<std::unique_ptr<RE2>> except;
  };
  std::vector<Class> classes_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_BODY_CLASSES_H_
