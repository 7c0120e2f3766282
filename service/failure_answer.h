// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/failure_answer.h
//
// The answer for a document that no worker could answer for.

#ifndef GONGKAI_SERVICE_FAILURE_ANSWER_H_
#define GONGKAI_SERVICE_FAILURE_ANSWER_H_

#include <string>

#include "service/job.h"

namespace gongkai::service {

// The serialised response message of the job's kind, with the request's id
// where it has one, the outcome that belongs to the ending, and a sentence for
// people. The ending must be neither kAnswered nor kCancelled, the
// kind one of those that have a document.
std::string FailureAnswer(const Job& job, Ending ending);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_FAILURE_ANSWER_H_
