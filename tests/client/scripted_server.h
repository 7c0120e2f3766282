// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/client/scripted_server.h
//
// A real gRPC server of ReportService on a loopback port that misbehaves as
// told: it ends streams, answers twice, out of order or not at all, refuses,
// goes away and comes back on the same port. It counts what it sees.
// Thread-safe.

#ifndef GONGKAI_TESTS_CLIENT_SCRIPTED_SERVER_H_
#define GONGKAI_TESTS_CLIENT_SCRIPTED_SERVER_H_

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/server.h"

namespace gongkai::testing {

// What a stream does.
struct StreamScript {
  // Ends with `end_status` after so many answers; never if negative.
  int end_after = -1;
  grpc::Status end_status;
  // Sends the status in one with the last answer, which it may then overtake.
  bool end_with_answer = false;
  // Says why before it ends, as a server that ends it of its own will.
  std::optional<v1::StreamEnding::Reason> ending;
  // Ends with `end_status`, and drops all answers, when it reads this id.
  std::string poison;
  // The trailer grpc-retry-pushback-ms; none if empty.
  std::string push_back;
  // Answers only when so many documents are unanswered, then all of them.
  int hold = 1;
  // Answers the document that came last first.
  bool last_first = false;
  // Answers every such document twice; none if 0.
  int twice_every = 0;
  // Reads and never answers.
  bool silent = false;
};

// An error with a RetryInfo in its details, and with so many other bytes.
grpc::Status WithRetryInfo(grpc::StatusCode code, absl::Duration delay,
                           size_t more_bytes = 0);

class ScriptedServer {
 public:
  using Script = std::function<StreamScript(int stream)>;

  ScriptedServer();
  ~ScriptedServer();

  std::string target() const;

  // Streams are counted from 0.
  void SetScript(Script script);
  // What a document's answer is, but for its id; OK and empty without it.
  void SetAnswer(
      std::function<v1::ProcessResponse(const v1::ProcessRequest&)> answer);
  // What ListRules says.
  void SetRules(v1::ListRulesResponse rules);
  // The first calls of ParseReport fail so, with this grpc-retry-pushback-ms in
  // the trailers.
  void FailCalls(std::deque<grpc::Status> failures,
                 const std::string& push_back = "");
  // What ParseReport says; OK and empty without it.
  void SetParseResponse(v1::ParseReportResponse response);
  // What GetCapabilities says; UNIMPLEMENTED without it.
  void SetCapabilities(v1::GetCapabilitiesResponse capabilities);
  // Runs at every request that is read.
  void OnRequest(std::function<void()> callback);

  // What the health service says.
  void SetServing(bool serving);

  // Breaks all calls and stops listening; and listens again on the port.
  void GoAway();
  void ComeBack();

  int calls() const;
  int streams() const;
  int open_streams() const;
  // Requests by id.
  std::map<std::string, int> requests() const;
  // The most documents, and bytes of documents, that were unanswered at once.
  int max_unanswered() const;
  int64_t max_unanswered_bytes() const;
  // The times of the calls of ParseReport.
  std::vector<absl::Time> call_times() const;

 private:
  class Service;
  class Stream;

  const std::unique_ptr<Service> service_;
  int port_ = 0;
  bool serving_ = true;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_CLIENT_SCRIPTED_SERVER_H_
