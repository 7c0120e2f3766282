// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/call_job.h
//
// A job whose request is a gRPC message, forwarded unparsed.

#ifndef GONGKAI_SERVICE_CALL_JOB_H_
#define GONGKAI_SERVICE_CALL_JOB_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grpcpp/support/byte_buffer.h"
#include "service/admission.h"
#include "service/job.h"

namespace gongkai::service {

class CallJob : public Job {
 public:
  // The pieces of the job are the buffer's slices.
  CallJob(std::shared_ptr<Caller> caller, ipc::JobKind kind,
          grpc::ByteBuffer request);

  void set_ticket(Ticket ticket) { ticket_ = std::move(ticket); }
  Ticket TakeTicket() { return std::move(ticket_); }

  std::optional<Outcome> Examine(std::string_view response) const override;

  // The message to answer with. The ending must not be kCancelled.
  grpc::ByteBuffer Answer(Ending ending, std::string_view response) const;

 private:
  grpc::ByteBuffer buffer_;
  Ticket ticket_;
};

// A message of gRPC with a copy of the bytes.
grpc::ByteBuffer BufferOf(std::string_view bytes);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_CALL_JOB_H_
