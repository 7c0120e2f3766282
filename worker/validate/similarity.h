// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/validate/similarity.h
//
// How grave a similarity is. Private to validate.

#ifndef GONGKAI_WORKER_VALIDATE_SIMILARITY_H_
#define GONGKAI_WORKER_VALIDATE_SIMILARITY_H_

#include "gongkai/forms/v1/rule.pb.h"

namespace gongkai::validate {

// The highest grade that the similarity reaches; null if it reaches none.
const forms::v1::SimilarityGrade* GradeOf(
    const forms::v1::Similarity& similarity, int percent);

}  // namespace gongkai::validate

#endif  // GONGKAI_WORKER_VALIDATE_SIMILARITY_H_
