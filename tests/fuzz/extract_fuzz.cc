// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The whole way from bytes of any format to a report.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <string_view>

#include "gongkai/v1/report.pb.h"
#include "tests/fuzz/check_document.h"
#include "worker/catalog/catalog.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"

namespace gongkai::fuzz {
namespace {

// Kept between inputs, as in a worker.
struct Rooms {
  Rooms() {
    auto builtin = catalog::Catalog::Builtin();
    if (!builtin.ok()) abort();
    catalog = *std::move(builtin);
    extractor = std::make_unique<extract::Extractor>(*catalog);
  }
  std::unique_ptr<const catalog::Catalog> catalog;
  std::unique_ptr<extract::Extractor> extractor;
  input::Document document;
};

}  // namespace
}  // namespace gongkai::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace gongkai;  // NOLINT: a function that is no part of a namespace
  static auto* const rooms = new fuzz::Rooms;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!input::Read(bytes, input::Limits(), &rooms->document).ok()) return 0;
  fuzz::CheckDocument(rooms->document, bytes, fuzz::TrueGrids::kNone);
  v1::Report report;
  rooms->extractor->Extract(rooms->document, /*year_hint=*/0, &report);
  // Strings that are not UTF-8 would be lost here.
  if (report.SerializeAsString().empty() && report.ByteSizeLong() > 0) abort();
  return 0;
}
