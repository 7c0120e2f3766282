// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/access/tls_files.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "service/access/files.h"

namespace gongkai::service {
namespace {

// A handshake does not look at the files more often than that.
constexpr absl::Duration kLookInterval = absl::Seconds(1);

template <auto kFree>
struct Free {
  void operator()(auto* object) const { kFree(object); }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

Bio Over(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// The first certificate; null if there is none.
Certificate FirstCertificate(const std::string& pem) {
  Certificate certificate(
      PEM_read_bio_X509(Over(pem).get(), nullptr, nullptr, nullptr));
  // Else gRPC would take the complaint for its own.
  ERR_clear_error();
  return certificate;
}

// Nobody is there to be asked for a password.
int NoPassword(char*, int, int, void*) { return 0; }

PrivateKey ReadKey(const std::string& pem) {
  PrivateKey key(
      PEM_read_bio_PrivateKey(Over(pem).get(), nullptr, &NoPassword, nullptr));
  ERR_clear_error();
  return key;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm fields = {};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return absl::InfinitePast();
  return absl::FromTM(fields, absl::UTCTimeZone());
}

absl::StatusOr<std::string> Read(const std::string& path) {
  absl::StatusOr<std::string> content = ReadFile(path);
  if (content.ok()) return content;
  return absl::InvalidArgumentError(content.status().message());
}

absl::StatusOr<TlsMaterial> ReadMaterial(const TlsOptions& options) {
  const auto refuse = [](const auto&... what) {
    return absl::InvalidArgumentError(absl::StrCat(what...));
  };
  TlsMaterial material;
  absl::StatusOr<std::string> certificate_pem = Read(options.certificate);
  if (!certificate_pem.ok()) return certificate_pem.status();
  absl::StatusOr<std::string> key_pem = Read(options.key);
  if (!key_pem.ok()) return key_pem.status();
  const Certificate certificate = FirstCertificate(*certificate_pem);
  if (certificate == nullptr) {
    return refuse(options.certificate, " has no certificate in PEM form");
  }
  const PrivateKey key = ReadKey(*key_pem);
  if (key == nullptr) {
    return refuse(options.key,
                  " has no private key in PEM form without a password");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    ERR_clear_error();
    return refuse(options.key, " is not the key of the certificate in ",
                  options.certificate,
                  "; give the two that were made together, the server's own "
                  "certificate first in its file");
  }
  material.not_after = TimeOf(X509_get0_notAfter(certificate.get()));
  if (material.not_after <= absl::Now()) {
    return refuse("the certificate in ", options.certificate, " expired on ",
                  absl::FormatTime(material.not_after), "; renew it");
  }
  if (!options.client_ca.empty()) {
    absl::StatusOr<std::string> client_ca = Read(options.client_ca);
    if (!client_ca.ok()) return client_ca.status();
    if (FirstCertificate(*client_ca) == nullptr) {
      return refuse(options.client_ca, " has no certificate in PEM form");
    }
    material.client_ca = *std::move(client_ca);
  }
  material.certificate = *std::move(certificate_pem);
  material.key = *std::move(key_pem);
  return material;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsFiles>> TlsFiles::Load(
    const TlsOptions& options, OnReload on_reload) {
  auto files =
      std::unique_ptr<TlsFiles>(new TlsFiles(options, std::move(on_reload)));
  absl::MutexLock lock(&files->mutex_);
  if (absl::Status status = files->Read(); !status.ok()) return status;
  return files;
}

std::string TlsFiles::Stamp() const {
  return absl::StrCat(FileStamp(options_.certificate), "/",
                      FileStamp(options_.key), "/",
                      FileStamp(options_.client_ca));
}

absl::Status TlsFiles::Read() {
  looked_ = absl::Now();
  // Before the content: a change while it is read is seen the next time.
  stamp_ = Stamp();
  absl::StatusOr<TlsMaterial> material = ReadMaterial(options_);
  if (!material.ok()) return material.status();
  material->version = material_ == nullptr ? 1 : material_->version + 1;
  material_ = std::make_shared<const TlsMaterial>(*std::move(material));
  return absl::OkStatus();
}

std::shared_ptr<const TlsMaterial> TlsFiles::Current() {
  std::shared_ptr<const TlsMaterial> material;
  absl::Status status;
  bool changed = false;
  {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = absl::Now();
    // A clock that was set back must not stop it.
    if (now < looked_ || now - looked_ >= kLookInterval) {
      looked_ = now;
      changed = Stamp() != stamp_;
      if (changed) status = Read();
    }
    material = material_;
  }
  if (changed) on_reload_(status);
  return material;
}

absl::Status TlsFiles::Reload() {
  absl::Status status;
  {
    absl::MutexLock lock(&mutex_);
    status = Read();
  }
  on_reload_(status);
  return status;
}

}  // namespace gongkai::service
