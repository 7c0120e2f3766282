// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/summary.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/formats/findings.h"
#include "client/internal/utf8.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

// More diagnostics than this are counted instead of shown: a page on which
// nothing is in its place has one for each row.
constexpr int kMaxDiagnostics = 5;

constexpr char kRed[] = "31";
constexpr char kGreen[] = "32";
constexpr char kYellow[] = "33";
constexpr char kGrey[] = "90";

// Writes the pieces of a summary in one style.
class Writer {
 public:
  explicit Writer(SummaryStyle style) : style_(style) {}

  bool english() const { return style_.language == Language::kEnglish; }
  std::string Say(Words words) const { return words.In(style_.language); }

  std::string Paint(const char* color, const std::string& text) const {
    if (!style_.color) return text;
    return absl::StrCat("\033[", color, "m", text, "\033[0m");
  }

  // "3 errors" or "3处错误".
  std::string Count(int count, Words noun) const {
    if (!english()) return absl::StrCat(count, noun.zh);
    return absl::StrCat(count, " ", noun.en, count == 1 ? "" : "s");
  }

 private:
  const SummaryStyle style_;
};

constexpr Words kErrors = {"处错误", "error"};
constexpr Words kWarnings = {"处提醒", "warning"};

struct Mark {
  const char* color;
  Words word;
};

constexpr Mark kNotAssessable = {kGrey, {"未能核验", "not assessable"}};

Mark MarkOf(v1::Severity severity) {
  switch (severity) {
    case v1::SEVERITY_ERROR:
      return {kRed, {"错误", "error"}};
    case v1::SEVERITY_WARNING:
      return {kYellow, {"提醒", "warning"}};
    default:
      return {kGrey, {"提示", "info"}};
  }
}

Words OutcomeWords(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_OK:
      return {"已读取", "read"};
    case v1::OUTCOME_PARTIAL:
      return {"只读出一部分", "read in part"};
    case v1::OUTCOME_NOT_A_REPORT:
      return {"不是年度报告", "not an annual report"};
    case v1::OUTCOME_UNSUPPORTED_FORMAT:
      return {"文件格式不支持", "format not supported"};
    case v1::OUTCOME_UNSUPPORTED_TEMPLATE:
      return {"2019年以前的报告格式", "a form from before 2019"};
    case v1::OUTCOME_MALFORMED:
      return {"文件已损坏", "damaged"};
    case v1::OUTCOME_TOO_LARGE:
      return {"文件过大", "too large"};
    case v1::OUTCOME_LIMIT_EXCEEDED:
      return {"超出处理限度", "beyond a limit"};
    case v1::OUTCOME_DEADLINE_EXCEEDED:
      return {"超过时限", "out of time"};
    case v1::OUTCOME_WORKER_CRASHED:
      return {"处理时进程崩溃", "the worker crashed"};
    case v1::OUTCOME_WORKER_OUT_OF_MEMORY:
      return {"处理时内存不足", "the worker ran out of memory"};
    case v1::OUTCOME_WORKER_TIMED_OUT:
      return {"处理超时", "the worker ran out of time"};
    case v1::OUTCOME_QUARANTINED:
      return {"此文件曾使进程崩溃，不再处理", "quarantined"};
    default:
      return {"未能处理", "not processed"};
  }
}

// Path, body, year, form: what is known of them.
std::string Heading(const std::string& document, const v1::Report& report,
                    const Writer& writer) {
  std::string line = PrintableText(document);
  const auto add = [&line](const std::string& part) {
    if (!part.empty()) absl::StrAppend(&line, "  ", PrintableText(part));
  };
  add(report.body());
  if (report.year() != 0) {
    add(absl::StrCat(report.year(), writer.english() ? "" : "年度"));
  }
  if (report.template_() == v1::TEMPLATE_2019) {
    add(writer.Say({"2019版格式", "form of 2019"}));
  } else if (report.template_() == v1::TEMPLATE_2021) {
    add(writer.Say({"2021版格式", "form of 2021"}));
  }
  return line;
}

std::string Verdict(const Totals& totals, const Writer& writer) {
  std::vector<std::string> parts;
  if (totals.errors > 0) {
    parts.push_back(writer.Paint(kRed, writer.Count(totals.errors, kErrors)));
  }
  if (totals.warnings > 0) {
    parts.push_back(
        writer.Paint(kYellow, writer.Count(totals.warnings, kWarnings)));
  }
  const bool all_read =
      totals.passed_in_part == 0 && totals.not_assessable == 0;
  if (parts.empty()) {
    parts.push_back(all_read ? writer.Say({"无误", "no errors"})
                             : writer.Say({"未发现错误", "no errors found"}));
  }
  if (totals.not_assessable > 0) {
    parts.push_back(writer.english()
                        ? absl::StrCat(totals.not_assessable, " not assessable")
                        : absl::StrCat(totals.not_assessable, "项未能核验"));
  }
  return absl::StrJoin(parts, writer.Say({"，", ", "}));
}

void AppendLine(Mark mark, const std::string& message, const std::string& rules,
                const Writer& writer, std::string* out) {
  absl::StrAppend(out, "    ", writer.Paint(mark.color, writer.Say(mark.word)),
                  "  ", PrintableText(message), "  ",
                  writer.Paint(kGrey, absl::StrCat("[", rules, "]")), "\n");
}

void AppendRepair(const v1::Repair& repair, const Writer& writer,
                  std::string* out) {
  std::string text = writer.Say({"可能是 ", "perhaps "});
  absl::string_view separator;
  for (const v1::CellChange& change : repair.changes()) {
    const std::string cell = CellPathText(change.cell());
    absl::StrAppend(&text, separator,
                    writer.english()
                        ? absl::StrCat(cell, " should be ", change.proposed(),
                                       " instead of ", change.printed())
                        : absl::StrCat(cell, " 由 ", change.printed(), " 改为 ",
                                       change.proposed()));
    separator = writer.english() ? ", " : "，";
  }
  absl::StrAppend(out, "    → ", text, "\n");
}

void AppendProblem(const v1::Problem& problem,
                   const v1::ProcessResponse& response, const Writer& writer,
                   std::string* out) {
  std::set<std::string> rules;
  bool explained = false;
  for (int index : problem.findings()) {
    if (index < 0 || index >= response.findings_size()) continue;
    rules.insert(response.findings(index).rule_id());
    explained = explained || response.findings(index).has_repair();
  }
  AppendLine(MarkOf(problem.severity()),
             writer.english() ? problem.message_en() : problem.message(),
             absl::StrJoin(rules, ", "), writer, out);
  // The message names what explains it, unless several would.
  if (explained) return;
  for (const v1::Repair& repair : problem.repairs()) {
    AppendRepair(repair, writer, out);
  }
}

// The problems, then what could not be assessed. A server that knows no
// verdicts has only findings.
void AppendFindings(const v1::ProcessResponse& response, const Writer& writer,
                    Language language, std::string* out) {
  for (const v1::Problem& problem : response.verdict().problems()) {
    AppendProblem(problem, response, writer, out);
  }
  for (const v1::Finding& finding : response.findings()) {
    const bool failed = finding.result() == v1::RULE_RESULT_FAIL;
    if (!IsShown(finding) || (failed && response.has_verdict())) continue;
    AppendLine(failed ? MarkOf(finding.severity()) : kNotAssessable,
               MessageOf(finding, language), finding.rule_id(), writer, out);
  }
}

void AppendDiagnostics(const v1::Report& report, const Writer& writer,
                       std::string* out) {
  int shown = 0;
  for (const v1::Diagnostic& diagnostic : report.diagnostics()) {
    if (shown == kMaxDiagnostics) break;
    ++shown;
    absl::StrAppend(out, "    ",
                    writer.Paint(kGrey, writer.Say({"读取", "reading"})), "  ",
                    PrintableText(writer.english() ? diagnostic.message_en()
                                                   : diagnostic.message()),
                    "\n");
  }
  const int rest = report.diagnostics_size() - shown;
  if (rest <= 0) return;
  const std::string more = writer.english()
                               ? absl::StrCat("and ", rest, " more")
                               : absl::StrCat("另有", rest, "条");
  absl::StrAppend(out, "    ", writer.Paint(kGrey, more), "\n");
}

}  // namespace

std::string PrintableText(const std::string& text) {
  std::string result = internal::ToUtf8(text);
  for (char& c : result) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return result;
}

void Totals::Add(const v1::ProcessResponse& response) {
  ++documents;
  if (!IsProcessed(response.outcome())) {
    ++unprocessed;
    return;
  }
  const ProblemCounts problems = CountProblems(response);
  errors += problems.errors;
  warnings += problems.warnings;
  not_assessable += problems.not_assessable;
  const bool has_error =
      std::any_of(response.findings().begin(), response.findings().end(),
                  [](const v1::Finding& finding) { return IsError(finding); });
  ++(has_error ? failed : passed);
  if (!has_error && response.outcome() == v1::OUTCOME_PARTIAL) {
    ++passed_in_part;
  }
}

bool IsProcessed(v1::Outcome outcome) {
  return outcome == v1::OUTCOME_OK || outcome == v1::OUTCOME_PARTIAL;
}

std::string OutcomeText(const v1::ProcessResponse& response,
                        Language language) {
  const bool english = language == Language::kEnglish;
  const std::string text = OutcomeWords(response.outcome()).In(language);
  const std::string& message =
      english ? response.message_en() : response.message();
  if (message.empty()) return text;
  return absl::StrCat(text, english ? ": " : "：", PrintableText(message));
}

std::string FormatSummary(const std::string& document,
                          const v1::ProcessResponse& response,
                          SummaryStyle style) {
  const Writer writer(style);
  const std::string heading = Heading(document, response.report(), writer);
  if (!IsProcessed(response.outcome())) {
    return absl::StrCat(writer.Paint(kRed, "?"), " ", heading, "  ",
                        OutcomeText(response, style.language), "\n");
  }
  Totals totals;
  totals.Add(response);
  const bool partial = response.outcome() == v1::OUTCOME_PARTIAL;
  const std::string mark = totals.errors > 0 ? writer.Paint(kRed, "✗")
                           : partial || totals.warnings > 0
                               ? writer.Paint(kYellow, "!")
                               : writer.Paint(kGreen, "✓");
  std::string out =
      absl::StrCat(mark, " ", heading, "  ", Verdict(totals, writer));
  if (partial) {
    absl::StrAppend(&out, "  ", OutcomeText(response, style.language));
  }
  out += '\n';
  if (partial) AppendDiagnostics(response.report(), writer, &out);
  AppendFindings(response, writer, style.language, &out);
  return out;
}

std::string FormatTotals(const Totals& totals, SummaryStyle style) {
  const Writer writer(style);
  std::string out =
      writer.english()
          ? absl::StrCat(writer.Count(totals.documents, {"", "document"}), ": ",
                         totals.passed, " without errors")
          : absl::StrCat("合计", totals.documents, "份：", totals.passed,
                         "份未发现错误");
  const std::string comma = writer.Say({"，", ", "});
  if (totals.passed_in_part > 0) {
    absl::StrAppend(
        &out, writer.english()
                  ? absl::StrCat(" (", totals.passed_in_part, " read in part)")
                  : absl::StrCat("（其中", totals.passed_in_part,
                                 "份只读出一部分）"));
  }
  if (totals.failed > 0) {
    absl::StrAppend(
        &out, comma,
        writer.Paint(kRed,
                     writer.english()
                         ? absl::StrCat(totals.failed, " with ",
                                        writer.Count(totals.errors, kErrors))
                         : absl::StrCat(totals.failed, "份有错误（共",
                                        totals.errors, "处）")));
  }
  if (totals.unprocessed > 0) {
    absl::StrAppend(
        &out, comma,
        writer.Paint(kRed,
                     writer.english()
                         ? absl::StrCat(totals.unprocessed, " not processed")
                         : absl::StrCat(totals.unprocessed, "份无法处理")));
  }
  if (totals.warnings > 0) {
    absl::StrAppend(&out, comma, writer.Count(totals.warnings, kWarnings));
  }
  out += '\n';
  return out;
}

}  // namespace gongkai::cli
