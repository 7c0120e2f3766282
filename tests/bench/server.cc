// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/server.h"

#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace gongkai::bench {
namespace {

constexpr std::chrono::seconds kStartTimeout{30};

}  // namespace

ScratchDirectory::ScratchDirectory() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "gongkai-bench.XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code error;
  if (!path_.empty()) std::filesystem::remove_all(path_, error);
}

std::string ScratchDirectory::Address(const std::string& name) const {
  return absl::StrCat("unix:", path_, "/", name, ".sock");
}

std::shared_ptr<grpc::Channel> NewChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

absl::StatusOr<Server> StartServer(const std::string& address,
                                   const std::vector<std::string>& arguments) {
  Server server;
  server.address = address;
  auto child = Child::Start(arguments);
  if (!child.ok()) return child.status();
  server.child = *std::move(child);
  server.channel = NewChannel(address);
  if (!server.channel->WaitForConnected(std::chrono::system_clock::now() +
                                        kStartTimeout)) {
    return absl::UnavailableError(
        absl::StrCat(arguments[0], " does not listen on ", address));
  }
  return server;
}

}  // namespace gongkai::bench
