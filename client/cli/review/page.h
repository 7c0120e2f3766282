// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: client/cli/review/page.h
//
// What every page of a review is made of: a frame, a style and a script that
// are the same for all pages of a kind, and data. Whatever a document says
// stands in the data alone, from where the script puts it into the page as
// text; nothing of a document is ever written as HTML.
//
// A page may run its own script and use its own style, which its policy names
// by their hashes, and nothing else: it loads nothing and connects to nothing.

#ifndef GONGKAI_CLIENT_CLI_REVIEW_PAGE_H_
#define GONGKAI_CLIENT_CLI_REVIEW_PAGE_H_

#include <string>
#include <string_view>

namespace gongkai::cli::review {

enum class PageKind { kReport, kIndex };

// JSON as it may stand in a <script> element: without a "<", which could end
// the element or begin a comment in it.
std::string EscapedForScript(std::string json);

// Immutable and thread-safe.
class Page {
 public:
  explicit Page(PageKind kind);

  // Data stands between them: JSON that went through EscapedForScript.
  const std::string& before_data() const { return before_data_; }
  const std::string& after_data() const { return after_data_; }

 private:
  std::string before_data_;
  std::string after_data_;
};

// Whether the beginning of a file is that of a page that Page wrote.
bool IsReviewPage(std::string_view beginning);
// So much of a file is enough for that.
inline constexpr int kPageBeginning = 512;

}  // namespace gongkai::cli::review

#endif  // GONGKAI_CLIENT_CLI_REVIEW_PAGE_H_
