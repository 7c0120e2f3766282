// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/health.h
//
// gongkai health: asks a running server by gRPC how it does, once and with
// little patience, for those who watch it: a container's health check, a
// script, a balancer without a check of its own.

#ifndef GONGKAI_CLIENT_CLI_HEALTH_H_
#define GONGKAI_CLIENT_CLI_HEALTH_H_

#include "client/cli/arguments.h"
#include "client/cli/console.h"

namespace gongkai::cli {

// The exit status of the program.
enum HealthStatus {
  // It serves.
  kHealthServing = 0,
  // It says that it does not.
  kHealthNotServing = 1,
  // Nobody answered, or not that; or bad usage.
  kHealthUnknown = 2,
};

int RunHealth(const Arguments& arguments, const Console& console);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_HEALTH_H_
