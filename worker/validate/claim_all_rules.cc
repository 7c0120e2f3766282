// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// "All" and "none" in prose, against cells that must be 0 then.

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "worker/validate/claim_rules.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::CellSum;

// Where the sentence begins in which this byte stands.
int SentenceBegin(absl::string_view text, int at) {
  const absl::string_view before =
      text.substr(0, std::min<size_t>(std::max(at, 0), text.size()));
  size_t begin = 0;
  for (absl::string_view end : {"\n", "。", "；", "！", "？"}) {
    const size_t found = before.rfind(end);
    if (found != absl::string_view::npos) {
      begin = std::max(begin, found + end.size());
    }
  }
  return static_cast<int>(begin);
}

// "All" where the tables have some left.
class AllChecker : public ClaimChecker {
 public:
  AllChecker(const forms::v1::Rule& rule, const Engine& engine)
      : ClaimChecker(rule, engine),
        zero_(engine.claims.Compile(rule.claim_check().zero())) {
    if (!rule.claim_check().unless_stated().empty()) {
      unless_ = engine.claims.Add(rule.claim_check().unless_stated(), {});
    }
    for (const forms::v1::ZeroOf& zero : rule.claim_check().zero_of()) {
      zero_of_.push_back({engine.claims.Add(zero.subjects(), {}),
                          engine.claims.Compile(zero.zero())});
    }
  }

 private:
  struct ZeroOfList {
    int list;
    SumByForm zero;
  };

  void Run(const Subject& subject) override {
    if (IsExcused(subject)) return;
    for (int index : Claims(subject)) {
      if (SaysAll(subject.claims.claim(index))) CheckAll(index, subject);
    }
  }

  void CheckAll(int index, const Subject& subject) {
    ClaimFault fault;
    bool unread = false;
    bool any = false;
    const std::vector<const SumByForm*> zeros = ZerosOf(index, subject);
    for (const SumByForm* zero : zeros) {
      const CellSum& sum = subject.claims.Current(*zero);
      any = any || !sum.empty();
      unread = AddCellsLeft(sum, &subject.claims.current(), &fault) || unread;
    }
    if (!any) return;
    if (!fault.cells.empty()) {
      const FormNames& names = *subject.current.names;
      fault.claims.push_back(index);
      fault.found = TellSum(fault.cells, names, &subject.claims.current());
      fault.formula = absl::StrCat("0 = ", SumFormula(fault.cells, names));
      Fails(subject, std::move(fault));
    } else if (unread) {
      for (const SumByForm* zero : zeros) {
        Unread(subject, subject.claims.Current(*zero));
      }
      CountUnread();
    } else {
      Holds();
    }
  }

  // Adds the cells that are not 0 to the fault; true if some were not read.
  static bool AddCellsLeft(const CellSum& sum, ProvedCells* values,
                           ClaimFault* fault) {
    bool unread = false;
    for (CellIndex cell : values->CellsOf(sum)) {
      int64_t value = 0;
      if (!values->Get(cell, &value)) {
        unread = true;
      } else if (value > 0) {
        fault->cells.push_back(cell);
        fault->expected += value * kFixedOne;
      }
    }
    return unread;
  }

  // What must be 0: of the subjects counted before the claim in its sentence,
  // or of all.
  std::vector<const SumByForm*> ZerosOf(int index,
                                        const Subject& subject) const {
    std::vector<const SumByForm*> zeros;
    const int begin = SentenceOf(index, subject);
    for (const ZeroOfList& zero : zero_of_) {
      const absl::Span<const int> list = subject.claims.list(zero.list);
      if (std::any_of(list.begin(), list.end(), [&](int other) {
            return other < index && SentenceOf(other, subject) == begin &&
                   SameSection(other, index, subject);
          })) {
        zeros.push_back(&zero.zero);
      }
    }
    if (zeros.empty()) zeros.push_back(&zero_);
    return zeros;
  }

  static bool SameSection(int a, int b, const Subject& subject) {
    return subject.claims.claim(a).proto->quotation().section() ==
           subject.claims.claim(b).proto->quotation().section();
  }

  // Where the sentence of the claim begins in the text of its section.
  static int SentenceOf(int index, const Subject& subject) {
    const v1::Quotation& quotation =
        subject.claims.claim(index).proto->quotation();
    for (const v1::Section& section : subject.report().sections()) {
      if (section.kind() != quotation.section()) continue;
      return SentenceBegin(section.text(), quotation.begin());
    }
    return SentenceBegin(subject.report().preface().text(), quotation.begin());
  }

  // True for "all" and for "none".
  static bool SaysAll(const ReadClaim& claim) {
    if (!claim.comparable()) return false;
    switch (claim.proto->kind()) {
      case v1::CLAIM_KIND_ALL:
      case v1::CLAIM_KIND_SHARE:
        return claim.value == 100 * kFixedOne;
      case v1::CLAIM_KIND_NONE:
      case v1::CLAIM_KIND_COUNT:
        return claim.value == 0;
      default:
        return false;
    }
  }

  bool IsExcused(const Subject& subject) const {
    if (unless_ < 0) return false;
    const absl::Span<const int> stated = subject.claims.list(unless_);
    return std::any_of(stated.begin(), stated.end(), [&](int index) {
      const ReadClaim& claim = subject.claims.claim(index);
      return claim.proto->kind() == v1::CLAIM_KIND_COUNT && claim.value != 0;
    });
  }

  const SumByForm zero_;
  std::vector<ZeroOfList> zero_of_;
  int unless_ = -1;
};

}  // namespace

std::unique_ptr<Checker> MakeClaimAllChecker(const forms::v1::Rule& rule,
                                             const Engine& engine) {
  return std::make_unique<AllChecker>(rule, engine);
}

}  // namespace gongkai::validate
