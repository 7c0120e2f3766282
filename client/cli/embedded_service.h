// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/embedded_service.h
//
// The service inside the command: a front with worker processes, on a Unix
// socket that only this user reaches.

#ifndef GONGKAI_CLIENT_CLI_EMBEDDED_SERVICE_H_
#define GONGKAI_CLIENT_CLI_EMBEDDED_SERVICE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/server.h"

namespace gongkai::cli {

// gongkai-worker in the directory of this program.
std::string DefaultWorkerProgram();

class EmbeddedService {
 public:
  // `workers` is the number of processes, at least 1; `catalogs` are files for
  // their --catalog; `without_sandbox` lets them start where the machine lacks
  // a layer of their sandbox.
  // Errors: as service::Server::Start; and what the system says about the
  // directory of the socket.
  static absl::StatusOr<std::unique_ptr<EmbeddedService>> Start(
      const std::string& worker_program, int workers,
      const std::vector<std::string>& catalogs, bool without_sandbox);

  // Ends the workers and removes the socket and its directory.
  ~EmbeddedService();

  EmbeddedService(const EmbeddedService&) = delete;
  EmbeddedService& operator=(const EmbeddedService&) = delete;

  // For Client::Connect.
  std::string target() const;

 private:
  explicit EmbeddedService(std::string directory)
      : directory_(std::move(directory)) {}

  std::string socket() const;

  const std::string directory_;
  std::unique_ptr<service::Server> server_;
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_EMBEDDED_SERVICE_H_
