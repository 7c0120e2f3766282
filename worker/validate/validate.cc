// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/validate.h"

namespace gongkai::validate {
class Validator::Impl {};
Validator::Validator(const catalog::Catalog&) {}
Validator::~Validator() = default;
void Validator::Validate(const v1::Report&, const v1::CheckOptions&,
                         google::protobuf::RepeatedPtrField<v1::Finding>*) {}
v1::ListRulesResponse DescribeRules(const catalog::Catalog&) { return {}; }
}  // namespace gongkai::validate
