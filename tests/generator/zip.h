// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/zip.h
//
// Archives for the tests, the same bytes every time.

#ifndef GONGKAI_TESTS_GENERATOR_ZIP_H_
#define GONGKAI_TESTS_GENERATOR_ZIP_H_

#include <string>
#include <vector>

namespace gongkai::generator {

struct ZipEntry {
  std::string name;
  std::string bytes;
};

enum class Packing {
  kDeflated,
  kStored,  // as it is, for those who change bytes of it
};

// A ZIP archive of the entries in their order, with a fixed time. Ends the
// program if it cannot be made: there is no reason but a bug.
std::string MakeZip(const std::vector<ZipEntry>& entries,
                    Packing packing = Packing::kDeflated);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_ZIP_H_
