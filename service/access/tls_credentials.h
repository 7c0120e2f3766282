// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/tls_credentials.h
//
// TLS for a gRPC server, with certificates that change while it runs.

#ifndef GONGKAI_SERVICE_ACCESS_TLS_CREDENTIALS_H_
#define GONGKAI_SERVICE_ACCESS_TLS_CREDENTIALS_H_

#include <memory>

#include "grpcpp/security/server_credentials.h"
#include "service/access/tls_files.h"

namespace gongkai::service {

// Credentials that ask `files` at each handshake. A client must show a
// certificate of its authorities, if it has any, unless that is optional. They
// must outlive the servers that they are given to.
std::shared_ptr<grpc::ServerCredentials> TlsCredentials(
    std::shared_ptr<TlsFiles> files);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_TLS_CREDENTIALS_H_
