// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "re2/re2.h"
#include "worker/validate/body_classes.h"
#include "worker/validate/body_names.h"
#include "worker/validate/checker.h"
#include "worker/validate/text_scanner.h"

namespace gongkai::validate {
namespace {

// A finding quotes at most so many passages.
constexpr int kMostQuotations = 8;

// Names of other bodies where the body's own belongs: in the signature, in
// sentences that introduce the report, and in words such as "我镇".
class ForeignBodyChecker : public Checker {
 public:
  ForeignBodyChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule),
        names_(rule.foreign_body(), engine.body_classes),
        search_(rule.foreign_body().has_text()
                    ? engine.scanner.Add(rule.foreign_body().text())
                    : -1) {
    for (const forms::v1::SelfName& name : rule.foreign_body().self_names()) {
      self_names_.push_back({engine.scanner.Add(name.text()),
                             engine.body_classes.Mask(name.bodies()),
                             &name.word()});
    }
    for (const std::string& pattern : rule.foreign_body().signature_except()) {
      signature_except_.push_back(std::make_unique<RE2>(pattern));
    }
  }

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    const v1::Report& report = subject.report();
    const std::string& body = report.body();
    if (body.empty()) return v1::RULE_RESULT_SKIPPED;
    bool failed = false;
    if (!report.signature().empty() && report.signature() != body &&
        names_.Differ(body, report.signature()) &&
        !IsExcepted(report.signature())) {
      Finding* finding =
          Fail(report, report.signature(), report.signature(), findings);
      if (report.has_signature_place()) {
        *finding->add_places() = report.signature_place();
      }
      failed = true;
    }
    if (search_ >= 0) {
      for (const TextMatch& match : subject.text.matches(search_)) {
        if (!names_.Differ(body, match.group)) continue;
        *Fail(report, match.match, match.group, findings)->add_quotations() =
            Quote(report, match, match.match);
        failed = true;
        break;
      }
    }
    failed |= CheckSelfNames(subject, findings);
    return failed ? v1::RULE_RESULT_FAIL : v1::RULE_RESULT_PASS;
  }

 private:
  struct PreparedName {
    int search;
    uint64_t bodies;
    const std::string* word;
  };

  bool CheckSelfNames(const Subject& subject, Findings* findings) {
    const v1::Report& report = subject.report();
    bool failed = false;
    for (const PreparedName& name : self_names_) {
      if ((subject.body_classes & name.bodies) == 0 ||
          absl::StrContains(report.body(), *name.word)) {
        continue;
      }
      Finding* finding = nullptr;
      for (const TextMatch& match : subject.text.matches(name.search)) {
        if (finding == nullptr) {
          finding = Fail(report, match.match, match.match, findings);
        }
        *finding->add_quotations() = Quote(report, match, match.match);
        if (finding->quotations().size() == kMostQuotations) break;
      }
      failed |= finding != nullptr;
    }
    return failed;
  }

  bool IsExcepted(absl::string_view signature) const {
    const re2::StringPiece piece(signature.data(), signature.size());
    return std::any_of(signature_except_.begin(), signature_except_.end(),
                       [&](const std::unique_ptr<RE2>& pattern) {
                         return RE2::PartialMatch(piece, *pattern);
                       });
  }

  Finding* Fail(const v1::Report& report, absl::string_view quote,
                absl::string_view found, Findings* findings) {
    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    SetMessage(rule_.message(), rule_.message_en(),
               {{"quote", std::string(quote)},
                {"body", report.body()},
                {"found", std::string(found)}},
               finding);
    return finding;
  }

  const forms::v1::Rule& rule_;
  const BodyNames names_;
  const int search_;
  std::vector<PreparedName> self_names_;
  std::vector<std::unique_ptr<RE2>> signature_except_;
};

}  // namespace

std::unique_ptr<Checker> MakeForeignBodyChecker(const forms::v1::Rule& rule,
                                                const Engine& engine) {
  return std::make_unique<ForeignBodyChecker>(rule, engine);
}

}  // namespace gongkai::validate
