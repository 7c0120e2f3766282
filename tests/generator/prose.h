// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/prose.h
//
// Invented bodies and the running text of their reports. Every number in the
// text that counts what a table counts agrees with the table.

#ifndef GONGKAI_TESTS_GENERATOR_PROSE_H_
#define GONGKAI_TESTS_GENERATOR_PROSE_H_

#include <string>
#include <vector>

#include "tests/generator/form.h"
#include "tests/generator/numbers.h"
#include "tests/generator/random.h"

namespace gongkai::generator {

// A body of an invented place.
struct Body {
  std::string name;  // 青岚县柳溪镇人民政府
  std::string self;  // how its report speaks of it: 我镇
};

// A body whose size fits the scale.
Body DrawBody(Scale scale, Random* random);

// The paragraphs of one section, 1 to 6; empty for sections that are only a
// table. Each paragraph is one line.
std::vector<std::string> SectionProse(int section, const Body& body, int year,
                                      Form form, const Numbers& numbers,
                                      Random* random);

// One more paragraph for the overview, to make a report longer.
std::string Filler(const Body& body, int year, Random* random);

// The sentence before the first section.
std::string Preface(const Body& body, int year, Random* random);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_PROSE_H_
