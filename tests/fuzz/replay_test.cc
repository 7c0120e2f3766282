// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Runs a fuzz target on the files of its corpus and its regressions: what broke
// it once does not break it again, with any compiler.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

TEST(ReplayTest, NoKnownInputBreaksTheTarget) {
  const char* const source = getenv("GONGKAI_SOURCE_DIR");
  ASSERT_NE(source, nullptr);
  int files = 0;
  for (const char* kind : {"corpus", "regressions"}) {
    const auto directory = std::filesystem::path(source) / "tests" / "fuzz" /
                           kind / GONGKAI_FUZZ_TARGET;
    if (!std::filesystem::exists(directory)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), {});
      SCOPED_TRACE(entry.path());
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()),
                             bytes.size());
      ++files;
    }
  }
  EXPECT_GT(files, 0);
}

}  // namespace
