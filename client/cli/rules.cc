// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/check.h"
#include "client/cli/formats/names.h"
#include "client/cli/formats/rules_markdown.h"
#include "client/cli/message_json.h"
#include "client/cli/service_connection.h"

namespace gongkai::cli {

std::string FormatRules(const v1::ListRulesResponse& rules, Language language) {
  const bool english = language == Language::kEnglish;
  std::string text;
  for (const v1::Rule& rule : rules.rules()) {
    const std::string& title = english ? rule.title_en() : rule.title();
    const std::string_view severity = Name(rule.severity());
    absl::StrAppend(
        &text, rule.id(), "  ",
        absl::string_view(severity.data(), severity.size()), "  ", title,
        rule.off() ? Words{"（默认不用）", " (off by default)"}.In(language)
                   : "",
        "\n");
    if (!rule.legal_basis().empty()) {
      absl::StrAppend(&text, "    ", rule.legal_basis(), "\n");
    }
  }
  absl::StrAppend(&text,
                  Words{"规则版本 ", "version of the rules "}.In(language),
                  rules.rule_set_version(), "\n");
  return text;
}

std::string FormatRulesJsonl(const v1::ListRulesResponse& rules) {
  std::string text;
  for (const v1::Rule& rule : rules.rules()) {
    absl::StrAppend(&text, MessageJson(rule), "\n");
  }
  return text;
}

absl::Status KeepNamed(const std::vector<std::string>& names, Language language,
                       v1::ListRulesResponse* rules) {
  if (names.empty()) return absl::OkStatus();
  std::set<std::string> kept;
  for (const std::string& name : names) {
    const bool many = absl::EndsWith(name, "*");
    const std::string begin = name.substr(0, name.size() - (many ? 1 : 0));
    bool known = false;
    for (const v1::Rule& rule : rules->rules()) {
      if (many ? !absl::StartsWith(rule.id(), begin) : rule.id() != name) {
        continue;
      }
      known = true;
      kept.insert(rule.id());
    }
    if (!known) {
      return absl::InvalidArgumentError(absl::StrCat(
          Words{"没有这条规则：", "there is no rule "}.In(language), name,
          Words{"；不带编号的 gongkai rules 列出全部规则",
                "; gongkai rules without an id lists all"}
              .In(language)));
    }
  }
  auto* all = rules->mutable_rules();
  all->erase(std::remove_if(all->begin(), all->end(),
                            [&kept](const v1::Rule& rule) {
                              return kept.count(rule.id()) == 0;
                            }),
             all->end());
  return absl::OkStatus();
}

namespace {

std::string Format(const v1::ListRulesResponse& rules,
                   const Arguments& arguments) {
  switch (arguments.format) {
    case OutputFormat::kMarkdown:
      return FormatRulesMarkdown(rules);
    case OutputFormat::kJsonl:
      return FormatRulesJsonl(rules);
    default:
      return FormatRules(rules, arguments.language);
  }
}

}  // namespace

int RunRules(const Arguments& arguments, const Console& console) {
  absl::Status status;
  const absl::StatusOr<ServiceConnection> service =
      ConnectService(arguments, 1);
  status = service.status();
  if (status.ok()) {
    absl::StatusOr<v1::ListRulesResponse> rules = service->client.ListRules();
    status = rules.status();
    if (status.ok()) {
      status = KeepNamed(arguments.paths, arguments.language, &*rules);
    }
    if (status.ok()) {
      status = WriteAll(console.out, Format(*rules, arguments));
      if (absl::IsAborted(status)) return kExitBrokenPipe;
    }
  }
  if (status.ok()) return kExitClean;
  (void)WriteAll(console.err,
                 absl::StrCat("gongkai: ", status.message(), "\n"));
  return kExitFailed;
}

}  // namespace gongkai::cli
