// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/balancers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace gongkai::testing {
namespace {

constexpr char kHaproxy[] = "/usr/sbin/haproxy";
constexpr char kNginx[] = "/usr/sbin/nginx";
constexpr absl::Duration kPoll = absl::Milliseconds(20);

std::string Deployed(const std::string& file) {
  const char* directory = std::getenv("GONGKAI_SOURCE_DIR");
  return absl::StrCat(directory == nullptr ? "." : directory, "/deploy/", file);
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string Made(const std::string& directory) {
  std::filesystem::create_directories(directory);
  return directory;
}

std::string Target(const std::string& host, int port) {
  return absl::StrCat("ipv4:", host, ":", port);
}

}  // namespace

std::string LoopbackAddress(int index) {
  // Of 24 bits after the 127, twenty are of the process.
  const uint32_t number =
      (static_cast<uint32_t>(getpid()) & 0xfffff) << 4 | (index & 0xf);
  return absl::StrCat("127.", number >> 16, ".", number >> 8 & 0xff, ".",
                      number & 0xff);
}

bool Listens(const std::string& host, int port, absl::Duration timeout) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  const absl::Time deadline = absl::Now() + timeout;
  while (true) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected = connect(fd, reinterpret_cast<sockaddr*>(&address),
                                   sizeof(address)) == 0;
    close(fd);
    if (connected) return true;
    if (absl::Now() > deadline) return false;
    absl::SleepFor(kPoll);
  }
}

Replica::Replica(std::string host, std::string directory,
                 std::vector<std::string> flags)
    : host_(std::move(host)),
      directory_(Made(std::move(directory))),
      flags_(std::move(flags)) {
  Start();
}

std::string Replica::target() const { return Target(host_, kServicePort); }

void Replica::Start() {
  std::vector<std::string> command = {
      BuiltProgram("gongkaid"),
      absl::StrCat("--listen=", host_, ":", kServicePort),
      absl::StrCat("--metrics_address=", host_, ":", kMetricsPort),
      absl::StrCat("--agent_address=", host_, ":", kAgentPort)};
  command.insert(command.end(), flags_.begin(), flags_.end());
  program_ = std::make_unique<Program>(command, directory_);
  Listens(host_, kServicePort);
}

Result Replica::Wait() {
  Result result = program_->Wait();
  program_ = nullptr;
  return result;
}

Haproxy::Haproxy(std::string host, std::string directory,
                 const std::vector<std::string>& replicas,
                 const std::map<std::string, std::string>& settings)
    : host_(std::move(host)), directory_(Made(std::move(directory))) {
  std::map<std::string, std::string> environment = {
      {"GONGKAI_UNPRIVILEGED", "1"},
      {"GONGKAI_LOG", "stderr"},
      {"GONGKAI_LISTEN", absl::StrCat(host_, ":", kBalancerPort)},
      {"GONGKAI_PAGES", absl::StrCat(host_, ":", kPagesPort)},
      {"GONGKAI_STATS_SOCKET", absl::StrCat(directory_, "/socket")}};
  for (size_t i = 0; i < replicas.size(); ++i) {
    environment[absl::StrCat("GONGKAI_REPLICA_", i + 1)] = replicas[i];
  }
  for (const auto& [name, value] : settings) environment[name] = value;
  program_ = std::make_unique<Program>(
      std::vector<std::string>{kHaproxy, "-db", "-f",
                               Deployed("haproxy/haproxy.cfg")},
      directory_, environment);
  Listens(host_, kPagesPort);
}

std::string Haproxy::target() const { return Target(host_, kBalancerPort); }

std::string Haproxy::log() const { return ReadAll(directory_ + "/.err"); }

std::string Haproxy::Command(const std::string& command) const {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  const std::string path = directory_ + "/socket";
  if (path.size() >= sizeof(address.sun_path)) return "";
  memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string answer;
  const std::string line = command + "\n";
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) ==
          0 &&
      write(fd, line.data(), line.size()) ==
          static_cast<ssize_t>(line.size())) {
    char buffer[4096];
    for (ssize_t got; (got = read(fd, buffer, sizeof(buffer))) > 0;) {
      answer.append(buffer, static_cast<size_t>(got));
    }
  }
  close(fd);
  return answer;
}

Haproxy::State Haproxy::ReplicaState(int replica) const {
  const std::string page = Command("show stat");
  const std::vector<std::string> lines = absl::StrSplit(page, '\n');
  const std::vector<std::string> names =
      absl::StrSplit(absl::StripPrefix(lines[0], "# "), ',');
  const std::string start = absl::StrCat("gongkai,replica", replica + 1, ",");
  State state;
  for (const std::string& line : lines) {
    if (!absl::StartsWith(line, start)) continue;
    const std::vector<std::string> values = absl::StrSplit(line, ',');
    for (size_t i = 0; i < values.size() && i < names.size(); ++i) {
      state[names[i]] = values[i];
    }
  }
  return state;
}

bool Haproxy::Becomes(int replica, const std::string& status,
                      absl::Duration timeout) const {
  const absl::Time deadline = absl::Now() + timeout;
  while (!absl::StartsWith(ReplicaState(replica)["status"], status)) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(kPoll);
  }
  return true;
}

Result Haproxy::Check(const std::string& directory,
                      const std::map<std::string, std::string>& environment) {
  Program program({kHaproxy, "-c", "-f", Deployed("haproxy/haproxy.cfg")},
                  Made(directory), environment);
  return program.Wait();
}

Nginx::Nginx(std::string host, std::string directory,
             const std::vector<std::string>& replicas)
    : host_(std::move(host)), directory_(Made(std::move(directory))) {
  std::filesystem::copy_file(Deployed("nginx/nginx.conf"),
                             directory_ + "/nginx.conf",
                             std::filesystem::copy_options::overwrite_existing);
  // Debian's places for temporary files are root's.
  std::ofstream listen(directory_ + "/listen.conf");
  listen << "listen " << host_ << ":" << kBalancerPort << " http2;\n"
         << "access_log /dev/stdout gongkai;\nerror_log stderr;\n";
  for (const char* module :
       {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    listen << module << "_temp_path " << directory_ << "/temporary;\n";
  }
  listen.close();
  WriteReplicas(replicas);
  program_ = std::make_unique<Program>(Command(), directory_);
  Listens(host_, kBalancerPort);
}

Nginx::~Nginx() {
  // A killed master leaves its workers.
  program_->Signal(SIGTERM);
  program_->Wait();
}

std::string Nginx::target() const { return Target(host_, kBalancerPort); }

std::string Nginx::log() const {
  return absl::StrCat(program_->out(), ReadAll(directory_ + "/.err"));
}

void Nginx::Reload(const std::vector<std::string>& replicas) {
  WriteReplicas(replicas);
  program_->Signal(SIGHUP);
}

Result Nginx::Check() const {
  std::vector<std::string> command = Command();
  command.push_back("-t");
  const std::string directory = Made(directory_ + "/check");
  Program program(command, directory);
  return program.Wait();
}

std::vector<std::string> Nginx::Command() const {
  return {kNginx,
          "-p",
          directory_,
          "-c",
          directory_ + "/nginx.conf",
          "-e",
          "stderr",
          "-g",
          absl::StrCat("daemon off; pid ", directory_, "/pid;")};
}

void Nginx::WriteReplicas(const std::vector<std::string>& replicas) const {
  std::ofstream file(directory_ + "/replicas.conf");
  for (const std::string& replica : replicas) {
    file << "server " << replica << ":" << kServicePort
         << " max_fails=2 fail_timeout=2s;\n";
  }
}

}  // namespace gongkai::testing
