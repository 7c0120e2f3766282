// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/call_job.h"

#include <string>

#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"
#include "service/failure_answer.h"
#include "service/request_view.h"
#include "service/response_view.h"

namespace gongkai::service {

CallJob::CallJob(std::shared_ptr<Caller> caller, ipc::JobKind kind,
                 grpc::ByteBuffer request)
    : Job(std::move(caller), kind), buffer_(std::move(request)) {
  // The reader points into the slices, which live as long as the buffer: gRPC
  // has decompressed the message before it comes here.
  grpc::ProtoBufferReader reader(&buffer_);
  const void* data;
  int size;
  while (reader.Next(&data, &size)) {
    AddPiece(std::string_view(static_cast<const char*>(data),
                              static_cast<size_t>(size)));
  }
}

std::optional<Outcome> CallJob::Examine(std::string_view response) const {
  const ResponseView view = ViewResponse(kind(), response);
  // A worker finds no id in what is no message, and we none in one that is
  // longer than the contract allows.
  if (!view.sound) return std::nullopt;
  const std::string id = RequestId(request());
  if (!view.id.empty() && !id.empty() && view.id != id) return std::nullopt;
  return view.outcome;
}

grpc::ByteBuffer CallJob::Answer(Ending ending,
                                 std::string_view response) const {
  std::string failure;
  if (ending != Ending::kAnswered) {
    failure = FailureAnswer(*this, ending);
    response = failure;
  }
  return BufferOf(response);
}

grpc::ByteBuffer BufferOf(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace gongkai::service
