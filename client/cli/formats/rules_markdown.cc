// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/rules_markdown.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace gongkai::cli {
namespace {

constexpr char kIntroduction[] =
    R"(# 规则目录 · The rules

<!-- 由 ./dev docs 生成，请勿手改。Written by ./dev docs; do not edit. -->

每条规则先中文、后英文。规则是 `worker/catalog/data` 中的数据；`gongkai rules`
列出正在使用的规则，`gongkai check --disable=…`、`--enable=…`、`--severity=…`
和 `--profile=…` 按需选用，`--catalog=…` 另行增加。规则的回答有四种：通过、不通
过、无法核对（所需内容没有读出）、不适用。级别只对不通过有意义。

Every rule in Chinese, then in English. The rules are data in
`worker/catalog/data`; `gongkai rules` lists those in use, `gongkai check` takes
`--disable=…`, `--enable=…`, `--severity=…` and `--profile=…`, and `--catalog=…`
adds to them. A rule answers PASS, FAIL, NOT_ASSESSABLE (what it needs was not
read) or SKIPPED. Its severity weighs only where it fails.
)";

absl::string_view SubjectOf(absl::string_view id) {
  return id.substr(0, id.find('.'));
}

std::string SeverityText(v1::Severity severity) {
  switch (severity) {
    case v1::SEVERITY_ERROR:
      return "错误 ERROR";
    case v1::SEVERITY_WARNING:
      return "警告 WARNING";
    case v1::SEVERITY_INFO:
      return "提示 INFO";
    default:
      return "未定 UNSPECIFIED";
  }
}

std::string FormsText(const v1::Rule& rule) {
  if (rule.templates().empty()) return "全部 all";
  std::string text;
  for (const int form : rule.templates()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", "`",
                    v1::Template_Name(static_cast<v1::Template>(form)), "`");
  }
  return text;
}

std::string YearsText(const v1::Rule& rule) {
  if (rule.first_year() != 0 && rule.last_year() != 0) {
    return absl::StrCat(rule.first_year(), " – ", rule.last_year());
  }
  if (rule.first_year() != 0) return absl::StrCat(rule.first_year(), " –");
  return absl::StrCat("– ", rule.last_year());
}

std::string ScopeText(v1::RuleScope scope) {
  switch (scope) {
    case v1::RULE_SCOPE_PREVIOUS:
      return "上年报告 last year's report";
    case v1::RULE_SCOPE_COLLECTION:
      return "多份报告 a collection of reports";
    default:
      return "";
  }
}

// Text that Markdown must not take for its own marks.
std::string Plain(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"*", "\\*"},
                                    {"_", "\\_"},
                                    {"<", "&lt;"},
                                    {"[", "\\["},
                                    {"|", "\\|"},
                                    {"`", "\\`"}});
}

// Only relations between cells read as formulas; what other kinds hold are
// their patterns and words, which belong into the catalogue.
bool HasReadableFormula(const v1::Rule& rule) {
  return rule.kind() == "identity" || rule.kind() == "comparison" ||
         rule.kind() == "share";
}

void AppendItem(absl::string_view name, const std::string& value,
                std::string* text) {
  if (!value.empty()) absl::StrAppend(text, "- ", name, "：", value, "\n");
}

void AppendRule(const v1::Rule& rule, std::string* text) {
  absl::StrAppend(text, "\n### `", rule.id(), "`\n\n", Plain(rule.title()),
                  "。\n*", Plain(rule.title_en()), ".*\n\n");
  AppendItem("级别 severity",
             absl::StrCat(SeverityText(rule.severity()),
                          rule.off() ? "，默认不用 off by default" : ""),
             text);
  AppendItem("种类 kind", absl::StrCat("`", rule.kind(), "`"), text);
  AppendItem("格式 forms", FormsText(rule), text);
  if (rule.first_year() != 0 || rule.last_year() != 0) {
    AppendItem("年度 years", YearsText(rule), text);
  }
  if (!rule.bodies().empty()) {
    AppendItem("机关 bodies",
               absl::StrCat(Plain(rule.bodies()), " ", Plain(rule.bodies_en())),
               text);
  }
  AppendItem("另需 needs", ScopeText(rule.scope()), text);
  AppendItem("依据 basis", Plain(rule.legal_basis()), text);
  if (HasReadableFormula(rule)) {
    absl::StrAppend(text, "\n```\n", rule.formula(), "\n```\n");
  }
  if (!rule.notes().empty()) {
    absl::StrAppend(text, "\n", Plain(rule.notes()), "\n");
  }
  if (!rule.notes_en().empty()) {
    absl::StrAppend(text, "\n*", Plain(rule.notes_en()), "*\n");
  }
}

}  // namespace

std::string FormatRulesMarkdown(const v1::ListRulesResponse& rules) {
  std::map<std::string, std::vector<const v1::Rule*>> subjects;
  for (const v1::Rule& rule : rules.rules()) {
    subjects[std::string(SubjectOf(rule.id()))].push_back(&rule);
  }
  std::string text = kIntroduction;
  absl::StrAppend(&text, "\n| | 规则 rules |\n| --- | ---: |\n");
  for (const auto& [subject, members] : subjects) {
    absl::StrAppend(&text, "| [", subject, "](#", subject, ") | ",
                    members.size(), " |\n");
  }
  for (const auto& [subject, members] : subjects) {
    absl::StrAppend(&text, "\n## ", subject, "\n");
    for (const v1::Rule* rule : members) AppendRule(*rule, &text);
  }
  return text;
}

}  // namespace gongkai::cli
