// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/server.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/resource_quota.h"
#include "service/access/listen_address.h"
#include "service/bulk_call.h"
#include "service/call_gate.h"
#include "service/collection_call.h"
#include "service/front.h"
#include "service/health.h"
#include "service/operations.h"
#include "service/pool.h"
#include "service/processors.h"
#include "service/remove_plugin.h"
#include "service/sandbox_layers.h"
#include "service/telemetry/log.h"
#include "service/unary_call.h"
#include "service/worker_editions.h"
#include "worker/ipc/frame.h"

namespace gongkai::service {
namespace {

// Time for answers that are finished to leave when a stop cancels the rest, and
// for streams to be told what is left.
constexpr absl::Duration kLastWords = absl::Milliseconds(250);

// What a client may send of one stream before the server reads it: 400
// documents of 8 KB a second and stream where a round trip takes 80 ms.
constexpr int kStreamWindowBytes = 256 << 10;

absl::Status Check(const ServerOptions& options) {
  const Limits& limits = options.limits;
  const auto refuse = [](const auto&... what) {
    return absl::InvalidArgumentError(absl::StrCat(what...));
  };
  if (options.listen_addresses.empty())
    return refuse("no address to listen on");
  if (options.worker_program.empty()) return refuse("no worker program");
  if (limits.workers < 0 || limits.workers > 1024) {
    return refuse("workers must be from 0 to 1024, not ", limits.workers);
  }
  if (limits.spare_workers < 0 || limits.spare_workers > 1024) {
    return refuse("spare_workers must be from 0 to 1024, not ",
                  limits.spare_workers);
  }
  if (limits.max_document_bytes < 1 || limits.max_document_bytes > int64_t{1}
                                                                       << 30) {
    return refuse("max_document_bytes must be from 1 to 1 GiB, not ",
                  limits.max_document_bytes);
  }
  if (limits.jobs_per_worker < 1 || limits.bytes_per_worker < 0 ||
      limits.max_queued_jobs < 1 || limits.stream_window_documents < 1 ||
      limits.stream_window_bytes < 1 || limits.max_quarantined < 0 ||
      limits.worker_memory_bytes < 0 || limits.max_collections < 0 ||
      limits.max_collection_reports < 1 || limits.max_caller_jobs < 1 ||
      limits.max_caller_bytes < 1 || limits.max_calls < 1) {
    return refuse("limits must be positive");
  }
  // A document that never fits would wait for ever.
  const int64_t needed =
      (limits.max_document_bytes + ipc::kRequestOverhead) * 8 / 7;
  if (limits.max_queued_bytes <= needed) {
    return refuse("max_queued_bytes is ", limits.max_queued_bytes,
                  ", but one document of max_document_bytes (",
                  limits.max_document_bytes, ") needs more than ", needed);
  }
  if (limits.max_transport_bytes < 4 * limits.max_document_bytes) {
    return refuse("max_transport_bytes is ", limits.max_transport_bytes,
                  ", but must be at least four times max_document_bytes (",
                  limits.max_document_bytes, ")");
  }
  if (limits.document_timeout <= absl::ZeroDuration() ||
      limits.document_timeout > absl::Hours(24) ||
      limits.collection_timeout <= absl::ZeroDuration() ||
      limits.collection_timeout > absl::Hours(24) ||
      limits.worker_start_timeout <= absl::ZeroDuration() ||
      limits.worker_start_timeout > absl::Hours(24) ||
      limits.stream_grace <= absl::ZeroDuration() ||
      limits.stream_grace > absl::Hours(24)) {
    return refuse("time limits must be above 0 and at most 24 hours");
  }
  if (limits.worker_cpu_time != absl::ZeroDuration() &&
      limits.worker_cpu_time < absl::Seconds(1)) {
    return refuse("worker_cpu_time must be 0, for no limit, or at least 1s");
  }
  if (limits.quarantine_time < absl::ZeroDuration() ||
      limits.quarantine_time > absl::Hours(24 * 365)) {
    return refuse("quarantine_time must be from 0 to a year");
  }
  return absl::OkStatus();
}

using RawService = v1::ReportService::WithRawCallbackMethod_ParseReport<
    v1::ReportService::WithRawCallbackMethod_ValidateReport<
        v1::ReportService::WithRawCallbackMethod_ProcessReports<
            v1::ReportService::WithRawCallbackMethod_CheckCollection<
                v1::ReportService::WithCallbackMethod_ListRules<
                    v1::ReportService::WithCallbackMethod_ListTemplates<
                        v1::ReportService::WithCallbackMethod_GetCapabilities<
                            v1::ReportService::Service>>>>>>>;

// Documents are forwarded as bytes; the small methods are answered from
// what a worker said in its Hello.
class ReportServiceImpl final : public RawService {
 public:
  ReportServiceImpl(Front* front, CallGate* gate) : front_(front), gate_(gate) {
    Describe(front->pool->hello());
  }

  // Answers from here on that the workers are such ones.
  void Describe(const worker::v1::Hello& hello) {
    const Limits& limits = front_->limits;
    absl::MutexLock lock(&mutex_);
    capabilities_.Clear();
    rules_ = hello.rules();
    templates_ = hello.layouts();
    capabilities_.set_version(GONGKAI_VERSION);
    capabilities_.set_rule_set_version(hello.rules().rule_set_version());
    capabilities_.set_max_document_bytes(limits.max_document_bytes);
    capabilities_.set_stream_window_documents(limits.stream_window_documents);
    capabilities_.set_stream_window_bytes(limits.stream_window_bytes);
    *capabilities_.mutable_media_types() = hello.media_types();
    *capabilities_.mutable_templates() = hello.templates();
    capabilities_.set_workers(limits.workers);
    *capabilities_.mutable_sandbox_layers() = hello.sandbox_layers();
    capabilities_.set_max_collection_reports(limits.max_collection_reports);
    capabilities_.set_max_collections(limits.max_collections);
  }

  grpc::ServerUnaryReactor* ParseReport(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    CallGate::Entry entry = gate_->Enter(Method::kParseReport, context);
    if (entry.refused) return Finished(context, *entry.refused);
    return StartUnaryCall(front_, context, ipc::JobKind::kParse, request,
                          response, std::move(entry.record));
  }

  grpc::ServerUnaryReactor* ValidateReport(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override {
    CallGate::Entry entry = gate_->Enter(Method::kValidateReport, context);
    if (entry.refused) return Finished(context, *entry.refused);
    return StartUnaryCall(front_, context, ipc::JobKind::kValidate, request,
                          response, std::move(entry.record));
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ProcessReports(
      grpc::CallbackServerContext* context) override {
    CallGate::Entry entry = gate_->Enter(Method::kProcessReports, context);
    if (entry.refused) return new RefusedStream(*entry.refused);
    return StartBulkCall(front_, context, std::move(entry.record));
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* CheckCollection(
      grpc::CallbackServerContext* context) override {
    CallGate::Entry entry = gate_->Enter(Method::kCheckCollection, context);
    if (entry.refused) return new RefusedStream(*entry.refused);
    return StartCollectionCall(front_, context, std::move(entry.record));
  }

  grpc::ServerUnaryReactor* ListRules(
      grpc::CallbackServerContext* context, const v1::ListRulesRequest*,
      v1::ListRulesResponse* response) override {
    return Answer(Method::kListRules, context, rules_, response);
  }

  grpc::ServerUnaryReactor* ListTemplates(
      grpc::CallbackServerContext* context, const v1::ListTemplatesRequest*,
      v1::ListTemplatesResponse* response) override {
    return Answer(Method::kListTemplates, context, templates_, response);
  }

  grpc::ServerUnaryReactor* GetCapabilities(
      grpc::CallbackServerContext* context, const v1::GetCapabilitiesRequest*,
      v1::GetCapabilitiesResponse* response) override {
    return Answer(Method::kGetCapabilities, context, capabilities_, response);
  }

 private:
  // Answers a caller who may not stream.
  class RefusedStream final
      : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit RefusedStream(const grpc::Status& status) { Finish(status); }
    void OnDone() override { delete this; }
  };

  template <typename Response>
  grpc::ServerUnaryReactor* Answer(Method method,
                                   grpc::CallbackServerContext* context,
                                   const Response& answer, Response* response) {
    const CallGate::Entry entry = gate_->Enter(method, context);
    if (entry.refused) return Finished(context, *entry.refused);
    {
      absl::MutexLock lock(&mutex_);
      *response = answer;
    }
    entry.record->Sent(response->ByteSizeLong());
    entry.record->End(grpc::Status::OK);
    return Finished(context, grpc::Status::OK);
  }

  static grpc::ServerUnaryReactor* Finished(
      grpc::CallbackServerContext* context, const grpc::Status& status) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(status);
    return reactor;
  }

  Front* const front_;
  CallGate* const gate_;
  // What is answered to the small methods.
  absl::Mutex mutex_;
  v1::GetCapabilitiesResponse capabilities_;
  v1::ListRulesResponse rules_;
  v1::ListTemplatesResponse templates_;
};

// Switches reflection for one server.
class SetReflection final : public RemovePlugin {
 public:
  explicit SetReflection(bool enabled)
      : RemovePlugin(kReflectionPlugin), enabled_(enabled) {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>*
                         plugins) override {
    RemovePlugin::UpdatePlugins(plugins);
    if (!enabled_) return;
    plugins->push_back(
        std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>());
  }

 private:
  const bool enabled_;
};

class ServerImpl final : public Server {
 public:
  ServerImpl(const ServerOptions& options,
             std::unique_ptr<Operations> operations,
             std::unique_ptr<WorkerEditions> editions,
             std::unique_ptr<Front> front)
      : drain_delay_(options.drain_delay),
        operations_(std::move(operations)),
        editions_(std::move(editions)),
        front_(std::move(front)),
        health_(front_->stats),
        service_(front_.get(), &operations_->gate()) {}

  ~ServerImpl() override { Shutdown(absl::ZeroDuration()); }

  absl::Status Listen(const ServerOptions& options) {
    Health::Enable();
    grpc::ServerBuilder builder;
    ports_.resize(options.listen_addresses.size(), 0);
    for (size_t i = 0; i < ports_.size(); ++i) {
      builder.AddListeningPort(
          options.listen_addresses[i],
          operations_->CredentialsFor(options.listen_addresses[i]), &ports_[i]);
    }
    operations_->Configure(&builder);
    builder.RegisterService(&service_);
    builder.SetMaxReceiveMessageSize(static_cast<int>(
        options.limits.max_document_bytes + ipc::kRequestOverhead));
    // Otherwise the window of every stream may grow to megabytes.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES,
                               kStreamWindowBytes);
    // And many senders with half a message each would take what they like. What
    // gRPC counts are also the messages that it has handed over.
    grpc::ResourceQuota quota("gongkai");
    quota.Resize(static_cast<size_t>(options.limits.max_queued_bytes +
                                     options.limits.max_transport_bytes));
    builder.SetResourceQuota(quota);
    builder.SetOption(std::make_unique<SetReflection>(options.reflection));
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) return NotBound(options);
    // Unix sockets have no port; gRPC reports 1.
    for (size_t i = 0; i < ports_.size(); ++i) {
      if (IsUnixAddress(options.listen_addresses[i])) ports_[i] = 0;
    }
    health_.ShowOn(server_.get());
    front_->pool->OnHealth(
        [this](bool healthy) { health_.SetWorkers(healthy); });
    ShowSetup(front_->pool->hello());
    if (absl::Status status =
            operations_->OpenPages(front_->stats, [this] { return Look(); });
        !status.ok()) {
      return status;
    }
    const std::string& address = options.operations.health_address;
    return address.empty() ? absl::OkStatus() : health_.Open(address);
  }

  std::vector<int> ports() const override { return ports_; }

  int metrics_port() const override { return operations_->metrics_port(); }

  int health_port() const override { return health_.port(); }

  int agent_port() const override { return operations_->agent_port(); }

  void Reload() override {
    (void)operations_->Reload();
    const absl::Status status =
        editions_->Renew(front_.get(), [this](const worker::v1::Hello& hello) {
          service_.Describe(hello);
          ShowSetup(hello);
          operations_->metrics().Reloaded("catalog", true);
          LogEvent(LogLevel::kInfo, "every worker has been replaced",
                   {{"rule_set_version", hello.rules().rule_set_version()}});
        });
    if (status.ok()) return;
    operations_->metrics().Reloaded("catalog", false);
    LogEvent(LogLevel::kError,
             "new workers or their catalogue are refused, those before go on",
             {{"reason", std::string(status.message())}});
  }

  std::vector<int> worker_pids() const override {
    std::vector<int> pids = front_->pool->worker_pids();
    const std::vector<int> more = front_->collections.worker_pids();
    pids.insert(pids.end(), more.begin(), more.end());
    return pids;
  }

  std::string sandbox() const override {
    return DescribeSandbox(front_->pool->hello());
  }

  std::shared_ptr<const Stats> stats() const override { return front_->stats; }

  void Shutdown(absl::Duration grace) override {
    if (grace <= absl::ZeroDuration()) front_->HurryUp();
    absl::MutexLock lock(&shutdown_mutex_);
    if (down_) return;
    down_ = true;
    if (server_ != nullptr) {
      health_.SetStopping();
      front_->Linger(drain_delay_);
      front_->Drain(grace, kLastWords);
      front_->pool->OnHealth(nullptr);
      health_.Forget();
      server_->Shutdown(absl::ToChronoTime(absl::Now() + kLastWords));
      server_.reset();
    }
    operations_->CloseAgent();
    front_->collections.Stop();
    front_->pool->Stop();
  }

 private:
  absl::Status NotBound(const ServerOptions& options) const {
    for (size_t i = 0; i < ports_.size(); ++i) {
      if (ports_[i] == 0) {
        return absl::UnavailableError(absl::StrCat(
            "cannot listen on ", options.listen_addresses[i],
            ": the address is in use or is not one of this machine; choose "
            "another or stop the other program"));
      }
    }
    return absl::UnavailableError("the server could not be started");
  }

  // For agent-checks.
  AgentView Look() {
    const Stats& stats = *front_->stats;
    AgentView view;
    view.ready = stats.ready.value() != 0;
    const int64_t workers = front_->limits.workers;
    const int64_t busy = stats.workers_busy.value();
    // Spare ones are beside those that there should be.
    const int64_t up = std::min(workers, busy + stats.workers_ready.value());
    view.free_share = static_cast<double>(std::max<int64_t>(0, up - busy)) /
                      static_cast<double>(workers);
    view.backlog = front_->pool->ExpectedWait(stats.jobs_in_reach.value() +
                                              stats.queued_interactive.value() +
                                              stats.queued_bulk.value());
    return view;
  }

  // What metrics say of the server itself, next to what it counts.
  void ShowSetup(const worker::v1::Hello& hello) {
    CallMetrics& metrics = operations_->metrics();
    for (const SandboxLayer& layer : SandboxLayers(hello)) {
      metrics.SandboxLayer(layer.name, layer.holds);
    }
    const Limits& limits = front_->limits;
    metrics.Limit("workers", limits.workers);
    metrics.Limit("documents", limits.max_queued_jobs);
    metrics.Limit("bytes", limits.max_queued_bytes);
    metrics.Limit("calls", limits.max_calls);
  }

  const absl::Duration drain_delay_;
  const std::unique_ptr<Operations> operations_;
  const std::unique_ptr<WorkerEditions> editions_;
  const std::unique_ptr<Front> front_;
  Health health_;
  ReportServiceImpl service_;
  std::unique_ptr<grpc::Server> server_;
  std::vector<int> ports_;

  absl::Mutex shutdown_mutex_;
  bool down_ ABSL_GUARDED_BY(shutdown_mutex_) = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options) {
  if (absl::Status status = Check(options); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<Operations>> operations =
      Operations::Create(options.operations, options.listen_addresses);
  if (!operations.ok()) return operations.status();
  PoolOptions pool_options;
  pool_options.limits = options.limits;
  if (pool_options.limits.workers == 0) {
    pool_options.limits.workers = UsableProcessors();
  }
  pool_options.worker_program = options.worker_program;
  pool_options.worker_arguments = {
      absl::StrCat("--max_document_bytes=", options.limits.max_document_bytes),
      absl::StrCat("--max_memory_bytes=", options.limits.worker_memory_bytes),
      absl::StrCat("--max_cpu_seconds=",
                   absl::ToInt64Seconds(options.limits.worker_cpu_time))};
  pool_options.worker_arguments.insert(pool_options.worker_arguments.end(),
                                       options.worker_arguments.begin(),
                                       options.worker_arguments.end());
  // By the policy, where there is one; the front goes before the operations.
  Admission::QuotaOf quota_of = options.quota_of;
  if (quota_of == nullptr) {
    quota_of = [operations = operations->get(),
                limits = options.limits](const std::string& caller) {
      return operations->QuotaOf(caller, limits);
    };
  }
  auto editions =
      std::make_unique<WorkerEditions>(pool_options, options.catalogs);
  const absl::StatusOr<PoolOptions> first = editions->First();
  if (!first.ok()) return first.status();
  absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Start(*first);
  if (!pool.ok()) {
    return absl::Status(
        pool.status().code(),
        editions->WithFileNames(std::string(pool.status().message())));
  }
  auto server = std::make_unique<ServerImpl>(
      options, *std::move(operations), std::move(editions),
      std::make_unique<Front>(*first, *std::move(pool), std::move(quota_of)));
  if (absl::Status status = server->Listen(options); !status.ok()) {
    return status;
  }
  return server;
}

}  // namespace gongkai::service
