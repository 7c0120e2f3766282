// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-pdf-samples DIRECTORY: writes the Word files of which the files in
// data/ are made.

#include <fstream>
#include <iostream>
#include <string>

#include "tests/generator/generator.h"
#include "tests/worker/input/pdf/samples.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: gongkai-pdf-samples DIRECTORY\n";
    return 2;
  }
  for (const auto& sample : gongkai::input::Samples()) {
    std::ofstream file(std::string(argv[1]) + "/" + sample.name + ".docx",
                       std::ios::binary);
    file << gongkai::generator::Generate(sample.options).bytes;
    file.close();
    if (!file) {
      std::cerr << "gongkai-pdf-samples: cannot write to " << argv[1] << "\n";
      return 2;
    }
  }
  return 0;
}
