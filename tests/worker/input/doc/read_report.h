// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/doc/read_report.h
//
// A Word file through the reader and the extractor, as a worker does it.

#ifndef GONGKAI_TESTS_WORKER_INPUT_DOC_READ_REPORT_H_
#define GONGKAI_TESTS_WORKER_INPUT_DOC_READ_REPORT_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gongkai/v1/report.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"

namespace gongkai::input {

class ReportReader {
 public:
  // Fails the test if the catalogue does not load.
  ReportReader();

  // The rejection, if the bytes are not read.
  absl::StatusOr<v1::Report> Read(std::string_view bytes);

 private:
  std::unique_ptr<const catalog::Catalog> catalog_;
  std::unique_ptr<extract::Extractor> extractor_;
  Document document_;
  extract::Extraction extraction_;
};

// The bytes of a file; fails the test if it cannot be read.
std::string ReadFile(const std::string& path);

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_DOC_READ_REPORT_H_
