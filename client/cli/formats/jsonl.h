// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/formats/jsonl.h
//
// --format=jsonl: a ProcessResponse a line, as protobuf JSON (lowerCamelCase
// names, 64-bit integers as strings). Its id is the document's path, with
// U+FFFD for bytes that are no UTF-8.

#ifndef GONGKAI_CLIENT_CLI_FORMATS_JSONL_H_
#define GONGKAI_CLIENT_CLI_FORMATS_JSONL_H_

#include <string>

#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

std::string FormatJsonl(const std::string& document,
                        v1::ProcessResponse response);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_FORMATS_JSONL_H_
