// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/service/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace gongkai::service {
namespace {

template <auto kFree>
struct Free {
  void operator()(auto* object) const { kFree(object); }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

std::string Content(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

std::string Pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return Content(bio.get());
}

std::string Pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr,
                           nullptr);
  return Content(bio.get());
}

void AddExtension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate NewCertificate(const std::string& name, EVP_PKEY* key,
                           absl::Duration valid) {
  Certificate certificate(X509_new());
  X509* const x = certificate.get();
  X509_set_version(x, 2);
  uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial));
  ASN1_INTEGER_set(X509_get_serialNumber(x), serial & 0x7fffffff);
  X509_gmtime_adj(X509_getm_notBefore(x), -24L * 3600);
  X509_gmtime_adj(X509_getm_notAfter(x), absl::ToInt64Seconds(valid));
  X509_set_pubkey(x, key);
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(x), "CN", MBSTRING_UTF8,
      reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return certificate;
}

}  // namespace

struct Authority::Data {
  Key key;
  Certificate certificate;
  std::string pem;
};

Authority::Authority(const std::string& name)
    : data_(std::make_unique<Data>()) {
  data_->key = Key(EVP_EC_gen("P-256"));
  data_->certificate = NewCertificate(name, data_->key.get(), absl::Hours(24));
  X509* const x = data_->certificate.get();
  X509_set_issuer_name(x, X509_get_subject_name(x));
  AddExtension(x, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(x, data_->key.get(), EVP_sha256());
  data_->pem = Pem(x);
}

Authority::~Authority() = default;

const std::string& Authority::certificate() const { return data_->pem; }

Identity Authority::Issue(const std::string& name,
                          const std::string& alternatives,
                          absl::Duration valid) const {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = NewCertificate(name, key.get(), valid);
  X509* const x = certificate.get();
  X509_set_issuer_name(x, X509_get_subject_name(data_->certificate.get()));
  if (!alternatives.empty()) {
    AddExtension(x, NID_subject_alt_name, alternatives);
  }
  X509_sign(x, data_->key.get(), EVP_sha256());
  return {Pem(x), Pem(key.get())};
}

}  // namespace gongkai::service
