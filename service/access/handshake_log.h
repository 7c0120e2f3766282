// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/handshake_log.h
//
// Why a TLS handshake failed, in a sentence for an operator. gRPC says only
// that one did, and OpenSSL tells its caller no more than "certificate verify
// failed": the reason is caught where OpenSSL finds it.

#ifndef GONGKAI_SERVICE_ACCESS_HANDSHAKE_LOG_H_
#define GONGKAI_SERVICE_ACCESS_HANDSHAKE_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gongkai::service {

// Notes from now on, on each thread, why a certificate was refused there. Once,
// before TLS is used; for the whole process.
void NoteRefusedCertificates();

// The reason, if the message is gRPC's about a handshake that failed; to be
// called on the thread that logs it.
std::optional<std::string> HandshakeFailure(std::string_view grpc_message);

// How many there were in this process, for those who ask both above.
int64_t FailedHandshakes();

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_HANDSHAKE_LOG_H_
