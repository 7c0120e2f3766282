// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The overview in words, but for requests and disputes.

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/generator/rich_prose.h"

namespace gongkai::generator {

std::string RichProse::Opening() {
  if (Commit(Fault::kWorkOfAnotherYear)) {
    return End(absl::StrCat(year_ - 1, "年，{s}共主动公开政府信息",
                            random_.Between(120, 900),
                            "条，收到政府信息公开申请并逐件答复。"));
  }
  // Held in October 2025.
  if (year_ < 2025 && Commit(Fault::kEventOfTheFuture)) {
    return End(
        "{y}年，{s}认真学习贯彻党的二十届四中全会精神，把政务公开放到群众"
        "跟前。");
  }
  if (Commit(Fault::kForeignBody)) {
    return End(
        "{y}年，云栖县桐荫镇人民政府（以下简称我镇）按照上级部署，"
        "把公开的事一件件落到实处。");
  }
  constexpr absl::string_view kOpenings[] = {
      "{y}年，{s}把政务公开当作和群众打交道的日常功课，年初排任务，季度看"
      "进展，年末晒结果。",
      "{y}年，{b}由主要负责同志过问、办公室具体落实，政府信息公开工作平稳"
      "有序，没有出现泄密和失实的情况。",
      "过去一年，{s}围绕群众打听最多的事项整理公开内容，先回答“办不办得成”"
      "，再说明“怎么办”。",
      "{y}年是{s}政务公开规范化的一年，栏目、时限和责任人都写进了同一张表。"};
  return Any(kOpenings);
}

std::string RichProse::Disclosure() {
  std::string text = Items();
  if (Maybe(60, Fault::kTextDocuments) || Wants(Fault::kTextNumberLost)) {
    text += Documents();
  }
  if (Maybe(50, Fault::kTextDecisions)) text += Decisions();
  constexpr absl::string_view kFurther[] = {
      "对惠农补贴、困难救助和饮水改造逐项列出办理流程。",
      "重大工程的招标、施工和验收情况按节点发布。",
      "政策文件与解读材料同日上网，疑难问题附问答。"};
  return text + Any(kFurther);
}

std::string RichProse::Items() {
  const int64_t first = random_.Between(40, 900);
  const int64_t second = random_.Between(20, 400);
  const int64_t third = random_.Between(5, 200);
  const int64_t whole = Told(Fault::kTextParts, first + second + third);
  if (committed_ || random_.Percent(50)) {
    return End(absl::StrCat("全年通过门户网站主动公开政府信息", whole,
                            "条，其中工作动态", first, "条、政策文件", second,
                            "条、民生服务", third, "条。"));
  }
  switch (random_.Below(4)) {
    case 0:
      return End(absl::StrCat("全年在门户网站发布信息", whole,
                              "条，政务新媒体"
                              "推送图文",
                              second, "篇，公开栏张贴", third, "期。"));
    case 1:
      return End(absl::StrCat("主动公开各类政府信息", whole, "条，其中民生类",
                              first, "条，占", Percent(first, whole, 1),
                              "%。"));
    case 2:
      return End(absl::StrCat("主动公开政府信息", whole, "条，其中财政资金",
                              second, "条、就业创业", third,
                              "条等，条条注明来源。"));
    default:
      return End(absl::StrCat("对外公开信息近", (whole + 99) / 100 * 100,
                              "条，较上年增长", random_.Between(2, 30), ".",
                              random_.Between(1, 9), "%。"));
  }
}

std::string RichProse::Documents() {
  if (Commit(Fault::kTextNumberLost)) {
    return End("截至年底，共有现行有效的规范性文件。");
  }
  const bool old = form_ == Form::k2019;
  const std::string row = "disclosure.normative.";
  const std::string name = old ? "规范性文件" : "行政规范性文件";
  const int64_t made =
      Told(Fault::kTextDocuments, facts_(row + (old ? "produced" : "made")));
  if (old) {
    return End(absl::StrCat("新制作", name, made, "件，新公开",
                            facts_(row + "published"), "件。"));
  }
  const int64_t rules = facts_("disclosure.rules.made");
  if (rules > 0 && !committed_ && random_.Percent(50)) {
    return End(absl::StrCat("制发规章", rules, "件、", name, made, "件。"));
  }
  if (committed_ || random_.Percent(50)) {
    return End(absl::StrCat("全年制发", name, made, "件。"));
  }
  return End(absl::StrCat("全年制发", name, made, "件，废止",
                          facts_(row + "repealed"), "件，现行有效",
                          facts_(row + "valid"), "件。"));
}

std::string RichProse::Decisions() {
  const int64_t licence = facts_("disclosure.licence.decisions");
  const int64_t penalty = facts_("disclosure.penalty.decisions");
  const int64_t told = Told(Fault::kTextDecisions, penalty);
  if (committed_ || random_.Percent(60)) {
    return End(absl::StrCat("全年作出行政许可决定", licence, "件、行政处罚决定",
                            told, "件、行政强制决定",
                            facts_("disclosure.coercion.decisions"),
                            "件，结果均可在网上查到。"));
  }
  return End(absl::StrCat("公开行政处罚决定", penalty, "件。"));
}

std::string RichProse::Management() {
  if (Commit(Fault::kRepeatedWord)) {
    return End("规范公文公开属性认定，发布前逐级审核审核，台账按月归档。");
  }
  if (Commit(Fault::kDashForOne)) {
    return End("进—步规范公文公开属性认定，发布前逐级审查，台账按月归档。");
  }
  if (Commit(Fault::kOldArticle)) {
    return End(
        "按照《中华人民共和国政府信息公开条例》第三十一条的规定编制"
        "年度报告，目录和指南同步更新。");
  }
  if (Commit(Fault::kKnownError)) {
    return End("让权力在阳关下运行，公文起草时同步确定公开属性。");
  }
  constexpr absl::string_view kSentences[] = {
      "公文起草时同步确定公开属性，没有标注的退回补齐。",
      "组织人手对历年文件逐件清点，失效的注明，重复的合并。",
      "发布之前由承办人、科室负责人和保密员依次签字。",
      "目录、指南随机构调整及时更新，来件和去件都能对上账。",
      "做到人人有分工、层层有把关，常常提醒，一一核对。"};
  return AnyTwo(kSentences);
}

std::string RichProse::Platform() {
  if (Commit(Fault::kResidue)) {
    return End(
        "[bookmark: _GoBack]门户网站首页增设搜索框，附件统一为可编辑格式。");
  }
  constexpr absl::string_view kSentences[] = {
      "门户网站把搜索框挪到首页正中，老年人可以放大字号。",
      "对失效链接每周巡查一遍，当日发现当日处理。",
      "政务新媒体账号由一个部门统管，停更的予以注销。",
      "办事大厅添置自助查询机，由志愿者陪同操作。",
      "公开专区24小时开放，咨询电话每天8:30至17:30有人接听。"};
  return AnyTwo(kSentences);
}

std::string RichProse::Supervision() {
  constexpr absl::string_view kSentences[] = {
      "把政务公开列入年度考核，组织社会评议，全年没有需要责任追究的情形。",
      "年度考核中政务公开占有分值，社会评议由居民代表打分，未发生责任追究。",
      "一季一查、一年一考核，邀请代表委员开展社会评议，无人被责任追究。"};
  std::string text = Any(kSentences);
  if (random_.Percent(50)) {
    text +=
        End(absl::StrCat("全年举办业务培训", random_.Between(2, 9),
                         "场，参加人员", random_.Between(30, 400), "人次。"));
  }
  return text;
}

}  // namespace gongkai::generator
