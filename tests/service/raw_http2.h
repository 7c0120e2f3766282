// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A client that speaks just enough HTTP/2 to misbehave: it begins messages
// that it never finishes, which gRPC's own client does not.

#ifndef GONGKAI_TESTS_SERVICE_RAW_HTTP2_H_
#define GONGKAI_TESTS_SERVICE_RAW_HTTP2_H_

#include <cstdint>
#include <string>

#include "worker/ipc/unique_fd.h"

namespace gongkai::service {

class RawHttp2 {
 public:
  // Connects to a port of this machine.
  explicit RawHttp2(int port);

  bool connected() const { return bool(fd_); }

  // Opens a stream of ProcessReports and sends `sent` bytes of a message that
  // it says has `announced`, as far as the socket takes them. Never reads.
  // Returns what was sent.
  size_t SendPart(uint32_t stream, uint32_t announced, size_t sent);

 private:
  bool Write(const std::string& bytes);

  ipc::UniqueFd fd_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_RAW_HTTP2_H_
