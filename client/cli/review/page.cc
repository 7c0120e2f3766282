// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/review/page.h"

#include <openssl/sha.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/cli/review/page_files.h"

namespace gongkai::cli::review {
namespace {

// Stands in frame.html where the data of the page goes.
constexpr char kDataMark[] = "{{data}}";
// Stands near the beginning of frame.html.
constexpr char kGenerator[] =
    "<meta name=\"generator\" content=\"gongkai review\">";

std::string File(std::string_view name) {
  for (const BuiltinFile& file : BuiltinFiles()) {
    if (name == file.name) return file.text;
  }
  return "";
}

std::string Joined(const std::vector<std::string_view>& names) {
  std::string all;
  for (const std::string_view name : names) absl::StrAppend(&all, File(name));
  return all;
}

// As a content-security policy names an inline script or style.
std::string HashSource(const std::string& text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return absl::StrCat("'sha256-", absl::Base64Escape(digest), "'");
}

}  // namespace

std::string EscapedForScript(std::string json) {
  // It stands in strings alone.
  absl::StrReplaceAll({{"<", "\\u003c"}}, &json);
  return json;
}

Page::Page(PageKind kind) {
  const bool report = kind == PageKind::kReport;
  const std::string style =
      Joined({"common.css", report ? "report.css" : "index.css"});
  const std::string script =
      report ? Joined({"common.js", "form.js", "findings.js", "report.js"})
             : Joined({"common.js", "figures.js", "heat_map.js", "index.js"});
  const std::string frame = File("frame.html");
  const size_t data = frame.find(kDataMark);
  const auto filled = [&](std::string_view part) {
    return absl::StrReplaceAll(
        absl::string_view(part.data(), part.size()),
        {{"{{policy}}",
          absl::StrCat("default-src 'none'; script-src ", HashSource(script),
                       "; style-src ", HashSource(style),
                       "; base-uri 'none'; form-action 'none'")},
         {"{{style}}", style},
         {"{{script}}", script}});
  };
  before_data_ = filled(std::string_view(frame).substr(0, data));
  after_data_ =
      filled(std::string_view(frame).substr(data + sizeof(kDataMark) - 1));
}

bool IsReviewPage(std::string_view beginning) {
  return absl::StrContains(
      absl::string_view(beginning.data(), beginning.size()), kGenerator);
}

}  // namespace gongkai::cli::review
