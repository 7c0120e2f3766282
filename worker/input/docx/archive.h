// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/archive.h
//
// A ZIP archive in memory whose entries are expanded within limits.
//
//   absl::StatusOr<Archive> archive = Archive::Open(bytes, limits);
//   std::string text;
//   absl::Status status = archive->Read("word/document.xml", &text);

#ifndef GONGKAI_WORKER_INPUT_DOCX_ARCHIVE_H_
#define GONGKAI_WORKER_INPUT_DOCX_ARCHIVE_H_

#include <zip.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Thread-compatible. What an archive says of its own sizes is not believed:
// memory grows with what is really expanded.
class Archive {
 public:
  // `bytes` must outlive the archive. Errors are rejections: MALFORMED,
  // LIMIT_EXCEEDED (entries).
  static absl::StatusOr<Archive> Open(std::string_view bytes,
                                      const Limits& limits);

  // Names are compared without regard to case.
  bool Has(const std::string& name) const { return Find(name) >= 0; }

  // Replaces *content by the entry, which must be there. All entries together
  // may expand to Limits::max_expanded_bytes. Errors are rejections: MALFORMED
  // (damaged), UNSUPPORTED_FORMAT (a password, an unknown compression),
  // LIMIT_EXCEEDED.
  absl::Status Read(const std::string& name, std::string* content);

 private:
  struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
  };

  Archive(zip_t* zip, const Limits& limits)
      : zip_(zip),
        left_(limits.max_expanded_bytes),
        max_expanded_bytes_(limits.max_expanded_bytes),
        max_ratio_(limits.max_compression_ratio) {}

  int64_t Find(const std::string& name) const;

  std::unique_ptr<zip_t, Discard> zip_;
  int64_t left_;  // how many bytes may yet be expanded
  int64_t max_expanded_bytes_;
  int64_t max_ratio_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_ARCHIVE_H_
