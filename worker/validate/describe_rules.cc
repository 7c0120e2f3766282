// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>

#include "google/protobuf/text_format.h"
#include "worker/validate/validate.h"

namespace gongkai::validate {
namespace {

// The equation, or the kind's own fields in text format, on one line.
std::string FormulaOf(const forms::v1::Rule& rule) {
  if (rule.has_identity()) return rule.identity().equation();
  const google::protobuf::OneofDescriptor* kinds =
      forms::v1::Rule::descriptor()->FindOneofByName("kind");
  const google::protobuf::FieldDescriptor* kind =
      rule.GetReflection()->GetOneofFieldDescriptor(rule, kinds);
  if (kind == nullptr) return "";
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string fields;
  printer.PrintToString(rule.GetReflection()->GetMessage(rule, kind), &fields);
  return kind->name() + " { " + fields + "}";
}

}  // namespace

v1::ListRulesResponse DescribeRules(const catalog::Catalog& catalog) {
  v1::ListRulesResponse response;
  response.set_rule_set_version(catalog.version());
  for (const forms::v1::Rule& rule : catalog.proto().rules()) {
    v1::Rule* described = response.add_rules();
    described->set_id(rule.id());
    described->set_severity(rule.severity());
    *described->mutable_templates() = rule.templates();
    described->set_legal_basis(rule.legal_basis());
    described->set_title(rule.title());
    described->set_title_en(rule.title_en());
    described->set_formula(FormulaOf(rule));
  }
  std::sort(
      response.mutable_rules()->pointer_begin(),
      response.mutable_rules()->pointer_end(),
      [](const v1::Rule* a, const v1::Rule* b) { return a->id() < b->id(); });
  return response;
}

}  // namespace gongkai::validate
