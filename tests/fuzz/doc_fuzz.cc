// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Bytes that are taken for a binary Word file, whatever they begin like.

#include <stddef.h>
#include <stdint.h>

#include <string_view>

#include "tests/fuzz/check_document.h"
#include "worker/input/doc/doc_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace gongkai;  // NOLINT: a function that is no part of a namespace
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static auto* const document = new input::Document;
  bool read = false;
  {
    input::DocumentBuilder builder(input::Limits(), document);
    read = input::ReadDoc(bytes, input::Limits(), &builder).ok();
  }
  if (read) fuzz::CheckDocument(*document, bytes, fuzz::TrueGrids::kPlaced);
  return 0;
}
