// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/balancers.h
//
// Real balancers with the files of deploy/, and real replicas of gongkaid
// behind them, each on an address of the loopback interface that nobody else
// uses: as on machines of their own, ports are the usual ones, and a replica
// that is started again is found where it was.
//
//   Replica first(LoopbackAddress(1), directory + "/1", {"--workers=2"});
//   Haproxy balancer(LoopbackAddress(0), directory + "/haproxy",
//                    {first.host()});
//   ASSERT_TRUE(balancer.Becomes(0, "UP"));
//   Client::Connect(balancer.target());

#ifndef GONGKAI_TESTS_E2E_BALANCERS_H_
#define GONGKAI_TESTS_E2E_BALANCERS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/e2e/program.h"

namespace gongkai::testing {

inline constexpr int kServicePort = 50051;
inline constexpr int kMetricsPort = 9464;
inline constexpr int kAgentPort = 9465;
inline constexpr int kBalancerPort = 50050;
inline constexpr int kPagesPort = 8405;

// An address in 127.0.0.0/8 that belongs to this process, `index` from 0 to 15.
// Outgoing connections of other programs come from 127.0.0.1, so that none
// takes a port of it.
std::string LoopbackAddress(int index);

// True once something accepts connections there; false if nothing does in time.
bool Listens(const std::string& host, int port,
             absl::Duration timeout = absl::Seconds(30));

// A gongkaid that can be ended and started again in its place.
class Replica {
 public:
  // Starts it and waits until it listens. `directory` is made.
  Replica(std::string host, std::string directory,
          std::vector<std::string> flags);

  const std::string& host() const { return host_; }
  // For a client of its own.
  std::string target() const;
  pid_t pid() const { return program_ == nullptr ? 0 : program_->pid(); }
  bool running() const { return program_ != nullptr; }

  void Signal(int signal) const { program_->Signal(signal); }
  // Waits for its end; how it ended.
  Result Wait();
  // After Wait().
  void Start();

 private:
  const std::string host_;
  const std::string directory_;
  const std::vector<std::string> flags_;
  std::unique_ptr<Program> program_;
};

// HAProxy with deploy/haproxy/haproxy.cfg.
class Haproxy {
 public:
  // What it knows of a replica: a line of its "show stat".
  using State = std::map<std::string, std::string>;

  // Starts it before these replicas (up to four) and waits until it listens.
  // `settings` are further variables of its environment.
  Haproxy(std::string host, std::string directory,
          const std::vector<std::string>& replicas,
          const std::map<std::string, std::string>& settings = {});

  std::string target() const;
  // Of its pages: Prometheus' is /metrics.
  const std::string& host() const { return host_; }
  // What it logged.
  std::string log() const;

  // The answer to a command on its stats socket.
  std::string Command(const std::string& command) const;
  // Of the replica with this number, from 0; empty if there is none.
  State ReplicaState(int replica) const;
  // True once the state's "status" begins with this: "UP", "DOWN", "DRAIN".
  // (While it is about to change, HAProxy says "UP 1/2".)
  bool Becomes(int replica, const std::string& status,
               absl::Duration timeout = absl::Seconds(30)) const;

  // How `haproxy -c` ends with the file.
  static Result Check(const std::string& directory,
                      const std::map<std::string, std::string>& environment);

 private:
  const std::string host_;
  const std::string directory_;
  std::unique_ptr<Program> program_;
};

// nginx with deploy/nginx/nginx.conf.
class Nginx {
 public:
  // Starts it before these replicas and waits until it listens.
  Nginx(std::string host, std::string directory,
        const std::vector<std::string>& replicas);
  // Ends its workers, too.
  ~Nginx();

  std::string target() const;
  // What it logged, a line for each call.
  std::string log() const;

  // Names other replicas and reads them anew, as `systemctl reload nginx` does.
  void Reload(const std::vector<std::string>& replicas);

  // How `nginx -t` ends with the files that this one uses.
  Result Check() const;

 private:
  std::vector<std::string> Command() const;
  void WriteReplicas(const std::vector<std::string>& replicas) const;

  const std::string host_;
  const std::string directory_;
  std::unique_ptr<Program> program_;
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_BALANCERS_H_
