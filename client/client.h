// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/client.h
//
// The client of a Gongkai service.
//
//   gongkai::Client client =
//       gongkai::Client::Connect("dns:///localhost:50051");
//   gongkai::v1::ParseReportRequest request;
//   request.mutable_document()->set_content(bytes);
//   absl::StatusOr<gongkai::v1::ParseReportResponse> response =
//       client.ParseReport(request);
//
// A Client is a value: copies share the channel. Thread-safe. Calls are
// retried on UNAVAILABLE and CANCELLED, and on RESOURCE_EXHAUSTED where the
// server says when (RetryInfo, or the trailer grpc-retry-pushback-ms), within
// RetryOptions; every method here is idempotent.

#ifndef GONGKAI_CLIENT_CLIENT_H_
#define GONGKAI_CLIENT_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "client/options.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

class Connection;

class Client {
 public:
  // Connects lazily to a gRPC target, such as "dns:///gongkai.internal:50051",
  // "ipv4:10.0.0.5:50051,10.0.0.6:50051" or "unix:/run/gongkai.sock". All
  // addresses of a target are used in turn (round_robin), but those that are
  // down or whose health service says that they do not serve; they should have
  // the same limits.
  static Client Connect(const std::string& target, ClientOptions options = {});

  // For tests: a client on a connection of the caller's, such as
  // MockConnection (client/mock_connection.h).
  explicit Client(std::shared_ptr<Connection> connection);

  absl::StatusOr<v1::ParseReportResponse> ParseReport(
      const v1::ParseReportRequest& request) const;
  absl::StatusOr<v1::ValidateReportResponse> ValidateReport(
      const v1::ValidateReportRequest& request) const;
  absl::StatusOr<v1::ListRulesResponse> ListRules() const;
  absl::StatusOr<v1::ListTemplatesResponse> ListTemplates() const;
  absl::StatusOr<v1::GetCapabilitiesResponse> GetCapabilities() const;

  // For BulkSession.
  const std::shared_ptr<Connection>& connection() const { return connection_; }

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_CLIENT_H_
