// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/access/tls_files.h
//
// The server's certificate, its key and the authorities of its callers: read
// from files, checked before they are used, and read anew when the files
// change. A renewal that does not fit together (a new certificate beside the
// old key, half a file, one that has expired) is logged and left alone, and
// what was good before stays in use.

#ifndef GONGKAI_SERVICE_ACCESS_TLS_FILES_H_
#define GONGKAI_SERVICE_ACCESS_TLS_FILES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace gongkai::service {

struct TlsOptions {
  // PEM files. The certificate is followed by those between it and its
  // authority; all three may be links that a renewal changes.
  std::string certificate;
  std::string key;
  // The authorities whose clients may connect; empty to ask for no certificate.
  std::string client_ca;
  // A client may also show no certificate; one that it shows is checked.
  bool client_optional = false;

  bool enabled() const { return !certificate.empty(); }
};

// What is in the files. Immutable.
struct TlsMaterial {
  std::string certificate;
  std::string key;
  std::string client_ca;
  // When the certificate is over.
  absl::Time not_after;
  // Counts the versions, from 1.
  int64_t version = 0;
};

// Thread-safe.
class TlsFiles {
 public:
  // Called with the outcome of each attempt to read changed files.
  using OnReload = std::function<void(const absl::Status&)>;

  // Errors: InvalidArgument with file and reason, for files that cannot be
  // read too.
  static absl::StatusOr<std::unique_ptr<TlsFiles>> Load(
      const TlsOptions& options, OnReload on_reload);

  // What to use now. Looks at the files, but not more often than every second.
  std::shared_ptr<const TlsMaterial> Current();

  // Looks at the files now, whether they have changed or not.
  absl::Status Reload();

  const TlsOptions& options() const { return options_; }

 private:
  TlsFiles(const TlsOptions& options, OnReload on_reload)
      : options_(options), on_reload_(std::move(on_reload)) {}

  std::string Stamp() const;
  absl::Status Read() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const TlsOptions options_;
  const OnReload on_reload_;
  absl::Mutex mutex_;
  absl::Time looked_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  // Of the files that were read last, good or bad.
  std::string stamp_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const TlsMaterial> material_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_ACCESS_TLS_FILES_H_
