// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/arguments.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/argument_checks.h"
#include "client/cli/export/exporter.h"
#include "client/cli/known_words.h"

namespace gongkai::cli {
namespace {

// The years that a report can be about, as Report.year.
constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2100;

// More workers than any machine has processors for.
constexpr int kMaxJobs = 1024;

constexpr Named<Command> kCommands[] = {{"check", Command::kCheck},
                                        {"rules", Command::kRules},
                                        {"health", Command::kHealth},
                                        {"version", Command::kVersion},
                                        {"help", Command::kHelp}};

constexpr Named<OutputFormat> kFormats[] = {
    {"summary", OutputFormat::kSummary},
    {"jsonl", OutputFormat::kJsonl},
    {"cells", OutputFormat::kCells},
    {"findings", OutputFormat::kFindings}};

constexpr Named<OutputFormat> kRulesFormats[] = {
    {"table", OutputFormat::kTable},
    {"markdown", OutputFormat::kMarkdown},
    {"jsonl", OutputFormat::kJsonl}};

constexpr Named<v1::Severity> kSeverities[] = {
    {"error", v1::SEVERITY_ERROR},
    {"warning", v1::SEVERITY_WARNING},
    {"info", v1::SEVERITY_INFO}};

constexpr Named<Language> kLanguages[] = {{"zh", Language::kChinese},
                                          {"en", Language::kEnglish}};

enum class Flag {
  kBlankAsZero,
  kBom,
  kCatalog,
  kCollection,
  kDangerouslyRunWithoutSandbox,
  kDisable,
  kEnable,
  kExport,
  kFormat,
  kHelp,
  kHtml,
  kJobs,
  kLanguage,
  kParents,
  kPrevious,
  kProfile,
  kResume,
  kServer,
  kService,
  kSeverity,
  kShard,
  kTlsCa,
  kTlsCertificate,
  kTlsKey,
  kTokenFile,
  kWide,
  kWorker,
  kYear,
};

constexpr Named<Flag> kCheckFlags[] = {
    {"--help", Flag::kHelp},
    {"--server", Flag::kServer},
    {"--tls-ca", Flag::kTlsCa},
    {"--tls-certificate", Flag::kTlsCertificate},
    {"--tls-key", Flag::kTlsKey},
    {"--token-file", Flag::kTokenFile},
    {"--worker", Flag::kWorker},
    {"--catalog", Flag::kCatalog},
    {"--format", Flag::kFormat},
    {"--lang", Flag::kLanguage},
    {"--year", Flag::kYear},
    {"--previous", Flag::kPrevious},
    {"--profile", Flag::kProfile},
    {"--disable", Flag::kDisable},
    {"--enable", Flag::kEnable},
    {"--severity", Flag::kSeverity},
    {"--shard", Flag::kShard},
    {"--jobs", Flag::kJobs},
    {"--export", Flag::kExport},
    {"--html", Flag::kHtml},
    {"--wide", Flag::kWide},
    {"--bom", Flag::kBom},
    {"--resume", Flag::kResume},
    {"--blank-as-zero", Flag::kBlankAsZero},
    {"--collection", Flag::kCollection},
    {"--parents", Flag::kParents},
    {kWithoutSandbox, Flag::kDangerouslyRunWithoutSandbox}};

constexpr Named<Flag> kRulesFlags[] = {
    {"--help", Flag::kHelp},
    {"--server", Flag::kServer},
    {"--tls-ca", Flag::kTlsCa},
    {"--tls-certificate", Flag::kTlsCertificate},
    {"--tls-key", Flag::kTlsKey},
    {"--token-file", Flag::kTokenFile},
    {"--worker", Flag::kWorker},
    {"--catalog", Flag::kCatalog},
    {"--format", Flag::kFormat},
    {"--lang", Flag::kLanguage},
    {kWithoutSandbox, Flag::kDangerouslyRunWithoutSandbox}};

constexpr Named<Flag> kHealthFlags[] = {
    {"--help", Flag::kHelp},
    {"--server", Flag::kServer},
    {"--service", Flag::kService},
    {"--tls-ca", Flag::kTlsCa},
    {"--tls-certificate", Flag::kTlsCertificate},
    {"--tls-key", Flag::kTlsKey},
    {"--lang", Flag::kLanguage}};

// Reads the flags and paths of one command.
class Parser {
 public:
  Parser(const std::vector<std::string>& words, Arguments* arguments)
      : words_(words), arguments_(*arguments) {}

  template <size_t kSize>
  absl::Status Parse(const Named<Flag> (&flags)[kSize]) {
    // Word 0 is the command.
    for (next_ = 1; next_ < words_.size();) {
      const std::string& word = words_[next_++];
      if (word == "--") {
        arguments_.paths.insert(arguments_.paths.end(), words_.begin() + next_,
                                words_.end());
        return absl::OkStatus();
      }
      // A single dash is the standard input.
      if (word.size() < 2 || word[0] != '-') {
        arguments_.paths.push_back(word);
        continue;
      }
      const size_t equals = word.find('=');
      std::string name = word == "-h" ? "--help" : word.substr(0, equals);
      // As gongkaid writes its flags.
      std::replace(name.begin(), name.end(), '_', '-');
      const absl::StatusOr<Flag> flag =
          Find(flags, Text({"参数", "flag"}), name, arguments_.language);
      if (!flag.ok()) return flag.status();
      if (*flag == Flag::kHelp) {
        arguments_.topic = arguments_.command;
        arguments_.command = Command::kHelp;
        return absl::OkStatus();
      }
      if (*flag == Flag::kCollection) {
        // The paths stand behind it as they do without it; the first may be
        // joined to it.
        arguments_.collection = true;
        if (equals != std::string::npos) {
          arguments_.paths.push_back(word.substr(equals + 1));
        }
        continue;
      }
      if (bool* const value = Switch(*flag); value != nullptr) {
        if (equals != std::string::npos) {
          return absl::InvalidArgumentError(absl::StrCat(
              name,
              Text({" 后面不写值，但写了“", " takes no value, but has \""}),
              word.substr(equals + 1), Text({"”", "\""})));
        }
        *value = true;
        continue;
      }
      std::string value;
      if (equals != std::string::npos) {
        value = word.substr(equals + 1);
      } else if (next_ < words_.size()) {
        value = words_[next_++];
      }
      if (value.empty()) {
        return absl::InvalidArgumentError(
            absl::StrCat(name, Text({" 后面缺少值", " needs a value"})));
      }
      if (absl::Status status = Set(*flag, value); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  std::string Text(Words words) const { return words.In(arguments_.language); }

  // What a flag without a value sets; null for the others.
  bool* Switch(Flag flag) {
    switch (flag) {
      case Flag::kBlankAsZero:
        return &arguments_.blank_as_zero;
      case Flag::kBom:
        return &arguments_.spreadsheet_csv;
      case Flag::kDangerouslyRunWithoutSandbox:
        return &arguments_.without_sandbox;
      case Flag::kResume:
        return &arguments_.resume;
      case Flag::kWide:
        return &arguments_.wide;
      default:
        return nullptr;
    }
  }

  absl::Status Set(Flag flag, const std::string& value) {
    switch (flag) {
      case Flag::kServer:
        arguments_.server = value;
        return absl::OkStatus();
      case Flag::kService:
        arguments_.health_service = value;
        return absl::OkStatus();
      case Flag::kTlsCa:
        arguments_.credentials.ca_file = value;
        return absl::OkStatus();
      case Flag::kTlsCertificate:
        arguments_.credentials.certificate_file = value;
        return absl::OkStatus();
      case Flag::kTlsKey:
        arguments_.credentials.key_file = value;
        return absl::OkStatus();
      case Flag::kTokenFile:
        arguments_.credentials.token_file = value;
        return absl::OkStatus();
      case Flag::kWorker:
        arguments_.worker = value;
        return absl::OkStatus();
      case Flag::kCatalog:
        for (absl::string_view file : absl::StrSplit(value, ',')) {
          arguments_.catalogs.emplace_back(file);
        }
        return absl::OkStatus();
      case Flag::kPrevious:
        arguments_.previous = value;
        return absl::OkStatus();
      case Flag::kProfile:
        arguments_.options.set_profile(value);
        return absl::OkStatus();
      case Flag::kDisable:
        arguments_.options.add_disabled_rules(value);
        return absl::OkStatus();
      case Flag::kEnable:
        arguments_.options.add_enabled_rules(value);
        return absl::OkStatus();
      case Flag::kSeverity:
        return AddSeverity(value);
      case Flag::kFormat: {
        const std::string what = Text({"格式", "format"});
        const auto format =
            arguments_.command == Command::kRules
                ? Find(kRulesFormats, what, value, arguments_.language)
                : Find(kFormats, what, value, arguments_.language);
        if (format.ok()) arguments_.format = *format;
        return format.status();
      }
      case Flag::kLanguage: {
        const auto language = Find(kLanguages, Text({"语言", "language"}),
                                   value, arguments_.language);
        if (language.ok()) arguments_.language = *language;
        return language.status();
      }
      case Flag::kYear:
        if (!absl::SimpleAtoi(value, &arguments_.year) ||
            arguments_.year < kFirstYear || arguments_.year > kLastYear) {
          return absl::InvalidArgumentError(absl::StrCat(
              Text({"--year 应为年份，", "--year must be a year from "}),
              kFirstYear, Text({" 至 ", " to "}), kLastYear,
              Text({"，而不是 ", ", not "}), value));
        }
        return absl::OkStatus();
      case Flag::kParents:
        arguments_.parents = value;
        return absl::OkStatus();
      case Flag::kShard: {
        const std::optional<Shard> shard = ParseShard(value);
        if (!shard.has_value()) {
          return absl::InvalidArgumentError(absl::StrCat(
              Text({"--shard 应写作 I/N，I 从 0 到 N-1，例如 0/16，而不是 ",
                    "--shard wants I/N with I from 0 to N-1, such as 0/16, "
                    "not "}),
              value));
        }
        arguments_.shard = *shard;
        return absl::OkStatus();
      }
      case Flag::kJobs:
        if (!absl::SimpleAtoi(value, &arguments_.jobs) || arguments_.jobs < 1 ||
            arguments_.jobs > kMaxJobs) {
          return absl::InvalidArgumentError(absl::StrCat(
              Text({"--jobs 应为工作进程的个数，1 至 ",
                    "--jobs must be a number of worker processes from 1 to "}),
              kMaxJobs, Text({"，而不是 ", ", not "}), value));
        }
        return absl::OkStatus();
      case Flag::kExport:
        if (!IsExportName(value)) {
          return absl::InvalidArgumentError(absl::StrCat(
              Text({"--export 的文件名应以 .csv、.jsonl、.sqlite 或 .xlsx "
                    "结尾，而不是 ",
                    "--export wants a file whose name ends in .csv, .jsonl, "
                    ".sqlite or .xlsx, not "}),
              value));
        }
        arguments_.exports.push_back(value);
        return absl::OkStatus();
      case Flag::kHtml:
        arguments_.html = value;
        return absl::OkStatus();
      // They have no value.
      case Flag::kBlankAsZero:
      case Flag::kBom:
      case Flag::kCollection:
      case Flag::kDangerouslyRunWithoutSandbox:
      case Flag::kHelp:
      case Flag::kResume:
      case Flag::kWide:
        break;
    }
    return absl::OkStatus();
  }

  // "ID:SEVERITY".
  absl::Status AddSeverity(const std::string& value) {
    const size_t colon = value.rfind(':');
    if (colon == std::string::npos || colon == 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          Text({"--severity 应写作 规则编号:级别，例如 "
                "cells.blank:warning，而不是 ",
                "--severity wants ID:SEVERITY, such as cells.blank:warning, "
                "not "}),
          value));
    }
    const auto severity = Find(kSeverities, Text({"级别", "severity"}),
                               value.substr(colon + 1), arguments_.language);
    if (!severity.ok()) return severity.status();
    v1::RuleSeverity* const added = arguments_.options.add_severities();
    added->set_rule_id(value.substr(0, colon));
    added->set_severity(*severity);
    return absl::OkStatus();
  }

  const std::vector<std::string>& words_;
  Arguments& arguments_;
  size_t next_ = 0;
};

}  // namespace

Language LanguageOfEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return absl::StartsWith(value, "en") ? Language::kEnglish
                                         : Language::kChinese;
  }
  return Language::kChinese;
}

absl::StatusOr<Arguments> ParseArguments(
    const std::vector<std::string>& arguments, Language language) {
  Arguments parsed;
  parsed.language = language;
  if (arguments.empty()) return parsed;
  const std::string& word = arguments[0];
  if (word == "--help" || word == "-h") return parsed;
  const absl::StatusOr<Command> command =
      word == "--version"
          ? Command::kVersion
          : Find(kCommands, Words{"命令", "command"}.In(language), word,
                 language);
  if (!command.ok()) return command.status();
  parsed.command = *command;
  absl::Status status;
  switch (parsed.command) {
    case Command::kCheck:
      status = Parser(arguments, &parsed).Parse(kCheckFlags);
      break;
    case Command::kRules:
      parsed.format = OutputFormat::kTable;
      status = Parser(arguments, &parsed).Parse(kRulesFlags);
      break;
    case Command::kHealth:
      status = Parser(arguments, &parsed).Parse(kHealthFlags);
      break;
    case Command::kHelp:
      if (arguments.size() > 1) {
        const absl::StatusOr<Command> topic =
            Find(kCommands, Words{"命令", "command"}.In(language), arguments[1],
                 language);
        if (!topic.ok()) return topic.status();
        parsed.topic = *topic;
      }
      break;
    case Command::kVersion:
      break;
  }
  if (parsed.blank_as_zero) parsed.options.set_blank_as_zero(true);
  if (status.ok()) status = CheckTogether(parsed);
  if (!status.ok()) return status;
  return parsed;
}

}  // namespace gongkai::cli
