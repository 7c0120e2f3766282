// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/facts.h
//
// The figures of a report as its prose tells them, and the kind of body that it
// is of.

#ifndef GONGKAI_TESTS_GENERATOR_FACTS_H_
#define GONGKAI_TESTS_GENERATOR_FACTS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/generator/form.h"
#include "tests/generator/numbers.h"
#include "tests/generator/prose.h"

namespace gongkai::generator {

enum class BodyKind { kCity, kCounty, kTownship, kDepartment };

// As the name tells it.
BodyKind KindOf(const Body& body);

class Facts {
 public:
  Facts(Form form, const Numbers& numbers);

  // The cell with this path; 0 if the form has none such or it is an amount.
  int64_t operator()(absl::string_view path) const;

  // The total of a row of the requests table, or of all rows of a group such
  // as "denied.".
  int64_t Requests(absl::string_view row_or_group) const;

 private:
  std::map<std::string, int64_t, std::less<>> cells_;
};

// Makes the numbers such that nobody would ask about them: no rules of bodies
// that make none, few requests carried over or settled as "other", decisions
// only where there are items. Every identity holds as before.
void MakePlausible(Form form, BodyKind kind, Numbers* numbers);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_FACTS_H_
