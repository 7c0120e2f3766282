// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/handshake_log.h"

#include <openssl/crypto.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"

namespace gongkai::service {
namespace {

constexpr int kMaxNameBytes = 256;

// Why the last certificate that this thread looked at was refused.
thread_local std::string refusal;

std::atomic<int64_t> failed_handshakes{0};

// Sees each verdict of OpenSSL on a certificate and leaves it as it is.
int NoteVerdict(int ok, X509_STORE_CTX* context) {
  if (ok == 1) return ok;
  refusal = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
  if (const X509* certificate = X509_STORE_CTX_get_current_cert(context)) {
    char subject[kMaxNameBytes] = "";
    char issuer[kMaxNameBytes] = "";
    X509_NAME_oneline(X509_get_subject_name(certificate), subject,
                      kMaxNameBytes);
    X509_NAME_oneline(X509_get_issuer_name(certificate), issuer, kMaxNameBytes);
    absl::StrAppend(&refusal, "; subject ", subject, ", issuer ", issuer);
  }
  return ok;
}

// Called for each store of trusted certificates that is made: each TLS context
// has one, and gRPC shows none of them.
void OnNewStore(void* store, void*, CRYPTO_EX_DATA*, int, long, void*) {
  X509_STORE_set_verify_cb(static_cast<X509_STORE*>(store), &NoteVerdict);
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

void NoteRefusedCertificates() {
  CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_X509_STORE, 0, nullptr, &OnNewStore,
                          nullptr, nullptr);
}

std::optional<std::string> HandshakeFailure(std::string_view grpc_message) {
  if (!Contains(grpc_message, "Handshake failed")) return std::nullopt;
  failed_handshakes.fetch_add(1, std::memory_order_relaxed);
  const std::string verdict = std::exchange(refusal, "");
  if (Contains(grpc_message, "certificate verify failed")) {
    return absl::StrCat("its certificate is refused: ",
                        verdict.empty() ? "it could not be verified" : verdict);
  }
  if (Contains(grpc_message, "peer did not return a certificate")) {
    return "it shows no certificate";
  }
  if (Contains(grpc_message, "wrong version number") ||
      Contains(grpc_message, "http request") ||
      Contains(grpc_message, "packet length too long") ||
      Contains(grpc_message, "bad record type") ||
      Contains(grpc_message, "record layer failure")) {
    return "it does not speak TLS, perhaps plain text";
  }
  if (Contains(grpc_message, "alert")) {
    return absl::StrCat("it refuses this server's certificate or its terms: ",
                        std::string(grpc_message));
  }
  return std::string(grpc_message);
}

int64_t FailedHandshakes() {
  return failed_handshakes.load(std::memory_order_relaxed);
}

}  // namespace gongkai::service
