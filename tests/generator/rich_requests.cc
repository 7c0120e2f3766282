// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Requests and disputes in words.

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/generator/rich_prose.h"

namespace gongkai::generator {
namespace {

// A figure and what it counts.
using Item = std::pair<absl::string_view, int64_t>;

// "甲3件、乙2件"; without those of which there are none, unless all are to be
// told.
std::string List(const std::vector<Item>& items, bool all,
                 absl::string_view between, absl::string_view counter) {
  std::string text;
  for (const auto& [name, count] : items) {
    if (count == 0 && !all) continue;
    absl::StrAppend(&text, text.empty() ? "" : between, name, count, counter);
  }
  return text;
}

}  // namespace

std::string RichProse::Requests() {
  // One after the other: what the second may tell hangs on the first.
  std::string text = Received();
  text += CarriedOver();
  const int64_t all =
      facts_.Requests("received") + facts_.Requests("carried_in");
  if (all == 0) return text;
  if (received_before_ > 0 && facts_.Requests("received") > 0 &&
      Maybe(20, Fault::kTextGrowth)) {
    text += Growth();
  }
  if (facts_.Requests("received") > 0 &&
      (Maybe(60, Fault::kTextNatural) || Wants(Fault::kTextOrganisations))) {
    text += Applicants();
  }
  if (facts_.Requests("processed") > 0) {
    if (Maybe(60, Fault::kTextOutcome)) text += Outcomes();
    if (Maybe(30, Fault::kTextShare)) text += OutcomeShare();
  }
  return text;
}

std::string RichProse::Received() {
  const int64_t received = facts_.Requests("received");
  const int64_t carried_in = facts_.Requests("carried_in");
  const int64_t processed = facts_.Requests("processed");
  const int64_t carried_out = facts_.Requests("carried_out");
  if (received > 0 && Commit(Fault::kTextNoneReceived)) {
    return End("本年度，{s}未收到政府信息公开申请。");
  }
  if (received == 0 && carried_in == 0) {
    constexpr absl::string_view kNone[] = {
        "{y}年，{s}未收到政府信息公开申请。",
        "本年度没有收到公民、法人或者其他组织提出的政府信息公开申请，"
        "也没有上年结转的事项。",
        "全年新收政府信息公开申请0件，办结0件，结转下年度0件。"};
    return Any(kNone);
  }
  const int64_t told = Told(Fault::kTextReceived, received);
  const int64_t told_in =
      carried_in > 0 ? Told(Fault::kTextCarriedIn, carried_in) : 0;
  const int64_t done = Told(Fault::kTextProcessed, processed);
  // Who tells of some that are left says that all others were processed.
  const bool tells_out = carried_out > 0 && !Wants(Fault::kTextAllDone);
  const int64_t told_out =
      tells_out ? Told(Fault::kTextCarriedOut, carried_out) : 0;
  if (received == 0) {
    return End(absl::StrCat(
        "本年度没有收到新的政府信息公开申请，上年结转", told_in, "件，年内办结",
        done, "件",
        tells_out ? absl::StrCat("，结转下年度", told_out, "件。") : "。"));
  }
  // A changed figure must not be right by way of another sum.
  const bool plain = fault_.has_value();
  switch (plain ? random_.Below(2) : random_.Below(5)) {
    case 0:
      return End(absl::StrCat(
          "{y}年，{s}新收政府信息公开申请", told, "件",
          carried_in > 0 ? absl::StrCat("，上年结转", told_in, "件") : "",
          "；办结", done, "件",
          tells_out ? absl::StrCat("，结转下年度继续办理", told_out, "件") : "",
          "。"));
    case 1:
      return End(absl::StrCat(
          "全年新收到公民、法人和其他组织提出的政府信息公开申请", told, "件",
          carried_in > 0 ? absl::StrCat("，另有上年度结转的申请", told_in, "件")
                         : "",
          "，共办结", done, "件",
          tells_out ? absl::StrCat("，尚在办理、结转下一年度的", told_out, "件")
                    : "",
          "。"));
    case 2:
      if (carried_in > 0) {
        return End(absl::StrCat("本年度受理政府信息公开申请",
                                received + carried_in, "件（其中新收", received,
                                "件、上年结转", carried_in, "件），答复办结",
                                processed, "件。"));
      }
      return End(absl::StrCat("本年度收到政府信息公开申请", received,
                              "宗，答复", processed, "宗。"));
    case 3:
      if (received <= 10) {
        return End(absl::StrCat("全年收到政府信息公开申请",
                                ChineseNumber(received), "件。"));
      }
      return End(absl::StrCat("{s}全年收到政府信息公开申请", received,
                              "件，平均每月", received / 12,
                              "件左右，来信和网络渠道各占一部分。"));
    default:
      return End(absl::StrCat("在依申请公开办理中，{s}{y}年新收申请", received,
                              "件，办结", processed, "件。"));
  }
}

std::string RichProse::CarriedOver() {
  const int64_t all =
      facts_.Requests("received") + facts_.Requests("carried_in");
  const int64_t carried_out = facts_.Requests("carried_out");
  if (all == 0) return "";
  if (carried_out > 0) {
    if (Commit(Fault::kTextAllDone)) {
      return End("上述申请已全部办结，按时答复率100%。");
    }
    if (Commit(Fault::kCarriedToWrongYear)) {
      return End(absl::StrCat("尚未办结的", carried_out, "件结转", year_ + 2,
                              "年继续办理。"));
    }
    if (random_.Percent(40)) {
      return End(absl::StrCat("除", carried_out, "件结转", year_ + 1,
                              "年继续办理外，其余均已按期办结。"));
    }
    return "";
  }
  constexpr absl::string_view kAllDone[] = {
      "所有申请均在法定期限内办结。", "以上申请全部按期答复，答复率100%。", ""};
  return Any(kAllDone);
}

std::string RichProse::Growth() {
  const int64_t received = facts_.Requests("received");
  int64_t change = received - received_before_;
  if (change == 0) return End("新收申请数量与上年持平。");
  if (Commit(Fault::kTextGrowth)) change += change > 0 ? received : -received;
  return End(absl::StrCat(
      "新收政府信息公开申请", received, "件，同比",
      change > 0 ? "增长" : "下降",
      Percent(change > 0 ? change : -change, received_before_, 2), "%。"));
}

std::string RichProse::Applicants() {
  const int64_t natural = facts_("requests.received.natural");
  const int64_t received = facts_.Requests("received");
  const int64_t organisations = received - natural;
  const int64_t told = Told(Fault::kTextNatural, natural);
  if (organisations == 0 && !Wants(Fault::kTextOrganisations)) {
    if (committed_ || random_.Percent(50)) {
      return End(absl::StrCat("新收的申请中，自然人申请", told, "件。"));
    }
    return End("新收的申请均由自然人提出。");
  }
  const int64_t told_organisations =
      Told(Fault::kTextOrganisations, organisations);
  if (random_.Percent(50)) {
    return End(absl::StrCat("从申请人看，新收申请中自然人", told,
                            "件，法人或其他组织", told_organisations, "件。"));
  }
  return End(absl::StrCat("在新收的申请里，自然人申请", told,
                          "件、法人或其他组织申请", told_organisations,
                          "件。"));
}

std::string RichProse::Outcomes() {
  std::vector<Item> groups = {{"予以公开", facts_.Requests("granted")},
                              {"部分公开", facts_.Requests("partial")},
                              {"不予公开", facts_.Requests("denied.")},
                              {"无法提供", facts_.Requests("unable.")},
                              {"不予处理", facts_.Requests("refused.")},
                              {"其他处理", facts_.Requests("other.")}};
  if (Wants(Fault::kTextOutcome)) {
    // Of those that will be told.
    std::vector<Item*> told;
    for (Item& group : groups) {
      if (group.second > 0) told.push_back(&group);
    }
    Item* changed = random_.Pick(told);
    changed->second = Told(Fault::kTextOutcome, changed->second);
  }
  constexpr absl::string_view kLeads[] = {"从办理结果看，", "办理结果中，",
                                          "已办结的申请按结果分，"};
  return End(absl::StrCat(random_.Pick(kLeads),
                          List(groups, random_.Percent(40),
                               random_.Percent(50) ? "、" : "，", "件"),
                          "。"));
}

std::string RichProse::OutcomeShare() {
  const int64_t granted = facts_.Requests("granted");
  const int64_t processed = facts_.Requests("processed");
  const int decimals = static_cast<int>(random_.Between(1, 2));
  std::string share = Percent(granted, processed, decimals);
  if (Commit(Fault::kTextShare)) {
    // More than any rounding explains, and below a hundred.
    const int64_t less = granted >= processed - granted ? -1 : 1;
    share = Percent(granted * 100 + less * processed * 9, processed * 100,
                    decimals);
  }
  return End(absl::StrCat("全年办结", processed, "件，其中予以公开", granted,
                          "件，占办结总数的", share, "%。"));
}

std::string RichProse::Reviews() {
  const int64_t upheld = facts_("disputes.review.upheld");
  const int64_t corrected = facts_("disputes.review.corrected");
  const int64_t other = facts_("disputes.review.other");
  const int64_t pending = facts_("disputes.review.pending");
  const int64_t total = upheld + corrected + other + pending;
  if (total == 0) {
    constexpr absl::string_view kNone[] = {
        "全年未发生因政府信息公开引发的行政复议。",
        "年内没有因政府信息公开被申请行政复议的情况。"};
    return Any(kNone);
  }
  if (corrected + pending > 0 && upheld > 0 && Commit(Fault::kTextAllUpheld)) {
    return End(absl::StrCat("因政府信息公开被申请行政复议", total,
                            "件，结果均获维持。"));
  }
  const int64_t told = Told(Fault::kTextReviews, total);
  if (upheld == total && !committed_ && random_.Percent(50)) {
    return End(absl::StrCat("因政府信息公开被申请行政复议", total,
                            "件，均为结果维持。"));
  }
  if (committed_ || random_.Percent(40)) {
    return End(absl::StrCat("因政府信息公开引起的行政复议案件", told, "件。"));
  }
  return End(absl::StrCat("全年因政府信息公开被申请行政复议", told, "件，其中",
                          List({{"结果维持", upheld},
                                {"结果纠正", corrected},
                                {"其他结果", other},
                                {"尚未审结", pending}},
                               random_.Percent(30), "、", "件"),
                          "。"));
}

std::string RichProse::Lawsuits() {
  const int64_t direct = facts_("disputes.direct.total");
  const int64_t after = facts_("disputes.after_review.total");
  if (direct + after == 0) {
    constexpr absl::string_view kNone[] = {
        "全年未发生因政府信息公开引发的行政诉讼。",
        "没有因政府信息公开被提起行政诉讼。"};
    return Any(kNone);
  }
  const int64_t told = Told(Fault::kTextLawsuits, direct + after);
  if (committed_ || random_.Percent(50)) {
    return End(absl::StrCat("因政府信息公开被提起行政诉讼", told, "件。"));
  }
  return End(absl::StrCat("因政府信息公开被提起行政诉讼", told,
                          "件，其中未经复议直接起诉", direct, "件、复议后起诉",
                          after, "件。"));
}

std::string RichProse::OtherPopulation() {
  if (kind_ != BodyKind::kCity && kind_ != BodyKind::kCounty) return "";
  if (!random_.Percent(40)) return "";
  const std::string many = absl::StrCat(random_.Between(20, 180));
  const std::string some = absl::StrCat(random_.Between(5, 60));
  constexpr absl::string_view kSentences[] = {
      "司法行政部门全年备案各单位报送的行政复议案件{1}件，"
      "逐件点评说理是否充分。",
      "政府办公室指导各乡镇和部门办理政府信息公开申请{1}件次，"
      "会商疑难申请{2}件。",
      "去年同期各单位共报送典型案例{2}件，今年选编成册供大家参考。"};
  std::string sentence(random_.Pick(kSentences));
  for (const auto& [name, value] :
       {std::pair<std::string, std::string>{"{1}", many}, {"{2}", some}}) {
    const size_t at = sentence.find(name);
    if (at != std::string::npos) sentence.replace(at, name.size(), value);
  }
  return End(sentence);
}

}  // namespace gongkai::generator
