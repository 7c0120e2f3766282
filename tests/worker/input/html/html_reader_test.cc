// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_reader.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worker/input/read_document.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A page around `body` with enough prose that its furniture is left out.
std::string Article(const std::string& body) {
  std::string prose;
  for (int i = 0; i < 12; ++i) prose += "本年度各项工作按计划推进。";
  return "<html><body>" + body + "<p>" + prose + "</p></body></html>";
}

// The blocks before the prose of Article.
std::string ShowArticle(const std::string& body) {
  Document document;
  const absl::Status status = Read(Article(body), Limits(), &document);
  EXPECT_TRUE(status.ok()) << status;
  const std::string shown = Show(document);
  return shown.substr(0, shown.find("text 本年度各项"));
}

std::string ShowBody(const std::string& body) {
  Document document;
  const absl::Status status = Read("<html><body>" + body, Limits(), &document);
  if (!status.ok()) return std::string(status.message());
  return Show(document);
}

// The outcome and English sentence of a page that is rejected.
std::string Reason(const std::string& page, const Limits& limits = {}) {
  Document document;
  const absl::Status status = Read(page, limits, &document);
  if (status.ok()) return "read:\n" + Show(document);
  const Rejection rejection = RejectionOf(status);
  EXPECT_FALSE(rejection.message.empty());
  return v1::Outcome_Name(rejection.outcome) + ": " + rejection.message_en;
}

TEST(HtmlReaderTest, ReadsParagraphsInOrder) {
  EXPECT_EQ(ShowBody("<h1>标题</h1><p>一<p>二</p>三<div>四<div>五</div>六</div>"
                     "<ul><li>七<li>八</ul>九<br>十"),
            "text 标题\ntext 一\ntext 二\ntext 三\ntext 四\ntext 五\ntext 六\n"
            "text 七\ntext 八\ntext 九\ntext 十\n");
}

TEST(HtmlReaderTest, ReadsWhiteSpaceAsItIsShown) {
  EXPECT_EQ(ShowBody("<p> a \n b&nbsp;c  </p>\n <p>&nbsp;</p><p>　　四</p>"),
            "text a b\u00a0c\ntext 四\n");
  // The end of a line parts no Chinese words.
  EXPECT_EQ(ShowBody("<p>政府\n  信息 公开\nabc</p>"),
            "text 政府信息 公开 abc\n");
  EXPECT_EQ(ShowBody("<pre>一  二\n三</pre>"), "text 一 二\ntext 三\n");
}

TEST(HtmlReaderTest, ANumberSplitOverSpansIsOne) {
  EXPECT_EQ(
      ShowBody("<table><tr><td><span lang=EN-US\nstyle='font-size:9.0pt'>1"
               "</span><!-- x --><span>3<o:p></o:p></span><b>6</b><td>"
               "<p class=MsoNormal><o:p>&nbsp;</o:p></p></table>"),
      "grid\n  [136][]\n");
}

TEST(HtmlReaderTest, SpansMakeATrueGrid) {
  EXPECT_EQ(
      ShowBody("<table><tr><td colspan=2 rowspan=2>a<td>b<td>c"
               "<tr><td>d<td rowspan=3>e<tr><td>f<td>g<td>h<tr><td>i</table>"),
      "grid\n  [a][][b][c]\n  [][][d][e]\n  [f][g][h][]\n  [i][][][]\n");
}

TEST(HtmlReaderTest, CoveredPlacesAreMarked) {
  Document document;
  ASSERT_TRUE(Read("<table><tr><td colspan=2>a<td><tr><td>b<td>c<td>d</table>",
                   Limits(), &document)
                  .ok());
  std::vector<bool> covered;
  for (const Piece& piece : document.pieces()) covered.push_back(piece.covered);
  EXPECT_THAT(covered,
              testing::ElementsAre(false, true, false, false, false, false));
}

TEST(HtmlReaderTest, ASpanEndsWithItsRowGroup) {
  EXPECT_EQ(ShowBody("<table><tbody><tr><td rowspan=9>a<td>b</tbody>"
                     "<tbody><tr><td>c<td>d</table>"),
            "grid\n  [a][b]\n  [c][d]\n");
  EXPECT_EQ(ShowBody("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>"),
            "grid\n  [a][b]\n  [][c]\n");
}

TEST(HtmlReaderTest, ColumnsThatCannotBeSeenAreDropped) {
  EXPECT_EQ(ShowBody("<table><tr><td colspan=100>a<tr><td colspan=3>b"
                     "<td colspan=2>c</table>"),
            "grid\n  [a][]\n  [b][c]\n");
}

TEST(HtmlReaderTest, AHugeSpanIsCappedAndCostsNothing) {
  EXPECT_EQ(ShowBody("<table><tr><td colspan=1000000 rowspan=1000000>a<td>b"
                     "<tr><td>c</table>"),
            "grid\n  [a][b]\n  [][c]\n");
}

TEST(HtmlReaderTest, MendsTagsThatAreMissing) {
  EXPECT_EQ(ShowBody("<table><td>a<td>b<tr><th>c<th>d</tbody><p>e</table>"),
            "text e\ngrid\n  [a][b]\n  [c][d]\n");
  EXPECT_EQ(ShowBody("<table><tr><td><p>a<td><div>b</table>c"),
            "grid\n  [a][b]\ntext c\n");
  EXPECT_EQ(ShowBody("<table><tr><td>a<td>b<table><tr><td>c<td>d</table>"),
            ShowBody("a<table><tr><td>c<td>d</table>")
                .replace(0, 7,
                         "text a\n"
                         "text b\n"));
}

TEST(HtmlReaderTest, LinesOfACellStayInIt) {
  EXPECT_EQ(ShowBody("<table><tr><td>商业<br>企业<td><p>一</p><p>二</p>"
                     "<p>&nbsp;</p></table>"),
            "grid\n  [商业⏎企业][一⏎二]\n");
}

TEST(HtmlReaderTest, FlattensTablesThatPlaceParts) {
  EXPECT_EQ(ShowBody("<table><tr><td>菜单<td><h1>标题</h1><table><tr><td>1"
                     "<td>2</table>尾</table>"),
            "text 菜单\ntext 标题\ngrid\n  [1][2]\ntext 尾\n");
  EXPECT_EQ(ShowBody("<table><tr><td>一<tr><td>二<p>三</table>"),
            "text 一\ntext 二\ntext 三\n");
}

TEST(HtmlReaderTest, ATableInOneCellOfAGridIsText) {
  std::string rows;
  for (int i = 0; i < 6; ++i) rows += "<tr><td>行<td>1<td>2";
  EXPECT_THAT(ShowBody("<table>" + rows +
                       "<tr><td>末<td><table><tr><td>7<td>8</table><td>"
                       "<table><tr><td>9</table></table>"),
              HasSubstr("  [末][7⏎8][9]\n"));
}

TEST(HtmlReaderTest, ProseOverAWholeRowIsNoCell) {
  std::string prose;
  for (int i = 0; i < 12; ++i) prose += "本年度各项工作按计划推进。";
  EXPECT_EQ(
      ShowBody("<table><tr><td>a<td>b<tr><td colspan=2><p>一、概述</p><p>" +
               prose + "</p><tr><td>c<td>d</table>"),
      "grid\n  [a][b]\ntext 一、概述\ntext " + prose + "\ngrid\n  [c][d]\n");
}

TEST(HtmlReaderTest, WhatIsNotShownIsNotThere) {
  EXPECT_EQ(ShowArticle(
                "<script>document.write('<p>1')</script><style>p{}</style>"
                "<noscript>2</noscript><p style='display:none'>3<b>4</b></p>"
                "<span style='display:none'>5<span>6</span>7</span>8"
                "<select><option>9</select><div hidden><table><tr><td>10<td>11"
                "</table></div><template>12</template><textarea>13</textarea>"
                "<table><tr><td>a<td style='display:none'>x<td>b"
                "<tr style='display:none'><td>y<td>z<tr height=0><td><td>"
                "<tbody hidden><tr><td>u<td>v</table>"),
            "text 8\ngrid\n  [a][b]\n");
}

TEST(HtmlReaderTest, LeavesTheFurnitureOfAPageOut) {
  EXPECT_EQ(
      ShowArticle("<nav><p>导航文字</p></nav><ul><li><a href=/a>首页</a></li>"
                  "<li><a href=/b>2023年度报告</a><span>2024-01-15</span></li>"
                  "</ul><div>当前位置：<a href=/>首页</a> &gt; <a href=/c>"
                  "政务公开栏目</a></div><p>正文见<a href=/d>附件</a>。</p>"
                  "<h2><a href=/e>一、概述</a></h2><p><a href='#f'>目录</a></p>"
                  "<footer>版权所有</footer><aside>推荐</aside>"),
      "text 正文见附件。\ntext 一、概述\ntext 目录\n");
}

TEST(HtmlReaderTest, KeepsLinksWhereThereIsHardlyMore) {
  EXPECT_EQ(ShowBody("<nav>导航</nav><p><a href=/a>一、概述</a></p>"),
            "text 导航\ntext 一、概述\n");
}

TEST(HtmlReaderTest, KeepsSentencesMadeOfLinks) {
  EXPECT_EQ(ShowArticle("<p>依照<a href=/a>《某某条例》</a>和<a href=/b>《某某"
                        "格式》</a>编制。</p>"),
            "text 依照《某某条例》和《某某格式》编制。\n");
}

TEST(HtmlReaderTest, KeepsLinksInTables) {
  EXPECT_EQ(ShowArticle("<table><tr><td><a href=/a>规章</a><td><a href=/b>1</a>"
                        "</table>"),
            "grid\n  [规章][1]\n");
}

TEST(HtmlReaderTest, ThePagesTitleComesFirstWhereThePageDoesNotShowIt) {
  EXPECT_EQ(
      ShowBody("<title>松河县年度工作报告 - 松河县政府网</title><p>一</p>"),
      "text 松河县年度工作报告\ntext 一\n");
  EXPECT_EQ(ShowBody("<title>松河县2023年度工作报告_松河县</title>"
                     "<p>松河县</p><p>2024<b>年度</b>工作报告</p>"),
            "text 松河县\ntext 2024年度工作报告\n");
}

TEST(HtmlReaderTest, TellsTheEncodingByContent) {
  const std::string page =
      "<html><head><meta charset=utf-8></head><body><p>政府信息公开</p>";
  EXPECT_EQ(ReadAndShow(Encode(page, "gb18030")), "text 政府信息公开\n");
  std::string lies = page;
  lies.replace(lies.find("utf-8"), 5, "gb2312");
  EXPECT_EQ(ReadAndShow(lies), "text 政府信息公开\n");
  EXPECT_EQ(ReadAndShow("\xEF\xBB\xBF" + lies), "text 政府信息公开\n");
  EXPECT_EQ(ReadAndShow(Encode(page, "UTF-16LE")), "text 政府信息公开\n");
}

TEST(HtmlReaderTest, PlacesHoldWholeEntitiesAndTheTagsBetween) {
  const std::string page =
      "<p>共&#21463;理</p><table><tr><td>a<td>1<b>2</b>&#51;<td></table>";
  for (const char* encoding : {"UTF-8", "gb18030", "UTF-16LE"}) {
    const std::string bytes = Encode(page, encoding);
    Document document;
    ASSERT_TRUE(Read(bytes, Limits(), &document).ok());
    const auto source = [&](size_t piece) {
      const SourceRange range =
          document.SourceOf(document.pieces()[piece].text);
      return Decode(bytes.substr(range.begin, range.end - range.begin),
                    encoding);
    };
    ASSERT_EQ(document.pieces().size(), 4u) << encoding;
    EXPECT_EQ(source(0), "共&#21463;理") << encoding;
    EXPECT_EQ(document.pieces()[2].text, "123") << encoding;
    EXPECT_EQ(source(2), "1<b>2</b>&#51;") << encoding;
    // A blank cell has an empty range where it stands.
    const SourceRange blank = document.SourceOf(document.pieces()[3].text);
    EXPECT_EQ(blank.begin, blank.end) << encoding;
    EXPECT_EQ(Decode(bytes.substr(blank.begin), encoding), "</table>")
        << encoding;
  }
}

TEST(HtmlReaderTest, LocationsCountParagraphsTablesRowsAndColumns) {
  Document document;
  ASSERT_TRUE(Read(Article("<nav><p>导航</p></nav><div hidden><table><tr><td>x"
                           "</table></div><p>一</p><table><tr><td rowspan=2>a"
                           "<td>b<tr><td>c</table>"),
                   Limits(), &document)
                  .ok());
  ASSERT_TRUE(document.has_locations());
  const auto at = [&](size_t piece) {
    const Location l = document.LocationOf(document.pieces()[piece].text);
    return std::vector<int>{l.paragraph, l.table, l.row, l.column};
  };
  EXPECT_EQ(at(0), (std::vector<int>{2, 0, 0, 0}));
  EXPECT_EQ(at(1), (std::vector<int>{0, 2, 1, 1}));
  EXPECT_EQ(at(2), (std::vector<int>{0, 2, 1, 2}));
  EXPECT_EQ(at(3), (std::vector<int>{0, 2, 2, 1}));
  EXPECT_EQ(at(4), (std::vector<int>{0, 2, 2, 2}));
  EXPECT_EQ(at(5), (std::vector<int>{3, 0, 0, 0}));
}

TEST(HtmlReaderTest, SaysThatScriptsLoadThePage) {
  const std::string reason = Reason(
      "<html><head><title>年度报告</title></head><body><div id=app></div>"
      "<script src=/app.js></script></body></html>");
  EXPECT_THAT(reason, StartsWith("OUTCOME_UNSUPPORTED_FORMAT: "));
  EXPECT_THAT(reason, HasSubstr("scripts load it"));
}

TEST(HtmlReaderTest, SaysThatThePageIsPictures) {
  const std::string reason = Reason(
      "<body><h1>年度报告</h1><p><img src=1.jpg></p><p><img src=2.jpg></p>");
  EXPECT_THAT(reason, StartsWith("OUTCOME_UNSUPPORTED_FORMAT: "));
  EXPECT_THAT(reason, HasSubstr("in pictures"));
}

TEST(HtmlReaderTest, SaysThatThePageShowsAnotherDocument) {
  EXPECT_THAT(Reason("<body><h1>年度报告</h1><iframe src=a.pdf></iframe>"),
              HasSubstr("another document in a frame"));
}

TEST(HtmlReaderTest, CountsPicturesBetweenParagraphs) {
  Document document;
  ASSERT_TRUE(Read(Article("<img src=logo.png>") +
                       Article("<p><img src=1.png></p><img src=2.png>"
                               "<a href=/><img src=3.png></a>") +
                       "<img src=police.png>",
                   Limits(), &document)
                  .ok());
  EXPECT_EQ(document.pictures(), 2);
}

TEST(HtmlReaderTest, AnEmptyPageIsMalformed) {
  EXPECT_THAT(Reason("<html><body><p>&nbsp;</p></body></html>"),
              StartsWith("OUTCOME_MALFORMED: "));
}

TEST(HtmlReaderTest, EachLimitHasItsOutcome) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<div>";
  EXPECT_THAT(Reason("<html>" + deep + "一"),
              testing::AllOf(StartsWith("OUTCOME_LIMIT_EXCEEDED: "),
                             HasSubstr("nested deeper than the limit of 512")));
  std::string tables = "<html>";
  for (int i = 0; i < 10'000; ++i) tables += "<table><tr><td>";
  EXPECT_THAT(Reason(tables), StartsWith("OUTCOME_LIMIT_EXCEEDED: "));

  Limits limits;
  limits.max_html_nodes = 100;
  std::string long_page = "<html>";
  for (int i = 0; i < 100; ++i) long_page += "<p>一";
  EXPECT_THAT(Reason(long_page, limits),
              HasSubstr("more tags and pieces of text than the limit of 100"));

  limits = Limits();
  limits.max_pieces = 10;
  EXPECT_THAT(
      Reason("<table><tr><td>1<td>2<td>3<tr><td>4<tr><td>5<tr><td>6", limits),
      HasSubstr("more lines and cells than the limit of 10"));
  std::string paragraphs = "<html>";
  for (int i = 0; i < 11; ++i) paragraphs += "<p>一";
  EXPECT_THAT(Reason(paragraphs, limits), HasSubstr("than the limit of 10"));
}

TEST(HtmlReaderTest, CoveredPlacesAreBounded) {
  // Each row would cover a thousand columns that cannot be dropped.
  std::string page = "<table><tr>";
  for (int i = 0; i < 1000; ++i) page += "<td>";
  for (int i = 0; i < 10'000; ++i) page += "<tr><td rowspan=1000 colspan=1000>";
  EXPECT_THAT(Reason(page), StartsWith("OUTCOME_LIMIT_EXCEEDED: "));
}

TEST(HtmlReaderTest, ElementsWithinLinesHaveNoDepth) {
  std::string page = "<html><p>";
  for (int i = 0; i < 10'000; ++i) page += "<font size=2>";
  EXPECT_EQ(Reason(page + "一"), "read:\ntext 一\n");
}

}  // namespace
}  // namespace gongkai::input
