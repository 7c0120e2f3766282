// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "worker/validate/checker.h"
#include "worker/validate/comparison_rules.h"

namespace gongkai::validate {
namespace {

using catalog::RelationInstance;

// part / whole in percent, to one decimal place.
std::string Percent(int64_t part, int64_t whole) {
  const __int128 tenths =
      (static_cast<__int128>(part) * 1000 + whole / 2) / whole;
  const int64_t rounded = static_cast<int64_t>(tenths);
  return absl::StrCat(rounded / 10, ".", rounded % 10);
}

// A rule of the kind Share. The relation "part <= whole" is only a way to have
// both sums evaluated at once.
class ShareChecker : public Checker {
 public:
  ShareChecker(const forms::v1::Rule& rule, const Engine& engine)
      : rule_(rule),
        catalog_(engine.catalog),
        unread_(engine.unread),
        sums_(engine.catalog,
              absl::StrCat(rule.share().part(), " <= ", rule.share().whole()),
              forms::v1::Comparison()) {}

  v1::RuleResult Check(const Subject& subject, Findings* findings) override {
    if (subject.current.form == nullptr) {
      AddNotFound(rule_, catalog_.proto().phrases(), findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    const catalog::Relation* sums = sums_.For(subject.current.form, nullptr);
    if (sums == nullptr) return v1::RULE_RESULT_SKIPPED;
    const RelationInstance& instance = sums->instances.front();
    const ScopeCells cells = CellsOf(subject);
    const RelationResult result = Evaluate(sums->sign, instance, cells);
    if (result.result == v1::RULE_RESULT_NOT_ASSESSABLE) {
      unread_.Clear();
      unread_.Add(instance, subject, cells);
      unread_.AddFinding(rule_, findings);
      return v1::RULE_RESULT_NOT_ASSESSABLE;
    }
    const forms::v1::Share& share = rule_.share();
    if (result.right <= 0) return v1::RULE_RESULT_SKIPPED;
    const __int128 limit =
        static_cast<__int128>(result.right) * share.max_percent();
    const __int128 over = static_cast<__int128>(share.over()) * instance.scale;
    if (static_cast<__int128>(result.left) * 100 <= limit ||
        result.left <= over) {
      return v1::RULE_RESULT_PASS;
    }
    Finding* finding = AddFinding(rule_, v1::RULE_RESULT_FAIL, findings);
    AddOperands(instance, subject, finding);
    finding->set_left(ScaledText(result.left, instance.scale));
    finding->set_right(ScaledText(result.right, instance.scale));
    SetMessage(rule_.message(), rule_.message_en(),
               {{"part", finding->left()},
                {"whole", finding->right()},
                {"percent", Percent(result.left, result.right)},
                {"limit", absl::StrCat(share.max_percent())}},
               finding);
    return v1::RULE_RESULT_FAIL;
  }

 private:
  const forms::v1::Rule& rule_;
  const catalog::Catalog& catalog_;
  UnreadCells& unread_;
  const RelationSet sums_;
};

}  // namespace

std::unique_ptr<Checker> MakeShareChecker(const forms::v1::Rule& rule,
                                          const Engine& engine) {
  return std::make_unique<ShareChecker>(rule, engine);
}

}  // namespace gongkai::validate
