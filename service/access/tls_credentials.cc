// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/tls_credentials.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <deque>
#include <string>
#include <utility>

namespace gongkai::service {
namespace {

// gRPC's C interface has what its C++ interface lacks: to be asked for the
// certificate at each handshake. (FileWatcherCertificateProvider takes over
// whatever is in the files, and a renewal caught halfway leaves a server that
// completes no handshake; see docs/decisions/0012-operations.md.)
class ReloadingCredentials final : public grpc::ServerCredentials {
 public:
  explicit ReloadingCredentials(std::shared_ptr<TlsFiles> files)
      : files_(std::move(files)) {}

  // Callers are checked where calls begin: service/call_gate.h.
  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  // One listening address: gRPC keeps a version of the certificates for each.
  struct Listener {
    std::shared_ptr<TlsFiles> files;
    int64_t version = 0;
  };

  int AddPortToServer(const std::string& address,
                      grpc_server* server) override {
    Listener& listener = listeners_.emplace_back(Listener{files_});
    grpc_server_credentials* const credentials =
        grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                Request(), &Fetch, &listener));
    const int port =
        grpc_server_add_http2_port(server, address.c_str(), credentials);
    grpc_server_credentials_release(credentials);
    return port;
  }

  grpc_ssl_client_certificate_request_type Request() const {
    const TlsOptions& options = files_->options();
    if (options.client_ca.empty()) {
      return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
    }
    return options.client_optional
               ? GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY
               : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }

  // gRPC calls it for one listener at a time.
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* listener_pointer, grpc_ssl_server_certificate_config** config) {
    Listener& listener = *static_cast<Listener*>(listener_pointer);
    const std::shared_ptr<const TlsMaterial> material =
        listener.files->Current();
    if (material->version == listener.version) {
      return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    }
    const grpc_ssl_pem_key_cert_pair pair = {material->key.c_str(),
                                             material->certificate.c_str()};
    // gRPC wants authorities here even where it is told to ask for no
    // certificate; then any will do.
    const std::string& authorities = material->client_ca.empty()
                                         ? material->certificate
                                         : material->client_ca;
    *config = grpc_ssl_server_certificate_config_create(authorities.c_str(),
                                                        &pair, 1);
    listener.version = material->version;
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const std::shared_ptr<TlsFiles> files_;
  // Their addresses are gRPC's for as long as the server lives.
  std::deque<Listener> listeners_;
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsCredentials(
    std::shared_ptr<TlsFiles> files) {
  return std::make_shared<ReloadingCredentials>(std::move(files));
}

}  // namespace gongkai::service
