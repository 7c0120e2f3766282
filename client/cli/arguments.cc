// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/arguments.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/export/exporter.h"

namespace gongkai::cli {
namespace {

// The years that a report can be about, as Report.year.
constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2100;

// More workers than any machine has processors for.
constexpr int kMaxJobs = 1024;

// Words that are further apart than this are not taken for slips of the pen.
constexpr int kMaxSlips = 3;

template <typename Value>
struct Named {
  const char* name;
  Value value;
};

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

// Spelled as gongkaid and gongkai-worker spell it.
constexpr char kWithoutSandbox[] = "--dangerously-run-without-sandbox";

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

// The edit distance of two words.
int Distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const int above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] != b[j])});
      diagonal = above;
    }
  }
  return row.back();
}

// Finds a word of a table.
// Errors: InvalidArgument, with the nearest word or all of them.
template <typename Value, size_t kSize>
absl::StatusOr<Value> Find(const Named<Value> (&table)[kSize],
                           const std::string& what, const std::string& word,
                           Language language) {
  const Named<Value>* nearest = nullptr;
  int least = kMaxSlips + 1;
  std::string all;
  for (const Named<Value>& entry : table) {
    if (word == entry.name) return entry.value;
    const int distance = Distance(word, entry.name);
    if (distance < least) {
      least = distance;
      nearest = &entry;
    }
    absl::StrAppend(&all, all.empty() ? "" : ", ", entry.name);
  }
  const bool english = language == Language::kEnglish;
  return absl::InvalidArgumentError(absl::StrCat(
      english ? "unknown " : "未知的", what, english ? " \"" : "“", word,
      english ? "\"; " : "”，",
      nearest != nullptr ? (english ? "did you mean " : "是不是想用 ")
                         : (english ? "known are: " : "可用的有："),
      nearest != nullptr ? std::string(nearest->name) : all,
      nearest != nullptr ? (english ? "?" : "？") : ""));
}

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

absl::Status CheckHealth(const Arguments& arguments) {
  const auto refuse = [&arguments](Words words) {
    return absl::InvalidArgumentError(words.In(arguments.language));
  };
  if (arguments.server.empty()) {
    return refuse({"gongkai health 需要知道问谁：--server=主机:端口",
                   "gongkai health must know whom to ask: --server=HOST:PORT"});
  }
  if (absl::StrContains(arguments.server, ',')) {
    // One that does well would hide one that does not.
    return refuse({"gongkai health 一次只问一个服务器",
                   "gongkai health asks one server at a time"});
  }
  if (!arguments.paths.empty()) {
    return refuse({"gongkai health 不读文件；要问的名称写作 --service=名称",
                   "gongkai health reads no files; the name to ask for is "
                   "given as --service=NAME"});
  }
  return absl::OkStatus();
}

absl::Status CheckTogether(const Arguments& arguments) {
  if (arguments.command == Command::kHealth) return CheckHealth(arguments);
  if (arguments.command == Command::kCheck && arguments.paths.empty()) {
    return absl::InvalidArgumentError(
        Words{"gongkai check 需要至少一个文件或目录",
              "gongkai check needs at least one file or directory"}
            .In(arguments.language));
  }
  if (!arguments.server.empty() && !arguments.catalogs.empty()) {
    return absl::InvalidArgumentError(Words{
        "--catalog 不能与 --server 同用：服务器的规则由 gongkaid --catalog "
        "给出",
        "--catalog does not go with --server: the rules of a server are "
        "given to gongkaid --catalog"}
                                          .In(arguments.language));
  }
  if (!arguments.server.empty() && arguments.jobs != 0) {
    return absl::InvalidArgumentError(
        Words{"--jobs 不能与 --server 同用：服务器的工作进程数由 gongkaid "
              "--workers 给出",
              "--jobs does not go with --server: the workers of a server are "
              "given to gongkaid --workers"}
            .In(arguments.language));
  }
  if (!arguments.server.empty() && arguments.without_sandbox) {
    return absl::InvalidArgumentError(absl::StrCat(
        kWithoutSandbox,
        Words{" 不能与 --server 同用：请把它交给 gongkaid",
              " does not go with --server: it is gongkaid's to be given"}
            .In(arguments.language)));
  }
  const CredentialFiles& files = arguments.credentials;
  if (arguments.server.empty() &&
      !(files.ca_file.empty() && files.certificate_file.empty() &&
        files.key_file.empty() && files.token_file.empty())) {
    return absl::InvalidArgumentError(
        Words{"--tls-ca、--tls-certificate、--tls-key 和 --token-file 只与 "
              "--server 一起使用",
              "--tls-ca, --tls-certificate, --tls-key and --token-file go with "
              "--server"}
            .In(arguments.language));
  }
  if (absl::StrContains(arguments.server, ',') &&
      !(files.ca_file.empty() && files.certificate_file.empty())) {
    // gRPC would look for the whole list in the certificates.
    return absl::InvalidArgumentError(Words{
        "用 TLS 连接时 --server 只能给一个主机名；要用多台，请用解析到多个"
        "地址的一个域名",
        "with TLS, --server takes one host name; for several servers use "
        "one name that resolves to all of their addresses"}
                                          .In(arguments.language));
  }
  if (arguments.collection && arguments.format == OutputFormat::kCells) {
    return absl::InvalidArgumentError(Words{
        "--collection 没有 cells 格式", "--collection has no format \"cells\""}
                                          .In(arguments.language));
  }
  if (arguments.exports.empty() &&
      (arguments.wide || arguments.spreadsheet_csv)) {
    return absl::InvalidArgumentError(
        Words{"--wide 和 --bom 只与 --export=文件 一起使用",
              "--wide and --bom go with --export=FILE"}
            .In(arguments.language));
  }
  if (arguments.resume && !arguments.writes_files()) {
    return absl::InvalidArgumentError(
        Words{"--resume 只与 --export=文件 或 --html=目录 一起使用",
              "--resume goes with --export=FILE or --html=DIR"}
            .In(arguments.language));
  }
  if (arguments.collection && arguments.writes_files()) {
    return absl::InvalidArgumentError(Words{
        "--collection 不写表格和网页，请不要与 --export 或 --html 同用",
        "--collection writes no tables or pages and does not go with --export "
        "or --html"}
                                          .In(arguments.language));
  }
  if (arguments.collection && arguments.shard.count > 1) {
    return absl::InvalidArgumentError(Words{
        "--collection 要把全部报告放在一起比较，不能与 --shard 同用",
        "--collection compares all reports with each other and does not go "
        "with --shard"}
                                          .In(arguments.language));
  }
  if (!arguments.collection && !arguments.parents.empty()) {
    return absl::InvalidArgumentError(
        Words{"--parents 只与 --collection 一起使用",
              "--parents goes with --collection"}
            .In(arguments.language));
  }
  return absl::OkStatus();
}

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
