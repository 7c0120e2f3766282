// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The XML parts of a Word file: the input is the text, then the lists, then the
// styles, with form feeds between them, which XML does not allow. The archive
// around them is whole, so that no input fails for its checksum.

#include <stddef.h>
#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/check_document.h"
#include "tests/generator/zip.h"
#include "worker/input/docx/docx_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace gongkai;  // NOLINT: a function that is no part of a namespace
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<generator::ZipEntry> entries;
  for (const char* name :
       {"word/document.xml", "word/numbering.xml", "word/styles.xml"}) {
    const size_t end = rest.find('\f');
    entries.push_back({name, std::string(rest.substr(0, end))});
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  const std::string bytes =
      generator::MakeZip(entries, generator::Packing::kStored);
  static auto* const document = new input::Document;
  bool read = false;
  {
    input::DocumentBuilder builder(input::Limits(), document);
    read = input::ReadDocx(bytes, input::Limits(), &builder).ok();
  }
  if (read) fuzz::CheckDocument(*document, bytes, fuzz::TrueGrids::kNone);
  return 0;
}
