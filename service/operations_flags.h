// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/operations_flags.h
//
// The flags of gongkaid that are about its operation.

#ifndef GONGKAI_SERVICE_OPERATIONS_FLAGS_H_
#define GONGKAI_SERVICE_OPERATIONS_FLAGS_H_

#include <string>

#include "absl/status/status.h"
#include "service/operations_options.h"

namespace gongkai::service {

OperationsOptions OperationsFromFlags();

// Sets up the log, gRPC's included.
// Errors: InvalidArgument for a word that is no level or format.
absl::Status ConfigureLogFromFlags();

// The flags of gongkaid that have not their default value, as given:
// "--workers=4 --log_format=json".
std::string SettingsFromFlags();

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_OPERATIONS_FLAGS_H_
