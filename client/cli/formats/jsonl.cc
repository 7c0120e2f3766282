// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/jsonl.h"

#include <string>

#include "client/cli/message_json.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {

std::string FormatJsonl(const std::string& document,
                        v1::ProcessResponse response) {
  response.set_id(internal::ToUtf8(document));
  return MessageJson(response) + "\n";
}

}  // namespace gongkai::cli
