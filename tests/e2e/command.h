// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/e2e/command.h
//
// What tests of the gongkai command have in common: a directory for the
// documents, the command itself, and its output as values.

#ifndef GONGKAI_TESTS_E2E_COMMAND_H_
#define GONGKAI_TESTS_E2E_COMMAND_H_

#include <map>
#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"
#include "gtest/gtest.h"
#include "tests/e2e/program.h"

namespace gongkai::testing {

class CommandTest : public ::testing::Test {
 protected:
  CommandTest();
  ~CommandTest() override;

  // Where the command puts its socket.
  std::string temporary() const { return root_ + "/.tmp"; }

  // Writes a document and returns its path; `name` may hold directories.
  std::string Write(const std::string& name, const std::string& bytes);

  std::map<std::string, std::string> environment() const {
    return {{"TMPDIR", temporary()}, {"LC_ALL", "en_US.UTF-8"}};
  }

  // For the output of a second program.
  std::string server_directory() const;

  // Runs the command with these words.
  Result Run(std::vector<std::string> words, const std::string& input = "");

  // Nothing of the service is left.
  void ExpectCleanedUp() const;

  std::string root_;
};

// Every line as a JSON object; a line that is none fails the test.
std::vector<google::protobuf::Struct> ParseLines(const std::string& text);

// The field's text; "absent" if there is no such field.
std::string TextOf(const google::protobuf::Struct& line,
                   const std::string& key);

}  // namespace gongkai::testing

#endif  // GONGKAI_TESTS_E2E_COMMAND_H_
