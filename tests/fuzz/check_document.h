// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/fuzz/check_document.h
//
// What holds of every document that a reader makes, whatever it was given.

#ifndef GONGKAI_TESTS_FUZZ_CHECK_DOCUMENT_H_
#define GONGKAI_TESTS_FUZZ_CHECK_DOCUMENT_H_

#include <string_view>

#include "worker/input/document.h"

namespace gongkai::fuzz {

// The grids whose rows have as many pieces as each other: those that say where
// their cells stand (Block::placed), all, or none for sure.
enum class TrueGrids { kNone, kPlaced, kAll };

// Ends the process unless
//   the text is valid UTF-8, and every piece a part of it without white space
//   around it;
//   blocks have rows, rows have pieces, and all of them stand in order;
//   every piece stands in the original's bytes;
//   the rows of `true_grids` are alike.
void CheckDocument(const input::Document& document, std::string_view bytes,
                   TrueGrids true_grids);

}  // namespace gongkai::fuzz

#endif  // GONGKAI_TESTS_FUZZ_CHECK_DOCUMENT_H_
