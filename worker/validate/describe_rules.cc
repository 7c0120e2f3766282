// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "worker/validate/validate.h"

namespace gongkai::validate {
namespace {

using forms::v1::Rule;
using google::protobuf::RepeatedPtrField;

const google::protobuf::FieldDescriptor* KindOf(const Rule& rule) {
  return rule.GetReflection()->GetOneofFieldDescriptor(
      rule, Rule::descriptor()->FindOneofByName("kind"));
}

// The relation, or the kind's own fields in text format, on one line.
std::string FormulaOf(const Rule& rule) {
  if (rule.has_identity()) return rule.identity().equation();
  if (rule.has_comparison()) return rule.comparison().require();
  if (rule.has_share()) {
    return absl::StrCat(rule.share().part(), " <= ", rule.share().max_percent(),
                        "% * (", rule.share().whole(), ")");
  }
  const google::protobuf::FieldDescriptor* kind = KindOf(rule);
  if (kind == nullptr) return "";
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string fields;
  printer.PrintToString(rule.GetReflection()->GetMessage(rule, kind), &fields);
  return kind->name() + " { " + fields + "}";
}

bool Mentions(const Rule& rule, const char* prefix) {
  return absl::StrContains(rule.comparison().require(), prefix) ||
         std::any_of(rule.when().begin(), rule.when().end(),
                     [prefix](const forms::v1::Condition& condition) {
                       return absl::StrContains(condition.cells(), prefix);
                     });
}

v1::RuleScope ScopeOf(const Rule& rule) {
  using forms::v1::SIMILARITY_OF_TEXT_WITH_OTHERS;
  if (rule.has_same_body() || rule.has_hierarchy_sum() ||
      Mentions(rule, "children.") ||
      rule.similarity().of() == SIMILARITY_OF_TEXT_WITH_OTHERS) {
    return v1::RULE_SCOPE_COLLECTION;
  }
  if (rule.has_similarity() || Mentions(rule, "previous.") ||
      rule.claim_check().test() == forms::v1::CLAIM_TEST_GROWTH) {
    return v1::RULE_SCOPE_PREVIOUS;
  }
  return v1::RULE_SCOPE_REPORT;
}

// The names of the classes with these keys, joined.
std::string ClassNames(const forms::v1::Catalog& catalog,
                       const RepeatedPtrField<std::string>& keys,
                       bool english) {
  std::string names;
  for (const std::string& key : keys) {
    for (const forms::v1::BodyClass& known : catalog.body_classes()) {
      if (known.key() != key) continue;
      absl::StrAppend(&names,
                      names.empty() ? ""
                      : english     ? ", "
                                    : "、",
                      english ? known.name_en() : known.name());
    }
  }
  return names;
}

void DescribeBodies(const forms::v1::Catalog& catalog, const Rule& rule,
                    v1::Rule* described) {
  std::string text = ClassNames(catalog, rule.bodies(), false);
  std::string text_en = ClassNames(catalog, rule.bodies(), true);
  if (!rule.bodies_except().empty()) {
    absl::StrAppend(&text, text.empty() ? "" : "，", "不含",
                    ClassNames(catalog, rule.bodies_except(), false));
    absl::StrAppend(&text_en, text_en.empty() ? "all but " : ", but not ",
                    ClassNames(catalog, rule.bodies_except(), true));
  }
  described->set_bodies(text);
  described->set_bodies_en(text_en);
}

}  // namespace

v1::ListRulesResponse DescribeRules(const catalog::Catalog& catalog) {
  v1::ListRulesResponse response;
  response.set_rule_set_version(catalog.version());
  for (const Rule& rule : catalog.proto().rules()) {
    v1::Rule* described = response.add_rules();
    described->set_id(rule.id());
    described->set_severity(rule.severity());
    *described->mutable_templates() = rule.templates();
    described->set_legal_basis(rule.legal_basis());
    described->set_title(rule.title());
    described->set_title_en(rule.title_en());
    described->set_formula(FormulaOf(rule));
    if (KindOf(rule) != nullptr) described->set_kind(KindOf(rule)->name());
    described->set_scope(ScopeOf(rule));
    described->set_off(rule.off());
    described->set_notes(rule.notes());
    described->set_notes_en(rule.notes_en());
    described->set_message(rule.message());
    described->set_message_en(rule.message_en());
    DescribeBodies(catalog.proto(), rule, described);
    described->set_first_year(rule.first_year());
    described->set_last_year(rule.last_year());
  }
  std::sort(
      response.mutable_rules()->pointer_begin(),
      response.mutable_rules()->pointer_end(),
      [](const v1::Rule* a, const v1::Rule* b) { return a->id() < b->id(); });
  return response;
}

}  // namespace gongkai::validate
