// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "grpcpp/security/credentials.h"

namespace gongkai {
namespace {

// A bundle of all public authorities has 200 KB; a device would never end.
constexpr size_t kMaxFileBytes = 4 << 20;

struct CloseFile {
  void operator()(FILE* file) const { std::fclose(file); }
};

// Not by a stream's buffer: it throws where a file opens and cannot be read, as
// a directory.
absl::StatusOr<std::string> Read(const std::string& path) {
  const std::unique_ptr<FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  std::string content;
  char buffer[4096];
  while (file != nullptr) {
    const size_t got = std::fread(buffer, 1, sizeof(buffer), file.get());
    content.append(buffer, got);
    if (content.size() > kMaxFileBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, " has more than ", kMaxFileBytes,
                       " bytes; it is not such a file"));
    }
    if (got < sizeof(buffer)) break;
  }
  if (file == nullptr || std::ferror(file.get()) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  }
  return content;
}

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  const absl::StatusOr<std::string> content = Read(path);
  if (!content.ok()) return content.status();
  std::string token(absl::StripAsciiWhitespace(*content));
  for (const char c : token) {
    // What metadata cannot carry would end the program in gRPC.
    if (c <= ' ' || c > '~') token.clear();
  }
  if (token.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " must hold a token: one word of printable ASCII characters"));
  }
  return token;
}

// Sends the token with each call.
class TokenPlugin final : public grpc::MetadataCredentialsPlugin {
 public:
  explicit TokenPlugin(std::string path) : path_(std::move(path)) {}

  // Reads a file.
  bool IsBlocking() const override { return true; }

  grpc::Status GetMetadata(
      grpc::string_ref, grpc::string_ref, const grpc::AuthContext&,
      std::multimap<grpc::string, grpc::string>* metadata) override {
    const absl::StatusOr<std::string> token = ReadToken(path_);
    if (!token.ok()) {
      return grpc::Status(grpc::StatusCode::UNAUTHENTICATED,
                          std::string(token.status().message()));
    }
    metadata->insert({"authorization", absl::StrCat("Bearer ", *token)});
    return grpc::Status::OK;
  }

 private:
  const std::string path_;
};

bool IsUnix(const std::string& target) {
  return absl::StartsWith(target, "unix:") ||
         absl::StartsWith(target, "unix-abstract:");
}

// True if all addresses of the target are.
bool IsLoopback(const std::string& target) {
  absl::string_view hosts = target;
  for (const char* prefix : {"dns:///", "ipv4:", "ipv6:"}) {
    absl::ConsumePrefix(&hosts, prefix);
  }
  for (const absl::string_view host : absl::StrSplit(hosts, ',')) {
    if (!absl::StartsWith(host, "localhost:") &&
        !absl::StartsWith(host, "127.0.0.1:") &&
        !absl::StartsWith(host, "[::1]:")) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsCredentials(
    const CredentialFiles& files) {
  grpc::SslCredentialsOptions options;
  const std::pair<const std::string&, std::string&> contents[] = {
      {files.ca_file, options.pem_root_certs},
      {files.certificate_file, options.pem_cert_chain},
      {files.key_file, options.pem_private_key}};
  for (const auto& [file, content] : contents) {
    if (file.empty()) continue;
    absl::StatusOr<std::string> read = Read(file);
    if (!read.ok()) return read.status();
    if (!absl::StrContains(*read, "-----BEGIN ")) {
      return absl::InvalidArgumentError(absl::StrCat(file, " is no PEM file"));
    }
    content = *std::move(read);
  }
  return grpc::SslCredentials(options);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const std::string& target, const CredentialFiles& files) {
  if (files.certificate_file.empty() != files.key_file.empty()) {
    return absl::InvalidArgumentError(
        "the certificate and its key go together; give both");
  }
  if (!files.certificate_file.empty() && files.ca_file.empty()) {
    return absl::InvalidArgumentError(
        "a certificate is shown over TLS only; give the authority of the "
        "server's certificate too");
  }
  if (!files.token_file.empty()) {
    // Says now what is wrong with it.
    if (absl::Status status = ReadToken(files.token_file).status();
        !status.ok()) {
      return status;
    }
  }
  std::shared_ptr<grpc::ChannelCredentials> channel;
  if (!files.ca_file.empty()) {
    auto tls = TlsCredentials(files);
    if (!tls.ok()) return tls.status();
    channel = *std::move(tls);
  } else if (files.token_file.empty()) {
    return grpc::InsecureChannelCredentials();
  } else if (IsUnix(target) || IsLoopback(target)) {
    // They make sure that the other end is on this machine.
    channel =
        grpc::experimental::LocalCredentials(IsUnix(target) ? UDS : LOCAL_TCP);
  } else {
    return absl::InvalidArgumentError(absl::StrCat(
        "whoever is on the way to ", target,
        " could read the token; give the authority of the server's "
        "certificate, so that the connection speaks TLS"));
  }
  if (files.token_file.empty()) return channel;
  return grpc::CompositeChannelCredentials(
      channel,
      grpc::experimental::MetadataCredentialsFromPlugin(
          std::make_unique<TokenPlugin>(files.token_file), GRPC_SECURITY_NONE));
}

}  // namespace gongkai
