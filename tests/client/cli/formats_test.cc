// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/formats/cells.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/highlights.h"
#include "client/cli/formats/jsonl.h"
#include "client/cli/formats/summary.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace gongkai::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::ProcessResponse Response(const std::string& text) {
  v1::ProcessResponse response;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &response));
  return response;
}

// A report with a cell of every kind of value, and findings of every kind.
v1::ProcessResponse Example() {
  return Response(R"pb(
    id: "0"
    outcome: OUTCOME_OK
    report {
      title: "柳河县\"政府\"年报"
      body: "柳河县"
      year: 2024
      template: TEMPLATE_2021
      disclosure {
        cells {
          table: TABLE_DISCLOSURE
          row: ROW_FEES
          column: COLUMN_FEE_WAN
          state: CELL_STATE_VALUE
          decimal: "96171.60"
          raw: "96,171.60"
        }
      }
      requests {
        cells {
          table: TABLE_REQUESTS
          row: ROW_GRANTED
          column: COLUMN_NATURAL
          state: CELL_STATE_VALUE
          count: 12
          raw: "12"
        }
        cells {
          table: TABLE_REQUESTS
          row: ROW_DENIED_STATE_SECRET
          column: COLUMN_TOTAL
          state: CELL_STATE_BLANK
        }
        cells {
          table: TABLE_REQUESTS
          row: ROW_PROCESSED
          column: COLUMN_TOTAL
          state: CELL_STATE_DERIVED
          count: 0
        }
      }
      disputes {
        cells {
          table: TABLE_DISPUTES
          row: ROW_REVIEW
          column: COLUMN_TOTAL
          state: CELL_STATE_NOT_APPLICABLE
          raw: "/"
        }
      }
    }
    findings {
      rule_id: "requests.balance"
      result: RULE_RESULT_FAIL
      severity: SEVERITY_ERROR
      cells { table: TABLE_REQUESTS row: ROW_RECEIVED column: COLUMN_NATURAL }
      cells {
        table: TABLE_REQUESTS
        row: ROW_DENIED_STATE_SECRET
        column: COLUMN_NATURAL
      }
      left: "60"
      right: "61"
      difference: "-1"
      message: "两边不等"
      message_en: "The sides differ"
      repair {
        cell { table: TABLE_REQUESTS row: ROW_GRANTED column: COLUMN_NATURAL }
        printed: 12
        proposed: 11
        repairs: "a"
        repairs: "b"
      }
    }
    findings {
      rule_id: "structure.title"
      result: RULE_RESULT_FAIL
      severity: SEVERITY_WARNING
      message: "标题不规范"
    }
    findings {
      rule_id: "requests.row-sum"
      result: RULE_RESULT_NOT_ASSESSABLE
      severity: SEVERITY_ERROR
      message: "有单元格未读出"
      message_en: "An operand was not read"
    }
    findings {
      rule_id: "disputes.group-sum"
      result: RULE_RESULT_PASS
      severity: SEVERITY_ERROR
    }
    verdict {
      summary: "发现2个问题"
      problems {
        severity: SEVERITY_ERROR
        message: "有一格可能有误"
        message_en: "A cell may be wrong"
        findings: 0
        repairs {
          cell { table: TABLE_REQUESTS row: ROW_GRANTED column: COLUMN_NATURAL }
        }
      }
      problems {
        severity: SEVERITY_WARNING
        message: "标题有误"
        message_en: "The title is wrong"
        findings: 1
      }
    }
  )pb");
}

TEST(CellsFormat, PrintsTheDocumentAndThenEveryCellInOrder) {
  EXPECT_EQ(
      FormatCells("dir/a \"b\".txt", Example()),
      R"({"document":"dir/a \"b\".txt","outcome":"OK","template":"TEMPLATE_2021","year":2024,"body":"柳河县","title":"柳河县\"政府\"年报"}
{"document":"dir/a \"b\".txt","cell":"disclosure.fees.fee_wan","value":"96171.60","state":"VALUE","raw":"96,171.60"}
{"document":"dir/a \"b\".txt","cell":"requests.granted.natural","value":12,"state":"VALUE","raw":"12"}
{"document":"dir/a \"b\".txt","cell":"requests.denied.state_secret.total","state":"BLANK","raw":""}
{"document":"dir/a \"b\".txt","cell":"requests.processed.total","value":0,"state":"DERIVED","raw":""}
{"document":"dir/a \"b\".txt","cell":"disputes.review.total","state":"NOT_APPLICABLE","raw":"/"}
)");
}

TEST(CellsFormat, PrintsOneLineForADocumentWithoutAReport) {
  EXPECT_EQ(FormatCells("a", Response("outcome: OUTCOME_NOT_A_REPORT")),
            "{\"document\":\"a\",\"outcome\":\"NOT_A_REPORT\"}\n");
}

TEST(FindingsFormat, PrintsFailuresAndWhatCouldNotBeAssessed) {
  EXPECT_EQ(
      FormatFindings("a.txt", Example(), Language::kChinese),
      R"({"document":"a.txt","rule":"requests.balance","result":"FAIL","severity":"ERROR","cells":["requests.received.natural","requests.denied.state_secret.natural"],"left":"60","right":"61","difference":"-1","message":"两边不等"}
{"document":"a.txt","rule":"structure.title","result":"FAIL","severity":"WARNING","cells":[],"message":"标题不规范"}
{"document":"a.txt","rule":"requests.row-sum","result":"NOT_ASSESSABLE","severity":"ERROR","cells":[],"message":"有单元格未读出"}
)");
}

TEST(FindingsFormat, SpeaksEnglishWhereItCan) {
  const std::string text =
      FormatFindings("a.txt", Example(), Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("The sides differ"));
  EXPECT_THAT(text, HasSubstr("标题不规范"));
}

TEST(JsonlFormat, PutsTheEntriesOfMapsInOrder) {
  v1::ProcessResponse response;
  auto& arguments = *response.add_findings()->mutable_message_args();
  for (const char* key : {"total", "cells", "sum", "left", "a", "right"}) {
    arguments[key] = "1";
  }
  EXPECT_THAT(FormatJsonl("a", response),
              HasSubstr("{\"a\":\"1\",\"cells\":\"1\",\"left\":\"1\","
                        "\"right\":\"1\",\"sum\":\"1\",\"total\":\"1\"}"));
}

TEST(JsonlFormat, IsTheResponseWithThePathAsId) {
  const std::string line = FormatJsonl("dir/a\xff.txt", Example());
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  v1::ProcessResponse expected = Example();
  expected.set_id("dir/a\xEF\xBF\xBD.txt");
  v1::ProcessResponse parsed;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), expected.SerializeAsString());
  EXPECT_THAT(line, HasSubstr("\"ruleId\":\"requests.balance\""));
}

TEST(SummaryFormat, ShowsProblemsBelowTheDocument) {
  EXPECT_EQ(
      FormatSummary("a.txt", Example(), {}),
      R"(✗ a.txt  柳河县  2024年度  2021版格式  1处错误，1处提醒，1项未能核验
    错误  有一格可能有误  [requests.balance]
    提醒  标题有误  [structure.title]
    未能核验  有单元格未读出  [requests.row-sum]
)");
}

TEST(SummaryFormat, SpeaksEnglish) {
  const std::string text =
      FormatSummary("a.txt", Example(), {Language::kEnglish, false});
  EXPECT_THAT(
      text,
      HasSubstr("2024  form of 2021  1 error, 1 warning, 1 not assessable\n"));
  EXPECT_THAT(text, HasSubstr("error  A cell may be wrong  "
                              "[requests.balance]"));
}

TEST(SummaryFormat, SaysAProblemOnceHoweverManyFindingsItHas) {
  v1::ProcessResponse response = Example();
  *response.add_findings() = response.findings(1);
  response.mutable_findings(4)->set_rule_id("cells.blank");
  response.mutable_verdict()->mutable_problems(0)->add_findings(4);
  const std::string text = FormatSummary("a.txt", response, {});
  EXPECT_THAT(text, HasSubstr("1处错误，1处提醒"));
  EXPECT_THAT(text, HasSubstr("错误  有一格可能有误  "
                              "[cells.blank, requests.balance]\n"));
  EXPECT_THAT(text, Not(HasSubstr("标题不规范")));
}

TEST(SummaryFormat, ListsWhatWouldExplainAProblemWhereSeveralRepairsWould) {
  v1::ProcessResponse response = Example();
  response.mutable_findings(0)->clear_repair();
  *response.mutable_verdict()->mutable_problems(0) =
      Response(R"pb(verdict {
                      problems {
                        severity: SEVERITY_ERROR
                        message: "两边不等"
                        findings: 0
                        repairs {
                          changes {
                            cell {
                              table: TABLE_DISPUTES
                              row: ROW_REVIEW
                              column: COLUMN_TOTAL
                            }
                            printed: 5
                            proposed: 6
                          }
                        }
                        repairs {
                          changes {
                            cell {
                              table: TABLE_DISPUTES
                              row: ROW_REVIEW
                              column: COLUMN_UPHELD
                            }
                            printed: 3
                            proposed: 2
                          }
                        }
                      }
                    })pb")
          .verdict()
          .problems(0);
  const std::string text = FormatSummary("a.txt", response, {});
  EXPECT_THAT(text, HasSubstr("两边不等  [requests.balance]\n"
                              "    → 可能是 disputes.review.total 由 5 改为 6\n"
                              "    → 可能是 disputes.review.upheld 由 3 改为 2"
                              "\n"));
}

TEST(SummaryFormat, ShowsFindingsOfAServerThatGivesNoVerdict) {
  v1::ProcessResponse response = Example();
  response.clear_verdict();
  const std::string text = FormatSummary("a.txt", response, {});
  EXPECT_THAT(text, HasSubstr("1处错误，1处提醒，1项未能核验"));
  EXPECT_THAT(text, HasSubstr("错误  两边不等  [requests.balance]"));
}

TEST(SummaryFormat, SaysWhatWasReadInPartAndWhy) {
  v1::ProcessResponse response = Response(R"pb(
    outcome: OUTCOME_PARTIAL
    message: "缺少表格。"
    report { title: "年报" }
  )pb");
  for (int i = 0; i < 7; ++i) {
    response.mutable_report()->add_diagnostics()->set_message("没有找到一行");
  }
  EXPECT_EQ(FormatSummary("a.txt", response, {}),
            "! a.txt  未发现错误  只读出一部分：缺少表格。\n"
            "    读取  没有找到一行\n"
            "    读取  没有找到一行\n"
            "    读取  没有找到一行\n"
            "    读取  没有找到一行\n"
            "    读取  没有找到一行\n"
            "    另有2条\n");
}

TEST(SummaryFormat, SaysWhatCouldNotBeProcessed) {
  EXPECT_EQ(FormatSummary("a.bin",
                          Response("outcome: OUTCOME_UNSUPPORTED_FORMAT "
                                   "message: \"不是文本。\""),
                          {}),
            "? a.bin  文件格式不支持：不是文本。\n");
}

TEST(SummaryFormat, UsesColoursOnlyWhenAsked) {
  EXPECT_THAT(FormatSummary("a", Example(), {Language::kChinese, true}),
              HasSubstr("\033[31m"));
  EXPECT_THAT(FormatSummary("a", Example(), {}), Not(HasSubstr("\033")));
}

TEST(SummaryFormat, KeepsControlCharactersAwayFromTheTerminal) {
  v1::ProcessResponse response = Example();
  response.mutable_report()->set_body("县\033[2J");
  response.mutable_verdict()->mutable_problems(0)->set_message("a\r\nb");
  const std::string text = FormatSummary("x\033]0;y\a", response, {});
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("\a")));
  EXPECT_THAT(text, HasSubstr("a  b"));
}

TEST(Totals, CountEveryDocumentOnce) {
  Totals totals;
  totals.Add(Example());
  totals.Add(Response("outcome: OUTCOME_OK"));
  totals.Add(Response("outcome: OUTCOME_PARTIAL"));
  totals.Add(Response("outcome: OUTCOME_WORKER_CRASHED"));
  totals.Add(Response(""));
  EXPECT_EQ(totals.documents, 5);
  EXPECT_EQ(totals.passed, 2);
  EXPECT_EQ(totals.failed, 1);
  EXPECT_EQ(totals.unprocessed, 2);
  EXPECT_EQ(FormatTotals(totals, {}),
            "合计5份：2份未发现错误（其中1份只读出一部分），1份有错误（共1处）"
            "，2份无法处理，1处提醒\n");
  EXPECT_EQ(FormatTotals(totals, {Language::kEnglish, false}),
            "5 documents: 2 without errors (1 read in part), 1 with 1 error, "
            "2 not processed, 1 warning\n");
}

// A response with so many errors of the rule.
v1::ProcessResponse WithErrors(int errors, const std::string& rule) {
  v1::ProcessResponse response;
  response.set_outcome(v1::OUTCOME_OK);
  for (int i = 0; i < errors; ++i) {
    v1::Finding* finding = response.add_findings();
    finding->set_rule_id(rule);
    finding->set_result(v1::RULE_RESULT_FAIL);
    finding->set_severity(v1::SEVERITY_ERROR);
  }
  return response;
}

TEST(HighlightsFormat, SaysWhatToLookAtFirst) {
  Highlights highlights;
  v1::ProcessResponse unread;
  unread.set_outcome(v1::OUTCOME_NOT_A_REPORT);
  highlights.Add("odd\n1", unread);
  highlights.Add("odd2", unread);
  for (int i = 0; i < 20; ++i) {
    highlights.Add(absl::StrCat("fine", i), WithErrors(0, ""));
  }
  for (int i = 1; i <= 6; ++i) {
    highlights.Add(
        absl::StrCat("bad", i),
        WithErrors(i, i < 3 ? "requests.row-sum" : "requests.balance"));
  }
  EXPECT_EQ(highlights.Format({Language::kEnglish, false}),
            "To look at first:\n"
            "  many errors: bad6  6\n"
            "  many errors: bad5  5\n"
            "  many errors: bad4  4\n"
            "  many errors: bad3  3\n"
            "  many errors: bad2  2\n"
            "  common error: requests.balance  4 documents\n"
            "  common error: requests.row-sum  2 documents\n"
            "  not processed: NOT_A_REPORT  2 documents, such as odd 1\n");
}

TEST(HighlightsFormat, SaysNothingOfFewDocumentsNorOfFineOnes) {
  Highlights few;
  few.Add("bad", WithErrors(1, "requests.balance"));
  EXPECT_EQ(few.Format({Language::kEnglish, false}), "");
  Highlights fine;
  for (int i = 0; i < 30; ++i) fine.Add("fine", WithErrors(0, ""));
  EXPECT_EQ(fine.Format({Language::kEnglish, false}), "");
}

}  // namespace
}  // namespace gongkai::cli
