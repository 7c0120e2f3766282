// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/prose.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace gongkai::generator {
namespace {

constexpr absl::string_view kFirst[] = {"青", "霁", "澜", "苓", "溯", "岫",
                                        "珩", "槿", "汀", "霭", "榆", "砚",
                                        "菡", "沅", "枫", "鹭", "禾", "皓"};
constexpr absl::string_view kSecond[] = {"岚", "溪", "麓", "湄", "屿", "陌",
                                         "渚", "墟", "畔", "峪", "汐", "坞",
                                         "垄", "漪", "砾", "篱", "埠", "岬"};
constexpr absl::string_view kBureaus[] = {
    "民政局",         "水务局",     "交通运输局", "卫生健康委员会",
    "市场监督管理局", "教育体育局", "财政局",     "住房和城乡建设局"};

// {b} the body, {s} how it speaks of itself, {y} the year, {n} a number that
// no table counts.
constexpr absl::string_view kOverviewOpening[] = {
    "{y}年，{s}把政务公开摆在便民服务的前头，年初定任务，季末看进度，"
    "年底算总账，各项安排均已落地。",
    "过去一年，{b}围绕群众最常打听的事项整理公开清单，"
    "该上网的上网，该上墙的上墙，全年运行平稳。",
    "{y}年，{s}由分管负责同志牵头、办公室具体承办，"
    "按月调度政府信息公开工作，整体情况良好。",
    "{s}在{y}年里继续做实政府信息公开，重点放在回应关切和方便查找两件事上。"};
constexpr absl::string_view kDisclosureSentences[] = {
    "全年通过门户网站发布各类信息{n}条，其中民生类占比最高。",
    "在便民大厅设置公开栏{n}处，逐月更换补贴发放和工程招标内容。",
    "政务新媒体推送图文{n}篇，遇到政策调整当天配发问答。",
    "对惠农补贴、低保救助、饮水改造等内容逐项列出办理流程和联系电话。"};
constexpr absl::string_view kManagementSentences[] = {
    "公文起草时同步确定公开属性，未标注的一律退回补齐。",
    "组织人员对历年文件逐件清点，失效的注明，重复的合并。",
    "发布之前由承办人、科室负责人和保密员三方签字。",
    "台账按月装订，来件、去件、时限都能一一对上。"};
constexpr absl::string_view kPlatformSentences[] = {
    "网站栏目由{n}个精简到更容易记住的几个，搜索框放到了首页正中。",
    "村居广播、微信群和公告栏三处内容保持一致，更新不隔夜。",
    "对失效链接每周巡查一遍，发现问题当日处理。",
    "大厅新添自助查询机，老年人可以由工作人员陪同操作。"};
constexpr absl::string_view kSupervisionSentences[] = {
    "把公开工作写进年度考核，结果与评优挂钩，本年没有被追究责任的情形。",
    "请人大代表和居民代表到场评议，收回意见{n}条，均已书面回复。",
    "举办业务培训{n}场，新到岗人员全部参加。",
    "年内接受上级抽查，提出的建议逐条整改到位。"};
constexpr absl::string_view kProblems[] = {
    "一是有的科室对哪些内容应当公开拿不准，发布偏慢；",
    "二是解读材料文字多、图示少，群众读起来费力；",
    "二是基层站所人手紧，台账登记不够及时；",
    "三是互动栏目的回应还停留在照搬文件，说服力不足。",
    "三是历史文件的电子化进度落后于计划。"};
constexpr absl::string_view kImprovements[] = {
    "针对上述不足，{s}将编一本随手可查的公开事项手册，并安排骨干上门讲解。",
    "下一步拟增加图表和短视频，把专业说法换成家常话。",
    "今后每季度开一次碰头会，专门核对数据、补漏纠错。",
    "同时为各站所配齐兼职信息员，明确时限和责任人。"};
constexpr absl::string_view kFillers[] = {
    "{s}围绕道路养护、农田灌溉和校舍修缮等实事，先后公布进展{n}次，"
    "每次都写明资金来源、施工单位和完工时间，方便居民对照查看。",
    "针对来电来访中问得最多的落户、医保和宅基地审批，"
    "{s}整理出问答{n}则，放在首页醒目位置，并印成折页送到各村。",
    "为了让公开的内容看得懂，{s}请来退休教师和返乡学生试读，"
    "根据他们的意见改写了{n}篇稿件，删去生僻术语，补上例子。",
    "夏汛期间，{s}每天两次发布水位和道路通行情况，累计{n}条，"
    "居民可以据此安排出行，也减少了重复询问。",
    "在集市日，工作人员带着资料到现场摆摊讲解，"
    "全年共{n}场，收集到的想法转给承办科室逐一研究。",
    "{s}对照清单开展自查，发现表述不清的{n}处、附件打不开的若干处，"
    "当月全部修正，并把经过记入工作日志。"};

std::string Render(absl::string_view text, const Body& body, int year,
                   Random* random) {
  return absl::StrReplaceAll(text,
                             {{"{b}", body.name},
                              {"{s}", body.self},
                              {"{y}", absl::StrCat(year)},
                              {"{n}", absl::StrCat(random->Between(3, 460))}});
}

template <typename Sentences>
std::string Aspect(absl::string_view heading, const Sentences& sentences,
                   const Body& body, int year, Random* random) {
  std::string text(heading);
  const int64_t first = random->Below(std::size(sentences));
  const int64_t count = random->Between(2, 3);
  for (int64_t i = 0; i < count; ++i) {
    text += Render(sentences[(first + i) % std::size(sentences)], body, year,
                   random);
  }
  return text;
}

std::string RequestsSentence(const Body& body, int year, Form form,
                             const Numbers& numbers, Random* random) {
  const size_t processed = RequestRows(form).size() - 2;
  const int64_t received = numbers.requests[kReceived][6];
  const int64_t carried_in = numbers.requests[kCarriedIn][6];
  const int64_t done = numbers.requests[processed][6];
  const int64_t carried_out = numbers.requests[processed + 1][6];
  if (received + carried_in == 0) {
    return random->Percent(50) ? absl::StrCat(year, "年，", body.self,
                                              "未收到政府信息公开申请。")
                               : "本年度没有收到依申请公开的来件。";
  }
  std::string text = absl::StrCat(year, "年，", body.self,
                                  "新收政府信息公开申请", received, "件");
  if (carried_in > 0) {
    absl::StrAppend(&text, "，上年结转", carried_in, "件");
  }
  absl::StrAppend(&text, "，办结", done, "件");
  if (carried_out > 0) {
    absl::StrAppend(&text, "，结转下年度继续办理", carried_out, "件");
  }
  return text + "。";
}

std::string DisputesSentence(const Numbers& numbers) {
  const int64_t review = numbers.disputes[0][4];
  const int64_t suits = numbers.disputes[1][4] + numbers.disputes[2][4];
  if (review + suits == 0) {
    return "全年没有因政府信息公开引发的行政复议和行政诉讼。";
  }
  return absl::StrCat("因政府信息公开产生行政复议", review, "件、行政诉讼",
                      suits, "件，均依法应对。");
}

}  // namespace

Body DrawBody(Scale scale, Random* random) {
  const auto place = [&] {
    return absl::StrCat(random->Pick(kFirst), random->Pick(kSecond));
  };
  const std::string upper = place();
  const std::string lower = place();
  if (scale == Scale::kCity) {
    if (random->Percent(60)) return {upper + "市人民政府", "本市"};
    return {absl::StrCat(upper, "市", random->Pick(kBureaus)), "本机关"};
  }
  switch (random->Below(6)) {
    case 0:
      return {absl::StrCat(upper, "县", lower, "镇人民政府"), "我镇"};
    case 1:
      return {absl::StrCat(upper, "县", lower, "乡人民政府"), "我乡"};
    case 2:
      return {absl::StrCat(upper, "市", lower, "街道办事处"), "本街道"};
    case 3:
      return {absl::StrCat(upper, "县", lower, "镇"), "我镇"};
    case 4:
      return {absl::StrCat(upper, "县", random->Pick(kBureaus)), "本机关"};
    default:
      return {absl::StrCat(upper, "县人民政府"), "本县"};
  }
}

std::vector<std::string> SectionProse(int section, const Body& body, int year,
                                      Form form, const Numbers& numbers,
                                      Random* random) {
  std::vector<std::string> text;
  switch (section) {
    case 1: {
      text.push_back(
          Render(random->Pick(kOverviewOpening), body, year, random));
      // Aspects with sub-headings of their own, or run into one paragraph.
      const bool headed = random->Percent(60);
      const auto add = [&](absl::string_view heading, absl::string_view lead,
                           const auto& sentences) {
        if (headed) text.push_back(std::string(heading));
        text.push_back(
            Aspect(headed ? "" : lead, sentences, body, year, random));
      };
      add("（一）主动公开", "在主动公开方面，", kDisclosureSentences);
      if (headed) text.push_back("（二）依申请公开");
      text.push_back(RequestsSentence(body, year, form, numbers, random) +
                     DisputesSentence(numbers));
      add("（三）政府信息管理", "在信息管理方面，", kManagementSentences);
      add("（四）平台建设", "在平台建设方面，", kPlatformSentences);
      add("（五）监督保障", "在监督保障方面，", kSupervisionSentences);
      break;
    }
    case 5: {
      std::string problems = "主要问题：";
      absl::StrAppend(&problems, kProblems[0], kProblems[1 + random->Below(2)],
                      kProblems[3 + random->Below(2)]);
      text.push_back(problems);
      const int64_t first = random->Below(std::size(kImprovements));
      text.push_back(absl::StrCat(
          "改进情况：", Render(kImprovements[first], body, year, random),
          Render(kImprovements[(first + 1) % std::size(kImprovements)], body,
                 year, random)));
      break;
    }
    case 6:
      text.push_back(random->Percent(50)
                         ? "无其他需要报告的事项。"
                         : absl::StrCat(year, "年，", body.self,
                                        "没有收取政府信息公开信息处理费。"));
      break;
    default:
      break;
  }
  return text;
}

std::string Filler(const Body& body, int year, Random* random) {
  return Render(random->Pick(kFillers), body, year, random);
}

std::string Preface(const Body& body, int year, Random* random) {
  if (random->Percent(50)) {
    return absl::StrCat("依照《中华人民共和国政府信息公开条例》的要求，现将",
                        body.name, year, "年的有关情况公布如下。数据统计期限为",
                        year, "年1月1日至", year, "年12月31日。");
  }
  return absl::StrCat("本报告由", body.name,
                      "编制，内容涵盖总体情况、主动公开、依申请公开、"
                      "复议诉讼、问题改进和其他事项六个方面，数据截至",
                      year, "年12月31日。");
}

}  // namespace gongkai::generator
