// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/rules/rule_cases.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "google/protobuf/text_format.h"
#include "worker/catalog/catalog.h"
#include "worker/process/processor.h"

namespace gongkai::rules {
namespace {

std::filesystem::path Directory() {
  const char* const root = std::getenv("GONGKAI_SOURCE_DIR");
  return std::filesystem::path(root == nullptr ? "." : root) / "tests/rules";
}

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return absl::NotFoundError(absl::StrCat("no file ", path.string()));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// "{path=value}" to what the case or the base says.
absl::StatusOr<std::string> FillCells(const std::string& base,
                                      const CaseDocument& document) {
  std::string text;
  size_t done = 0;
  int set = 0;
  for (size_t open; (open = base.find('{', done)) != std::string::npos;) {
    const size_t equals = base.find('=', open);
    const size_t close = base.find('}', open);
    if (close == std::string::npos || equals > close) {
      return absl::InvalidArgumentError("the base has a '{' that is no cell");
    }
    const std::string path = base.substr(open + 1, equals - open - 1);
    text.append(base, done, open - done);
    const auto changed = std::find_if(
        document.set().begin(), document.set().end(),
        [&path](const CellText& cell) { return cell.cell() == path; });
    if (changed == document.set().end()) {
      text.append(base, equals + 1, close - equals - 1);
    } else {
      text += changed->text();
      ++set;
    }
    done = close + 1;
  }
  text.append(base, done, std::string::npos);
  if (set != document.set_size()) {
    return absl::InvalidArgumentError("a cell that is set is not in the base");
  }
  return text;
}

}  // namespace

absl::StatusOr<std::vector<RuleCases>> LoadCases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(Directory() / "cases")) {
    if (entry.path().extension() == ".txtpb") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<RuleCases> all;
  for (const auto& path : paths) {
    absl::StatusOr<std::string> text = ReadFile(path);
    if (!text.ok()) return text.status();
    if (!google::protobuf::TextFormat::ParseFromString(*text,
                                                       &all.emplace_back())) {
      return absl::InvalidArgumentError(
          absl::StrCat(path.string(), " is not valid"));
    }
    if (all.back().rule() != path.stem().string()) {
      return absl::InvalidArgumentError(absl::StrCat(
          path.string(), " is about the rule ", all.back().rule()));
    }
  }
  return all;
}

absl::StatusOr<std::string> MakeDocument(const CaseDocument& document) {
  absl::StatusOr<std::string> base =
      ReadFile(Directory() / "bases" / (document.base() + ".txt"));
  if (!base.ok()) return base.status();
  absl::StatusOr<std::string> text = FillCells(*base, document);
  if (!text.ok()) return text.status();
  for (const Replacement& replacement : document.replace()) {
    if (absl::StrReplaceAll({{replacement.from(), replacement.to()}}, &*text) ==
        0) {
      return absl::InvalidArgumentError(
          absl::StrCat("not in the document: ", replacement.from()));
    }
  }
  return text;
}

namespace {

// Collects the document and the others, and asks for the findings.
absl::StatusOr<v1::ValidateReportResponse> AskTogether(const Case& rule_case) {
  const auto catalog = catalog::Catalog::Builtin();
  if (!catalog.ok()) return catalog.status();
  process::Processor processor(**catalog, input::Limits());
  std::vector<CaseDocument> documents = {rule_case.document()};
  documents.insert(documents.end(), rule_case.others().begin(),
                   rule_case.others().end());
  std::string bytes;
  worker::v1::CollectionAnswer answer;
  for (size_t i = 0; i < documents.size(); ++i) {
    absl::StatusOr<std::string> text = MakeDocument(documents[i]);
    if (!text.ok()) return text.status();
    v1::CheckCollectionRequest request;
    request.set_id(absl::StrCat("report-", i));
    request.set_parent(documents[i].parent());
    request.mutable_document()->set_content(*std::move(text));
    *request.mutable_options()->mutable_enabled_rules() = rule_case.enable();
    processor.Process(ipc::JobKind::kDigest, request.SerializeAsString(),
                      &bytes);
    worker::v1::DigestResult result;
    worker::v1::ReportDigest number;
    number.set_sequence(static_cast<int64_t>(i));
    if (!result.ParseFromString(bytes)) {
      return absl::InternalError("the digest is not valid");
    }
    processor.Process(ipc::JobKind::kCollect,
                      result.digest() + number.SerializeAsString(), &bytes);
    if (!answer.ParseFromString(bytes) || answer.lost()) {
      return absl::InternalError("the digest is not taken");
    }
  }
  worker::v1::FindingsRequest request;
  request.set_reports(static_cast<int64_t>(documents.size()));
  v1::ValidateReportResponse response;
  while (!answer.done()) {
    processor.Process(ipc::JobKind::kFindings, request.SerializeAsString(),
                      &bytes);
    if (!answer.ParseFromString(bytes) || answer.lost()) {
      return absl::InternalError("the findings are not valid");
    }
    for (const std::string& found : answer.responses()) {
      v1::CheckCollectionResponse parsed;
      if (!parsed.ParseFromString(found)) {
        return absl::InternalError("a finding is not valid");
      }
      if (parsed.has_finding()) {
        *response.add_findings() = parsed.finding().finding();
      }
    }
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::ValidateReportResponse> Ask(const Case& rule_case) {
  if (rule_case.others_size() > 0) return AskTogether(rule_case);
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin().value().release();
  static process::Processor* const processor =
      new process::Processor(*catalog, input::Limits());
  absl::StatusOr<std::string> text = MakeDocument(rule_case.document());
  if (!text.ok()) return text.status();
  v1::ValidateReportRequest request;
  request.mutable_document()->set_content(*std::move(text));
  request.mutable_options()->set_include_passed(true);
  *request.mutable_options()->mutable_enabled_rules() = rule_case.enable();
  if (rule_case.has_previous()) {
    absl::StatusOr<std::string> previous = MakeDocument(rule_case.previous());
    if (!previous.ok()) return previous.status();
    request.mutable_previous_document()->set_content(*std::move(previous));
  }
  std::string bytes;
  processor->Process(ipc::JobKind::kValidate, request.SerializeAsString(),
                     &bytes);
  v1::ValidateReportResponse response;
  if (!response.ParseFromString(bytes)) {
    return absl::InternalError("the worker's answer is not valid");
  }
  return response;
}

}  // namespace gongkai::rules
