// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/collection.h
//
// gongkai check --collection: has all documents checked against each other and
// prints what was found.

#ifndef GONGKAI_CLIENT_CLI_COLLECTION_H_
#define GONGKAI_CLIENT_CLI_COLLECTION_H_

#include "client/cli/arguments.h"
#include "client/cli/console.h"

namespace gongkai::cli {

// The exit statuses of RunCheck.
int RunCollection(const Arguments& arguments, const Console& console);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_COLLECTION_H_
