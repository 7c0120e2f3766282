// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/bench/documents.h
//
// Generated reports as requests that are ready to be sent many times.

#ifndef GONGKAI_TESTS_BENCH_DOCUMENTS_H_
#define GONGKAI_TESTS_BENCH_DOCUMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "gongkai/v1/report_service.pb.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"

namespace gongkai::bench {

// Thread-safe.
class Documents {
 public:
  // `distinct` reports of about `size` bytes in all layouts, to be checked by
  // the rules of `profile`; by the catalogue's, if it is empty.
  Documents(int distinct, size_t size, std::string profile = "");

  // The i-th request of a run (the reports come round again), with i as its
  // id; shares the report's bytes.
  grpc::ByteBuffer Request(int64_t i) const;
  v1::ProcessRequest RequestMessage(int64_t i) const;
  // The i-th report as a request of ParseReport.
  grpc::ByteBuffer ParseRequest(int64_t i) const;

  int64_t average_bytes() const { return average_bytes_; }

 private:
  const std::string profile_;
  std::vector<std::string> contents_;
  // A ProcessRequest without its id, serialised.
  std::vector<grpc::Slice> tails_;
  std::vector<grpc::Slice> parse_requests_;
  int64_t average_bytes_ = 0;
};

// The id that a response begins with, without decoding the rest; -1 if it does
// not begin with one.
int64_t IdOf(const grpc::ByteBuffer& response);

// All bytes in one piece.
std::string Flatten(const grpc::ByteBuffer& buffer);

}  // namespace gongkai::bench

#endif  // GONGKAI_TESTS_BENCH_DOCUMENTS_H_
