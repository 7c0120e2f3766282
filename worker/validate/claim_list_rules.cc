// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Lists in prose: parts against their whole, and groups that make up a whole
// together.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "worker/validate/claim_rules.h"

namespace gongkai::validate {
namespace {

using catalog::CellIndex;
using catalog::CellSum;

// "a + b + c = sum".
void TellParts(const std::vector<Fixed>& parts, Fixed sum, Told* told) {
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) told->Append(" + ");
    told->Append(FixedText(parts[i]));
  }
  if (parts.size() > 1) told->Append(absl::StrCat(" = ", FixedText(sum)));
}

// The parts of a list against their whole.
class PartsChecker : public ClaimChecker {
 public:
  using ClaimChecker::ClaimChecker;

 private:
  void Run(const Subject& subject) override {
    for (int index : Claims(subject)) {
      if (subject.claims.claim(index).first_part >= 0) {
        CheckList(index, subject);
      }
    }
  }

  void CheckList(int index, const Subject& subject) {
    const ClaimTable& claims = subject.claims;
    const ReadClaim& whole = claims.claim(index);
    if (!IsExact(whole) || IsOpen(whole, claims)) return;
    ClaimFault fault;
    Fixed sum = 0;
    int known = 0;
    std::vector<Fixed> parts;
    for (int i = whole.first_part; i >= 0; i = claims.claim(i).next_part) {
      const ReadClaim& part = claims.claim(i);
      // Shares of the whole, amounts beside counts.
      if (part.proto->kind() != whole.proto->kind()) continue;
      if (!IsExact(part)) return;
      // What is counted otherwise belongs to another list.
      if (!SameUnit(part, whole)) break;
      // A list may divide the whole more than once, in different manners.
      if (!parts.empty() && sum == whole.value && part.value != 0) {
        Holds();
        return;
      }
      const std::string& counted = part.proto->subject();
      if (!counted.empty() && counted != whole.proto->subject()) ++known;
      sum += part.value;
      parts.push_back(part.value);
      fault.claims.push_back(i);
    }
    if (parts.empty()) return;
    if (sum == whole.value) {
      Holds();
      return;
    }
    // Parts of different kinds need not divide the whole between them.
    const bool mixed = known > 0 && known < static_cast<int>(parts.size());
    if (mixed || !SaysSomething(whole.value, sum, parts.size())) return;
    fault.claims.insert(fault.claims.begin(), index);
    fault.stated = whole.value;
    fault.expected = sum;
    fault.unit = UnitOf(*whole.proto);
    TellParts(parts, sum, &fault.found);
    Fails(subject, std::move(fault));
  }

  // One part alone says nothing unless it is more than its whole.
  bool SaysSomething(Fixed whole, Fixed sum, size_t parts) const {
    if (sum > whole) return true;
    return parts > 1 && (whole - sum) / kFixedOne * 100 <=
                            check().shortfall_percent() * (whole / kFixedOne);
  }

  static bool IsExact(const ReadClaim& claim) {
    return claim.places >= 0 && !claim.proto->approximate();
  }

  static bool IsOpen(const ReadClaim& whole, const ClaimTable& claims) {
    for (int i = whole.first_part; i >= 0; i = claims.claim(i).next_part) {
      if (claims.claim(i).proto->open_list()) return true;
    }
    return false;
  }

  static bool SameUnit(const ReadClaim& a, const ReadClaim& b) {
    return a.proto->unit().empty() || b.proto->unit().empty() ||
           a.proto->unit() == b.proto->unit();
  }
};

// Counts or shares of all the groups of a set, named in one paragraph.
class SetChecker : public ClaimChecker {
 public:
  SetChecker(const forms::v1::Rule& rule, const Engine& engine)
      : ClaimChecker(rule, engine),
        shares_(rule.claim_check().test() == forms::v1::CLAIM_TEST_SHARES_SUM),
        wholes_(CompileSums(engine.claims, rule.claim_check().wholes())) {}

 private:
  // A paragraph: the section, and the number of the paragraph in it.
  using Paragraph = std::tuple<const v1::Section*, int>;

  void Run(const Subject& subject) override {
    const absl::Span<const int> claims = Claims(subject);
    for (size_t begin = 0; begin < claims.size();) {
      const Paragraph paragraph = ParagraphOf(claims[begin], subject);
      size_t end = begin + 1;
      while (end < claims.size() &&
             ParagraphOf(claims[end], subject) == paragraph) {
        ++end;
      }
      for (const forms::v1::ClaimSet& set : check().complete()) {
        CheckSet(set, claims.subspan(begin, end - begin), subject);
      }
      begin = end;
    }
  }

  static Paragraph ParagraphOf(int index, const Subject& subject) {
    const v1::Quotation& quotation =
        subject.claims.claim(index).proto->quotation();
    const v1::Section* section = &subject.report().preface();
    for (const v1::Section& other : subject.report().sections()) {
      if (other.kind() == quotation.section() &&
          other.kind() != v1::SECTION_KIND_UNSPECIFIED) {
        section = &other;
        break;
      }
    }
    const auto after = std::upper_bound(
        section->paragraphs().begin(), section->paragraphs().end(),
        quotation.begin(),
        [](int at, const v1::Paragraph& p) { return at < p.begin(); });
    return {section, static_cast<int>(after - section->paragraphs().begin())};
  }

  // What the paragraph says of one group.
  struct Group {
    int claim = -1;
    bool covered = false;
    bool ambiguous = false;
  };

  Group GroupOf(absl::string_view key, absl::Span<const int> claims,
                const Subject& subject) const {
    const v1::ClaimKind kind =
        shares_ ? v1::CLAIM_KIND_SHARE : v1::CLAIM_KIND_COUNT;
    Group group;
    for (int index : claims) {
      const ReadClaim& claim = subject.claims.claim(index);
      if (claim.proto->subject() != key) continue;
      if (claim.proto->kind() == kind) {
        group.covered = true;
        group.ambiguous =
            group.ambiguous || !claim.comparable() ||
            (group.claim >= 0 &&
             subject.claims.claim(group.claim).value != claim.value);
        group.claim = index;
      } else if (claim.value == 0 && claim.places >= 0) {
        group.covered = true;  // "0 others" needs no share
      }
    }
    return group;
  }

  void CheckSet(const forms::v1::ClaimSet& set, absl::Span<const int> claims,
                const Subject& subject) {
    ClaimFault fault;
    bool complete = true;
    Fixed rounding = 0;
    std::vector<Fixed> parts;
    for (const std::string& key : set.subjects()) {
      const Group group = GroupOf(key, claims, subject);
      if (group.ambiguous) return;
      complete = complete && group.covered;
      if (group.claim < 0) continue;
      const ReadClaim& claim = subject.claims.claim(group.claim);
      Fixed step = kFixedOne;
      for (int i = 0; i < claim.places; ++i) step /= 10;
      rounding += step / 2;
      fault.stated += claim.value;
      fault.claims.push_back(group.claim);
      parts.push_back(claim.value);
    }
    if (parts.size() < 2) return;
    TellParts(parts, fault.stated, &fault.found);
    if (shares_) {
      CheckShares(complete, std::max(tolerance(), rounding), subject,
                  std::move(fault));
    } else if (complete) {
      CheckCounts(subject, std::move(fault));
    }
  }

  // More than all is wrong even where groups are not named.
  void CheckShares(bool complete, Fixed tolerance, const Subject& subject,
                   ClaimFault fault) {
    constexpr Fixed kAll = 100 * kFixedOne;
    const bool over = fault.stated > kAll + tolerance;
    const bool under = fault.stated < kAll - tolerance;
    if (!over && !complete) return;
    if (!over && !under) {
      Holds();
      return;
    }
    fault.expected = kAll;
    fault.unit = "%";
    Fails(subject, std::move(fault));
  }

  void CheckCounts(const Subject& subject, ClaimFault fault) {
    ProvedCells& values = subject.claims.current();
    bool unread = false;
    bool any = false;
    for (const SumByForm& whole : wholes_) {
      const CellSum& sum = subject.claims.Current(whole);
      if (sum.empty()) continue;
      const SumValue found = values.Sum(sum);
      if (!found.read) {
        Unread(subject, sum);
        unread = true;
        continue;
      }
      const Fixed value = found.value * kFixedOne;
      if (value == fault.stated) {
        Holds();
        return;
      }
      if (any) continue;
      any = true;
      fault.expected = value;
      fault.cells = values.CellsOf(sum);
      fault.proved = found.proved;
    }
    if (unread) {
      CountUnread();
    } else if (any) {
      fault.formula =
          absl::StrCat(FixedText(fault.stated), " = ",
                       SumFormula(fault.cells, *subject.current.names));
      Fails(subject, std::move(fault));
    }
  }

  const bool shares_;
  const std::vector<SumByForm> wholes_;
};

}  // namespace

std::unique_ptr<Checker> MakeClaimPartsChecker(const forms::v1::Rule& rule,
                                               const Engine& engine) {
  return std::make_unique<PartsChecker>(rule, engine);
}

std::unique_ptr<Checker> MakeClaimSetChecker(const forms::v1::Rule& rule,
                                             const Engine& engine) {
  return std::make_unique<SetChecker>(rule, engine);
}

}  // namespace gongkai::validate
