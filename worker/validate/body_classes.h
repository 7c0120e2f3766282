// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/body_classes.h
//
// What kinds of body a name tells of. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_BODY_CLASSES_H_
#define GONGKAI_WORKER_VALIDATE_BODY_CLASSES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gongkai/forms/v1/catalog.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "re2/re2.h"
#include "re2/set.h"

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
  // What a pattern says of the bodies whose names hold it.
  struct Pattern {
    int body_class;
    // True for BodyClass.except.
    bool except;
  };

  std::vector<std::string> keys_;
  // All patterns of all classes, searched for at once, and what each says.
  RE2::Set set_;
  std::vector<Pattern> patterns_;
};

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_BODY_CLASSES_H_
