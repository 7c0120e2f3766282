// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Percentages in prose: shares of a whole, and growth against last year.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "worker/validate/claim_rules.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::CellSum;

// Keeps the quotient that comes nearest to the stated percentage.
class Nearest {
 public:
  Nearest(const ReadClaim& claim, Fixed tolerance)
      : claim_(claim), tolerance_(tolerance) {}

  // Takes a quotient; true if it is nearer than those before it.
  bool Take(int64_t part, int64_t whole) {
    right_ = right_ ||
             IsPercentage(claim_.value, claim_.places, part, whole, tolerance_);
    const Fixed percentage = Percentage(part, whole, claim_.places);
    const Fixed off = percentage < claim_.value ? claim_.value - percentage
                                                : percentage - claim_.value;
    if (any_ && off >= off_) return false;
    any_ = true;
    off_ = off;
    value_ = percentage;
    return true;
  }

  bool any() const { return any_; }
  // True if one of the quotients is the stated one.
  bool right() const { return right_; }
  Fixed value() const { return value_; }

 private:
  const ReadClaim& claim_;
  const Fixed tolerance_;
  bool any_ = false;
  bool right_ = false;
  Fixed off_ = 0;
  Fixed value_ = 0;
};

// Shares against the figures that they are made of: the cells of part and
// whole, or the counts stated beside them where no cell counts them.
class ShareChecker : public ClaimChecker {
 public:
  ShareChecker(const forms::v1::Rule& rule, const Engine& engine)
      : ClaimChecker(rule, engine),
        wholes_(CompileSums(engine.claims, rule.claim_check().wholes())) {}

 private:
  void Run(const Subject& subject) override {
    for (int index : Claims(subject)) {
      const ReadClaim& claim = subject.claims.claim(index);
      const int whole = subject.claims.WholeOf(index);
      if (!claim.comparable() || whole < 0 ||
          claim.proto->kind() != v1::CLAIM_KIND_SHARE ||
          subject.claims.claim(whole).proto->kind() != v1::CLAIM_KIND_COUNT) {
        continue;
      }
      if (!CheckCells(index, subject)) CheckCounts(index, subject);
    }
  }

  // Holds the share against cells; false if the form has none for it.
  bool CheckCells(int index, const Subject& subject) {
    ClaimTable& claims = subject.claims;
    const ReadClaim& claim = claims.claim(index);
    const ReadClaim& whole = claims.claim(claims.WholeOf(index));
    Nearest nearest(claim, tolerance());
    ClaimFault fault;
    bool any = false;
    bool unread = false;
    for (const SumByForm* part : claims.readings(claim)) {
      const CellSum& up = claims.Current(*part);
      for (const SumByForm* other : claims.readings(whole)) {
        const CellSum& down = claims.Current(*other);
        if (up.empty() || down.empty()) continue;
        any = true;
        const SumValue n = claims.current().Sum(up);
        const SumValue d = claims.current().Sum(down);
        if (!n.read || !d.read) {
          unread = true;
          Unread(subject, n.read ? down : up);
        } else if (d.value > 0 && nearest.Take(n.value, d.value)) {
          Tell(up, down, nearest.value(), subject, &fault);
          fault.proved = n.proved || d.proved;
        }
      }
    }
    if (!any) return false;
    if (nearest.right() || IsShareOfAnother(claim, &claims)) {
      Holds();
    } else if (unread) {
      CountUnread();
    } else if (nearest.any()) {
      fault.claims.push_back(index);
      fault.stated = claim.value;
      fault.expected = nearest.value();
      fault.unit = "%";
      Fails(subject, std::move(fault));
    }
    return true;
  }

  // True if it is the share of one of ClaimCheck.wholes.
  bool IsShareOfAnother(const ReadClaim& claim, ClaimTable* claims) const {
    for (const SumByForm* part : claims->readings(claim)) {
      for (const SumByForm& other : wholes_) {
        const SumValue n = claims->current().Sum(claims->Current(*part));
        const SumValue d = claims->current().Sum(claims->Current(other));
        if (n.read && d.read && d.value > 0 &&
            IsPercentage(claim.value, claim.places, n.value, d.value,
                         tolerance())) {
          return true;
        }
      }
    }
    return false;
  }

  static void Tell(const CellSum& up, const CellSum& down, Fixed percentage,
                   const Subject& subject, ClaimFault* fault) {
    ProvedCells& values = subject.claims.current();
    const FormNames& names = *subject.current.names;
    const std::vector<CellIndex> parts = values.CellsOf(up);
    const std::vector<CellIndex> wholes = values.CellsOf(down);
    fault->found = TellSum(parts, names, &values);
    const Told whole = TellSum(wholes, names, &values);
    fault->found.Append("，除以 ", ", divided by ");
    fault->found.Append(whole.zh, whole.en);
    fault->found.Append(absl::StrCat(" = ", FixedText(percentage), "%"));
    fault->formula = absl::StrCat("(", SumFormula(parts, names), ") / (",
                                  SumFormula(wholes, names), ")");
    fault->cells = parts;
    fault->cells.insert(fault->cells.end(), wholes.begin(), wholes.end());
  }

  // Holds the share against the counts in the text: that of the same subject
  // right before it, and the whole.
  void CheckCounts(int index, const Subject& subject) {
    const ClaimTable& claims = subject.claims;
    const ReadClaim& claim = claims.claim(index);
    const int whole_index = claims.WholeOf(index);
    const ReadClaim& whole = claims.claim(whole_index);
    if (index == 0 || !IsCount(whole) || whole.value <= 0) return;
    const ReadClaim& part = claims.claim(index - 1);
    if (!IsCount(part) || claims.WholeOf(index - 1) != whole_index ||
        part.proto->subject() != claim.proto->subject()) {
      return;
    }
    Nearest nearest(claim, tolerance());
    nearest.Take(part.value, whole.value);
    if (nearest.right()) {
      Holds();
      return;
    }
    ClaimFault fault;
    fault.claims = {index, index - 1, whole_index};
    fault.stated = claim.value;
    fault.expected = nearest.value();
    fault.unit = "%";
    fault.found.Append(absl::StrCat(FixedText(part.value), " / ",
                                    FixedText(whole.value), " = ",
                                    FixedText(fault.expected), "%"));
    Fails(subject, std::move(fault));
  }

  static bool IsCount(const ReadClaim& claim) {
    return claim.comparable() && claim.proto->kind() == v1::CLAIM_KIND_COUNT;
  }

  const std::vector<SumByForm> wholes_;
};

// Growth against last year's cells, reading by reading.
class GrowthChecker : public ClaimChecker {
 public:
  using ClaimChecker::ClaimChecker;

 private:
  void Run(const Subject& subject) override {
    for (int index : Claims(subject)) {
      const ReadClaim& claim = subject.claims.claim(index);
      if (!claim.comparable() || claim.proto->kind() != v1::CLAIM_KIND_GROWTH ||
          subject.claims.readings(claim).empty()) {
        continue;
      }
      if (subject.previous_unread) {
        CountUnread();
      } else if (FollowsOn(subject)) {
        CheckGrowth(index, subject);
      }
    }
  }

  // True if last year's report is given and is last year's.
  static bool FollowsOn(const Subject& subject) {
    if (subject.previous == nullptr) return false;
    const int before = subject.previous->report->year();
    return before == 0 || subject.report().year() == 0 ||
           before == subject.report().year() - 1;
  }

  void CheckGrowth(int index, const Subject& subject) {
    ClaimTable& claims = subject.claims;
    const ReadClaim& claim = claims.claim(index);
    Nearest nearest(claim, tolerance());
    ClaimFault fault;
    bool unread = false;
    for (const SumByForm* reading : claims.readings(claim)) {
      const CellSum& now = claims.Current(*reading);
      const CellSum& before = claims.Previous(*reading);
      if (now.empty() || before.empty()) continue;
      const SumValue current = claims.current().Sum(now);
      const SumValue previous = claims.previous().Sum(before);
      if (!current.read || !previous.read) {
        if (!current.read) Unread(subject, now);
        unread = true;
      } else if (previous.value > 0 &&
                 nearest.Take(current.value - previous.value, previous.value)) {
        fault.proved = current.proved || previous.proved;
        fault.cells = claims.current().CellsOf(now);
        fault.previous_cells = claims.previous().CellsOf(before);
        fault.found = Told();
        fault.found.Append(
            absl::StrCat("（", current.value, " - ", previous.value, "）/ "),
            absl::StrCat("(", current.value, " - ", previous.value, ") / "));
        fault.found.Append(absl::StrCat(previous.value, " = ",
                                        FixedText(nearest.value()), "%"));
        const std::string up = SumFormula(fault.cells, *subject.current.names);
        const std::string down =
            SumFormula(fault.previous_cells, *subject.previous->names);
        fault.formula = absl::StrCat("(", up, ") / (previous: ", down, ") - 1");
      }
    }
    if (nearest.right()) {
      Holds();
    } else if (unread) {
      CountUnread();
    } else if (nearest.any()) {
      fault.claims.push_back(index);
      fault.stated = claim.value;
      fault.expected = nearest.value();
      fault.unit = "%";
      Fails(subject, std::move(fault));
    }
  }
};

}  // namespace

std::unique_ptr<Checker> MakeClaimShareChecker(const forms::v1::Rule& rule,
                                               const Engine& engine) {
  return std::make_unique<ShareChecker>(rule, engine);
}

std::unique_ptr<Checker> MakeClaimGrowthChecker(const forms::v1::Rule& rule,
                                                const Engine& engine) {
  return std::make_unique<GrowthChecker>(rule, engine);
}

}  // namespace gongkai::validate
