// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/form.h"

#include <map>

namespace gongkai::generator {
namespace {

const std::vector<DisclosureBlock>& Blocks2019() {
  static const auto* const blocks = new std::vector<DisclosureBlock>{
      {"第二十条第（一）项",
       {{"produced", "本年新制作数量", Kind::kCount},
        {"published", "本年新公开数量", Kind::kCount},
        {"published_total", "对外公开总数量", Kind::kCount}},
       {{"rules", "规章"}, {"normative", "规范性文件"}}},
      {"第二十条第（五）项",
       {{"items_prev", "上一年项目数量", Kind::kCount},
        {"delta", "本年增/减", Kind::kSigned},
        {"decisions", "处理决定数量", Kind::kCount}},
       {{"licence", "行政许可"}, {"other_service", "其他对外管理服务事项"}}},
      {"第二十条第（六）项",
       {{"items_prev", "上一年项目数量", Kind::kCount},
        {"delta", "本年增/减", Kind::kSigned},
        {"decisions", "处理决定数量", Kind::kCount}},
       {{"penalty", "行政处罚"}, {"coercion", "行政强制"}}},
      {"第二十条第（八）项",
       {{"items_prev", "上一年项目数量", Kind::kCount},
        {"delta", "本年增/减", Kind::kSigned}},
       {{"fees", "行政事业性收费"}}},
      {"第二十条第（九）项",
       {{"projects", "采购项目数量", Kind::kCount},
        {"amount", "采购总金额", Kind::kAmount}},
       {{"procurement", "政府集中采购"}}}};
  return *blocks;
}

const std::vector<DisclosureBlock>& Blocks2021() {
  static const auto* const blocks = new std::vector<DisclosureBlock>{
      {"第二十条第（一）项",
       {{"made", "本年制发件数", Kind::kCount},
        {"repealed", "本年废止件数", Kind::kCount},
        {"valid", "现行有效件数", Kind::kCount}},
       {{"rules", "规章"}, {"normative", "行政规范性文件"}}},
      {"第二十条第（五）项",
       {{"decisions", "本年处理决定数量", Kind::kCount}},
       {{"licence", "行政许可"}}},
      {"第二十条第（六）项",
       {{"decisions", "本年处理决定数量", Kind::kCount}},
       {{"penalty", "行政处罚"}, {"coercion", "行政强制"}}},
      {"第二十条第（八）项",
       {{"fee_wan", "本年收费金额（单位：万元）", Kind::kAmount}},
       {{"fees", "行政事业性收费"}}}};
  return *blocks;
}

constexpr RequestRow kOtherAll = {"other.all", "", "", 2, "（六）其他处理"};
constexpr RequestRow kOtherRows[] = {
    {"other.no_correction", "", "（六）其他处理", 3,
     "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"},
    {"other.no_payment", "", "", 3,
     "2."
     "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"},
    {"other.misc", "", "", 3, "3.其他"}};

std::vector<RequestRow> MakeRequestRows(bool one_other_row) {
  std::vector<RequestRow> rows = {
      {"received", "", "", 1, "一、本年新收政府信息公开申请数量"},
      {"carried_in", "", "", 1, "二、上年结转政府信息公开申请数量"},
      {"granted", "三、本年度办理结果", "", 2, "（一）予以公开"},
      {"partial", "", "", 2,
       "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"},
      {"denied.state_secret", "", "（三）不予公开", 3, "1.属于国家秘密"},
      {"denied.law_forbidden", "", "", 3, "2.其他法律行政法规禁止公开"},
      {"denied.safety_stability", "", "", 3, "3.危及“三安全一稳定”"},
      {"denied.third_party", "", "", 3, "4.保护第三方合法权益"},
      {"denied.internal_affairs", "", "", 3, "5.属于三类内部事务信息"},
      {"denied.process_info", "", "", 3, "6.属于四类过程性信息"},
      {"denied.enforcement_file", "", "", 3, "7.属于行政执法案卷"},
      {"denied.admin_query", "", "", 3, "8.属于行政查询事项"},
      {"unable.not_held", "", "（四）无法提供", 3,
       "1.本机关不掌握相关政府信息"},
      {"unable.need_creation", "", "", 3, "2.没有现成信息需要另行制作"},
      {"unable.unclear_after_correction", "", "", 3,
       "3.补正后申请内容仍不明确"},
      {"refused.petition", "", "（五）不予处理", 3, "1.信访举报投诉类申请"},
      {"refused.duplicate", "", "", 3, "2.重复申请"},
      {"refused.publication", "", "", 3, "3.要求提供公开出版物"},
      {"refused.excessive", "", "", 3, "4.无正当理由大量反复申请"},
      {"refused.confirm_or_reissue", "", "", 3,
       "5.要求行政机关确认或重新出具已获取信息"}};
  if (one_other_row) {
    rows.push_back(kOtherAll);
  } else {
    rows.insert(rows.end(), std::begin(kOtherRows), std::end(kOtherRows));
  }
  rows.push_back({"processed", "", "", 2, "（七）总计"});
  rows.push_back({"carried_out", "", "", 1, "四、结转下年度继续办理"});
  return rows;
}

constexpr Column kRequestColumns[] = {
    {"natural", "自然人"},     {"business", "商业企业"},
    {"research", "科研机构"},  {"social", "社会公益组织"},
    {"legal", "法律服务机构"}, {"other", "其他"},
    {"total", "总计"}};
constexpr Column kDisputeGroups[] = {{"review", "行政复议"},
                                     {"direct", "未经复议直接起诉"},
                                     {"after_review", "复议后起诉"}};
constexpr Column kDisputeColumns[] = {{"upheld", "结果维持"},
                                      {"corrected", "结果纠正"},
                                      {"other", "其他结果"},
                                      {"pending", "尚未审结"},
                                      {"total", "总计"}};

}  // namespace

absl::Span<const DisclosureBlock> DisclosureBlocks(Form form) {
  return form == Form::k2019 ? Blocks2019() : Blocks2021();
}

absl::Span<const RequestRow> RequestRows(Form form) {
  static const auto* const full =
      new std::vector<RequestRow>(MakeRequestRows(/*one_other_row=*/false));
  static const auto* const short_form =
      new std::vector<RequestRow>(MakeRequestRows(/*one_other_row=*/true));
  return form == Form::k2021 ? *full : *short_form;
}

absl::Span<const Column> RequestColumns() { return kRequestColumns; }
absl::Span<const Column> DisputeGroups() { return kDisputeGroups; }
absl::Span<const Column> DisputeColumns() { return kDisputeColumns; }
absl::Span<const RequestRow> RowsReplacedInHybrid() { return kOtherRows; }

std::vector<std::string> LabelVariants(absl::string_view label) {
  static const auto* const variants =
      new std::map<absl::string_view, std::vector<std::string>>{
          {"商业企业", {"商业机构", "商业 企业", "商业\n企业", "商 业 企 业"}},
          {"科研机构", {"科研 机构", "科研机\n构"}},
          {"社会公益组织", {"社会组织", "社会公益\n组织"}},
          {"法律服务机构", {"法律服务\n机构"}},
          {"行政规范性文件", {"规范性文件"}},
          {"本年新制作数量", {"本年新\n制作数量", "本年新 制作数量"}},
          {"本年新公开数量", {"本年新\n公开数量", "本年新 公开数量"}},
          {"本年制发件数", {"本年({year})制发件数"}},
          {"上一年项目数量", {"上一年 项目数量"}},
          {"采购总金额", {"采购总金额（单位:万元）", "采购总金额(万元)"}},
          {"本年收费金额（单位：万元）", {"本年收费金额(单位:万元)"}},
          {"第二十条第（一）项", {"第二十条 第（一）项"}},
          {"3.危及“三安全一稳定”",
           {"3.危及\"三安全一稳定\"", "3.危及三安全一稳定"}},
          {"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
           {"1.逾期不补正"}},
          {"2.申请人逾期未按收费通知要求缴纳费用、"
           "行政机关不再处理其政府信息公开申请",
           {"2.逾期不缴费"}},
      };
  std::vector<std::string> result = {std::string(label)};
  if (auto it = variants->find(label); it != variants->end()) {
    result.insert(result.end(), it->second.begin(), it->second.end());
  }
  return result;
}

absl::Span<const std::vector<absl::string_view>> SectionHeadings() {
  static const auto* const headings =
      new std::vector<std::vector<absl::string_view>>{
          {"一、总体情况", "一、{year}年政府信息公开工作的总体情况"},
          {"二、主动公开政府信息情况"},
          {"三、收到和处理政府信息公开申请情况"},
          {"四、政府信息公开行政复议、行政诉讼情况",
           "四、因政府信息公开被申请行政复议、提起行政诉讼情况",
           "四、政府信息公开行政复议及行政诉讼情况"},
          {"五、存在的主要问题及改进情况",
           "五、政府信息公开工作存在的主要问题及改进情况",
           "五、存在问题及改进情况"},
          {"六、其他需要报告的事项", "六、其他需报告的事项情况"}};
  return *headings;
}

}  // namespace gongkai::generator
