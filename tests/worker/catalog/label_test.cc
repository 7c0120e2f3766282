// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/catalog/label.h"

#include <gtest/gtest.h>

#include "worker/catalog/catalog.h"

namespace gongkai::catalog {
namespace {

std::string Normal(absl::string_view label) {
  static const auto* const catalog =
      new absl::StatusOr<std::unique_ptr<const Catalog>>(Catalog::Builtin());
  return (**catalog)->normalizer().Normalize(label);
}

TEST(Label, IsComparedWithoutWhiteSpace) {
  EXPECT_EQ(Normal(" 本年新\n制作 数量\t"), "本年新制作数量");
  EXPECT_EQ(Normal("\u3000社会\u00a0公益\u200b组织\ufeff"), "社会公益组织");
  EXPECT_EQ(Normal(" \t\n"), "");
}

TEST(Label, IsComparedWithoutWidthBracketsAndQuotes) {
  EXPECT_EQ(Normal("（一）予以公开"), Normal("(一)予以公开"));
  EXPECT_EQ(Normal("本年收费金额（单位：万元）"),
            Normal("本年收费金额(单位:万元)"));
  EXPECT_EQ(Normal("３.危及“三安全一稳定”"), Normal("3.危及\"三安全一稳定\""));
  EXPECT_EQ(Normal("危及「三安全一稳定」"), Normal("危及‘三安全一稳定’"));
  EXPECT_EQ(Normal("第二十条第㈠项"), Normal("第二十条第【一】项"));
}

TEST(Label, IsComparedInSimplifiedCharacters) {
  EXPECT_EQ(Normal("三、收到和處理政府信息公開申請情況"),
            "三、收到和处理政府信息公开申请情况");
  EXPECT_EQ(Normal("行政復議"), "行政复议");
  EXPECT_EQ(Normal("行政複議"), "行政复议");
}

TEST(Label, TakesACommaAfterANumberForAPoint) {
  EXPECT_EQ(Normal("1、属于国家秘密"), "1.属于国家秘密");
  EXPECT_EQ(Normal("1．属于国家秘密"), "1.属于国家秘密");
  EXPECT_EQ(Normal("一、本年新收"), "一、本年新收");
}

TEST(Label, IsComparedWithoutAYearInParentheses) {
  EXPECT_EQ(Normal("本年(2023)制发件数"), "本年制发件数");
  EXPECT_EQ(Normal("本年（2023年度）制发件数"), "本年制发件数");
  EXPECT_EQ(Normal("总体情况（２０２３年）"), "总体情况");
  EXPECT_EQ(Normal("本年(20235)制发件数"), "本年(20235)制发件数");
  EXPECT_EQ(Normal("本年(2023"), "本年(2023");
  EXPECT_EQ(Normal("本年("), "本年(");
}

TEST(Label, SurvivesBytesThatAreNoText) {
  EXPECT_EQ(Normal("\xff规章"), "\ufffd规章");
}

TEST(TraditionalCharacters, CoverEveryLabelAndHeading) {
  // Labels and headings as mirror sites convert them.
  for (const auto& [traditional, simplified] :
       std::initializer_list<std::pair<const char*, const char*>>{
           {"總體情況", "总体情况"},
           {"主動公開政府信息情況", "主动公开政府信息情况"},
           {"政府信息公開行政復議、行政訴訟情況",
            "政府信息公开行政复议、行政诉讼情况"},
           {"存在的主要問題及改進情況", "存在的主要问题及改进情况"},
           {"其他需要報告的事項", "其他需要报告的事项"},
           {"政府信息公開工作年度報告", "政府信息公开工作年度报告"},
           {"本年製發件數", "本年制发件数"},
           {"本年廢止件數", "本年废止件数"},
           {"現行有效件數", "现行有效件数"},
           {"規章", "规章"},
           {"行政規範性文件", "行政规范性文件"},
           {"本年處理決定數量", "本年处理决定数量"},
           {"行政許可", "行政许可"},
           {"行政處罰", "行政处罚"},
           {"行政強制", "行政强制"},
           {"行政事業性收費", "行政事业性收费"},
           {"本年收費金額(單位:萬元)", "本年收费金额(单位:万元)"},
           {"對外公開總數量", "对外公开总数量"},
           {"上一年項目數量", "上一年项目数量"},
           {"本年增/減", "本年增/减"},
           {"其他對外管理服務事項", "其他对外管理服务事项"},
           {"採購項目數量", "采购项目数量"},
           {"政府集中採購", "政府集中采购"},
           {"商業企業", "商业企业"},
           {"科研機構", "科研机构"},
           {"社會公益組織", "社会公益组织"},
           {"法律服務機構", "法律服务机构"},
           {"總計", "总计"},
           {"二、上年結轉政府信息公開申請數量",
            "二、上年结转政府信息公开申请数量"},
           {"三、本年度辦理結果", "三、本年度办理结果"},
           {"(二)部分公開(區分處理的,只計這一情形,不計其他情形)",
            "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"},
           {"1.屬於國家秘密", "1.属于国家秘密"},
           {"4.保護第三方合法權益", "4.保护第三方合法权益"},
           {"5.屬於三類內部事務信息", "5.属于三类内部事务信息"},
           {"6.屬於四類過程性信息", "6.属于四类过程性信息"},
           {"7.屬於行政執法案卷", "7.属于行政执法案卷"},
           {"8.屬於行政查詢事項", "8.属于行政查询事项"},
           {"(四)無法提供", "(四)无法提供"},
           {"1.本機關不掌握相關政府信息", "1.本机关不掌握相关政府信息"},
           {"2.沒有現成信息需要另行製作", "2.没有现成信息需要另行制作"},
           {"3.補正後申請內容仍不明確", "3.补正后申请内容仍不明确"},
           {"1.信訪舉報投訴類申請", "1.信访举报投诉类申请"},
           {"2.重複申請", "2.重复申请"},
           {"4.無正當理由大量反復申請", "4.无正当理由大量反复申请"},
           {"5.要求行政機關確認或重新出具已獲取信息",
            "5.要求行政机关确认或重新出具已获取信息"},
           {"申請人逾期未按收費通知要求繳納費用",
            "申请人逾期未按收费通知要求缴纳费用"},
           {"四、結轉下年度繼續辦理", "四、结转下年度继续办理"},
           {"結果維持", "结果维持"},
           {"結果糾正", "结果纠正"},
           {"尚未審結", "尚未审结"},
           {"未經復議直接起訴", "未经复议直接起诉"}}) {
    EXPECT_EQ(Normal(traditional), simplified);
  }
}

}  // namespace
}  // namespace gongkai::catalog
