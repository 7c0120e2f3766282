// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/credentials.h
//
// How a client shows a server who it is, and makes sure of the server.
//
//   absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> credentials =
//       gongkai::MakeCredentials("reports.example:50051",
//                                {.ca_file = "ca.pem",
//                                 .token_file = "/run/secrets/gongkai-token"});
//   options.credentials = *credentials;

#ifndef GONGKAI_CLIENT_CREDENTIALS_H_
#define GONGKAI_CLIENT_CREDENTIALS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace grpc {
class ChannelCredentials;
}  // namespace grpc

namespace gongkai {

struct CredentialFiles {
  // PEM file of the authorities that a server's certificate may be of. The
  // connection speaks TLS if it is given.
  std::string ca_file;
  // PEM files of a certificate and its key, to be shown to the server. They go
  // together, and with ca_file.
  std::string certificate_file;
  std::string key_file;
  // A file with a bearer token in it, and nothing else but white space around
  // it. Read anew for each call, so that it may be renewed. Without TLS it is
  // sent only to this machine.
  std::string token_file;
};

// Credentials for a channel to this target; plain text where no file is given.
// Errors: InvalidArgument with what to do, NotFound or PermissionDenied for a
// file.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const std::string& target, const CredentialFiles& files);

}  // namespace gongkai

#endif  // GONGKAI_CLIENT_CREDENTIALS_H_
