// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/grpc_connection.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "client/internal/grpc_stream.h"
#include "client/internal/retry.h"
#include "client/internal/single_address.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace gongkai::internal {
namespace {

// A request beside its document: id, file name, options and tags.
constexpr int64_t kRequestOverheadBytes = 64 << 10;
// A result carries the text of the document, in UTF-8, which is up to half as
// long again as GB18030 or UTF-16, and cells and findings of any report.
constexpr int64_t kResponseOverheadBytes = 1 << 20;
// Details of errors, which servers of this project keep under 6 KB.
constexpr int kMaxMetadataBytes = 64 << 10;
// Notices a dead peer within this and gRPC's 20 s for the answer. Servers
// allow a ping every 30 s.
constexpr absl::Duration kKeepalive = absl::Seconds(60);
// The longest pause between two attempts to connect to a server that is away:
// so late it is found when it is back. An attempt costs a packet or two.
constexpr absl::Duration kMaxReconnectBackoff = absl::Seconds(2);

// Spreads calls over all addresses of the name, and leaves out those whose
// health service says that they do not serve, as a draining server's does. It
// must be asked for the service: the empty name says whether a process lives.
constexpr char kServiceConfig[] = R"({
  "loadBalancingConfig": [{"round_robin": {}}],
  "healthCheckConfig": {"serviceName": "gongkai.v1.ReportService"}
})";

int AsInt(int64_t value) {
  return static_cast<int>(
      std::min<int64_t>(value, std::numeric_limits<int>::max()));
}

grpc::ChannelArguments Arguments(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  const int64_t document = options.max_document_bytes;
  arguments.SetMaxSendMessageSize(AsInt(document + kRequestOverheadBytes));
  arguments.SetMaxReceiveMessageSize(
      AsInt(2 * document + kResponseOverheadBytes));
  // gRPC resends by itself what a lost connection never took, but only what
  // fits here: 256 KiB by default, less than many documents.
  arguments.SetInt(GRPC_ARG_PER_RPC_RETRY_BUFFER_SIZE, AsInt(2 * document));
  // A server's metadata over gRPC's 8 KB, as long details of an error are,
  // would turn the error into another one.
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   AsInt(absl::ToInt64Milliseconds(kKeepalive)));
  // Not gRPC's 1 to 120 s.
  arguments.SetInt(
      GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
      AsInt(absl::ToInt64Milliseconds(options.retry.initial_backoff)));
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS,
                   AsInt(absl::ToInt64Milliseconds(std::min(
                       options.retry.max_backoff, kMaxReconnectBackoff))));
  return arguments;
}

class GrpcCollectionStream final : public CollectionStream {
 public:
  explicit GrpcCollectionStream(v1::ReportService::Stub* stub)
      : stream_(stub->CheckCollection(&context_)) {}
  ~GrpcCollectionStream() override {
    // gRPC wants every call finished.
    if (finished_) return;
    Cancel();
    (void)stream_->Finish();
  }

  bool Write(const v1::CheckCollectionRequest& request) override {
    return stream_->Write(request);
  }
  void WritesDone() override { stream_->WritesDone(); }
  bool Read(v1::CheckCollectionResponse* response) override {
    return stream_->Read(response);
  }
  absl::Status Finish() override {
    finished_ = true;
    return FromGrpc(stream_->Finish(), context_);
  }
  void Cancel() override { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  const std::unique_ptr<grpc::ClientReaderWriter<v1::CheckCollectionRequest,
                                                 v1::CheckCollectionResponse>>
      stream_;
  bool finished_ = false;
};

class GrpcConnection final : public Connection {
 public:
  GrpcConnection(const std::string& target, const ClientOptions& options)
      : target_(target),
        credentials_(options.credentials != nullptr
                         ? options.credentials
                         : grpc::InsecureChannelCredentials()),
        options_(options),
        single_address_(target),
        channel_(Connect(Kind::kShared)),
        streams_(Connect(Kind::kShared)),
        unchecked_(Connect(Kind::kUnchecked)),
        stub_(v1::ReportService::NewStub(channel_)),
        unchecked_stub_(v1::ReportService::NewStub(unchecked_)) {}

  absl::StatusOr<v1::ParseReportResponse> ParseReport(
      const v1::ParseReportRequest& request) override {
    return Call(&v1::ReportService::Stub::ParseReport, request);
  }
  absl::StatusOr<v1::ValidateReportResponse> ValidateReport(
      const v1::ValidateReportRequest& request) override {
    return Call(&v1::ReportService::Stub::ValidateReport, request);
  }
  absl::StatusOr<v1::ListRulesResponse> ListRules(
      const v1::ListRulesRequest& request) override {
    return Call(&v1::ReportService::Stub::ListRules, request);
  }
  absl::StatusOr<v1::ListTemplatesResponse> ListTemplates(
      const v1::ListTemplatesRequest& request) override {
    return Call(&v1::ReportService::Stub::ListTemplates, request);
  }
  absl::StatusOr<v1::GetCapabilitiesResponse> GetCapabilities(
      const v1::GetCapabilitiesRequest& request) override {
    return Call(&v1::ReportService::Stub::GetCapabilities, request);
  }

  std::unique_ptr<ProcessStream> OpenStream() override {
    std::shared_ptr<grpc::Channel> channel = streams_;
    if (single_address_.Is()) {
      channel = Connect(Kind::kOwn);
    } else if (!SomeServe(*streams_)) {
      channel = unchecked_;
    }
    return std::make_unique<GrpcStream>(
        std::move(channel), SomeServe(*channel_) ? channel_ : unchecked_,
        known_, options_.max_document_bytes);
  }

  std::unique_ptr<CollectionStream> OpenCollection() override {
    return std::make_unique<GrpcCollectionStream>(stub_.get());
  }

  bool WaitForConnected(absl::Time deadline) override {
    return streams_->WaitForConnected(absl::ToChronoTime(deadline));
  }

 private:
  enum class Kind {
    // With the connections that others of the same arguments have.
    kShared,
    // The same, without a question for health.
    kUnchecked,
    // With connections that no other channel uses. It is for one stream: a
    // server that drains ends that itself.
    kOwn
  };

  std::shared_ptr<grpc::Channel> Connect(Kind kind) const {
    grpc::ChannelArguments arguments = Arguments(options_);
    if (kind != Kind::kShared) {
      arguments.SetInt(GRPC_ARG_INHIBIT_HEALTH_CHECKING, 1);
    }
    if (kind == Kind::kOwn) {
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    }
    return grpc::CreateCustomChannel(target_, credentials_, arguments);
  }

  // False if no server can be reached that says that it serves. Then it is
  // worth asking regardless: behind one address there may be many replicas, and
  // the one that was asked for its health is not the one that gets the call.
  static bool SomeServe(grpc::Channel& channel) {
    return channel.GetState(/*try_to_connect=*/false) !=
           GRPC_CHANNEL_TRANSIENT_FAILURE;
  }

  // Tries until an answer, an error that stays, or the total timeout.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::ReportService::Stub::*method)(
                                    grpc::ClientContext*, const Request&,
                                    Response*),
                                const Request& request) {
    const absl::Time deadline = absl::Now() + options_.retry.total_timeout;
    Backoff backoff(options_.retry);
    for (int attempt = 1;; ++attempt) {
      grpc::ClientContext context;
      context.set_deadline(absl::ToChronoTime(deadline));
      Response response;
      v1::ReportService::Stub* const stub =
          SomeServe(*channel_) ? stub_.get() : unchecked_stub_.get();
      absl::Status status =
          FromGrpc((stub->*method)(&context, request, &response), context);
      if (status.ok()) return response;
      if (!IsTransient(status)) return status;
      const absl::Duration pause = backoff.Next(status);
      if (absl::Now() + pause >= deadline) {
        return Exhausted(std::move(status), attempt);
      }
      Pause(pause, status);
    }
  }

  // Until the pause is over, or until there is a connection again where the
  // lack of one was the cause.
  void Pause(absl::Duration pause, const absl::Status& cause) {
    const absl::Time until = absl::Now() + pause;
    const bool lacked =
        channel_->GetState(/*try_to_connect=*/true) != GRPC_CHANNEL_READY;
    const bool connected =
        channel_->WaitForConnected(absl::ToChronoTime(until));
    if (lacked && connected && !ServerDelay(cause).has_value()) return;
    absl::SleepFor(until - absl::Now());
  }

  // The last error, its details kept, with what was done about it.
  static absl::Status Exhausted(absl::Status last, int attempts) {
    absl::Status status(
        last.code(), absl::StrCat(last.message(), " (given up after ", attempts,
                                  " attempts)"));
    last.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
      status.SetPayload(url, payload);
    });
    return status;
  }

  const std::string target_;
  const std::shared_ptr<grpc::ChannelCredentials> credentials_;
  const ClientOptions options_;
  SingleAddress single_address_;
  const std::shared_ptr<grpc::Channel> channel_;
  // The same addresses by the same connections, which gRPC shares between
  // channels with equal arguments, with a round_robin of its own: see
  // GrpcStream. Where there is but one address, and maybe a balancer at it,
  // each stream has a connection of its own instead.
  const std::shared_ptr<grpc::Channel> streams_;
  // Of the same again, without a question for health.
  const std::shared_ptr<grpc::Channel> unchecked_;
  const std::shared_ptr<KnownLimits> known_ = std::make_shared<KnownLimits>();
  const std::unique_ptr<v1::ReportService::Stub> stub_;
  const std::unique_ptr<v1::ReportService::Stub> unchecked_stub_;
};

}  // namespace

std::shared_ptr<Connection> MakeGrpcConnection(const std::string& target,
                                               const ClientOptions& options) {
  return std::make_shared<GrpcConnection>(target, options);
}

}  // namespace gongkai::internal
