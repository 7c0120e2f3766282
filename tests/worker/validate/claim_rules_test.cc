// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Rules about claims, on claims given by hand: what they compare, what they
// leave alone, and what they say. Documents are in tests/rules/cases.

#include "worker/validate/claim_rules.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/validate/claim_report.h"

namespace gongkai::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kPass = v1::RULE_RESULT_PASS;
constexpr auto kFail = v1::RULE_RESULT_FAIL;
constexpr auto kOpen = v1::RULE_RESULT_NOT_ASSESSABLE;
constexpr auto kSkipped = v1::RULE_RESULT_SKIPPED;

constexpr char kReceived[] = "requests.received.total";
constexpr char kTaken[] = "requests.received.total + requests.carried_in.total";
constexpr char kUnable[] = "requests.unable.**.total";

// 40 received and 2 carried in, 41 processed and 1 carried out.
ClaimReport SmallReport() {
  ClaimReport report(v1::TEMPLATE_2021);
  report.Set("requests.received.natural", 30);
  report.Set("requests.received.business", 10);
  report.Set("requests.carried_in.natural", 2);
  report.Set("requests.granted.natural", 20);
  report.Set("requests.granted.business", 9);
  report.Set("requests.unable.not_held.natural", 8);
  report.Set("requests.unable.not_held.business", 1);
  report.Set("requests.unable.need_creation.natural", 3);
  report.builder().AddUp();
  return report;
}

TEST(ClaimCountTest, IsOneOfItsReadings) {
  for (const auto& [value, expected] :
       std::vector<std::pair<std::string, v1::RuleResult>>{
           {"40", kPass}, {"42", kPass}, {"41", kFail}, {"40.0", kPass}}) {
    ClaimReport report = SmallReport();
    report.Count("requests.taken", value, {kReceived, kTaken});
    EXPECT_EQ(report.Ask("text.requests"), expected) << value;
  }
}

TEST(ClaimCountTest, SaysWhatTheCellsSay) {
  ClaimReport report = SmallReport();
  report.Count("requests.taken", "45", {kReceived, kTaken});
  ASSERT_EQ(report.Ask("text.requests"), kFail);
  const v1::Finding& finding = report.findings().front();
  EXPECT_EQ(finding.left(), "45");
  EXPECT_EQ(finding.right(), "42");
  EXPECT_EQ(finding.difference(), "3");
  EXPECT_EQ(finding.formula(),
            "45 = requests.received.total + requests.carried_in.total");
  EXPECT_THAT(Paths(finding), ElementsAre("requests.received.total",
                                          "requests.carried_in.total"));
  EXPECT_THAT(finding.quotations(), SizeIs(1));
  EXPECT_THAT(finding.message(), HasSubstr("45"));
  EXPECT_THAT(finding.message_en(), HasSubstr("= 42"));
}

TEST(ClaimCountTest, OfAnotherPopulationIsLeftAlone) {
  ClaimReport report = SmallReport();
  report.Count("requests.taken", "45", {kReceived})
      .set_scope(v1::CLAIM_SCOPE_OTHER_POPULATION);
  report.Count("requests.taken", "46", {kReceived}).set_approximate(true);
  report.Count("requests.taken", "47");
  report.Count("requests.taken", "many", {kReceived});
  EXPECT_EQ(report.Ask("text.requests"), kSkipped);
}

TEST(ClaimCountTest, OfAPartIsNotThatOfTheWhole) {
  ClaimReport report = SmallReport();
  report.Count("requests.received", "40", {kReceived});
  report.Count("requests.received", "25", {kReceived}).set_whole(1);
  EXPECT_EQ(report.Ask("text.requests"), kPass);
}

TEST(ClaimCountTest, NeedsEveryReading) {
  ClaimReport report = SmallReport();
  report.builder().SetState("requests.carried_in.total", v1::CELL_STATE_INVALID,
                            "?");
  report.Count("requests.taken", "45", {kReceived, kTaken});
  EXPECT_EQ(report.Ask("text.requests"), kOpen);
  EXPECT_THAT(Paths(report.findings().front()),
              ElementsAre("requests.carried_in.total"));
}

TEST(ClaimCountTest, DerivedCellsAreNotRead) {
  ClaimReport report = SmallReport();
  report.builder().cell(kReceived).set_state(v1::CELL_STATE_DERIVED);
  report.Count("requests.received", "45", {kReceived});
  EXPECT_EQ(report.Ask("text.requests"), kOpen);
}

TEST(ClaimCountTest, ReadingsOfAnotherFormSayNothing) {
  ClaimReport report(v1::TEMPLATE_2019);
  report.Set("disclosure.rules.produced", 2);
  report.Count("disclosure.rules.made", "2",
               {"disclosure.rules.made", "disclosure.rules.produced"});
  EXPECT_EQ(report.Ask("text.documents"), kPass);
  ClaimReport other(v1::TEMPLATE_2019);
  other.Count("disclosure.rules.made", "2", {"disclosure.rules.made"});
  EXPECT_EQ(other.Ask("text.documents"), kSkipped);
}

TEST(ClaimCountTest, MadeTwiceIsOneFinding) {
  ClaimReport report = SmallReport();
  report.Count("requests.received", "45", {kReceived});
  report.Count("requests.received", "45", {kReceived});
  report.Count("requests.received", "46", {kReceived});
  ASSERT_EQ(report.Ask("text.requests"), kFail);
  ASSERT_THAT(report.findings(), SizeIs(2));
  EXPECT_THAT(report.findings()[0].quotations(), SizeIs(2));
}

TEST(ClaimCountTest, IsGraverWhereTheVerbLeavesNoDoubt) {
  auto severity = [](const std::string& value, const std::string& verb,
                     bool another) {
    ClaimReport report = SmallReport();
    report.Count("requests.received", value, {kReceived}).set_verb(verb);
    if (another) report.Count("requests.received", "3", {kReceived});
    EXPECT_EQ(report.Ask("text.requests"), kFail);
    return report.findings().front().severity();
  };
  EXPECT_EQ(severity("45", "新收", false), v1::SEVERITY_ERROR);
  EXPECT_EQ(severity("45", "受理", false), v1::SEVERITY_WARNING);
  EXPECT_EQ(severity("45", "新收", true), v1::SEVERITY_WARNING);
  // What was received and what was carried in, told as one.
  EXPECT_EQ(severity("42", "新收", false), v1::SEVERITY_WARNING);
}

TEST(ClaimCountTest, NamesTheOneCellThatHoldsIt) {
  ClaimReport report = SmallReport();
  report.Count("requests.unable", "9", {kUnable});
  ASSERT_EQ(report.Ask("text.outcomes"), kFail);
  const v1::Finding& finding = report.findings().front();
  EXPECT_THAT(finding.message_en(),
              HasSubstr("the single cell requests.unable.not_held.total"));
  EXPECT_EQ(finding.right(), "12");
  EXPECT_FALSE(finding.assumed_zero());
}

TEST(ClaimCountTest, NamesNoCellWhereSeveralHoldIt) {
  ClaimReport report = SmallReport();
  report.Count("requests.unable", "3", {kUnable});
  ASSERT_EQ(report.Ask("text.outcomes"), kFail);
  EXPECT_THAT(report.findings().front().message_en(),
              Not(HasSubstr("single cell")));
}

TEST(ClaimCountTest, RowsPrintedInPlaceOfOthersCount) {
  ClaimReport report(v1::TEMPLATE_2021);
  for (const char* row : {"requests.other.no_correction",
                          "requests.other.no_payment", "requests.other.misc"}) {
    report.builder().RemoveRow(row);
  }
  report.builder().AddRow("requests.other.all");
  report.Set("requests.other.all.natural", 4);
  report.Set("requests.other.all.total", 4);
  report.Count("requests.other", "4", {"requests.other.**.total"});
  EXPECT_EQ(report.Ask("text.outcomes"), kPass);
  report.Count("requests.other", "5", {"requests.other.**.total"});
  ASSERT_EQ(report.Ask("text.outcomes"), kFail);
  EXPECT_THAT(Paths(report.findings().front()),
              ElementsAre("requests.other.all.total"));
  // One of the rows alone cannot be told from it.
  ClaimReport one = report;
  one.builder().mutable_report().clear_claims();
  one.Count("requests.other", "5", {"requests.other.misc.total"});
  EXPECT_EQ(one.Ask("text.outcomes"), kOpen);
}

TEST(ClaimCountTest, ZeroAgainstSomethingIsAContradiction) {
  ClaimReport none = SmallReport();
  none.Count("requests.received", "0", {kReceived});
  EXPECT_EQ(none.Ask("text.none-received"), kFail);
  EXPECT_EQ(none.Ask("text.requests"), kSkipped);
  ClaimReport some(v1::TEMPLATE_2021);
  some.Count("requests.received", "3", {kReceived, kTaken});
  EXPECT_EQ(some.Ask("text.none-received"), kFail);
  ClaimReport wrong = SmallReport();
  wrong.Count("requests.received", "3", {kReceived});
  EXPECT_EQ(wrong.Ask("text.none-received"), kPass);
}

TEST(ClaimAllTest, OneCellSettlesIt) {
  ClaimReport report = SmallReport();
  report.Set("disputes.review.pending", 2);
  report.Blank("disputes.after_review.pending");
  report.Blank("disputes.after_review.total");
  report.Add(v1::CLAIM_KIND_ALL, "disputes.all-upheld", "100");
  ASSERT_EQ(report.Ask("text.all-upheld"), kFail);
  EXPECT_THAT(Paths(report.findings().front()),
              ElementsAre("disputes.review.pending"));
  report.Set("disputes.review.pending", 0);
  EXPECT_EQ(report.Ask("text.all-upheld"), kOpen);
  report.builder().SetState("disputes.after_review.pending",
                            v1::CELL_STATE_VALUE, "");
  report.Set("disputes.after_review.pending", 0);
  EXPECT_EQ(report.Ask("text.all-upheld"), kPass);
}

TEST(ClaimAllTest, OthersThanThoseStatedAsLeft) {
  ClaimReport report = SmallReport();
  report.Add(v1::CLAIM_KIND_ALL, "requests.all-processed", "100");
  EXPECT_EQ(report.Ask("text.all-done"), kFail);
  report.Count("requests.carried-out", "1", {"requests.carried_out.total"});
  EXPECT_EQ(report.Ask("text.all-done"), kSkipped);
}

TEST(ClaimPartsTest, AddUpToTheirWhole) {
  auto ask = [](const std::vector<std::string>& values) {
    ClaimReport report(v1::TEMPLATE_2021);
    report.Count("", values[0]);
    for (size_t i = 1; i < values.size(); ++i) report.Part(1, values[i]);
    return report.Ask("text.parts");
  };
  EXPECT_EQ(ask({"100", "60", "40"}), kPass);
  EXPECT_EQ(ask({"100", "60", "41"}), kFail);
  EXPECT_EQ(ask({"100", "60", "35"}), kFail);
  EXPECT_EQ(ask({"100", "60", "25"}), kSkipped);
  EXPECT_EQ(ask({"100", "95"}), kSkipped);
  EXPECT_EQ(ask({"100", "195"}), kFail);
  // Divided twice.
  EXPECT_EQ(ask({"100", "60", "40", "10", "90"}), kPass);
  EXPECT_EQ(ask({"100", "100", "0"}), kPass);
}

TEST(ClaimPartsTest, LeavesWhatIsNoDivision) {
  ClaimReport open(v1::TEMPLATE_2021);
  open.Count("", "100");
  open.Part(1, "60");
  open.Part(1, "35").set_open_list(true);
  EXPECT_EQ(open.Ask("text.parts"), kSkipped);

  ClaimReport units(v1::TEMPLATE_2021);
  units.Count("", "100").set_unit("件");
  units.Part(1, "60").set_unit("件");
  units.Part(1, "60").set_unit("次");
  EXPECT_EQ(units.Ask("text.parts"), kSkipped);

  // Persons among the applicants, letters among the ways.
  ClaimReport mixed(v1::TEMPLATE_2021);
  mixed.Count("", "100");
  mixed.Part(1, "60").set_subject("requests.natural");
  mixed.Part(1, "60");
  EXPECT_EQ(mixed.Ask("text.parts"), kSkipped);
}

TEST(ClaimPartsTest, LinksThatLeadNowhereAreNone) {
  ClaimReport report(v1::TEMPLATE_2021);
  report.Part(1, "60");
  report.Part(-5, "60");
  report.Part(99, "60");
  EXPECT_EQ(report.Ask("text.parts"), kSkipped);
}

TEST(ClaimShareTest, IsThatOfTheCells) {
  auto ask = [](const std::string& share) {
    ClaimReport report = SmallReport();
    report.Count("requests.processed", "41", {"requests.processed.total"});
    v1::Claim& claim =
        report.Add(v1::CLAIM_KIND_SHARE, "requests.unable", share, {kUnable});
    claim.set_whole(1);
    return report.Ask("text.share");
  };
  EXPECT_EQ(ask("29.27"), kPass);  // 12 of 41
  EXPECT_EQ(ask("29.2"), kPass);   // cut off
  EXPECT_EQ(ask("29.3"), kPass);   // rounded
  EXPECT_EQ(ask("30"), kPass);     // of the 40 received
  EXPECT_EQ(ask("29"), kPass);
  EXPECT_EQ(ask("31"), kFail);
  EXPECT_EQ(ask("29.5"), kFail);
}

TEST(ClaimShareTest, IsThatOfTheTextWhereNoCellCounts) {
  auto ask = [](const std::string& share) {
    ClaimReport report(v1::TEMPLATE_2021);
    report.Count("", "300");
    report.Part(1, "30");
    report.Add(v1::CLAIM_KIND_SHARE, "", share).set_whole(1);
    return report.Ask("text.share");
  };
  EXPECT_EQ(ask("10"), kPass);
  EXPECT_EQ(ask("12"), kFail);
}

TEST(ClaimGrowthTest, FollowsFromLastYear) {
  const ClaimReport previous = SmallReport();
  auto ask = [&](const std::string& growth, int year) {
    ClaimReport report = SmallReport();
    report.Set("requests.received.natural", 39);
    report.builder().AddUp();
    report.Add(v1::CLAIM_KIND_GROWTH, "requests.received", growth, {kReceived});
    v1::Report before = const_cast<ClaimReport&>(previous).builder().report();
    before.set_year(report.builder().report().year() - year);
    Validator validator(TestCatalog());
    v1::CheckOptions options;
    options.set_include_passed(true);
    v1::ValidateReportResponse response;
    validator.Validate(report.builder().report(), options,
                       {.previous = &before}, response.mutable_findings());
    for (const v1::Finding& finding : response.findings()) {
      if (finding.rule_id() == "text.growth") return finding.result();
    }
    return v1::RULE_RESULT_UNSPECIFIED;
  };
  EXPECT_EQ(ask("22.5", 1), kPass);  // 49 after 40
  EXPECT_EQ(ask("22", 1), kPass);
  EXPECT_EQ(ask("22.6", 1), kFail);
  EXPECT_EQ(ask("-22.5", 1), kFail);
  EXPECT_EQ(ask("30", 2), kSkipped);
}

TEST(PercentageTest, IsRightRoundedOrCutOff) {
  constexpr Fixed kNone = 0;
  EXPECT_TRUE(IsPercentage(333333, 4, 1, 3, kNone));
  EXPECT_TRUE(IsPercentage(666600, 2, 2, 3, kNone));  // cut off
  EXPECT_TRUE(IsPercentage(666700, 2, 2, 3, kNone));  // rounded
  EXPECT_FALSE(IsPercentage(666800, 2, 2, 3, kNone));
  EXPECT_FALSE(IsPercentage(666500, 2, 2, 3, kNone));
  EXPECT_TRUE(IsPercentage(-666600, 2, -2, 3, kNone));
  EXPECT_FALSE(IsPercentage(666600, 2, -2, 3, kNone));
  EXPECT_TRUE(IsPercentage(666800, 2, 2, 3, 200));
  EXPECT_EQ(Percentage(2, 3, 0), 666700);
  EXPECT_EQ(Percentage(-2, 3, 1), -666700);
}

TEST(FixedTest, ReadsDecimals) {
  auto parse = [](const char* text) {
    Fixed value = -1;
    int places = -1;
    return ParseFixed(text, &value, &places)
               ? absl::StrCat(FixedText(value), " ", places)
               : std::string("no");
  };
  EXPECT_EQ(parse("0"), "0 0");
  EXPECT_EQ(parse("12.50"), "12.5 2");
  EXPECT_EQ(parse("-0.0125"), "-0.0125 4");
  EXPECT_EQ(parse("1234567890123"), "1234567890123 0");
  for (const char* bad : {"", "-", ".5", "5.", "1e3", "1,000", "0.00001",
                          "12345678901234", "1.2.3"}) {
    EXPECT_EQ(parse(bad), "no") << bad;
  }
}

}  // namespace
}  // namespace gongkai::validate
