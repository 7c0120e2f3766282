// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/glyph_code.h
//
// Which character a sign on a page is meant to be.

#ifndef GONGKAI_WORKER_INPUT_PDF_GLYPH_CODE_H_
#define GONGKAI_WORKER_INPUT_PDF_GLYPH_CODE_H_

namespace gongkai::input::pdf {

// Stands for a sign whose font does not say what it is. It is kept, so that a
// number with such a sign in it is not read as another number.
inline constexpr char32_t kUnknownCode = 0xFFFD;

// The character for a code that a font gives: fonts often give the radical
// that looks like the character (U+2F00 for U+4E00); private codes and
// no characters at all are unknown; U+0020 for any white space, 0 for what
// takes no room.
char32_t PlainCode(char32_t code);

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_GLYPH_CODE_H_
