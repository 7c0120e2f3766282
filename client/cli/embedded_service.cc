// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/embedded_service.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/telemetry/log.h"

namespace gongkai::cli {
namespace {

// A Unix socket's path has 107 bytes; a directory for temporary files that is
// longer than this leaves none for ours.
constexpr size_t kMaxTemporaryBytes = 80;

std::string TemporaryDirectory() {
  const char* value = std::getenv("TMPDIR");
  const std::string directory = value != nullptr ? value : "";
  // gRPC takes the text after "unix:" for an absolute path as it is.
  if (directory.empty() || directory[0] != '/' ||
      directory.size() > kMaxTemporaryBytes) {
    return "/tmp";
  }
  return directory;
}

}  // namespace

std::string DefaultWorkerProgram() {
  std::error_code error;
  const std::filesystem::path self =
      std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "gongkai-worker").string();
}

absl::StatusOr<std::unique_ptr<EmbeddedService>> EmbeddedService::Start(
    const std::string& worker_program, int workers,
    const std::vector<std::string>& catalogs, bool without_sandbox) {
  std::string directory = TemporaryDirectory() + "/gongkai-XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) {
    return absl::ErrnoToStatus(errno,
                               absl::StrCat("Could not make ", directory));
  }
  // From here on the destructor removes the directory.
  auto embedded = absl::WrapUnique(new EmbeddedService(std::move(directory)));
  service::ServerOptions options;
  options.listen_addresses = {embedded->target()};
  options.worker_program =
      worker_program.empty() ? DefaultWorkerProgram() : worker_program;
  if (!catalogs.empty()) {
    options.worker_arguments.push_back(
        absl::StrCat("--catalog=", absl::StrJoin(catalogs, ",")));
  }
  if (without_sandbox) {
    options.worker_arguments.push_back(service::kWithoutSandbox);
  }
  options.limits.workers = std::max(workers, 1);
  // There is no other server to send a stream to, and nobody to share with.
  options.limits.stream_max_age = absl::ZeroDuration();
  options.limits.stream_max_documents = 0;
  options.limits.stream_max_bytes = 0;
  options.limits.max_caller_jobs = options.limits.max_queued_jobs;
  options.limits.max_caller_bytes = options.limits.max_queued_bytes;
  options.reflection = false;
  // Nobody operates it: that all goes as it should is not told.
  service::ConfigureLog(service::LogLevel::kWarning, service::LogFormat::kText);
  auto server = service::Server::Start(options);
  if (!server.ok()) return server.status();
  embedded->server_ = *std::move(server);
  return embedded;
}

EmbeddedService::~EmbeddedService() {
  if (server_ != nullptr) server_->Shutdown(absl::ZeroDuration());
  server_ = nullptr;
  service::FlushLog();
  // gRPC may have removed the socket itself.
  unlink(socket().c_str());
  rmdir(directory_.c_str());
}

std::string EmbeddedService::target() const {
  return absl::StrCat("unix:", socket());
}

std::string EmbeddedService::socket() const { return directory_ + "/socket"; }

}  // namespace gongkai::cli
