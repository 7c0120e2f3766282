// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/known_words.h
//
// Words of the command line that stand for something, such as commands, flags
// and formats; and what to say of one that is not known.

#ifndef GONGKAI_CLIENT_CLI_KNOWN_WORDS_H_
#define GONGKAI_CLIENT_CLI_KNOWN_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/language.h"

namespace gongkai::cli {

template <typename Value>
struct Named {
  const char* name;
  Value value;
};

// InvalidArgument for a word that is none of the known ones: with the nearest
// of them, or with all. `what` is what the word should be.
absl::Status UnknownWord(const std::string& what, const std::string& word,
                         const std::vector<std::string>& known,
                         Language language);

// Finds a word of a table. Errors: as UnknownWord.
template <typename Value, size_t kSize>
absl::StatusOr<Value> Find(const Named<Value> (&table)[kSize],
                           const std::string& what, const std::string& word,
                           Language language) {
  std::vector<std::string> known;
  for (const Named<Value>& entry : table) {
    if (word == entry.name) return entry.value;
    known.push_back(entry.name);
  }
  return UnknownWord(what, word, known, language);
}

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_KNOWN_WORDS_H_
