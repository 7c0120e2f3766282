// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Certificates for tests, made on the spot.

#ifndef GONGKAI_TESTS_SERVICE_CERTIFICATES_H_
#define GONGKAI_TESTS_SERVICE_CERTIFICATES_H_

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace gongkai::service {

// In PEM form.
struct Identity {
  std::string certificate;
  std::string key;
};

class Authority {
 public:
  explicit Authority(const std::string& name);
  ~Authority();

  const std::string& certificate() const;

  // A certificate with this common name, and these subject alternative names as
  // OpenSSL writes them ("DNS:localhost,IP:127.0.0.1"; empty for none), over
  // after `valid`, which may be negative.
  Identity Issue(const std::string& name, const std::string& alternatives = "",
                 absl::Duration valid = absl::Hours(1)) const;

 private:
  struct Data;
  const std::unique_ptr<Data> data_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_CERTIFICATES_H_
