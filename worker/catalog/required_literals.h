// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/catalog/required_literals.h
//
// By which fixed strings a pattern can be looked for.
//
//   RequiredLiterals("[一二].*(年报|年度报告)")   // {"年报", "年度报告"}

#ifndef GONGKAI_WORKER_CATALOG_REQUIRED_LITERALS_H_
#define GONGKAI_WORKER_CATALOG_REQUIRED_LITERALS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace gongkai::catalog {

// Strings of which at least one stands in whatever the RE2 pattern matches, if
// upper-case and lower-case letters of ASCII are not told apart; in lower case.
// Empty if the pattern is not valid, or if there are no such strings: then it
// could match anywhere.
//
// (RE2's own (?i) takes two letters of other alphabets, U+017F and U+212A, for
// an s and a k. They are not looked for.)
std::vector<std::string> RequiredLiterals(const std::string& pattern);

// If the RE2 pattern is a plain string, with or without '\\' before its marks,
// that string: it can be looked for without RE2.
std::optional<std::string> PlainText(const std::string& pattern);

// Where the class of characters ends whose bracket opens at pattern[open]:
// behind the bracket that closes it. Classes in classes ("[[:alpha:]]") are not
// known.
size_t EndOfClass(absl::string_view pattern, size_t open);

}  // namespace gongkai::catalog

#endif  // GONGKAI_WORKER_CATALOG_REQUIRED_LITERALS_H_
