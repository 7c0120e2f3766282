// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/jsonl.h"

#include <string>

#include "client/internal/utf8.h"
#include "google/protobuf/util/json_util.h"

namespace gongkai::cli {

std::string FormatJsonl(const std::string& document,
                        v1::ProcessResponse response) {
  response.set_id(internal::ToUtf8(document));
  std::string line;
  // Fails only for Any messages of unknown types; a ProcessResponse has none.
  (void)google::protobuf::util::MessageToJsonString(response, &line);
  line += '\n';
  return line;
}

}  // namespace gongkai::cli
