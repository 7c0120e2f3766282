// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/rich_prose.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace gongkai::generator {
namespace {

constexpr absl::string_view kDigits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};

// Events by the first report year that can name them.
struct Occasion {
  int year;
  absl::string_view name;
};
constexpr Occasion kOccasions[] = {
    {2019, "党的十九届四中全会"}, {2020, "党的十九届五中全会"},
    {2021, "党的十九届六中全会"}, {2022, "党的二十大"},
    {2023, "党的二十届二中全会"}, {2024, "党的二十届三中全会"},
    {2025, "党的二十届四中全会"}};
constexpr int kLastOccasion = 2025;

}  // namespace

std::string ChineseNumber(int64_t number) {
  if (number == 2) return "两";
  if (number < 10) return std::string(kDigits[number]);
  const int64_t tens = number / 10;
  return absl::StrCat(tens > 1 ? kDigits[tens] : "", "十",
                      number % 10 > 0 ? kDigits[number % 10] : "");
}

std::string Percent(int64_t part, int64_t whole, int decimals) {
  const int64_t scale = decimals == 1 ? 10 : 100;
  const int64_t scaled = (part * 100 * scale * 2 + whole) / (2 * whole);
  std::string fraction = absl::StrCat(scaled % scale);
  fraction.insert(0, decimals - fraction.size(), '0');
  return absl::StrCat(scaled / scale, ".", fraction);
}

RichProse::RichProse(const Body& body, int year, Form form,
                     const Numbers& numbers, int64_t received_before,
                     std::optional<Fault> fault, Random* random)
    : body_(body),
      kind_(KindOf(body)),
      year_(year),
      form_(form),
      facts_(form, numbers),
      received_before_(received_before),
      fault_(fault),
      random_(*random) {}

bool RichProse::Commit(Fault fault) {
  if (!Wants(fault)) return false;
  committed_ = true;
  return true;
}

bool RichProse::Maybe(int percent, Fault fault) {
  return random_.Percent(percent) || Wants(fault);
}

int64_t RichProse::Told(Fault fault, int64_t number) {
  if (!Commit(fault)) return number;
  // No other figure of the report that the sentence might mean.
  const auto& f = facts_;
  const int64_t natural = f("requests.received.natural");
  const int64_t natural_in = f("requests.carried_in.natural");
  const int64_t natural_processed = f("requests.processed.natural");
  const int64_t received = f.Requests("received");
  const int64_t carried_in = f.Requests("carried_in");
  const int64_t processed = f.Requests("processed");
  const int64_t known[] = {received,
                           carried_in,
                           processed,
                           f.Requests("carried_out"),
                           received + carried_in,
                           natural,
                           natural + natural_in,
                           natural_processed,
                           received - natural,
                           received + carried_in - natural - natural_in,
                           processed - natural_processed,
                           number};
  int64_t told = number + random_.Between(2, 9);
  while (std::find(std::begin(known), std::end(known), told) !=
         std::end(known)) {
    ++told;
  }
  return told;
}

std::string RichProse::End(absl::string_view sentence) {
  std::string text = absl::StrReplaceAll(
      sentence,
      {{"{b}", body_.name}, {"{s}", body_.self}, {"{y}", absl::StrCat(year_)}});
  if (committed_) faulty_ = text;
  committed_ = false;
  return text;
}

std::string RichProse::Citation() {
  const bool old = year_ <= 2020;
  const bool wrong = Commit(Fault::kWrongDecree);
  return absl::StrCat(
      "本报告根据《中华人民共和国政府信息公开条例》（国务院令第",
      wrong ? "492" : "711",
      "号）和《中华人民共和国政府信息公开工作年度报告"
      "格式》（国办公开办函〔",
      old ? "2019〕60" : "2021〕30", "号）的要求编制");
}

std::vector<std::string> RichProse::Preface() {
  std::string text = Citation();
  if (Maybe(50, Fault::kPartsMiscounted)) {
    // The sentence goes on, so that the fault of the citation stays in it.
    const bool wrong = Commit(Fault::kPartsMiscounted);
    absl::StrAppend(&text,
                    "，由总体情况、主动公开政府信息情况、收到和处理政府信息公开"
                    "申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要"
                    "问题及改进情况",
                    wrong ? "" : "、其他需要报告的事项",
                    random_.Percent(50) ? "等六个部分组成" : "六部分组成");
  }
  text = End(text + "。");
  const bool cut = Commit(Fault::kPeriodCutShort);
  const bool other = !cut && Commit(Fault::kYearsDisagree);
  const int year = other ? year_ - 1 : year_;
  const std::string last = cut ? "12月21日" : "12月31日";
  text += End(absl::StrCat(
      random_.Percent(50) ? "本报告所列数据的统计期限为" : "数据统计期限：",
      year, "年1月1日至", year, "年", last, "。"));
  if (Commit(Fault::kPrefaceOfOldReports)) {
    text += End(
        "报告分为概述、主动公开情况、依申请公开政府信息情况、收费及减免情况、"
        "复议和诉讼情况。");
  }
  if (random_.Percent(30)) {
    text += End("如对本报告有疑问，请与{b}办公室联系。");
  }
  return {text};
}

std::vector<std::string> RichProse::Overview() {
  std::vector<std::string> text = {Opening()};
  if (!Wants(Fault::kEventOfTheFuture) && random_.Percent(30)) {
    for (const Occasion& occasion : kOccasions) {
      if (occasion.year == std::min(year_, kLastOccasion)) {
        text.back() += End(absl::StrCat("组织干部学习", occasion.name,
                                        "精神，结合实际抓落实。"));
      }
    }
  }
  const bool restart = fault_ == Fault::kNumberingRestarted;
  const bool headed = restart || random_.Percent(60);
  // The form before 2021 did not ask for aspects, nor 2019 for fees.
  const bool dropped = fault_ == Fault::kAspectMissing && form_ == Form::k2021;
  int ordinal = 0;
  const auto add = [&](absl::string_view aspect, const std::string& told) {
    ++ordinal;
    if (!headed) {
      text.push_back(absl::StrCat("在", aspect, "方面，", told));
      return;
    }
    const absl::string_view number = kDigits[ordinal];
    text.push_back(restart ? absl::StrCat(number, "、", aspect, "情况")
                           : absl::StrCat("（", number, "）", aspect, "情况"));
    if (restart && ordinal == 1) faulty_ = text.back();
    text.push_back(told);
  };
  add("主动公开", Disclosure());
  add("依申请公开", Requests() + Reviews() + Lawsuits() + OtherPopulation());
  add("政府信息管理", Management());
  add("平台建设", Platform());
  if (dropped) {
    faulty_ = text.front();
  } else {
    add("监督保障", Supervision());
  }
  return text;
}

std::vector<std::string> RichProse::Problems() {
  if (fault_ == Fault::kProblemsEmpty) {
    faulty_ = "无。";
    return {faulty_};
  }
  constexpr absl::string_view kProblems[] = {
      "存在的主要问题：一是有的单位对哪些内容应当公开把握不准，发布偏慢；"
      "二是解读材料文字多、图示少，群众读起来费力。",
      "主要问题：一是基层站所人手紧，台账登记不够及时；二是答复文书说理不足，"
      "个别申请人反复来问；三是历史文件的电子化落后于计划。",
      "问题主要有两个：一是公开目录更新不及时；二是新上岗人员对政策不熟。"};
  std::vector<std::string> text = {Any(kProblems)};
  if (Commit(Fault::kPlanForThePast)) {
    text.push_back(End(absl::StrCat(
        year_ - 1, "年，{s}将进一步充实公开事项手册，每季度核对一次数据。")));
    return text;
  }
  const std::string next = absl::StrCat(year_ + 1);
  const std::string kPlans[] = {
      next +
          "年，{s}将编印公开事项手册，每季度核对一次数据，安排骨干上门讲解。",
      "针对上述不足，下一步拟增加图表和短视频，把专业说法换成家常话。",
      "改进措施：计划在" + next +
          "年举办答复文书评比，选出范例供各单位参照，并为站所配齐信息员。"};
  text.push_back(Any(kPlans));
  return text;
}

std::vector<std::string> RichProse::OtherMatters() {
  if (fault_ == Fault::kFeesNotStated && year_ >= 2020) {
    faulty_ = "无其他需要报告的事项。";
    return {faulty_};
  }
  std::string text = Fees();
  if (random_.Percent(50)) text += End("除此之外，没有其他需要报告的事项。");
  return {text};
}

std::string RichProse::Fees() {
  const int64_t unpaid = facts_.Requests("other.no_payment");
  if (unpaid > 0) {
    if (Commit(Fault::kNoNoticesYetUnpaid)) {
      return End("{y}年，{s}未发出政府信息公开信息处理费收费通知。");
    }
    return End(absl::StrCat(
        "{y}年，{s}发出信息处理费收费通知", unpaid + random_.Between(0, 3),
        "份，部分申请人逾期没有缴纳，实际收取信息处理费0元。"));
  }
  const int64_t handled = facts_.Requests("processed");
  // The rates are in force from 2021 on.
  const bool tens = year_ >= 2021 && Wants(Fault::kFeeNotOfTens);
  const bool parts = Wants(Fault::kFeePartsOff);
  if (handled < 3 || (!tens && !parts && random_.Percent(50))) {
    constexpr absl::string_view kNone[] = {
        "{y}年，{s}没有收取政府信息公开信息处理费。",
        "本年度{s}未发出政府信息公开信息处理费收费通知，未收取信息处理费。",
        "按照规定，信息处理费收取情况：{y}年收取信息处理费0元。"};
    return Any(kNone);
  }
  int64_t first = random_.Between(10, 90) * 10;
  const int64_t second = random_.Between(4, 60) * 10;
  if (parts || (!tens && random_.Percent(50))) {
    const int64_t whole = first + second;
    if (Commit(Fault::kFeePartsOff)) first += 20;
    return End(absl::StrCat("{y}年，{s}对3件申请收取信息处理费，共计", whole,
                            "元。其中，城建科1件，收取", first,
                            "元；档案室2件，收取", second, "元。"));
  }
  if (tens && Commit(Fault::kFeeNotOfTens)) first += 3;
  return End(absl::StrCat("{y}年，{s}对", random_.Between(1, 3),
                          "件申请收取信息处理费", first, "元。"));
}

std::vector<std::string> RichProse::Section(int section) {
  switch (section) {
    case 1:
      return Overview();
    case 5:
      return Problems();
    case 6:
      return OtherMatters();
    default:
      return {};
  }
}

std::vector<std::string> RichProse::Signature() {
  if (fault_ == Fault::kSignatureMissing) {
    faulty_ = body_.name;
    return {};
  }
  const bool government =
      kind_ == BodyKind::kCity || kind_ == BodyKind::kCounty;
  std::string date =
      absl::StrCat(year_ + 1, "年", government ? random_.Between(1, 3) : 1,
                   "月", random_.Between(4, 28), "日");
  if (Commit(Fault::kPublishedEarly)) {
    date = absl::StrCat(year_, "年12月", random_.Between(4, 28), "日");
  } else if (Commit(Fault::kPublishedLate)) {
    date = absl::StrCat(year_ + 1, "年5月", random_.Between(4, 28), "日");
  }
  date = End(date);
  return {body_.name, date};
}

}  // namespace gongkai::generator
