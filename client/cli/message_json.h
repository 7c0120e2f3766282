// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/message_json.h
//
// Messages as protobuf JSON.

#ifndef GONGKAI_CLIENT_CLI_MESSAGE_JSON_H_
#define GONGKAI_CLIENT_CLI_MESSAGE_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace gongkai::cli {

// The message on one line: lowerCamelCase names, 64-bit integers as strings.
// The same message gives the same text: the entries of maps stand by their
// keys, not, as protobuf prints them, in an order that changes from run to run.
// Thread-safe.
std::string MessageJson(const google::protobuf::Message& message);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_MESSAGE_JSON_H_
