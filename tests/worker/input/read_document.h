// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/worker/input/read_document.h
//
// What the tests of worker/input share: documents as text to compare, and
// conversions made without the code under test.

#ifndef GONGKAI_TESTS_WORKER_INPUT_READ_DOCUMENT_H_
#define GONGKAI_TESTS_WORKER_INPUT_READ_DOCUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "worker/input/document.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// The blocks of a document, a line for each block's kind and each row:
//
//   text 一、总体情况
//   grid
//     [规章][1][][11]
//
// Line breaks inside a piece show as "⏎"; kLines pieces show their columns as
// [1]12-13.
std::string Show(const Document& document);

// Reads `bytes` and shows the blocks, or the rejection as "TOO_LARGE: …" with
// the English sentence. Fails the test when the places of the pieces do not
// hold (ExpectPlaces).
std::string ReadAndShow(std::string_view bytes, const Limits& limits = {});

// The same for formats whose text is packed away in the bytes.
std::string ReadPackedAndShow(std::string_view bytes,
                              const Limits& limits = {});

// Fails the test unless every piece is a part of the text without white space
// around it, and the bytes it says it stands in, decoded by ICU, are exactly
// the piece. For texts without bad sequences.
void ExpectPlaces(const Document& document, std::string_view bytes);

// UTF-8 to another encoding by its ICU name, and back. No byte order mark is
// added or taken away.
std::string Encode(std::string_view utf8, const char* encoding);
std::string Decode(std::string_view bytes, const char* encoding);

}  // namespace gongkai::input

#endif  // GONGKAI_TESTS_WORKER_INPUT_READ_DOCUMENT_H_
