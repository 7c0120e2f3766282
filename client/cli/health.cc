// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/health.h"

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/cli/language.h"
#include "client/credentials.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/support/channel_arguments.h"

namespace gongkai::cli {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// Longer than a server under load takes to answer, and shorter than those who
// watch it wait for this program.
constexpr absl::Duration kPatience = absl::Seconds(3);

absl::StatusOr<std::unique_ptr<Health::Stub>> Connect(
    const Arguments& arguments) {
  auto credentials = MakeCredentials(arguments.server, arguments.credentials);
  if (!credentials.ok()) return credentials.status();
  // A watcher wants this moment's answer, not that of a third attempt.
  grpc::ChannelArguments options;
  options.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return Health::NewStub(
      grpc::CreateCustomChannel(arguments.server, *credentials, options));
}

}  // namespace

int RunHealth(const Arguments& arguments, const Console& console) {
  const auto fail = [&console](const auto&... what) {
    (void)WriteAll(console.err, absl::StrCat("gongkai: ", what..., "\n"));
    return kHealthUnknown;
  };
  const auto stub = Connect(arguments);
  if (!stub.ok()) return fail(stub.status().message());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  HealthCheckRequest request;
  request.set_service(arguments.health_service);
  HealthCheckResponse response;
  const grpc::Status status = (*stub)->Check(&context, request, &response);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) {
    return fail(
        arguments.server, ": ",
        Words{"不知道这个名称：", "does not know the name "}.In(
            arguments.language),
        arguments.health_service,
        Words{"；可用 readiness 或 liveness", "; ask for readiness or liveness"}
            .In(arguments.language));
  }
  if (!status.ok()) {
    return fail(arguments.server, ": ", status.error_message());
  }
  (void)WriteAll(
      console.out,
      absl::StrCat(HealthCheckResponse::ServingStatus_Name(response.status()),
                   "\n"));
  return response.status() == HealthCheckResponse::SERVING ? kHealthServing
                                                           : kHealthNotServing;
}

}  // namespace gongkai::cli
