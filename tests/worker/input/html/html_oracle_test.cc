// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The reader's own rules for tags give what Gumbo gives, which follows the HTML
// standard: on whole pages, and on pages from which tags were taken away or to
// which tags were added.

#include <string.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tests/generator/generator.h"
#include "tests/generator/random.h"
#include "tests/worker/input/html/gumbo_page.h"

namespace gongkai::input {
namespace {

using generator::Layout;
using generator::Options;
using generator::Random;

std::string ShowOurs(const std::string& bytes) {
  HtmlPage page;
  EXPECT_TRUE(page.Read(bytes, Limits()).ok());
  return Show(page);
}

std::string PageOf(uint64_t seed, Layout layout) {
  Options options = generator::DrawOptions(seed, layout);
  options.encoding = generator::Encoding::kUtf8;
  std::string page = generator::Generate(options).bytes;
  // The library reads it as a browser without scripts does, the reader as one
  // with scripts.
  const size_t begin = page.find("<noscript>");
  if (begin != std::string::npos) {
    constexpr char kEnd[] = "</noscript>";
    page.erase(begin, page.find(kEnd) + strlen(kEnd) - begin);
  }
  return page;
}

// Without the ends of paragraphs.
std::string Flat(const std::string& line) {
  return absl::StrReplaceAll(line, {{"¶", ""}});
}

// Where two lines first differ, with what stands around it.
std::string Difference(const std::string& ours, const std::string& gumbo) {
  const size_t at =
      std::mismatch(ours.begin(),
                    ours.begin() + std::min(ours.size(), gumbo.size()),
                    gumbo.begin())
          .first -
      ours.begin();
  const size_t from = at > 60 ? at - 60 : 0;
  return "ours:  " + ours.substr(from, 160) +
         "\ngumbo: " + gumbo.substr(from, 160);
}

TEST(HtmlOracleTest, WholePagesAreReadAsTheLibraryReadsThem) {
  for (const Layout layout : generator::HtmlLayouts()) {
    for (uint64_t seed = 0; seed < 25; ++seed) {
      const std::string page = PageOf(seed, layout);
      const std::string ours = ShowOurs(page);
      const std::string gumbo = ShowByGumbo(page);
      ASSERT_EQ(ours == gumbo, true)
          << generator::LayoutName(layout) << " seed " << seed << "\n"
          << Difference(ours, gumbo);
      EXPECT_GT(ours.size(), 4000u);
    }
  }
}

// Takes a tag away, writes one twice, or puts another in its place.
std::string Spoil(const std::string& page, Random* random) {
  static constexpr const char* kTags[] = {"<p>",
                                          "</p>",
                                          "<div>",
                                          "</div>",
                                          "<td>",
                                          "</td>",
                                          "<tr>",
                                          "</tr>",
                                          "<th>",
                                          "</th>",
                                          "<table>",
                                          "</table>",
                                          "<tbody>",
                                          "</tbody>",
                                          "<li>",
                                          "</li>",
                                          "<ul>",
                                          "</ul>",
                                          "<br>",
                                          "<span>",
                                          "</span>",
                                          "<b>",
                                          "</b>",
                                          "<h2>",
                                          "</h2>",
                                          "<thead>",
                                          "<hr>",
                                          "文字",
                                          "<!-- x -->",
                                          "<p hidden>",
                                          "<col>",
                                          "</tfoot>",
                                          "<dd>",
                                          "<dt>",
                                          "</dl>",
                                          "<caption>",
                                          "</caption>",
                                          "<section>",
                                          "</section>",
                                          "</body>",
                                          "<form>",
                                          "</form>",
                                          "<div style='display:none'>",
                                          "<td colspan=2>",
                                          "<td rowspan=3>"};
  // The body alone: what stands in the head has rules of its own.
  const size_t body = page.find("<body");
  const size_t from =
      body + random->Below(static_cast<int64_t>(page.size() - body));
  const size_t open = page.find('<', from);
  if (open == std::string::npos || page.compare(open, 3, "<!-") == 0) {
    return page;
  }
  const size_t close = page.find('>', open);
  if (close == std::string::npos) return page;
  const std::string before = page.substr(0, open);
  const std::string after = page.substr(close + 1);
  switch (random->Below(3)) {
    case 0:
      return before + after;
    case 1:
      return before + random->Pick(kTags) + page.substr(open);
    default:
      return before + random->Pick(kTags) + after;
  }
}

TEST(HtmlOracleTest, SpoiledPagesAreMendedAsTheLibraryMendsThem) {
  int different = 0;
  int paragraphs = 0;
  int all = 0;
  for (const Layout layout : {Layout::kHtml, Layout::kHtmlCms}) {
    for (uint64_t seed = 0; seed < 400; ++seed) {
      Random random(seed, 7);
      std::string page = PageOf(seed % 20, layout);
      // Scripts and comments whose ends are spoiled swallow the page in both.
      for (int64_t edits = random.Between(1, 6); edits > 0; --edits) {
        page = Spoil(page, &random);
      }
      const std::string ours = ShowOurs(page);
      const std::string gumbo = ShowByGumbo(page);
      ++all;
      if (ours == gumbo) continue;
      // The library puts text that it moves in front of a table beside the
      // paragraph that it stood in, not into it.
      if (Flat(ours) == Flat(gumbo)) {
        ++paragraphs;
        continue;
      }
      if (++different > 5) continue;
      ADD_FAILURE() << generator::LayoutName(layout) << " seed " << seed << "\n"
                    << Difference(ours, gumbo);
    }
  }
  EXPECT_EQ(different, 0) << "of " << all;
  EXPECT_LE(paragraphs * 25, all);
}

}  // namespace
}  // namespace gongkai::input
