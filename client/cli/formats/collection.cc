// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/formats/collection.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/names.h"
#include "client/cli/json.h"
#include "client/cli/message_json.h"
#include "proto/cell_path.h"

namespace gongkai::cli {
namespace {

constexpr char kRed[] = "31";
constexpr char kYellow[] = "33";
constexpr char kGrey[] = "90";

// A summary names so many documents of a finding.
constexpr int kMaxDocuments = 6;

std::string Paint(const char* color, const std::string& text,
                  SummaryStyle style) {
  if (!style.color) return text;
  return absl::StrCat("\033[", color, "m", text, "\033[0m");
}

std::vector<std::string> Paths(
    const google::protobuf::RepeatedPtrField<v1::CellPath>& cells) {
  std::vector<std::string> paths;
  for (const v1::CellPath& cell : cells) paths.push_back(CellPathText(cell));
  return paths;
}

// The word before a finding, painted.
std::string Mark(const v1::Finding& finding, SummaryStyle style) {
  const auto say = [&](const char* color, Words words) {
    return Paint(color, words.In(style.language), style);
  };
  if (finding.result() == v1::RULE_RESULT_NOT_ASSESSABLE) {
    return say(kGrey, {"未能核验", "not assessable"});
  }
  switch (finding.severity()) {
    case v1::SEVERITY_ERROR:
      return say(kRed, {"错误", "error"});
    case v1::SEVERITY_WARNING:
      return say(kYellow, {"提醒", "warning"});
    default:
      return say(kGrey, {"提示", "info"});
  }
}

}  // namespace

std::string FormatCollectionJsonl(const v1::CheckCollectionResponse& response) {
  return MessageJson(response) + "\n";
}

std::string FormatCollectionFindings(
    const v1::CheckCollectionResponse& response, Language language) {
  const v1::CollectionFinding& found = response.finding();
  const v1::Finding& finding = found.finding();
  std::string out;
  if (!response.has_finding() || !IsShown(finding)) return out;
  JsonLine line(&out);
  line.Texts("documents", {found.ids().begin(), found.ids().end()})
      .Number("report_count", found.report_count())
      .Text("rule", finding.rule_id())
      .Text("result", Name(finding.result()))
      .Text("severity", Name(finding.severity()))
      .Texts("cells", Paths(finding.cells()))
      .Texts("previous_cells", Paths(finding.previous_cells()));
  if (!finding.left().empty()) line.Text("left", finding.left());
  if (!finding.right().empty()) line.Text("right", finding.right());
  if (!finding.difference().empty()) {
    line.Text("difference", finding.difference());
  }
  line.Text("message", MessageOf(finding, language));
  return out;
}

std::string FormatCollectionSummary(const v1::CheckCollectionResponse& response,
                                    SummaryStyle style) {
  if (response.has_taken()) {
    const std::string why =
        CollectionComplaint(response.taken(), style.language);
    if (why.empty()) return "";
    return absl::StrCat(Paint(kRed, "?", style), " ", response.taken().id(),
                        "  ", why, "\n");
  }
  const v1::CollectionFinding& found = response.finding();
  if (!response.has_finding() || !IsShown(found.finding())) return "";
  std::string out =
      absl::StrCat(Mark(found.finding(), style), "  ",
                   MessageOf(found.finding(), style.language), "  ",
                   Paint(kGrey, found.finding().rule_id(), style), "\n");
  for (int i = 0; i < found.ids_size() && i < kMaxDocuments; ++i) {
    absl::StrAppend(&out, "    ", found.ids(i), "\n");
  }
  if (found.report_count() > kMaxDocuments) {
    const int more = found.report_count() - kMaxDocuments;
    absl::StrAppend(&out, "    ",
                    style.language == Language::kEnglish
                        ? absl::StrCat("and ", more, " more")
                        : absl::StrCat("另有", more, "份"),
                    "\n");
  }
  return out;
}

std::string CollectionComplaint(const v1::CollectionTaken& taken,
                                Language language) {
  if (IsProcessed(taken.outcome())) return "";
  v1::ProcessResponse response;
  response.set_outcome(taken.outcome());
  response.set_message(taken.message());
  response.set_message_en(taken.message_en());
  return OutcomeText(response, language);
}

std::string FormatCollectionTotals(const v1::CollectionSummary& summary,
                                   SummaryStyle style) {
  if (style.language == Language::kEnglish) {
    return absl::StrCat(
        summary.reports(), " reports of ", summary.bodies(), " bodies, ",
        summary.year_pairs(), " pairs of years: ", summary.errors(),
        " errors, ", summary.warnings(), " warnings, ", summary.infos(),
        " for information, ", summary.not_assessable(), " not assessable",
        summary.unread() == 0
            ? ""
            : absl::StrCat(", ", summary.unread(), " not processed"),
        "\n");
  }
  return absl::StrCat("合计", summary.reports(), "份报告、", summary.bodies(),
                      "个机关、", summary.year_pairs(), "对相邻年度：",
                      summary.errors(), "处错误，", summary.warnings(),
                      "处提醒，", summary.infos(), "处提示，",
                      summary.not_assessable(), "处未能核验",
                      summary.unread() == 0
                          ? ""
                          : absl::StrCat("，", summary.unread(), "份无法处理"),
                      "\n");
}

}  // namespace gongkai::cli
