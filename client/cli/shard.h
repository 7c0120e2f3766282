// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/shard.h
//
// A part of a collection, so that several machines can do one each without
// talking to each other: --shard=I/N.

#ifndef GONGKAI_CLIENT_CLI_SHARD_H_
#define GONGKAI_CLIENT_CLI_SHARD_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::cli {

struct Shard {
  // 0 to count - 1, as Kubernetes numbers the pods of an Indexed Job.
  int index = 0;
  // At least 1.
  int count = 1;
};

// More shards than that are a slip of the pen.
inline constexpr int kMaxShards = 1000000;

// Reads "I/N"; nullopt if it is none.
std::optional<Shard> ParseShard(std::string_view text);

// Keeps the documents of the shard, in order. Each document is in exactly one
// shard, and stays there whatever others come and go: its path as given decides
// (the first eight bytes of its SHA-256, big-endian, modulo the count).
void KeepShard(Shard shard, std::vector<std::string>* documents);

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_SHARD_H_
