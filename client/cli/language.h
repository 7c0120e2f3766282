// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/language.h
//
// The languages of the command's own words.

#ifndef GONGKAI_CLIENT_CLI_LANGUAGE_H_
#define GONGKAI_CLIENT_CLI_LANGUAGE_H_

namespace gongkai::cli {

enum class Language { kChinese, kEnglish };

// One of two texts.
struct Words {
  const char* zh;
  const char* en;

  const char* In(Language language) const {
    return language == Language::kEnglish ? en : zh;
  }
};

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_LANGUAGE_H_
