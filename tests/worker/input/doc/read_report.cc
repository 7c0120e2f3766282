// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/doc/read_report.h"

#include <fstream>
#include <iterator>

#include "gtest/gtest.h"
#include "worker/input/reader.h"

namespace gongkai::input {

ReportReader::ReportReader() {
  auto catalog = catalog::Catalog::Builtin();
  EXPECT_TRUE(catalog.ok()) << catalog.status();
  if (!catalog.ok()) return;
  catalog_ = *std::move(catalog);
  extractor_ = std::make_unique<extract::Extractor>(*catalog_);
}

absl::StatusOr<v1::Report> ReportReader::Read(std::string_view bytes) {
  const absl::Status status = input::Read(bytes, Limits(), &document_);
  if (!status.ok()) return status;
  v1::Report report;
  extraction_ = extractor_->Extract(document_, /*year_hint=*/0, &report);
  return report;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace gongkai::input
