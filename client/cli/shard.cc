// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/shard.h"

#include <openssl/sha.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"

namespace gongkai::cli {
namespace {

uint64_t PlaceOf(const std::string& path) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(path.data()), path.size(),
         digest);
  uint64_t place = 0;
  for (int i = 0; i < 8; ++i) place = place << 8 | digest[i];
  return place;
}

}  // namespace

std::optional<Shard> ParseShard(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Shard shard;
  if (!absl::SimpleAtoi(std::string(text.substr(0, slash)), &shard.index) ||
      !absl::SimpleAtoi(std::string(text.substr(slash + 1)), &shard.count) ||
      shard.count < 1 || shard.count > kMaxShards || shard.index < 0 ||
      shard.index >= shard.count) {
    return std::nullopt;
  }
  return shard;
}

void KeepShard(Shard shard, std::vector<std::string>* documents) {
  if (shard.count == 1) return;
  std::erase_if(*documents, [shard](const std::string& path) {
    return PlaceOf(path) % shard.count != static_cast<uint64_t>(shard.index);
  });
}

}  // namespace gongkai::cli
