// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/service_connection.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/cli/server_list.h"
#include "client/credentials.h"
#include "client/options.h"
#include "service/processors.h"

namespace gongkai::cli {
namespace {

// A person waits: long enough for a server that restarts, no longer.
constexpr absl::Duration kConnectTimeout = absl::Seconds(5);

}  // namespace

absl::StatusOr<ServiceConnection> ConnectService(const Arguments& arguments,
                                                 int documents) {
  ClientOptions options;
  options.retry.total_timeout = kConnectTimeout;
  if (arguments.server.empty()) {
    auto embedded = EmbeddedService::Start(
        arguments.worker,
        std::clamp(
            documents, 1,
            arguments.jobs > 0 ? arguments.jobs : service::UsableProcessors()),
        arguments.catalogs, arguments.without_sandbox);
    if (!embedded.ok()) return embedded.status();
    const std::string target = (*embedded)->target();
    return ServiceConnection{*std::move(embedded),
                             Client::Connect(target, options)};
  }
  const absl::StatusOr<ServerList> servers = ParseServerList(arguments.server);
  if (!servers.ok()) return servers.status();
  absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> credentials =
      MakeCredentials(servers->target, arguments.credentials);
  if (!credentials.ok()) return credentials.status();
  options.credentials = *std::move(credentials);
  Client client = Client::Connect(servers->target, options);
  // Says now whether the server is there, before any document is read.
  const absl::Status status = client.GetCapabilities().status();
  if (!status.ok() && !absl::IsUnimplemented(status)) {
    return absl::Status(status.code(),
                        absl::StrCat(arguments.server, ": ", status.message()));
  }
  return ServiceConnection{nullptr, std::move(client), servers->count};
}

}  // namespace gongkai::cli
