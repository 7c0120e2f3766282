// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/connection.h
//
// What a Client stands on: the calls of ReportService with retries and
// back-off inside. Client::Connect makes one over gRPC; tests pass a
// MockConnection (client/mock_connection.h).

#ifndef GONGKAI_CLIENT_CONNECTION_H_
#define GONGKAI_CLIENT_CONNECTION_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/collection_stream.h"
#include "client/process_stream.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai {

// Implementations are thread-safe.
//
// Errors are the server's status. Its google.rpc details (ErrorInfo,
// RetryInfo, …) are payloads of the absl::Status under their type URLs, such as
// "type.googleapis.com/google.rpc.RetryInfo"; the trailer
// "grpc-retry-pushback-ms" is one under its name.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual absl::StatusOr<v1::ParseReportResponse> ParseReport(
      const v1::ParseReportRequest& request) = 0;
  virtual absl::StatusOr<v1::ValidateReportResponse> ValidateReport(
      const v1::ValidateReportRequest& request) = 0;
  virtual absl::StatusOr<v1::ListRulesResponse> ListRules(
      const v1::ListRulesRequest& request) = 0;
  virtual absl::StatusOr<v1::ListTemplatesResponse> ListTemplates(
      const v1::ListTemplatesRequest& request) = 0;
  virtual absl::StatusOr<v1::GetCapabilitiesResponse> GetCapabilities(
      const v1::GetCapabilitiesRequest& request) = 0;

  // Begins to open a stream; returns at once. No retries inside: BulkSession
  // opens another one.
  virtual std::unique_ptr<ProcessStream> OpenStream() = 0;

  // Begins to open a stream; returns at once. No retries inside.
  virtual std::unique_ptr<CollectionStream> OpenCollection() = 0;

  // Waits until a server is connected, but not beyond `deadline`; true if one
  // is. BulkSession pauses in it: gRPC's connections make progress only while
  // some thread polls them, so a client that just sleeps between attempts may
  // never see that the server is back.
  virtual bool WaitForConnected(absl::Time deadline) = 0;
};

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_CONNECTION_H_
