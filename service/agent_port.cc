// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/agent_port.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace gongkai::service {
namespace {

// Between two looks without anybody asking: short against kMemory.
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(100);
// Over how long looks are averaged: longer than a burst of one caller, shorter
// than streams take to come.
constexpr double kMemorySeconds = 2;
// What is left of the weight when no worker is free. With a fifth, one that had
// just come got all the streams of a caller, and others idled.
constexpr double kBusyShare = 0.5;
// The backlog that halves it.
constexpr double kHalvingSeconds = 0.5;
// Who waits to be asked in. HAProxy asks twice a second, but who comes too many
// is not heard for a second.
constexpr int kBacklog = 128;

absl::Status NoAddress(const std::string& address) {
  return absl::InvalidArgumentError(
      absl::StrCat("--agent_address must be HOST:PORT, such as 127.0.0.1:9465, "
                   "0.0.0.0:9465 or [::1]:9465, not ",
                   address));
}

}  // namespace

void AgentWeight::Look(const AgentView& view, absl::Time now) {
  const double backlog = absl::ToDoubleSeconds(view.backlog);
  // How much this look counts: all of it at first, then by the time since the
  // last one.
  double part = 1;
  if (looked_) {
    part = 1 - std::exp(-absl::ToDoubleSeconds(now - last_) / kMemorySeconds);
  }
  looked_ = true;
  last_ = now;
  free_share_ += part * (std::clamp(view.free_share, 0.0, 1.0) - free_share_);
  backlog_seconds_ += part * (backlog - backlog_seconds_);
}

int AgentWeight::percent() const {
  const double busy = kBusyShare + (1 - kBusyShare) * free_share_;
  const double late = kHalvingSeconds / (kHalvingSeconds + backlog_seconds_);
  return std::max(1, static_cast<int>(std::lround(100 * busy * late)));
}

std::string AgentLine(const AgentView& view, int percent) {
  return absl::StrCat("up ", view.ready ? percent : 0, "%\n");
}

absl::StatusOr<std::unique_ptr<AgentPort>> AgentPort::Open(
    const std::string& address, std::function<AgentView()> look) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0) return NoAddress(address);
  std::string host = address.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string::npos) {
    return NoAddress(address);
  }
  const std::string service = address.substr(colon + 1);
  uint32_t number = 0;
  if (!absl::SimpleAtoi(service, &number) || number > 65535) {
    return NoAddress(address);
  }
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), service.c_str(), &hints, &found) != 0) {
    return NoAddress(address);
  }
  ipc::UniqueFd listener(
      socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const bool listens =
      listener &&
      bind(listener.get(), found->ai_addr, found->ai_addrlen) == 0 &&
      listen(listener.get(), kBacklog) == 0;
  freeaddrinfo(found);
  ipc::UniqueFd stop(eventfd(0, EFD_CLOEXEC));
  if (!listens || !stop) {
    return absl::UnavailableError(absl::StrCat(
        "cannot answer agent-checks on ", address,
        ": the address is in use or is not one of this machine; choose "
        "another with --agent_address=HOST:PORT"));
  }
  sockaddr_storage bound = {};
  socklen_t size = sizeof(bound);
  getsockname(listener.get(), reinterpret_cast<sockaddr*>(&bound), &size);
  const in_port_t port =
      bound.ss_family == AF_INET6
          ? reinterpret_cast<const sockaddr_in6*>(&bound)->sin6_port
          : reinterpret_cast<const sockaddr_in*>(&bound)->sin_port;
  return absl::WrapUnique(new AgentPort(std::move(listener), std::move(stop),
                                        ntohs(port), std::move(look)));
}

AgentPort::AgentPort(ipc::UniqueFd listener, ipc::UniqueFd stop, int port,
                     std::function<AgentView()> look)
    : listener_(std::move(listener)),
      stop_(std::move(stop)),
      port_(port),
      look_(std::move(look)),
      thread_([this] { Run(); }) {}

AgentPort::~AgentPort() {
  const uint64_t one = 1;
  (void)!write(stop_.get(), &one, sizeof(one));
  thread_.join();
}

void AgentPort::Run() {
  const int pause = static_cast<int>(absl::ToInt64Milliseconds(kBetweenLooks));
  bool answers = true;
  while (true) {
    pollfd events[] = {{stop_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    // Without descriptors whoever waits must wait, and not keep this awake.
    poll(events, answers ? 2 : 1, pause);
    if (events[0].revents != 0) return;
    weight_.Look(look_(), absl::Now());
    answers = AnswerAll();
  }
}

bool AgentPort::AnswerAll() {
  // One connection at a time, and nobody is waited for: the line fits into any
  // socket's buffer. No more in a row than may wait, so that the end is seen.
  for (int i = 0; i < kBacklog; ++i) {
    const ipc::UniqueFd peer(accept4(listener_.get(), nullptr, nullptr,
                                     SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!peer) return errno != EMFILE && errno != ENFILE;
    const std::string line = AgentLine(look_(), weight_.percent());
    send(peer.get(), line.data(), line.size(), MSG_NOSIGNAL);
    // What the peer said and nobody read would turn the end into a reset, which
    // may overtake the line.
    char ignored[512];
    while (recv(peer.get(), ignored, sizeof(ignored), 0) ==
           static_cast<ssize_t>(sizeof(ignored))) {
    }
  }
  return true;
}

}  // namespace gongkai::service
