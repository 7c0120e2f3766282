// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/arguments.h
//
// The command line of `gongkai`. A parser of our own: Abseil's flags are one
// global set for the whole program, without subcommands, and exit with their
// own status on errors.

#ifndef GONGKAI_CLIENT_CLI_ARGUMENTS_H_
#define GONGKAI_CLIENT_CLI_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/language.h"
#include "client/cli/shard.h"
#include "client/credentials.h"
#include "gongkai/v1/report_service.pb.h"

namespace gongkai::cli {

enum class Command { kHelp, kVersion, kCheck, kRules, kHealth };
// Of check: the first four; of rules: the last three.
enum class OutputFormat {
  kSummary,
  kCells,
  kFindings,
  kJsonl,
  kTable,
  kMarkdown,
};

struct Arguments {
  Command command = Command::kHelp;
  // For kHelp: what it is about; kHelp itself for the overview.
  Command topic = Command::kHelp;
  // A gRPC target; empty to start the service inside.
  std::string server;
  // For health: the name that is asked for.
  std::string health_service = "readiness";
  // What the server is shown, and how it is made sure of.
  CredentialFiles credentials;
  // The worker program; empty for gongkai-worker beside this program.
  std::string worker;
  // Files of a catalogue for the service inside.
  std::vector<std::string> catalogs;
  // Workers of the service inside; 0 for one per processor.
  int jobs = 0;
  // The workers of the service inside may start without a whole sandbox.
  bool without_sandbox = false;
  OutputFormat format = OutputFormat::kSummary;
  Language language = Language::kChinese;
  // 0 if not given.
  int year = 0;
  // For check: the documents are checked against each other.
  bool collection = false;
  // A file that says which body is above which (parents.h); empty for none.
  std::string parents;
  // Of the options below, as the command line has it.
  bool blank_as_zero = false;
  // How to check.
  v1::CheckOptions options;
  // Last year's report, or a directory of last year's reports; empty for none.
  std::string previous;
  // Files for the tables, and how they are written.
  std::vector<std::string> exports;
  bool wide = false;
  bool spreadsheet_csv = false;
  // A directory for the review pages; empty for none.
  std::string html;
  // Go on where an interrupted run with the same exports stopped.
  bool resume = false;
  // The part of the documents that is checked.
  Shard shard;
  // Documents; for rules: ids of rules.
  std::vector<std::string> paths;

  // Whether a run leaves files beside what it prints.
  bool writes_files() const { return !exports.empty() || !html.empty(); }
};

// English where the locale's language is English, else Chinese: the first of
// LC_ALL, LC_MESSAGES and LANG that is set decides.
Language LanguageOfEnvironment();

// Parses what follows the program's name. Flags may stand before or after
// paths, as --flag=value or --flag value; "--" ends them.
// Errors: InvalidArgument with a sentence for people, which names what is not
// known and the nearest thing that is.
absl::StatusOr<Arguments> ParseArguments(
    const std::vector<std::string>& arguments,
    Language language = LanguageOfEnvironment());

}  // namespace gongkai::cli

#endif  // GONGKAI_CLIENT_CLI_ARGUMENTS_H_
