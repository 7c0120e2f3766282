// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/pdf/samples.h
//
// The reports whose PDF files stand in data/: NAME.pdf is the Word file that
// the generator prints for these options, converted by LibreOffice. How they
// are made anew: see data/README.md.

#ifndef GONGKAI_TESTS_WORKER_INPUT_PDF_SAMPLES_H_
#define GONGKAI_TESTS_WORKER_INPUT_PDF_SAMPLES_H_

#include <vector>

#include "tests/generator/generator.h"

namespace gongkai::input {

struct Sample {
  const char* name;
  generator::Options options;
};

inline std::vector<Sample> Samples() {
  using generator::Form;
  using generator::Scale;
  using generator::Zeros;
  const auto options = [](uint64_t seed, Form form, Scale scale, Zeros zeros,
                          bool odd_digits = false) {
    generator::Options options;
    options.seed = seed;
    options.layout = generator::Layout::kDocx;
    options.form = form;
    options.scale = scale;
    options.zeros = zeros;
    options.odd_digits = odd_digits;
    return options;
  };
  return {
      {"2021-city", options(11, Form::k2021, Scale::kCity, Zeros::kDigit)},
      {"2021-blanks", options(12, Form::k2021, Scale::kSmall, Zeros::kBlank)},
      {"2021-zero", options(13, Form::k2021, Scale::kZero, Zeros::kDigit)},
      {"2019-city", options(14, Form::k2019, Scale::kCity, Zeros::kDash)},
      {"2019-blanks", options(15, Form::k2019, Scale::kCity, Zeros::kBlank)},
      {"hybrid-odd-digits",
       options(16, Form::kHybrid, Scale::kCity, Zeros::kSlash, true)},
  };
}

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_PDF_SAMPLES_H_
