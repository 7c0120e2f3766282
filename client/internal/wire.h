// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/internal/wire.h
//
// Requests and answers as gRPC carries them. A session keeps encoded requests:
// sending one again costs a reference count, and gRPC's copy in flight shares
// its bytes.

#ifndef GONGKAI_CLIENT_INTERNAL_WIRE_H_
#define GONGKAI_CLIENT_INTERNAL_WIRE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/arena.h"
#include "grpcpp/support/byte_buffer.h"

namespace gongkai::internal {

// The serialised request. The content is moved out of it and, when large, not
// copied.
grpc::ByteBuffer EncodeRequest(v1::ProcessRequest request);

// Errors: Internal if the bytes are not such a message.
absl::StatusOr<v1::ProcessRequest> DecodeRequest(grpc::ByteBuffer bytes);
absl::StatusOr<v1::GetCapabilitiesResponse> DecodeCapabilities(
    grpc::ByteBuffer bytes);

// Decodes answers one after another into memory that it uses again: a report
// has some 700 messages, and allocating each costs four times the decoding.
// Thread-compatible.
class AnswerDecoder {
 public:
  AnswerDecoder();

  // The answer, until the next call.
  // Errors: Internal if the bytes are no ProcessResponse.
  absl::StatusOr<const v1::ProcessResponse*> Decode(grpc::ByteBuffer bytes);

 private:
  const std::unique_ptr<char[]> block_;
  google::protobuf::Arena arena_;
};

}  // namespace gongkai::internal

#endif  // GONGKAI_CLIENT_INTERNAL_WIRE_H_
