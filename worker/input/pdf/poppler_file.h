// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/poppler_file.h
//
// A PDF file, page by page. With watched_stream.h the
// one place that knows Poppler: its core library and not the wrapper for C++,
// which shows neither the lines drawn on a page nor a way to stop (see
// docs/decisions/0006-pdf-grid.md).
//
//   auto file = PopplerFile::Open(bytes, limits);
//   if (!file.ok()) return file.status();
//   PageContent page;
//   for (int number = 1; number <= (*file)->page_count(); ++number) {
//     if (auto status = (*file)->ReadPage(number, &page); !status.ok()) …
//   }

#ifndef GONGKAI_WORKER_INPUT_PDF_POPPLER_FILE_H_
#define GONGKAI_WORKER_INPUT_PDF_POPPLER_FILE_H_

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "worker/input/limits.h"
#include "worker/input/pdf/page_content.h"

namespace gongkai::input::pdf {

// Loads the tables of Chinese encodings, which Open() does else: for a process
// that may not open files later.
void PreparePoppler();

// Not thread-safe; any number may be in use at once.
class PopplerFile {
 public:
  // `bytes` must outlive the file. Errors are rejections: MALFORMED (damaged
  // beyond repair, no page), UNSUPPORTED_FORMAT (needs a password),
  // LIMIT_EXCEEDED (pages, time).
  static absl::StatusOr<std::unique_ptr<PopplerFile>> Open(
      std::string_view bytes, const Limits& limits);

  ~PopplerFile();
  PopplerFile(const PopplerFile&) = delete;
  PopplerFile& operator=(const PopplerFile&) = delete;

  // At least 1.
  int page_count() const;

  // Replaces *page by what the page shows; numbers count from 1. A page that
  // cannot be read is empty; the last, where none could be, is an error.
  // Errors: LIMIT_EXCEEDED (characters, time), MALFORMED.
  absl::Status ReadPage(int number, PageContent* page);

 private:
  class Impl;
  explicit PopplerFile(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_POPPLER_FILE_H_
