// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/parents.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "client/cli/paths.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {
namespace {

constexpr int64_t kMaxFileBytes = int64_t{64} << 20;
// CheckCollectionRequest.parent.
constexpr size_t kMaxNameBytes = 256;

}  // namespace

absl::StatusOr<Parents> Parents::Load(const std::string& file,
                                      Language language) {
  const absl::StatusOr<std::string> text = ReadDocument(file, kMaxFileBytes);
  if (!text.ok()) {
    return absl::Status(text.status().code(),
                        absl::StrCat(file, ": ", text.status().message()));
  }
  Parents parents;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++number;
    line = absl::StripSuffix(line, "\r");
    if (absl::StripAsciiWhitespace(line).empty() || line[0] == '#') continue;
    const std::vector<std::string> parts = absl::StrSplit(line, '\t');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty() ||
        parts[1].size() > kMaxNameBytes ||
        internal::ToUtf8(parts[1]) != parts[1]) {
      return absl::InvalidArgumentError(absl::StrCat(
          file, ":", number, ": ",
          Words{"每行应为：路径、制表符、上级机关名称",
                "a line is a path, a tab, and the name of the body above"}
              .In(language)));
    }
    std::string path = parts[0];
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    parents.bodies_[std::move(path)] = parts[1];
  }
  return parents;
}

std::string Parents::Of(const std::string& document) const {
  std::string path = document;
  while (!path.empty()) {
    const auto found = bodies_.find(path);
    if (found != bodies_.end()) return found->second;
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos) break;
    path.resize(slash);
  }
  return "";
}

}  // namespace gongkai::cli
