// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/check.h"
#include "client/cli/formats/names.h"
#include "client/cli/service_connection.h"

namespace gongkai::cli {

std::string FormatRules(const v1::ListRulesResponse& rules, Language language) {
  const bool english = language == Language::kEnglish;
  std::string text;
  for (const v1::Rule& rule : rules.rules()) {
    const std::string& title = english ? rule.title_en() : rule.title();
    const std::string_view severity = Name(rule.severity());
    absl::StrAppend(&text, rule.id(), "  ",
                    absl::string_view(severity.data(), severity.size()), "  ",
                    title, "\n");
    if (!rule.legal_basis().empty()) {
      absl::StrAppend(&text, "    ", rule.legal_basis(), "\n");
    }
  }
  absl::StrAppend(&text,
                  Words{"规则版本 ", "version of the rules "}.In(language),
                  rules.rule_set_version(), "\n");
  return text;
}

int RunRules(const Arguments& arguments, const Console& console) {
  absl::Status status;
  const absl::StatusOr<ServiceConnection> service =
      ConnectService(arguments, 1);
  status = service.status();
  if (status.ok()) {
    const absl::StatusOr<v1::ListRulesResponse> rules =
        service->client.ListRules();
    status = rules.status();
    if (status.ok()) {
      status = WriteAll(console.out, FormatRules(*rules, arguments.language));
      if (absl::IsAborted(status)) return kExitBrokenPipe;
    }
  }
  if (status.ok()) return kExitClean;
  (void)WriteAll(console.err,
                 absl::StrCat("gongkai: ", status.message(), "\n"));
  return kExitFailed;
}

}  // namespace gongkai::cli
