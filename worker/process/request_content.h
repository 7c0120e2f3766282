// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/request_content.h
//
// Takes the content of a document out of a serialised request, so that it is
// read where it is: protobuf would copy it into memory made anew for each
// request, most of what there is to do to decode one. Private to process.

#ifndef GONGKAI_WORKER_PROCESS_REQUEST_CONTENT_H_
#define GONGKAI_WORKER_PROCESS_REQUEST_CONTENT_H_

#include <string>
#include <string_view>

namespace gongkai::process {

// Larger requests may stand in memory that the front shares; what a reader
// checks and later relies on must be a copy of its own. To copy them takes
// little of the time that they take.
inline constexpr size_t kMaxReadInPlaceBytes = size_t{64} << 10;

// Splits a request that has a v1::Document as the field with this number into
// the document's content, of which *content becomes a view, and the rest of the
// request, which replaces *rest and is a request of the same kind. False, with
// both undefined, where that is not possible: the request must then be decoded
// as a whole, which tells what is wrong with it, if anything is.
bool TakeContent(std::string_view request, int document_field,
                 std::string_view* content, std::string* rest);

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_REQUEST_CONTENT_H_
