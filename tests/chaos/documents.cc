// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/chaos/documents.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/generator/expect.h"
#include "tests/generator/layout.h"

namespace gongkai::chaos {
namespace {

constexpr uint64_t kEvery = 20;
constexpr uint64_t kRepeatedEvery = 4;

const std::vector<generator::Layout>& Layouts() {
  static const auto* const layouts = [] {
    auto* readable = new std::vector<generator::Layout>();
    for (const generator::Layout layout : generator::AllLayouts()) {
      // A cut row makes B2 partial; and in B and M one table in some ten
      // thousand cannot be read whole.
      if (generator::IsReadable(layout) && layout != generator::Layout::kB &&
          layout != generator::Layout::kB2 && layout != generator::Layout::kM) {
        readable->push_back(layout);
      }
    }
    return readable;
  }();
  return *layouts;
}

// The ways of a kind, in turn.
absl::string_view WordOf(uint64_t number) {
  const uint64_t turn = number / kEvery / 10;
  switch (KindOf(number)) {
    case Kind::kInnocent:
      return "";
    case Kind::kCrash: {
      constexpr absl::string_view kWords[] = {"segv", "abort", "exit"};
      return kWords[turn % 3];
    }
    case Kind::kMemory:
      return "memory";
    case Kind::kHang: {
      constexpr absl::string_view kWords[] = {"spin", "sleep"};
      return kWords[turn % 2];
    }
  }
  return "";
}

v1::Outcome OutcomeOf(Kind kind) {
  switch (kind) {
    case Kind::kInnocent:
      return v1::OUTCOME_OK;
    case Kind::kCrash:
      return v1::OUTCOME_WORKER_CRASHED;
    case Kind::kMemory:
      return v1::OUTCOME_WORKER_OUT_OF_MEMORY;
    case Kind::kHang:
      return v1::OUTCOME_WORKER_TIMED_OUT;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

}  // namespace

Kind KindOf(uint64_t number) {
  if (number % kEvery != kEvery - 1) return Kind::kInnocent;
  // Spread, so that a short run meets each of them.
  constexpr Kind kKinds[] = {
      Kind::kCrash, Kind::kMemory, Kind::kHang,  Kind::kCrash,  Kind::kMemory,
      Kind::kCrash, Kind::kCrash,  Kind::kCrash, Kind::kMemory, Kind::kCrash};
  return kKinds[number / kEvery % 10];
}

bool IsRepeated(uint64_t number) {
  return KindOf(number) != Kind::kInnocent &&
         number / kEvery % kRepeatedEvery == 0;
}

std::string Content(uint64_t number) {
  if (KindOf(number) == Kind::kInnocent) return Truth(number).bytes;
  const std::string mark = absl::StrCat(
      absl::string_view(kMark.data(), kMark.size()), WordOf(number), " ");
  if (IsRepeated(number)) return absl::StrCat(mark, "again");
  return absl::StrCat(mark, number);
}

generator::GeneratedReport Truth(uint64_t number) {
  generator::Options options =
      generator::DrawOptions(number, Layouts()[number % Layouts().size()]);
  // A fault in the only row of a table that is not blank may leave nothing to
  // prove its columns by.
  options.fault = false;
  return generator::Generate(options);
}

std::string Check(uint64_t number, const v1::ProcessResponse& response) {
  const Kind kind = KindOf(number);
  const v1::Outcome outcome = response.outcome();
  const bool expected =
      outcome == OutcomeOf(kind) ||
      (IsRepeated(number) && outcome == v1::OUTCOME_QUARANTINED);
  if (!expected) {
    return absl::StrCat(v1::Outcome_Name(outcome), " instead of ",
                        v1::Outcome_Name(OutcomeOf(kind)), ": ",
                        response.message_en());
  }
  if (kind != Kind::kInnocent) return "";
  const generator::Comparison c =
      generator::Compare(response.report(), Truth(number));
  const bool right =
      c.wrong == 0 && c.unread == 0 && c.template_right && c.year_right;
  return right ? "" : c.Summary();
}

}  // namespace gongkai::chaos
