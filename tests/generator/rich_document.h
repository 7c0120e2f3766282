// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/generator/rich_document.h
//
// A report with rich prose, put together from its parts.

#ifndef GONGKAI_TESTS_GENERATOR_RICH_DOCUMENT_H_
#define GONGKAI_TESTS_GENERATOR_RICH_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "tests/generator/faults.h"
#include "tests/generator/generator.h"
#include "tests/generator/layout.h"
#include "tests/generator/prose.h"
#include "tests/generator/random.h"
#include "tests/generator/tables.h"

namespace gongkai::generator {

// Sets title and sections of the report. `received_before` as in RichProse. A
// fault of structure or of text is put in where the figures allow it;
// report->injected then says what it is.
std::vector<Part> ComposeRich(const Body& body, const Numbers& numbers,
                              int64_t received_before, Tables tables,
                              std::optional<Fault> fault, Random* random,
                              GeneratedReport* report);

}  // namespace gongkai::generator

#endif  // GONGKAI_TESTS_GENERATOR_RICH_DOCUMENT_H_
