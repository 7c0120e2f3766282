// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/message_form.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "worker/validate/finding.h"

namespace gongkai::validate {
namespace {

constexpr absl::string_view kNames[] = {"title", "count", "cells"};
constexpr absl::string_view kValues[] = {"平衡", "3", ""};

// What a message that was taken apart says must be what it says anyway.
TEST(MessageForm, SaysWhatTheMessageSays) {
  const forms::v1::Rule rule;
  for (const absl::string_view message :
       {"", "{", "{}", "{title}", "{cells}{cells}",
        "“{title}”有 {count} 处：{cells}。", "{count}{title}{count}",
        "{other} {count} {", "}{title"}) {
    const MessageForm form(message, kNames);
    std::vector<MessageArgument> arguments;
    for (size_t i = 0; i < std::size(kNames); ++i) {
      arguments.emplace_back(kNames[i], kValues[i]);
    }
    Findings findings;
    v1::Finding apart, whole;
    Finding* const finding = findings.Add(rule, v1::RULE_RESULT_FAIL);
    finding->SetMessage(form, form, kValues);
    finding->Write(&apart);
    finding->SetMessage(message, message, arguments);
    finding->Write(&whole);
    EXPECT_EQ(apart.DebugString(), whole.DebugString());
  }
}

}  // namespace
}  // namespace gongkai::validate
