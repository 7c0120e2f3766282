// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/operations_options.h
//
// Options of service/operations.h, with the reason for each value. Each is a
// flag of gongkaid.

#ifndef GONGKAI_SERVICE_OPERATIONS_OPTIONS_H_
#define GONGKAI_SERVICE_OPERATIONS_OPTIONS_H_

#include <string>

#include "absl/time/time.h"
#include "service/access/tls_files.h"

namespace gongkai::service {

struct OperationsOptions {
  // Without TLS only Unix sockets and the loopback interface are served, unless
  // this is set: everybody on the way can read and change what is sent.
  TlsOptions tls;
  bool allow_plaintext = false;
  // A file of who may call what (service/access/policy.h); empty for everybody
  // who can connect.
  std::string policy;

  // A connection on which nothing is sent for so long is asked whether anybody
  // is there, and closed if nobody answers in time: a machine that was switched
  // off or a router that has forgotten the connection says nothing itself.
  absl::Duration keepalive_time = absl::Minutes(1);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  // Clients may ask as often themselves, without calls too; those that do so
  // more often are sent away. A little less than the 30 seconds that clients
  // are told, for those whose clock is fast.
  absl::Duration min_ping_interval = absl::Seconds(25);
  // Connections older than that are asked to reconnect, so that they spread
  // over servers that came later; needed behind balancers that know nothing of
  // calls. For ever by default: it is of no use to a single server.
  absl::Duration max_connection_age = absl::InfiniteDuration();
  // What is under way then is cancelled after that. For ever by default, since
  // streams of documents end by themselves.
  absl::Duration max_connection_age_grace = absl::InfiniteDuration();

  // Where Prometheus finds /metrics, HOST:PORT; empty for nowhere.
  std::string metrics_address;
  // Where health is answered for in plain text, and nothing else; empty for
  // only where the service is. Says no more than whether calls are welcome.
  std::string health_address;
  // Where HAProxy's agent-check learns how busy this server is, HOST:PORT;
  // empty for nowhere.
  std::string agent_address;
  // Where gRPC shows its connections (channelz), which tells who calls: a local
  // address; empty for nowhere.
  std::string channelz_address;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_OPERATIONS_OPTIONS_H_
