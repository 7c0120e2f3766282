// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/client.h"

#include <utility>

#include "client/connection.h"
#include "client/internal/grpc_connection.h"

namespace gongkai {

Client Client::Connect(const std::string& target, ClientOptions options) {
  return Client(internal::MakeGrpcConnection(target, options));
}

Client::Client(std::shared_ptr<Connection> connection)
    : connection_(std::move(connection)) {}

absl::StatusOr<v1::ParseReportResponse> Client::ParseReport(
    const v1::ParseReportRequest& request) const {
  return connection_->ParseReport(request);
}

absl::StatusOr<v1::ValidateReportResponse> Client::ValidateReport(
    const v1::ValidateReportRequest& request) const {
  return connection_->ValidateReport(request);
}

absl::StatusOr<v1::ListRulesResponse> Client::ListRules() const {
  return connection_->ListRules(v1::ListRulesRequest());
}

absl::StatusOr<v1::ListTemplatesResponse> Client::ListTemplates() const {
  return connection_->ListTemplates(v1::ListTemplatesRequest());
}

absl::StatusOr<v1::GetCapabilitiesResponse> Client::GetCapabilities() const {
  return connection_->GetCapabilities(v1::GetCapabilitiesRequest());
}

}  // namespace gongkai
