// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/service/raw_http2.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <string_view>

namespace gongkai::service {
namespace {

enum FrameType : uint8_t { kData = 0, kHeaders = 1, kSettings = 4 };
constexpr uint8_t kEndHeaders = 4;
constexpr size_t kMaxFrame = 16'384;
constexpr int kPatienceMilliseconds = 200;

std::string BigEndian(uint64_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) {
    out.push_back(static_cast<char>(value >> (8 * i)));
  }
  return out;
}

std::string Frame(FrameType type, uint8_t flags, uint32_t stream,
                  std::string_view payload) {
  std::string frame = BigEndian(payload.size(), 3);
  frame.push_back(static_cast<char>(type));
  frame.push_back(static_cast<char>(flags));
  return frame + BigEndian(stream, 4) + std::string(payload);
}

// A header that no table knows, in plain letters.
std::string Header(std::string_view name, std::string_view value) {
  std::string out(1, '\0');
  out.push_back(static_cast<char>(name.size()));
  out.append(name);
  out.push_back(static_cast<char>(value.size()));
  out.append(value);
  return out;
}

}  // namespace

RawHttp2::RawHttp2(int port) {
  ipc::UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address),
              sizeof(address)) != 0) {
    return;
  }
  fd_ = std::move(fd);
  Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(kSettings, 0, 0, ""));
}

bool RawHttp2::Write(const std::string& bytes) {
  size_t written = 0;
  while (written < bytes.size()) {
    pollfd room = {fd_.get(), POLLOUT, 0};
    if (poll(&room, 1, kPatienceMilliseconds) <= 0) return false;
    const ssize_t size =
        send(fd_.get(), bytes.data() + written, bytes.size() - written,
             MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size <= 0) return false;
    written += static_cast<size_t>(size);
  }
  return true;
}

size_t RawHttp2::SendPart(uint32_t stream, uint32_t announced, size_t sent) {
  const std::string headers =
      Header(":method", "POST") + Header(":scheme", "http") +
      Header(":path", "/gongkai.v1.ReportService/ProcessReports") +
      Header(":authority", "localhost") + Header("te", "trailers") +
      Header("content-type", "application/grpc");
  if (!Write(Frame(kHeaders, kEndHeaders, stream, headers))) return 0;
  std::string message(1, '\0');
  message += BigEndian(announced, 4);
  message.append(sent, 'x');
  // The windows of HTTP/2 are not looked at: the server may well say that they
  // were overrun, and end the connection.
  size_t done = 0;
  while (done < message.size()) {
    const std::string_view part =
        std::string_view(message).substr(done, kMaxFrame);
    if (!Write(Frame(kData, 0, stream, part))) break;
    done += part.size();
  }
  return done;
}

}  // namespace gongkai::service
