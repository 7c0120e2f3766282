// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/agent_port.h
//
// The port that HAProxy's agent-check asks how much work this replica wants:
// whoever connects gets one line and is hung up on.
//
//   up 73%   weight: by the workers that are free
//   up 0%    no new calls: the server stops, or has no worker
//
// A weight says all there is to say. "drain" and "ready" are also the words of
// HAProxy's own operator, and a replica that said them would undo what he
// ordered; "down#reason" HAProxy 2.6.12 takes notice of and does not obey.

#ifndef GONGKAI_SERVICE_AGENT_PORT_H_
#define GONGKAI_SERVICE_AGENT_PORT_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::service {

// How it stands with a server at one moment.
struct AgentView {
  // It takes work: it was not told to stop, and has workers or can start some.
  bool ready = true;
  // Of the workers that it should have, those that are up and have nothing to
  // do: 0 to 1.
  double free_share = 1;
  // How long the workers need for all that was handed to them.
  absl::Duration backlog;
};

// The weight of a replica in per cent of what it has when nothing is to do. A
// single look at two workers is all or nothing, so looks are averaged over some
// seconds. Thread-compatible.
//
// Callers are not sent away by it: a replica that is wholly busy keeps half, so
// that one that has just come gets two streams for one and not all of them;
// with a backlog it sinks further, to 1.
class AgentWeight {
 public:
  // Time goes forward.
  void Look(const AgentView& view, absl::Time now);
  // 1 to 100; 100 before the first look.
  int percent() const;

 private:
  bool looked_ = false;
  absl::Time last_;
  double free_share_ = 1;
  double backlog_seconds_ = 0;
};

// What is answered.
std::string AgentLine(const AgentView& view, int percent);

class AgentPort {
 public:
  // `address` is HOST:PORT; port 0 takes a free one. `look` is called on a
  // thread of its own, ten times a second and for each who asks, until the
  // destructor returns.
  // Errors: InvalidArgument for what is no address, Unavailable if it cannot be
  // bound.
  static absl::StatusOr<std::unique_ptr<AgentPort>> Open(
      const std::string& address, std::function<AgentView()> look);
  ~AgentPort();

  AgentPort(const AgentPort&) = delete;
  AgentPort& operator=(const AgentPort&) = delete;

  int port() const { return port_; }

 private:
  AgentPort(ipc::UniqueFd listener, ipc::UniqueFd stop, int port,
            std::function<AgentView()> look);

  void Run();
  // Answers whoever waits. False if that failed for want of descriptors.
  bool AnswerAll();

  const ipc::UniqueFd listener_;
  const ipc::UniqueFd stop_;
  const int port_;
  const std::function<AgentView()> look_;
  // Of the thread.
  AgentWeight weight_;
  std::thread thread_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_AGENT_PORT_H_
