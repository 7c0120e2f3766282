// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations_flags.h"

#include <map>
#include <optional>
#include <string_view>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/access/handshake_log.h"
#include "service/telemetry/grpc_log.h"
#include "service/telemetry/log.h"
#include "service/telemetry/log_limit.h"

using gongkai::service::OperationsOptions;

// Access -------------------------------------------------------------------

ABSL_FLAG(std::string, tls_certificate, "",
          "PEM file of this server's certificate, followed by those between it "
          "and its authority. With it all addresses but Unix sockets speak TLS "
          "only. Read anew when it changes.");
ABSL_FLAG(std::string, tls_key, "",
          "PEM file of the certificate's key, without a password.");
ABSL_FLAG(std::string, tls_client_ca, "",
          "PEM file of the authorities whose clients may connect (mutual TLS); "
          "without it no certificate is asked for.");
ABSL_FLAG(bool, tls_client_optional, false,
          "Lets clients connect without a certificate, too: those that have a "
          "token of the --policy instead.");
ABSL_FLAG(bool, allow_plaintext_from_anywhere,
          OperationsOptions().allow_plaintext,
          "DANGER: serves other machines without TLS. Whoever is on the way "
          "reads and changes documents, results and tokens. For networks that "
          "something else protects, such as a service mesh.");
ABSL_FLAG(std::string, policy, "",
          "Text-format file of who may call what and how much "
          "(gongkai.access.v1.Policy; see docs/OPERATIONS.md). Who is not "
          "named in it may do nothing. Without it whoever can connect may do "
          "everything. Read anew on SIGHUP.");

// Connections --------------------------------------------------------------

ABSL_FLAG(absl::Duration, keepalive_time, OperationsOptions().keepalive_time,
          "After so long a silence a client is asked whether it is there, so "
          "that connections of machines that vanished do not stay for ever.");
ABSL_FLAG(absl::Duration, keepalive_timeout,
          OperationsOptions().keepalive_timeout,
          "How long the answer may take before the connection is closed.");
ABSL_FLAG(absl::Duration, min_ping_interval,
          OperationsOptions().min_ping_interval,
          "How often clients may ask the same; one that does so more often is "
          "sent away (too_many_pings). The client library asks every 60 s.");
ABSL_FLAG(absl::Duration, max_connection_age,
          OperationsOptions().max_connection_age,
          "After this (give or take 10 %) a connection is asked to reconnect. "
          "Behind a balancer that only sees connections 10m spreads clients "
          "over servers that came later; elsewhere it is of no use.");
ABSL_FLAG(absl::Duration, max_connection_age_grace,
          OperationsOptions().max_connection_age_grace,
          "How long calls may go on after that before they are cancelled; "
          "streams of documents end themselves, collections may take long.");

// What is shown ------------------------------------------------------------

ABSL_FLAG(std::string, metrics_address, "",
          "HOST:PORT on which Prometheus finds /metrics, such as "
          "127.0.0.1:9464; port 0 takes a free one. Nobody is asked who he is: "
          "counts and durations are shown, nothing of documents. Empty for "
          "none.");
ABSL_FLAG(std::string, health_address, "",
          "HOST:PORT or unix:PATH that answers for health alone "
          "(grpc.health.v1), in plain text also where --listen speaks TLS: for "
          "probes that cannot, such as Kubernetes'. Everybody who reaches it "
          "learns whether calls are welcome, no more. Empty for none.");
ABSL_FLAG(std::string, agent_address, "",
          "HOST:PORT on which HAProxy's agent-check is told how much work this "
          "server wants, such as 0.0.0.0:9465; port 0 takes a free one. Nobody "
          "is asked who he is: a number from 0 to 100 is shown. Empty for "
          "none.");
ABSL_FLAG(std::string, channelz_address, "",
          "Where gRPC shows its connections and calls (channelz), for finding "
          "faults: a local address, such as unix:/run/gongkai-admin.sock, "
          "since it tells who is connected. Empty for none.");
ABSL_FLAG(std::string, log_level, "info",
          "The least that is logged: debug (a line for each call), info, "
          "warning or error.");
ABSL_FLAG(std::string, log_format, "text",
          "text for people and for journals that note the time themselves, "
          "json for an object a line. Both go to standard error.");

namespace gongkai::service {
namespace {

// Lines about failed handshakes in a second: strangers can cause any number.
constexpr int kHandshakeLinesPerSecond = 10;

template <typename Value>
absl::StatusOr<Value> Choice(const char* flag, const std::string& word,
                             const std::map<std::string, Value>& choices) {
  const auto found = choices.find(word);
  if (found != choices.end()) return found->second;
  std::string all;
  for (const auto& [name, value] : choices) {
    absl::StrAppend(&all, all.empty() ? "" : ", ", name);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--", flag, " must be one of ", all, ", not '", word, "'"));
}

}  // namespace

OperationsOptions OperationsFromFlags() {
  OperationsOptions options;
  options.tls.certificate = absl::GetFlag(FLAGS_tls_certificate);
  options.tls.key = absl::GetFlag(FLAGS_tls_key);
  options.tls.client_ca = absl::GetFlag(FLAGS_tls_client_ca);
  options.tls.client_optional = absl::GetFlag(FLAGS_tls_client_optional);
  options.allow_plaintext = absl::GetFlag(FLAGS_allow_plaintext_from_anywhere);
  options.policy = absl::GetFlag(FLAGS_policy);
  options.keepalive_time = absl::GetFlag(FLAGS_keepalive_time);
  options.keepalive_timeout = absl::GetFlag(FLAGS_keepalive_timeout);
  options.min_ping_interval = absl::GetFlag(FLAGS_min_ping_interval);
  options.max_connection_age = absl::GetFlag(FLAGS_max_connection_age);
  options.max_connection_age_grace =
      absl::GetFlag(FLAGS_max_connection_age_grace);
  options.metrics_address = absl::GetFlag(FLAGS_metrics_address);
  options.health_address = absl::GetFlag(FLAGS_health_address);
  options.agent_address = absl::GetFlag(FLAGS_agent_address);
  options.channelz_address = absl::GetFlag(FLAGS_channelz_address);
  return options;
}

absl::Status ConfigureLogFromFlags() {
  const auto level =
      Choice<LogLevel>("log_level", absl::GetFlag(FLAGS_log_level),
                       {{"debug", LogLevel::kDebug},
                        {"info", LogLevel::kInfo},
                        {"warning", LogLevel::kWarning},
                        {"error", LogLevel::kError}});
  if (!level.ok()) return level.status();
  const auto format = Choice<LogFormat>(
      "log_format", absl::GetFlag(FLAGS_log_format),
      {{"text", LogFormat::kText}, {"json", LogFormat::kJson}});
  if (!format.ok()) return format.status();
  ConfigureLog(*level, *format);
  NoteRefusedCertificates();
  ForwardGrpcLog([](std::string_view message) {
    const std::optional<std::string> reason = HandshakeFailure(message);
    if (!reason.has_value()) return false;
    // Lives for ever, as gRPC's threads do.
    static LogLimit* const limit = new LogLimit(kHandshakeLinesPerSecond);
    if (const std::optional<int64_t> left_out = limit->Admit()) {
      LogEvent(LogLevel::kWarning, "refused a connection",
               {{"reason", *reason}, {"left_out", *left_out}});
    }
    return true;
  });
  return absl::OkStatus();
}

std::string SettingsFromFlags() {
  // By name: the order of the library's table is nobody's.
  std::map<std::string, std::string> settings;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (!absl::StrContains(flag->Filename(), "service/")) continue;
    const std::string value = flag->CurrentValue();
    if (value != flag->DefaultValue()) {
      settings[std::string(name)] = value;
    }
  }
  std::string text;
  for (const auto& [name, value] : settings) {
    absl::StrAppend(&text, text.empty() ? "" : " ", "--", name, "=", value);
  }
  return text;
}

}  // namespace gongkai::service
