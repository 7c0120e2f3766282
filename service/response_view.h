// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/response_view.h
//
// The few things that the front reads out of a worker's response: enough to see
// that it is one to the request and says nothing that is not a worker's to say.
// The worker may be in a stranger's hands. Read from the wire format by hand,
// without copying.

#ifndef GONGKAI_SERVICE_RESPONSE_VIEW_H_
#define GONGKAI_SERVICE_RESPONSE_VIEW_H_

#include <string_view>

#include "service/stats.h"
#include "worker/ipc/job_kind.h"

namespace gongkai::service {

struct ResponseView {
  // False if the bytes are no message, or end a stream, which only the front
  // does. Only the outer fields are looked at.
  bool sound = false;
  // Empty if there is none.
  std::string_view id;
  Outcome outcome = Outcome::kUnspecified;
};

// Of a response that a worker gave to a job of this kind. Those of a
// collection's own process are always sound and have no outcome.
ResponseView ViewResponse(ipc::JobKind kind, std::string_view response);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_RESPONSE_VIEW_H_
