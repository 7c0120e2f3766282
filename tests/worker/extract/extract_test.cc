// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/extract/extract.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cell_path.h"
#include "tests/generator/generator.h"
#include "tests/worker/extract/cells.h"
#include "tests/worker/extract/reading_room.h"
#include "tests/worker/extract/small_report.h"
#include "worker/input/reader.h"

namespace gongkai::extract {
namespace {

using generator::Form;
using generator::Layout;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Sentences of some other document, as long as a report.
std::string Prose(const std::string& sentence, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) absl::StrAppend(&text, sentence, "\n");
  return text;
}

// --- Reports one after another. ---

// A report is written over the one before, whose messages it uses again.
TEST(ExtractorTest, NothingIsLeftOfTheReportBefore) {
  std::vector<std::string> documents = {"", "一、总体情况\n没有表格。\n"};
  for (uint64_t seed = 0; seed < 3; ++seed) {
    // Places in web pages say more than those in text; a report may be short,
    // have no preface, or print its sections otherwise.
    for (const Layout layout : {Layout::kF, Layout::kHtml, Layout::kI,
                                Layout::kHtmlWord, Layout::kRaw}) {
      documents.push_back(
          generator::Generate(generator::DrawOptions(seed, layout)).bytes);
      documents.push_back(documents.back().substr(documents.back().size() / 4));
    }
  }
  Extractor extractor(TestCatalog());
  v1::Report used;
  for (const std::string& bytes : documents) {
    input::Document document;
    if (!input::Read(bytes, input::Limits(), &document).ok()) continue;
    v1::Report fresh;
    extractor.Extract(document, /*year_hint=*/0, &fresh);
    extractor.Extract(document, /*year_hint=*/0, &used);
    EXPECT_TRUE(used.SerializeAsString() == fresh.SerializeAsString()) << bytes;
  }
}

// --- Every cell exactly once. ---

// The report has every cell of the form once, in its order, and none without
// a state.
void ExpectEveryCellOnce(const v1::Report& report, const catalog::Form& form) {
  const std::vector<CellFacts> cells = AllCells(report);
  std::set<std::string> paths;
  for (const CellFacts& cell : cells) {
    EXPECT_TRUE(paths.insert(cell.path).second) << cell.path << " twice";
    EXPECT_NE(cell.state, v1::CELL_STATE_UNSPECIFIED) << cell.path;
    const bool has_value = cell.state == v1::CELL_STATE_VALUE ||
                           cell.state == v1::CELL_STATE_DERIVED;
    EXPECT_EQ(cell.claims(), has_value) << cell.path;
  }
  for (int c = 0; c < form.own_cell_count(); ++c) {
    v1::CellPath path;
    path.set_table(form.cells()[c].table);
    path.set_row(form.cells()[c].row);
    path.set_column(form.cells()[c].column);
    EXPECT_EQ(paths.count(CellPathText(path)), 1u) << CellPathText(path);
  }
}

TEST(ExtractTest, EveryCellOfTheFormAppearsExactlyOnce) {
  const v1::Report of_2021 =
      ReadReport(SmallReport(Form::k2021).Print(Layout::kB)).report;
  ExpectEveryCellOnce(of_2021, Form2021());
  EXPECT_EQ(AllCells(of_2021).size(), 200u);
  const v1::Report of_2019 =
      ReadReport(SmallReport(Form::k2019).Print(Layout::kB)).report;
  ExpectEveryCellOnce(of_2019, Form2019());
  EXPECT_EQ(AllCells(of_2019).size(), 198u);
  const v1::Report hybrid =
      ReadReport(SmallReport(Form::kHybrid).Print(Layout::kB)).report;
  ExpectEveryCellOnce(hybrid, Form2021());
  EXPECT_EQ(AllCells(hybrid).size(), 207u);
}

// Adds a failure for every number of the report that is not the true one,
// but no more than a few.
void ExpectNoneWrong(const v1::Report& report,
                     const std::map<std::string, std::string>& truth,
                     const std::string& what) {
  int wrong = 0;
  for (const auto& [path, value] : Claims(report)) {
    const auto it = truth.find(path);
    if (it != truth.end() && it->second == value) continue;
    if (++wrong > 3) return;
    ADD_FAILURE() << path << " is said to be " << value << " and not "
                  << (it == truth.end() ? "without value" : it->second) << ", "
                  << what;
  }
}

std::map<std::string, std::string> TruthOf(const SmallReport& report) {
  return Claims(ReadReport(report.Print(Layout::kB)).report);
}

TEST(ExtractTest, WhereverTheDocumentEndsNoValueIsWrong) {
  const SmallReport report;
  const auto truth = TruthOf(report);
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kC, Layout::kE,
                        Layout::kF, Layout::kJ, Layout::kM}) {
    const std::string whole = report.Print(layout);
    for (size_t size = whole.find("第二十条"); size < whole.size(); ++size) {
      // Behind a piece; within a number its rest cannot be told.
      if (!absl::StrContains("\t\n|", whole[size - 1])) continue;
      const v1::Report read = ReadReport(whole.substr(0, size)).report;
      ExpectNoneWrong(read, truth,
                      absl::StrCat("with ", size, " bytes in layout ",
                                   generator::LayoutName(layout)));
    }
  }
}

TEST(ExtractTest, WhicheverLineIsLostNoValueIsWrong) {
  const SmallReport report;
  const auto truth = TruthOf(report);
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kC, Layout::kD,
                        Layout::kE, Layout::kF, Layout::kG, Layout::kJ}) {
    const std::string whole = report.Print(layout);
    for (size_t begin = whole.find("第二十条"); begin < whole.size();) {
      size_t end = whole.find('\n', begin);
      end = end == std::string::npos ? whole.size() : end + 1;
      std::string bytes = whole;
      bytes.erase(begin, end - begin);
      ExpectNoneWrong(
          ReadReport(bytes).report, truth,
          absl::StrCat("in layout ", generator::LayoutName(layout),
                       " without \"", whole.substr(begin, end - begin - 1),
                       "\" at ", begin));
      begin = end;
    }
  }
}

// Calls visit(row) for the path of every row with values.
template <typename Visit>
void ForEachRow(Visit visit) {
  for (const auto& block : generator::DisclosureBlocks(Form::k2021)) {
    for (const auto& row : block.rows) {
      visit(absl::StrCat("disclosure.", row.key));
    }
  }
  for (const auto& row : generator::RequestRows(Form::k2021)) {
    visit(absl::StrCat("requests.", row.key));
  }
  for (const auto& group : generator::DisputeGroups()) {
    visit(absl::StrCat("disputes.", group.key));
  }
}

// Every value of the report, in turn, is changed by `change` (in the row's
// values, at the index); the truth is the report's own.
template <typename Change>
void ExpectNoneWrongWherever(const SmallReport& report, Change change) {
  const auto truth = TruthOf(report);
  for (Layout layout : {Layout::kA, Layout::kB, Layout::kE, Layout::kF,
                        Layout::kH, Layout::kK}) {
    ForEachRow([&](const std::string& row) {
      const size_t count = SmallReport(report).Values(row).size();
      for (size_t i = 0; i < count; ++i) {
        SmallReport damaged = report;
        change(&damaged.Values(row), i);
        ExpectNoneWrong(
            ReadReport(damaged.Print(layout)).report, truth,
            absl::StrCat("with damage at ", i, " of ", row, " in layout ",
                         generator::LayoutName(layout)));
      }
    });
  }
}

void Lose(std::vector<std::string>* values, size_t i) {
  values->erase(values->begin() + static_cast<int>(i));
}

void Double(std::vector<std::string>* values, size_t i) {
  const std::string value = (*values)[i];
  values->insert(values->begin() + static_cast<int>(i), value);
}

TEST(ExtractTest, WhicheverValueIsLostNoValueIsWrong) {
  ExpectNoneWrongWherever(SmallReport(), Lose);
}

TEST(ExtractTest, WhicheverValueIsDoubledNoValueIsWrong) {
  ExpectNoneWrongWherever(SmallReport(), Double);
}

TEST(ExtractTest, WhicheverValueIsLostFromABrokenReportNoValueIsWrong) {
  // No lost cell can be derived to another value than the printed one, for
  // two identities disagree about each that the broken ones touch.
  SmallReport report;
  report.Set("requests.granted", {"5", "1", "0", "0", "0", "0", "7"});
  report.Set("requests.processed", {"8", "2", "0", "0", "1", "0", "12"});
  report.Set("disputes.direct", {"0", "1", "0", "0", "2"});
  ExpectNoneWrongWherever(report, Lose);
}

// --- Forms. ---

TEST(ExtractTest, TheFormIsToldByLabelsWhateverTheYear) {
  SmallReport old_form(Form::k2019);
  old_form.title = "青溪镇人民政府2023年政府信息公开工作年度报告";
  EXPECT_EQ(ReadReport(old_form.Print(Layout::kC)).report.template_(),
            v1::TEMPLATE_2019);
  SmallReport new_form(Form::k2021);
  new_form.title = "青溪镇人民政府2020年政府信息公开工作年度报告";
  EXPECT_EQ(ReadReport(new_form.Print(Layout::kC)).report.template_(),
            v1::TEMPLATE_2021);
}

TEST(ExtractTest, WithSharedLabelsAloneTheYearTellsTheForm) {
  SmallReport report(Form::kHybrid);
  std::string text = report.Print(Layout::kE);
  const size_t begin = text.find("第二十条第（一）项");
  text.erase(begin, text.find(report.headings[2]) - begin);
  EXPECT_EQ(ReadReport(text).report.template_(), v1::TEMPLATE_2021);
  text = absl::StrReplaceAll(text, {{"2023", "2020"}});
  EXPECT_EQ(ReadReport(text).report.template_(), v1::TEMPLATE_2019);
}

// --- Amounts. ---

TEST(ExtractTest, AmountsAreExactAndKeepTheirUnits) {
  SmallReport report(Form::k2019);
  report.Set("disclosure.procurement", {"8", "59237.2449"});
  CellFacts cell = CellAt(ReadReport(report.Print(Layout::kB)).report,
                          "disclosure.procurement.amount");
  EXPECT_EQ(cell.value, "59237.2449");
  EXPECT_EQ(cell.unit, "");
  report.Set("disclosure.procurement", {"8", "251000元"});
  cell = CellAt(ReadReport(report.Print(Layout::kB)).report,
                "disclosure.procurement.amount");
  EXPECT_EQ(cell.value, "251000");
  EXPECT_EQ(cell.unit, "元");
  EXPECT_EQ(cell.raw, "251000元");
}

TEST(ExtractTest, FeesInYuanAreGivenInTheColumnsTenThousand) {
  SmallReport report;
  report.Set("disclosure.fees", {"152790元"});
  CellFacts cell = CellAt(ReadReport(report.Print(Layout::kB)).report,
                          "disclosure.fees.fee_wan");
  EXPECT_EQ(cell.value, "15.279");
  EXPECT_EQ(cell.unit, "元");
  EXPECT_EQ(cell.raw, "152790元");
  report.Set("disclosure.fees", {"15.279万元"});
  cell = CellAt(ReadReport(report.Print(Layout::kB)).report,
                "disclosure.fees.fee_wan");
  EXPECT_EQ(cell.value, "15.279");
}

TEST(ExtractTest, SignedDifferencesAreReadAsPrinted) {
  SmallReport report(Form::k2019);
  report.Set("disclosure.licence", {"3", "-3", "0"});
  report.Set("disclosure.other_service", {"3", "+21", "0"});
  report.Set("disclosure.penalty", {"3", "５", "0"});
  const v1::Report read = ReadReport(report.Print(Layout::kB)).report;
  EXPECT_EQ(RowText(read, "disclosure.licence"), "3 -3 0");
  EXPECT_EQ(RowText(read, "disclosure.other_service"), "3 21 0");
  EXPECT_EQ(RowText(read, "disclosure.penalty"), "3 5 0");
  EXPECT_EQ(CellAt(read, "disclosure.other_service.delta").raw, "+21");
}

TEST(ExtractTest, OddDigitsAreReadAndKeptRaw) {
  SmallReport report;
  report.Set("disclosure.licence", {"1，573，179"});
  report.Set("disclosure.penalty", {"１２"});
  report.Set("disclosure.coercion", {"3件"});
  report.Set("requests.refused.duplicate",
             {"O", "〇", "零", "０", "0件", "0", "0"});
  const v1::Report read = ReadReport(report.Print(Layout::kB)).report;
  EXPECT_EQ(RowText(read, "disclosure.licence"), "1573179");
  EXPECT_EQ(CellAt(read, "disclosure.licence.decisions").raw, "1，573，179");
  EXPECT_EQ(RowText(read, "disclosure.penalty"), "12");
  EXPECT_EQ(RowText(read, "disclosure.coercion"), "3");
  EXPECT_EQ(CellAt(read, "disclosure.coercion.decisions").unit, "件");
  EXPECT_EQ(RowText(read, "requests.refused.duplicate"), "0 0 0 0 0 0 0");
}

TEST(ExtractTest, LongRawTextIsCutAtACharacter) {
  SmallReport report;
  std::string note;
  for (int i = 0; i < 20; ++i) note += "详见附件";  // 240 bytes
  report.Set("disclosure.licence", {"详" + note.substr(0, 237)});
  const v1::Report read = ReadReport(report.Print(Layout::kB)).report;
  const CellFacts cell = CellAt(read, "disclosure.licence.decisions");
  EXPECT_EQ(cell.state, v1::CELL_STATE_INVALID);
  EXPECT_LE(cell.raw.size(), 64u);
  EXPECT_EQ(cell.raw.size() % 3, 0u);
}

// --- Outcomes. ---

TEST(OutcomeTest, AFullReportIsOkAndNeedsNoSentence) {
  const ReadResult result = ReadReport(SmallReport().Print(Layout::kA));
  EXPECT_EQ(result.outcome, v1::OUTCOME_OK);
  EXPECT_EQ(result.message, "");
  EXPECT_EQ(result.message_en, "");
}

TEST(OutcomeTest, AReportThatIsNotReadInFullIsPartialAndSaysHowMuch) {
  SmallReport report;
  report.Drop("requests.granted");
  const ReadResult result = ReadReport(report.Print(Layout::kA));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_THAT(result.message, HasSubstr("有 1 行"));
  EXPECT_THAT(result.message_en, HasSubstr("1 table row was"));
  report.Drop("requests.partial");
  EXPECT_THAT(ReadReport(report.Print(Layout::kA)).message_en,
              HasSubstr("2 table rows were"));
}

TEST(OutcomeTest, ANovelIsNoReport) {
  const ReadResult result = ReadReport(
      Prose("那天夜里下了雨，他一个人走到河边，想起二十年前的事。", 200));
  EXPECT_EQ(result.outcome, v1::OUTCOME_NOT_A_REPORT);
  EXPECT_THAT(result.message, HasSubstr("不是"));
  EXPECT_THAT(result.message_en, HasSubstr("not an annual report"));
  EXPECT_THAT(AllCells(result.report), IsEmpty());
}

TEST(OutcomeTest, ANewsItemThatMentionsTheReportIsNoReport) {
  for (const char* headline :
       {"青溪县召开政务公开工作会议", "青溪县开展政府信息公开年度报告编制培训",
        "关于做好2018年政府信息公开工作年度报告编制发布工作的通知"}) {
    const ReadResult result = ReadReport(absl::StrCat(
        headline,
        "\n2024年1月9日，青溪县召开会议。会议要求各单位按时编制政府信息公开"
        "工作年度报告，认真统计主动公开政府信息情况、收到和处理政府信息公开"
        "申请情况，做好行政许可、行政处罚信息的公开。\n"
        "会议强调，要加强培训。\n"));
    EXPECT_EQ(result.outcome, v1::OUTCOME_NOT_A_REPORT) << headline;
    EXPECT_THAT(result.message, Not(IsEmpty()));
    EXPECT_THAT(result.message_en, Not(IsEmpty()));
  }
}

TEST(OutcomeTest, ATitleMaySayReportOnDisclosure) {
  const ReadResult result = ReadReport(
      "青溪乡2010年政府信息公开报告\n我乡重视该项工作，公开信息六十五条。\n");
  EXPECT_EQ(result.outcome, v1::OUTCOME_UNSUPPORTED_TEMPLATE);
  EXPECT_EQ(result.report.year(), 2010);
  EXPECT_EQ(result.report.body(), "青溪乡");
}

TEST(OutcomeTest, APageThatBreaksOffInItsFirstTableIsPartial) {
  const std::string whole = SmallReport().Print(Layout::kE);
  const ReadResult result =
      ReadReport(whole.substr(0, whole.find("第二十条第（五）项")));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_EQ(result.report.template_(), v1::TEMPLATE_2021);
  EXPECT_EQ(RowText(result.report, "disclosure.normative"), "2 1 30");
  EXPECT_EQ(RowText(result.report, "disclosure.licence"), "x");
}

TEST(OutcomeTest, TwoSectionsOfWhichOneHasATableAreAReport) {
  EXPECT_EQ(ReadReport("一、总体情况\n2023年，本镇公开信息。\n"
                       "二、主动公开政府信息情况\n表格见图片。\n")
                .outcome,
            v1::OUTCOME_PARTIAL);
  // Reports of every kind have an overview and problems.
  EXPECT_EQ(ReadReport("一、总体情况\n2023年，本镇修路三条。\n"
                       "二、存在的主要问题及改进措施\n路面不平。\n")
                .outcome,
            v1::OUTCOME_NOT_A_REPORT);
}

TEST(OutcomeTest, ATitleAloneIsThatOfAReport) {
  for (const char* title : {"青溪县民政局2023年政府信息公开工作年度报告",
                            "青溪县民政局政府信息公开年报（2023年）"}) {
    const ReadResult result =
        ReadReport(absl::StrCat(title, "\n全文见附件。\n"));
    EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL) << title;
  }
}

TEST(OutcomeTest, AnotherTableIsNoReport) {
  const ReadResult result = ReadReport(
      "部门 | 人数 | 总计 |\n办公室 | 3 | 3 |\n其他 | 2 | 2 |\n合计 | 5 | 5 "
      "|\n");
  EXPECT_EQ(result.outcome, v1::OUTCOME_NOT_A_REPORT);
}

TEST(OutcomeTest, ANarrativeOf2010IsAFormThatIsNotSupported) {
  const ReadResult result = ReadReport(
      "青溪县民政局2010年政府信息公开工作年度报告\n"
      "一、概述\n2010年，我局加强领导。\n"
      "二、主动公开政府信息情况\n共公开信息四十五条。\n"
      "三、依申请公开政府信息情况\n没有收到申请。\n"
      "四、收费及减免情况\n没有收费。\n"
      "五、复议、诉讼和申诉情况\n没有复议。\n"
      "六、存在的主要问题及改进措施\n内容不够丰富。\n");
  EXPECT_EQ(result.outcome, v1::OUTCOME_UNSUPPORTED_TEMPLATE);
  EXPECT_THAT(result.message, HasSubstr("2019"));
  EXPECT_THAT(result.message_en, HasSubstr("before 2019"));
  EXPECT_EQ(result.report.year(), 2010);
  EXPECT_EQ(result.report.body(), "青溪县民政局");
  EXPECT_EQ(result.report.template_(), v1::TEMPLATE_UNSPECIFIED);
  EXPECT_THAT(AllCells(result.report), IsEmpty());
  EXPECT_GE(result.report.sections_size(), 5);
}

TEST(OutcomeTest, TheOldHeadingsAreToldWithoutAYear) {
  const ReadResult result = ReadReport(
      "青溪县民政局政府信息公开工作年度报告\n"
      "一、概述\n我局加强领导。\n"
      "二、主动公开政府信息情况\n共公开信息四十五条。\n"
      "三、依申请公开政府信息情况\n没有收到申请。\n"
      "四、收费及减免情况\n没有收费。\n");
  EXPECT_EQ(result.outcome, v1::OUTCOME_UNSUPPORTED_TEMPLATE);
}

TEST(OutcomeTest, AReportWithoutTablesIsPartial) {
  const SmallReport report;
  std::string text = absl::StrCat(report.title, "\n");
  for (const std::string& heading : report.headings) {
    absl::StrAppend(&text, heading, "\n表格见图片。\n");
  }
  const ReadResult result = ReadReport(text);
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_THAT(result.message, HasSubstr("没有找到任何法定表格"));
  EXPECT_THAT(result.message_en, HasSubstr("none of its statutory tables"));
  EXPECT_EQ(result.report.sections_size(), 6);
  EXPECT_EQ(result.report.year(), 2023);
}

// --- State. ---

TEST(OutcomeTest, AReportWhoseTablesArePicturesSaysSo) {
  const std::string prose = Prose("本镇按要求公开各类信息，没有遗漏。", 5);
  const ReadResult result = ReadReport(absl::StrCat(
      "<h1>青溪镇2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>",
      prose, "</p><p>二、主动公开政府信息情况</p><p><img src=1.png></p>",
      "<p>三、收到和处理政府信息公开申请情况</p><p><img src=2.png></p>",
      "<p>五、存在的主要问题及改进情况</p><p>", prose, "</p>"));
  EXPECT_EQ(result.outcome, v1::OUTCOME_PARTIAL);
  EXPECT_EQ(result.report.year(), 2023);
  EXPECT_EQ(result.report.body(), "青溪镇");
  EXPECT_THAT(result.message, HasSubstr("正文里有 2 张图片"));
  EXPECT_THAT(result.message_en, HasSubstr("it shows 2 pictures"));
}

TEST(ExtractTest, NothingIsLeftOfTheDocumentBefore) {
  Extractor extractor(TestCatalog());
  const auto read = [&](const std::string& bytes) {
    input::Document document;
    EXPECT_TRUE(input::Read(bytes, input::Limits(), &document).ok());
    v1::Report report;
    extractor.Extract(document, 0, &report);
    return report.SerializeAsString();
  };
  SmallReport broken;
  broken.title = "";
  broken.signature = "白石乡人民政府\n2024年1月9日";
  broken.Drop("requests.granted");
  broken.Set("requests.partial", {"1", "2"});
  const std::string one = broken.Print(Layout::kC);
  const std::string other = SmallReport(Form::k2019).Print(Layout::kF);
  const std::string alone = read(one);
  const std::string other_alone = read(other);
  EXPECT_EQ(read(one), alone);
  EXPECT_EQ(read(other), other_alone);
  read(Prose("另一篇文章。", 50));
  EXPECT_EQ(read(one), alone);
}

}  // namespace
}  // namespace gongkai::extract
