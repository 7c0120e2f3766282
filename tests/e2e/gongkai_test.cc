// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The gongkai command with the real service and real workers.

#include <signal.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/e2e/command.h"
#include "tests/e2e/program.h"

namespace gongkai::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A row of the requests table: six columns and their total, which is `total`.
std::string Row(const std::string& label, int natural, int total) {
  return absl::StrCat(label, "\t", natural, "\t0\t0\t0\t0\t0\t", total, "\n");
}

// A report of an invented town in the form of 2021, with all 200 cells.
// `granted` of the 12 requests were granted; the report adds up for 12.
std::string Report(int granted = 12, int year = 2023) {
  std::string text = absl::StrCat(
      "霜桥县苇塘镇人民政府", year,
      "年政府信息公开工作年度报告\n\n"
      "一、总体情况\n苇塘镇主动公开方面，全年在县门户网站更新栏目二十次；"
      "依申请公开方面，每件申请都有专人登记和答复；政府信息管理方面，公开前"
      "逐件审查，旧的内容归档备查；平台建设方面，村务公开栏每季度更换一次；"
      "监督保障方面，年底由村民代表评议。\n"
      "二、主动公开政府信息情况\n"
      "第二十条第（一）项\n"
      "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
      "规章\t0\t0\t0\n行政规范性文件\t2\t1\t7\n"
      "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t31\n"
      "第二十条第（六）项\n信息内容\t本年处理决定数量\n"
      "行政处罚\t4\n行政强制\t0\n"
      "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n"
      "行政事业性收费\t3.5\n"
      "三、收到和处理政府信息公开申请情况\n"
      "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t"
      "申请人情况\n自然人\t法人或其他组织\t总计\n"
      "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n");
  absl::StrAppend(&text, Row("一、本年新收政府信息公开申请数量", 11, 11),
                  Row("二、上年结转政府信息公开申请数量", 1, 1),
                  Row("三、本年度办理结果\t（一）予以公开", granted, granted));
  const char* const zero_rows[] = {
      "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
      "（三）不予公开\t1.属于国家秘密",
      "2.其他法律行政法规禁止公开",
      "3.危及“三安全一稳定”",
      "4.保护第三方合法权益",
      "5.属于三类内部事务信息",
      "6.属于四类过程性信息",
      "7.属于行政执法案卷",
      "8.属于行政查询事项",
      "（四）无法提供\t1.本机关不掌握相关政府信息",
      "2.没有现成信息需要另行制作",
      "3.补正后申请内容仍不明确",
      "（五）不予处理\t1.信访举报投诉类申请",
      "2.重复申请",
      "3.要求提供公开出版物",
      "4.无正当理由大量反复申请",
      "5.要求行政机关确认或重新出具已获取信息",
      "（六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息"
      "公开申请",
      "2."
      "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
      "3.其他",
  };
  for (const char* label : zero_rows) text += Row(label, 0, 0);
  absl::StrAppend(&text, Row("（七）总计", granted, granted),
                  Row("四、结转下年度继续办理", 0, 0),
                  "四、政府信息公开行政复议、行政诉讼情况\n"
                  "行政复议\t行政诉讼\n"
                  "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t"
                  "未经复议直接起诉\t复议后起诉\n"
                  "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t"
                  "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
                  "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n"
                  "五、存在的主要问题及改进情况\n个别栏目更新还不够及时，下一年"
                  "将由专人按月核对，并把结果报镇长办公会。\n"
                  "六、其他需要报告的事项\n本年度没有收取政府信息公开信息处理费"
                  "，也没有其他需要报告的事项。\n");
  return text;
}

using GongkaiTest = CommandTest;

TEST_F(GongkaiTest, PrintsEveryCellOfAReport) {
  const std::string path = Write("report.txt", Report());
  const Result result = Run({"check", "--format=cells", path});
  EXPECT_EQ(result.status, 0) << result.err;
  const auto lines = ParseLines(result.out);
  ASSERT_EQ(lines.size(), 201);
  EXPECT_EQ(TextOf(lines[0], "document"), path);
  EXPECT_EQ(TextOf(lines[0], "outcome"), "OK");
  EXPECT_EQ(TextOf(lines[0], "template"), "TEMPLATE_2021");
  EXPECT_EQ(lines[0].fields().at("year").number_value(), 2023);
  EXPECT_EQ(TextOf(lines[0], "body"), "霜桥县苇塘镇人民政府");
  std::map<std::string, google::protobuf::Struct> cells;
  for (size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(TextOf(lines[i], "document"), path);
    EXPECT_EQ(TextOf(lines[i], "state"), "VALUE") << TextOf(lines[i], "cell");
    cells[TextOf(lines[i], "cell")] = lines[i];
  }
  ASSERT_EQ(cells.size(), 200);
  EXPECT_EQ(
      cells["requests.granted.natural"].fields().at("value").number_value(),
      12);
  EXPECT_EQ(TextOf(cells["requests.granted.natural"], "raw"), "12");
  EXPECT_EQ(
      cells["disclosure.licence.decisions"].fields().at("value").number_value(),
      31);
  EXPECT_EQ(TextOf(cells["disclosure.fees.fee_wan"], "value"), "3.5");
  ExpectCleanedUp();
}

TEST_F(GongkaiTest, FindsWhatDoesNotAddUp) {
  const std::string path = Write("report.txt", Report(/*granted=*/13));
  const Result result = Run({"check", "--format=findings", path});
  EXPECT_EQ(result.status, 1) << result.err;
  bool balance = false;
  for (const google::protobuf::Struct& line : ParseLines(result.out)) {
    if (TextOf(line, "rule") != "requests.balance") continue;
    balance = true;
    EXPECT_EQ(TextOf(line, "document"), path);
    EXPECT_EQ(TextOf(line, "result"), "FAIL");
    EXPECT_EQ(TextOf(line, "severity"), "ERROR");
    EXPECT_EQ(TextOf(line, "left"), "12");
    EXPECT_EQ(TextOf(line, "right"), "13");
    EXPECT_EQ(TextOf(line, "difference"), "-1");
    EXPECT_GT(line.fields().at("cells").list_value().values_size(), 3);
  }
  EXPECT_TRUE(balance) << result.out;
}

TEST_F(GongkaiTest, SumsUpForPeople) {
  const std::string good = Write("a/good.txt", Report());
  const std::string bad = Write("b/bad.txt", Report(/*granted=*/13));
  const Result result = Run({"check", root_});
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr(absl::StrCat("✓ ", good)));
  EXPECT_THAT(result.out, HasSubstr(absl::StrCat("✗ ", bad)));
  EXPECT_THAT(result.out, HasSubstr("[requests.balance]"));
  EXPECT_THAT(result.out, HasSubstr("2 documents: 1 without errors, 1 with"));
  EXPECT_EQ(result.err, "");
}

TEST_F(GongkaiTest, PrintsWholeResultsAsProtobufJson) {
  const std::string path = Write("report.txt", Report());
  const Result result = Run({"check", "--format=jsonl", path});
  EXPECT_EQ(result.status, 0) << result.err;
  v1::ProcessResponse response;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(result.out, &response).ok());
  EXPECT_EQ(response.id(), path);
  EXPECT_EQ(response.outcome(), v1::OUTCOME_OK);
  EXPECT_EQ(response.report().year(), 2023);
}

TEST_F(GongkaiTest, ReadsTheStandardInput) {
  const Result result = Run({"check", "--format=cells", "-"}, Report());
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("{\"document\":\"-\",\"outcome\":\"OK\""));
}

TEST_F(GongkaiTest, AnswersBadInputWithAnOutcomeAndServesTheNext) {
  const std::vector<std::string> bad = {
      Write("empty", ""),
      Write("one", "x"),
      Write("binary", std::string("\x7f"
                                  "ELF\x01\x00\x00\xff",
                                  8)),
      Write("tabs", std::string(8 << 20, '\t')),
      Write("large", std::string((32 << 20) + 1, 'x')),
      Write("broken", std::string(1000, '\xfe'))};
  std::vector<std::string> words = {"check", "--format=cells"};
  for (const std::string& path : bad) {
    words.push_back(path);
    words.push_back(Write("good.txt", Report()));
  }
  const Result result = Run(words);
  EXPECT_EQ(result.status, 2);
  std::map<std::string, std::string> outcomes;
  int documents = 0;
  for (const google::protobuf::Struct& line : ParseLines(result.out)) {
    if (!line.fields().contains("outcome")) continue;
    ++documents;
    outcomes[TextOf(line, "document")] = TextOf(line, "outcome");
  }
  EXPECT_EQ(documents, 2 * static_cast<int>(bad.size()));
  EXPECT_EQ(outcomes[root_ + "/good.txt"], "OK");
  EXPECT_EQ(outcomes[root_ + "/large"], "TOO_LARGE");
  for (const std::string& path : bad) {
    EXPECT_NE(outcomes[path], "OK") << path;
    EXPECT_NE(outcomes[path], "PARTIAL") << path;
    EXPECT_NE(outcomes[path], "UNSPECIFIED") << path;
    EXPECT_THAT(result.err, HasSubstr(path + ": "));
  }
  ExpectCleanedUp();
}

TEST_F(GongkaiTest, KeepsTheOrderOfManyDocuments) {
  std::vector<std::string> paths;
  for (int i = 0; i < 2'000; ++i) {
    // Some take longer than others.
    const std::string padding(i % 7 == 0 ? 200'000 : 0, '\n');
    paths.push_back(Write(absl::StrCat("d/", 10'000 + i), Report() + padding));
  }
  const Result result = Run({"check", "--format=cells", root_ + "/d"});
  EXPECT_EQ(result.status, 0) << result.err;
  std::vector<std::string> printed;
  for (const absl::string_view line : absl::StrSplit(result.out, '\n')) {
    if (!absl::StrContains(line, "\"outcome\":\"OK\"")) continue;
    const std::vector<std::string> parts = absl::StrSplit(line, '"');
    printed.push_back(parts[3]);
  }
  EXPECT_EQ(printed, paths);
}

TEST_F(GongkaiTest, SaysNothingOfWorkersThatAreReplacedInTime) {
  // More than a worker does before another one takes its place.
  for (int i = 0; i <= 20'100; ++i) Write(absl::StrCat("many/", i), "x");
  const Result result = Run({"check", "--jobs=1", root_ + "/many"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err, "");
}

TEST_F(GongkaiTest, UsesAServerThatIsJustStarting) {
  const std::string target = "unix:" + temporary() + "/gongkaid";
  Program server(
      {BuiltProgram("gongkaid"), "--drain_delay=0", "--listen=" + target},
      server_directory(), environment());
  const std::string path = Write("report.txt", Report());
  const Result result =
      Run({"check", "--format=cells", "--server=" + target, path});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(ParseLines(result.out).size(), 201);
  const Result rules = Run({"rules", "--server=" + target});
  EXPECT_EQ(rules.status, 0) << rules.err;
  EXPECT_THAT(rules.out, HasSubstr("requests.balance"));
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait().status, 0);
}

TEST_F(GongkaiTest, GoesOnWhenTheServerIsKilledAndComesBack) {
  const std::string target = "unix:" + temporary() + "/gongkaid";
  const std::vector<std::string> command = {
      BuiltProgram("gongkaid"), "--drain_delay=0", "--listen=" + target};
  auto server =
      std::make_unique<Program>(command, server_directory(), environment());
  constexpr int kDocuments = 20'000;
  std::vector<std::string> words = {BuiltProgram("gongkai"), "check",
                                    "--format=findings", "--server=" + target};
  words.resize(words.size() + kDocuments,
               Write("report.txt", Report(/*granted=*/13)));
  Program program(words, root_, environment());
  for (int restart = 0; restart < 2; ++restart) {
    const size_t before = program.out().size();
    while (program.out().size() == before) {
      absl::SleepFor(absl::Milliseconds(5));
    }
    server = nullptr;
    server =
        std::make_unique<Program>(command, server_directory(), environment());
  }
  const Result result = program.Wait();
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_EQ(result.err, "");
  int balances = 0;
  for (const absl::string_view line : absl::StrSplit(result.out, '\n')) {
    // The column of natural persons, and that of the totals.
    balances += absl::StrContains(line, "\"rule\":\"requests.balance\"");
  }
  EXPECT_EQ(balances, 2 * kDocuments);
}

TEST_F(GongkaiTest, GoesOnWithTheOtherServerWhenOneOfAListIsKilled) {
  std::vector<std::string> targets;
  std::vector<std::unique_ptr<Program>> servers;
  for (const char* name : {"a", "b"}) {
    targets.push_back(absl::StrCat("unix:", temporary(), "/", name));
    servers.push_back(std::make_unique<Program>(
        std::vector<std::string>{BuiltProgram("gongkaid"),
                                 "--listen=" + targets.back()},
        server_directory(), environment()));
  }
  constexpr int kDocuments = 10'000;
  std::vector<std::string> words = {
      BuiltProgram("gongkai"), "check", "--format=findings",
      absl::StrCat("--server=", targets[0], ",", targets[1])};
  words.resize(words.size() + kDocuments,
               Write("report.txt", Report(/*granted=*/13)));
  Program program(words, root_, environment());
  while (program.out().empty()) absl::SleepFor(absl::Milliseconds(5));
  servers[0] = nullptr;
  const Result result = program.Wait();
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_EQ(result.err, "");
  int balances = 0;
  for (const absl::string_view line : absl::StrSplit(result.out, '\n')) {
    balances += absl::StrContains(line, "\"rule\":\"requests.balance\"");
  }
  EXPECT_EQ(balances, 2 * kDocuments);
}

TEST_F(GongkaiTest, TellsTheHealthOfAServer) {
  const std::string target = "unix:" + temporary() + "/gongkaid";
  Program server(
      {BuiltProgram("gongkaid"), "--drain_delay=60s", "--listen=" + target},
      server_directory(), environment());
  const auto health = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"health", "--server=" + target};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  };
  const auto wait_for = [&](int status) {
    Result last;
    const absl::Time end = absl::Now() + absl::Seconds(30);
    do {
      last = health({});
    } while (last.status != status && absl::Now() < end);
    return last;
  };
  EXPECT_EQ(wait_for(0).out, "SERVING\n");
  EXPECT_EQ(health({"--service=liveness"}).status, 0);
  const Result unknown = health({"--service=happiness"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("ask for readiness or liveness"));
  server.Signal(SIGTERM);
  EXPECT_EQ(wait_for(1).out, "NOT_SERVING\n");
  EXPECT_EQ(health({"--service=liveness"}).status, 0);
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait().status, 0);
  const Result gone = health({});
  EXPECT_EQ(gone.status, 2);
  EXPECT_EQ(gone.out, "");
  EXPECT_THAT(gone.err, HasSubstr(target));
}

TEST_F(GongkaiTest, SaysThatAServerIsNotThere) {
  const Result result = Run({"check", "--server=unix:" + temporary() + "/none",
                             Write("report.txt", Report())});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("/none"));
  EXPECT_EQ(result.out, "");
}

TEST_F(GongkaiTest, SaysThatTheWorkersCannotStart) {
  const Result result =
      Run({"check", "--worker=/nonexistent", Write("report.txt", Report())});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("/nonexistent"));
  ExpectCleanedUp();
}

TEST_F(GongkaiTest, CleansUpAfterAnInterruption) {
  // More than is checked before the signal.
  std::vector<std::string> words = {BuiltProgram("gongkai"), "check",
                                    "--format=cells"};
  words.resize(words.size() + 50'000, Write("report.txt", Report()));
  for (const int signal : {SIGINT, SIGTERM}) {
    Program program(words, root_, environment());
    while (program.out().empty()) absl::SleepFor(absl::Milliseconds(5));
    program.Signal(signal);
    const Result result = program.Wait();
    EXPECT_EQ(result.status, 128 + signal);
    ExpectCleanedUp();
  }
}

TEST_F(GongkaiTest, EndsQuietlyWhenItsReaderDoes) {
  const std::string path = Write("report.txt", Report());
  // The shell's pipefail hands on the status of the first part.
  Program program(
      {"/bin/bash", "-c",
       absl::StrCat("set -o pipefail; for i in $(seq 3000); do echo ", path,
                    "; done | xargs ", BuiltProgram("gongkai"),
                    " check --format=cells | head -n 1")},
      root_, {{"TMPDIR", temporary()}, {"LC_ALL", "C"}});
  const Result result = program.Wait();
  // 141 from gongkai, of which xargs makes 123.
  EXPECT_EQ(result.status, 123) << result.err;
  EXPECT_THAT(result.out, StartsWith("{\"document\""));
  EXPECT_EQ(result.err, "");
  ExpectCleanedUp();
}

TEST_F(GongkaiTest, ExplainsItself) {
  EXPECT_THAT(Run({"--help"}).out, HasSubstr("gongkai check"));
  EXPECT_THAT(Run({"check", "--help"}).out, HasSubstr("--format=cells"));
  EXPECT_THAT(Run({"version"}).out, StartsWith("gongkai "));
  EXPECT_THAT(Run({"rules"}).out, HasSubstr("requests.balance"));
  const Result unknown = Run({"check", "--fromat=cells", "x"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean --format?"));
  EXPECT_THAT(unknown.out, IsEmpty());
}

}  // namespace
}  // namespace gongkai::testing
