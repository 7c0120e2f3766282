// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_field.h"
#include "worker/validate/checker.h"

namespace gongkai::validate {
namespace {

static_assert(v1::DiagnosticKind_ARRAYSIZE <= 64);

uint64_t Bit(int kind) {
  return v1::DiagnosticKind_IsValid(kind) ? uint64_t{1} << kind : 0;
}

uint64_t Mask(const google::protobuf::RepeatedField<int>& kinds) {
  uint64_t mask = 0;
  for (int kind : kinds) mask |= Bit(kind);
  return mask;
}

// What the reading of the document noticed.
class ReadingChecker : public Checker {
 public:
  explicit ReadingChecker(const forms::v1::Rule& rule)
      : rule_(rule),
        kinds_(Mask(rule.reading_check().kinds())),
        unless_(Mask(rule.reading_check().unless())) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    int count = 0;
    uint64_t present = 0;
    for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
      present |= Bit(diagnostic.kind());
      count += (Bit(diagnostic.kind()) & kinds_) != 0;
    }
    if (count == 0) {
      return report.template_() == v1::TEMPLATE_UNSPECIFIED
                 ? v1::RULE_RESULT_SKIPPED
                 : v1::RULE_RESULT_PASS;
    }
    const v1::RuleResult result = (present & unless_) != 0
                                      ? v1::RULE_RESULT_NOT_ASSESSABLE
                                      : v1::RULE_RESULT_FAIL;
    Finding* finding = nullptr;
    for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
      if ((Bit(diagnostic.kind()) & kinds_) == 0) continue;
      if (finding == nullptr || rule_.reading_check().each()) {
        finding = AddFinding(rule_, result, findings);
        SetMessage(rule_.message(), rule_.message_en(),
                   {{"note", diagnostic.message()},
                    {"note_en", diagnostic.message_en()},
                    {"count", absl::StrCat(count)}},
                   finding);
      }
      if (diagnostic.has_place() &&
          finding->places().size() < static_cast<int>(kMaxFindingCells)) {
        *finding->add_places() = diagnostic.place();
      }
    }
    return result;
  }

 private:
  const forms::v1::Rule& rule_;
  const uint64_t kinds_;
  const uint64_t unless_;
};

}  // namespace

std::unique_ptr<Checker> MakeReadingChecker(const forms::v1::Rule& rule,
                                            const Engine& /*engine*/) {
  return std::make_unique<ReadingChecker>(rule);
}

}  // namespace gongkai::validate
