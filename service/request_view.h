// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/request_view.h
//
// The few things that the front ever reads out of a request, and only after a
// worker has failed: its id, its parent and its document's bytes. Read from the
// wire format by hand, in bounded time, without copying and without trust.

#ifndef GONGKAI_SERVICE_REQUEST_VIEW_H_
#define GONGKAI_SERVICE_REQUEST_VIEW_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "worker/ipc/job_kind.h"

namespace gongkai::service {

using RequestPieces = std::vector<std::string_view>;

// The id of a ProcessRequest or a CheckCollectionRequest; empty if it has none,
// or none that the contract allows (at most 256 bytes).
std::string RequestId(absl::Span<const std::string_view> request);

// The parent of a CheckCollectionRequest; as the id.
std::string RequestParent(absl::Span<const std::string_view> request);

// The content of the request's document, as pieces of the request. The whole
// request if it has no document.
RequestPieces DocumentContent(ipc::JobKind kind,
                              absl::Span<const std::string_view> request);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_REQUEST_VIEW_H_
