// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_tokenizer.h"

#include <string>

#include "gtest/gtest.h"

namespace gongkai::input {
namespace {

// The tokens in a row: text as it is, <name> with what was understood of it.
std::string Tokens(std::string_view page) {
  HtmlTokenizer tokenizer(page);
  HtmlToken token;
  std::string out;
  while (tokenizer.Next(&token)) {
    if (!out.empty()) out += ' ';
    if (token.kind == HtmlToken::Kind::kText) {
      out += "'" +
             std::string(page.substr(token.begin, token.end - token.begin)) +
             "'";
      continue;
    }
    out += token.kind == HtmlToken::Kind::kStart ? "<" : "</";
    out += token.name;
    if (token.hidden) out += " hidden";
    if (token.link) out += " link";
    if (token.colspan != 1) out += " colspan " + std::to_string(token.colspan);
    if (token.rowspan != 1) out += " rowspan " + std::to_string(token.rowspan);
    if (token.self_closing) out += "/";
    out += ">";
    if (!token.content.empty()) out += "{" + std::string(token.content) + "}";
  }
  return out;
}

TEST(HtmlTokenizerTest, PartsTextFromTags) {
  EXPECT_EQ(Tokens("a<b>c</b>d"), "'a' <b> 'c' </b> 'd'");
  EXPECT_EQ(Tokens("<TD\tALIGN=left\n>1</TD >"), "<TD> '1' </TD>");
  EXPECT_EQ(Tokens("<br/><br />"), "<br/> <br/>");
}

TEST(HtmlTokenizerTest, TakesBareAnglesForText) {
  EXPECT_EQ(Tokens("1 < 2 <3 a<"), "'1 < 2 <3 a<'");
  EXPECT_EQ(Tokens("a > b"), "'a > b'");
  EXPECT_EQ(Tokens("规章<规范性文件"), "'规章<规范性文件'");
}

TEST(HtmlTokenizerTest, FindsTheEndOfATagBehindItsAttributes) {
  EXPECT_EQ(Tokens("<p title='a>b' lang=\"c>d\" x=e>1"), "<p> '1'");
  EXPECT_EQ(Tokens("<p a='\"' b=\"'\" c=d'e f>1"), "<p> '1'");
  EXPECT_EQ(Tokens("<p =a= b = 'c' d>1"), "<p> '1'");
  EXPECT_EQ(Tokens("<p/a/b>1"), "<p> '1'");
}

TEST(HtmlTokenizerTest, PassesOverCommentsAndDeclarations) {
  EXPECT_EQ(Tokens("1<!-- <td> -- > -->2"), "'1' '2'");
  EXPECT_EQ(Tokens("1<!-->2<!--->3<!-- --!>4"), "'1' '2' '3' '4'");
  EXPECT_EQ(Tokens("<!DOCTYPE html><?xml a='b'?>1</>2</ b>3"), "'1' '2' '3'");
  EXPECT_EQ(Tokens("<![if !supportMisalignedColumns]><tr><![endif]>"), "<tr>");
}

TEST(HtmlTokenizerTest, ReadsNoMarkupInScriptsAndTheLike) {
  EXPECT_EQ(Tokens("<script>if (a<b) '<td>' </scr + </SCRIPT >1"),
            "<script>{if (a<b) '<td>' </scr + } '1'");
  EXPECT_EQ(Tokens("<title>一 < 二</title>1"), "<title>{一 < 二} '1'");
  EXPECT_EQ(Tokens("<style>a{}</styles></style><b>"),
            "<style>{a{}</styles>} <b>");
}

TEST(HtmlTokenizerTest, EndsWithThePageWhereverThatIs) {
  for (const char* page :
       {"1<", "1</", "1<!", "1<!--", "1<!-- a --", "1<b", "1<b a",
        "1<b a=", "1<b a='", "1<b a='c", "1<b a=c", "1<?", "1</b"}) {
    EXPECT_EQ(Tokens(page).substr(0, 2), "'1") << page;
  }
  EXPECT_EQ(Tokens("<style>a"), "<style>{a}");
  EXPECT_EQ(Tokens(""), "");
}

TEST(HtmlTokenizerTest, ReadsSpansAsBrowsersDo) {
  EXPECT_EQ(Tokens("<td colspan=3 rowspan=\"22\">"),
            "<td colspan 3 rowspan 22>");
  EXPECT_EQ(Tokens("<td colspan=' 2px' ROWSPAN=+4>"),
            "<td colspan 2 rowspan 4>");
  EXPECT_EQ(Tokens("<td colspan=x rowspan=''>"), "<td>");
  EXPECT_EQ(Tokens("<td colspan=-2>"), "<td>");
  EXPECT_EQ(Tokens("<td rowspan=0>"), "<td rowspan 0>");
  EXPECT_EQ(Tokens("<td colspan=99999999999999999999>"),
            "<td colspan 10000000>");
}

TEST(HtmlTokenizerTest, KnowsWhatIsNotShown) {
  EXPECT_EQ(Tokens("<p style='color:red;DISPLAY : None'>"), "<p hidden>");
  EXPECT_EQ(Tokens("<p style=\"visibility:hidden\">"), "<p hidden>");
  EXPECT_EQ(Tokens("<p hidden>"), "<p hidden>");
  EXPECT_EQ(Tokens("<tr height=0>"), "<tr hidden>");
  EXPECT_EQ(Tokens("<p style='display:block;border:none' class=hidden>"),
            "<p>");
  EXPECT_EQ(Tokens("<td height=0>"), "<td>");
}

TEST(HtmlTokenizerTest, TellsLinksFromMarksInThePage) {
  EXPECT_EQ(Tokens("<a href=/a.html>"), "<a link>");
  EXPECT_EQ(Tokens("<a HREF='javascript:a()'>"), "<a link>");
  EXPECT_EQ(Tokens("<a href='#b'><a name=c>"), "<a> <a>");
}

}  // namespace
}  // namespace gongkai::input
