// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/zip.h"

#include <zip.h>

#include <cstdlib>

namespace gongkai::generator {
namespace {

// The first day that the format can name: 1 January 1980, midnight.
constexpr zip_uint16_t kDosDate = 1 << 5 | 1;

void Check(bool good) {
  if (!good) std::abort();
}

std::string ReadAll(zip_source_t* source) {
  zip_stat_t stat;
  Check(zip_source_stat(source, &stat) == 0);
  std::string bytes(stat.size, '\0');
  Check(zip_source_open(source) == 0);
  Check(zip_source_read(source, bytes.data(), bytes.size()) ==
        static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(source);
  return bytes;
}

}  // namespace

std::string MakeZip(const std::vector<ZipEntry>& entries, Packing packing) {
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  Check(target != nullptr);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  Check(zip != nullptr);
  for (const ZipEntry& entry : entries) {
    zip_source_t* source =
        zip_source_buffer(zip, entry.bytes.data(), entry.bytes.size(), 0);
    Check(source != nullptr);
    const zip_int64_t index =
        zip_file_add(zip, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    Check(index >= 0);
    Check(zip_file_set_dostime(zip, index, 0, kDosDate, 0) == 0);
    if (packing == Packing::kStored) {
      Check(zip_set_file_compression(zip, index, ZIP_CM_STORE, 0) == 0);
    }
  }
  Check(zip_close(zip) == 0);
  std::string bytes = ReadAll(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace gongkai::generator
