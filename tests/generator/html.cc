// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/html.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/generator/html_table.h"

namespace gongkai::generator {
namespace {

// A line that numbers a section: 一、…
bool IsHeading(absl::string_view line) {
  for (const char* ordinal : {"一、", "二、", "三、", "四、", "五、", "六、"}) {
    if (absl::StartsWith(line, ordinal) && line.size() < 90) return true;
  }
  return false;
}

std::string SpanAttributes(const SpanCell& cell, absl::string_view quote) {
  std::string out;
  if (cell.colspan > 1) {
    absl::StrAppend(&out, " colspan=", quote, cell.colspan, quote);
  }
  if (cell.rowspan > 1) {
    absl::StrAppend(&out, " rowspan=", quote, cell.rowspan, quote);
  }
  return out;
}

// How the text of a page is written, the same all over it.
class TextPrinter {
 public:
  TextPrinter(bool plain, Random* random)
      : named_spaces_(plain || random->Percent(60)),
        named_quotes_(!plain && random->Percent(40)),
        numeric_digits_(!plain && random->Percent(10)),
        break_(plain || random->Percent(60) ? "<br>" : "<br />") {}

  std::string operator()(absl::string_view text) const {
    std::string out = absl::StrReplaceAll(
        text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\n", break_}});
    if (named_spaces_) absl::StrReplaceAll({{"\u00a0", "&nbsp;"}}, &out);
    if (named_quotes_) {
      absl::StrReplaceAll({{"“", "&ldquo;"}, {"”", "&rdquo;"}}, &out);
    }
    if (numeric_digits_) {
      absl::StrReplaceAll({{"7", "&#55;"}, {"8", "&#x38;"}}, &out);
    }
    return out;
  }

 private:
  const bool named_spaces_;
  const bool named_quotes_;
  const bool numeric_digits_;
  const absl::string_view break_;
};

// A page of one of the kinds.
class Page {
 public:
  Page(const HtmlStyle& style, bool plain, Random* random)
      : style_(style), random_(*random), text_(plain, random) {}
  virtual ~Page() = default;

  std::string Print(absl::Span<const Part> parts) {
    AddHead();
    bool first = true;
    for (const Part& part : parts) {
      if (part.table.has_value()) {
        AddTable(WithSpans(*part.table), part.table->kind);
      } else if (!part.line.empty()) {
        AddLine(part.line, first);
        first = false;
      }
    }
    AddEnd();
    return std::move(out_);
  }

 protected:
  virtual void AddHead() = 0;
  virtual void AddLine(const std::string& line, bool is_first) = 0;
  virtual void AddTable(const SpanTable& table, TableKind kind) = 0;
  virtual void AddEnd() = 0;

  template <typename... Args>
  void Add(const Args&... args) {
    absl::StrAppend(&out_, args...);
  }

  const HtmlStyle& style_;
  Random& random_;
  const TextPrinter text_;
  std::string out_;
};

class CleanPage : public Page {
 public:
  CleanPage(const HtmlStyle& style, bool split, Random* random)
      : Page(style, /*plain=*/!split, random), split_(split) {}

 protected:
  void AddHead() override {
    Add("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n");
    if (!style_.charset.empty()) {
      Add("<meta charset=\"", style_.charset, "\">\n");
    }
    Add("<title>", style_.title, "</title>\n</head>\n<body>\n");
  }

  void AddLine(const std::string& line, bool is_first) override {
    const absl::string_view tag = is_first          ? "h1"
                                  : IsHeading(line) ? "h2"
                                                    : "p";
    Add("<", tag, ">", text_(line), "</", tag, ">\n");
  }

  void AddTable(const SpanTable& table, TableKind kind) override {
    if (!split_) return AddRows(table);
    // The heads of a table stay together.
    const int heads = kind == TableKind::kDisclosure ? 1 : 3;
    const int rows = static_cast<int>(table.rows.size());
    const auto [first, second] =
        Cut(table, static_cast<size_t>(random_.Between(heads, rows - 1)),
            random_.Percent(30));
    AddRows(first);
    if (random_.Percent(50)) Add("<p>&nbsp;</p>\n");
    AddRows(second);
  }

  void AddEnd() override { Add("</body>\n</html>\n"); }

 private:
  void AddRows(const SpanTable& table) {
    Add("<table border=\"1\">\n<tbody>\n");
    for (const auto& row : table.rows) {
      Add("<tr>");
      for (const SpanCell& cell : row) {
        Add("<td", SpanAttributes(cell, "\""), ">", text_(cell.text), "</td>");
      }
      Add("</tr>\n");
    }
    Add("</tbody>\n</table>\n");
  }

  const bool split_;
};

class CmsPage : public Page {
 public:
  CmsPage(const HtmlStyle& style, Random* random)
      : Page(style, /*plain=*/false, random),
        end_tags_(!random->Percent(25)),
        upper_case_(random->Percent(20)),
        breaks_(random->Percent(25)),
        layout_table_(random->Percent(30)),
        elements_(random->Percent(50)) {}

 protected:
  void AddHead() override {
    Add("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
        "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
        "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n");
    if (!style_.charset.empty()) {
      Add("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=",
          style_.charset, "\" />\n");
    }
    Add("<title>", style_.title, "_政府信息公开_松河县人民政府</title>\n",
        "<meta name=\"keywords\" content=\"松河县，政府网站\" />\n"
        "<link rel=\"stylesheet\" href=\"/css/main.css\" />\n"
        "<style type=\"text/css\">\n.menu li > a { color: #333; }\n"
        "td { border: 1px solid #000; padding: 4px; }\n</style>\n"
        "<script type=\"text/javascript\">\nvar site = '<table><tr><td>7';\n"
        "if (1 < 2 && site) document.write(\"<p>一、总体情况</p>\");\n"
        "</script>\n</head>\n<body onload=\"init('a > b')\">\n");
    Add("<!-- 页头 <table> -->\n<div class=\"top\">\n");
    AddMenu("menu", {"首页", "走进松河", "新闻中心", "政务公开", "办事服务",
                     "互动交流"});
    Add("</div>\n<div class=\"place\">当前位置：<a href=\"/\">首页</a> &gt; "
        "<a href=\"/zwgk/\">政务公开</a> &gt; "
        "<a href=\"/zwgk/nb/\">政府信息公开年报</a> &gt; 正文</div>\n");
    AddOtherYears(style_.year - 1, 3);
    if (random_.Percent(50)) {
      Add("<div class=\"site\">松河县人民政府网</div>\n"
          "<div class=\"column\">政府信息公开年报</div>\n");
    }
    AddIndexTable();
    Add("<noscript>请启用脚本后再浏览本页。</noscript>\n"
        "<div style=\"display: none\"><table><tr><td>一、本年新收政府信息公开"
        "申请数量</td><td>99</td></tr></table></div>\n");
    if (layout_table_) {
      Add("<table width=\"1000\" border=\"0\" align=\"center\"><tr>"
          "<td valign=\"top\" id=\"main\">\n");
    }
    Add("<div class=\"article\" id=\"zoom\">\n");
  }

  void AddLine(const std::string& line, bool is_first) override {
    if (is_first) {
      Add("<h1 class=\"title\">", text_(line), "</h1>\n");
      // The next line may be the title's second.
      share_pending_ = true;
      return;
    }
    if (share_pending_ && line.size() > 120) AddShareBar();
    if (breaks_) {
      Add("　　", text_(line), "<br />\n");
    } else if (IsHeading(line)) {
      Add("<p style=\"text-indent: 2em;\"><strong>", text_(line), "</strong>",
          End("p"), "\n");
    } else {
      Add("<p style=\"text-indent: 2em; line-height: 2;\"><span style=\""
          "font-family: 宋体; font-size: 16px;\">",
          text_(line), "</span>", End("p"), "\n");
    }
  }

  void AddTable(const SpanTable& table, TableKind) override {
    Add("<", Tag("table"),
        " class=\"table\" style=\"width:100%; "
        "border-collapse:collapse\" cellpadding=\"0\">\n");
    for (const auto& row : table.rows) {
      Add("<", Tag("tr"), ">\n");
      for (const SpanCell& cell : row) {
        Add("  <", Tag("td"), SpanAttributes(cell, "\""),
            " align=\"center\" style=\"font-size:14px\">");
        if (random_.Percent(50)) {
          Add("<p align=\"center\">", text_(cell.text), End("p"));
        } else {
          Add("\n    ", text_(cell.text), "\n  ");
        }
        Add(End("td"), "\n");
      }
      Add(End("tr"), "\n");
    }
    Add("</", Tag("table"), ">\n");
  }

  void AddEnd() override {
    Add("</div>\n");
    if (layout_table_) Add("</td></tr></table>\n");
    AddOtherYears(style_.year - 2, 2);
    Add("<p class=\"near\">上一篇：<a href=\"/zwgk/1.html\">关于召开会议的通知"
        "</a></p>\n<div class=\"share\"><a href=\"javascript:void(0)\">打印"
        "</a> | <a href=\"javascript:window.close()\">关闭</a></div>\n");
    Add(elements_ ? "<footer>\n" : "<div class=\"foot\">\n",
        "<p>主办：松河县人民政府办公室　承办：松河县大数据中心</p>\n"
        "<p>网站标识码：3600000001 备案号 12345678号-1</p>\n"
        "<p><img src=\"/images/police.png\" /><a href=\"/map.html\">网站地图"
        "</a></p>\n",
        elements_ ? "</footer>\n" : "</div>\n",
        "<script src=\"/js/count.js\"></script>\n</body>\n</html>\n");
  }

 private:
  // The name of an element of the article, in the page's case.
  std::string Tag(absl::string_view name) const {
    return upper_case_ ? absl::AsciiStrToUpper(name) : std::string(name);
  }
  // An end tag that HTML lets one leave out.
  std::string End(absl::string_view name) const {
    return end_tags_ ? absl::StrCat("</", Tag(name), ">") : "";
  }

  void AddMenu(absl::string_view name,
               const std::vector<absl::string_view>& entries) {
    const absl::string_view element = elements_ ? "nav" : "div";
    Add("<", element, " class=\"", name, "\"><ul>\n");
    for (absl::string_view entry : entries) {
      Add("<li><a href=\"/", name, "/index.html\" target=_blank>", entry,
          "</a></li>\n");
    }
    Add("</ul></", element, ">\n");
  }

  void AddOtherYears(int last, int count) {
    Add("<ul class=\"list\">\n");
    for (int i = 0; i < count; ++i) {
      const std::string year = absl::StrCat(last - i);
      Add("<li><a href='/nb/", year, "/t1.html' title='x'>",
          absl::StrReplaceAll(style_.title,
                              {{absl::StrCat(style_.year), year}}),
          "</a><span>", last - i + 1, "-01-15</span></li>\n");
    }
    Add("</ul>\n");
  }

  void AddIndexTable() {
    Add("<table class=\"index\"><tbody>\n<tr><td><b>索 引 号：</b></td><td>",
        "000014349/", style_.year + 1,
        "-00031</td><td><b>主题分类：</b></td>"
        "<td>政务公开</td></tr>\n<tr><td><b>发文机关：</b></td><td colspan=3>"
        "松河县人民政府办公室</td></tr>\n<tr><td>发布日期：</td><td>",
        style_.year + 1,
        "-01-22</td><td>浏览次数：</td><td>128</td></tr>\n"
        "</tbody></table>\n");
  }

  void AddShareBar() {
    share_pending_ = false;
    Add("<div class=\"info\">发布时间：", style_.year + 1,
        "-01-22 09:30　字号：[<a href=\"javascript:doZoom(16)\">大</a> "
        "<a href=\"javascript:doZoom(14)\">中</a> "
        "<a href=\"javascript:doZoom(12)\">小</a>] 分享到：</div>\n");
  }

  const bool end_tags_;
  const bool upper_case_;
  const bool breaks_;
  const bool layout_table_;
  const bool elements_;
  bool share_pending_ = false;
};

class WordPage : public Page {
 public:
  WordPage(const HtmlStyle& style, Random* random)
      : Page(style, /*plain=*/true, random),
        phantom_row_(random->Percent(50)) {}

 protected:
  void AddHead() override {
    Add("<html xmlns:v=\"urn:schemas-microsoft-com:vml\"\n"
        "xmlns:o=\"urn:schemas-microsoft-com:office:office\"\n"
        "xmlns:w=\"urn:schemas-microsoft-com:office:word\"\n"
        "xmlns=\"http://www.w3.org/TR/REC-html40\">\n\n<head>\n");
    if (!style_.charset.empty()) {
      Add("<meta http-equiv=Content-Type content=\"text/html; charset=",
          style_.charset, "\">\n");
    }
    Add("<meta name=Generator content=\"Microsoft Word 15\">\n"
        "<title>",
        style_.title,
        "</title>\n"
        "<!--[if gte mso 9]><xml>\n <o:DocumentProperties>\n"
        "  <o:Author>user</o:Author>\n  <o:Words>815</o:Words>\n"
        " </o:DocumentProperties>\n</xml><![endif]-->\n"
        "<!--[if gte mso 9]><xml>\n <w:LatentStyles "
        "DefLockedState=\"false\">\n");
    for (int i = 0; i < 40; ++i) {
      Add("  <w:LsdException Locked=\"false\" Priority=\"", i,
          "\" QFormat=\"true\" Name=\"heading ", i, "\"/>\n");
    }
    Add(" </w:LatentStyles>\n</xml><![endif]-->\n<style>\n<!--\n"
        " /* Font Definitions */\n@font-face\n\t{font-family:仿宋_GB2312;\n"
        "\tpanose-1:2 1 6 9 3 1 1 1 1 1;}\n"
        " p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{mso-style-parent:\"\";\n"
        "\tmargin:0cm;\n\tfont-size:10.5pt;}\n-->\n</style>\n</head>\n\n"
        "<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:"
        "punctuation'>\n\n<div class=WordSection1 style='layout-grid:15.6pt'>"
        "\n\n");
  }

  void AddLine(const std::string& line, bool is_first) override {
    Add("<p class=MsoNormal align=",
        is_first ? "center style='text-align:center;mso-pagination:\nwidow-"
                   "orphan'>"
                 : "left style='text-indent:32.0pt;mso-char-indent-count:\n2.0;"
                   "line-height:28.0pt;mso-line-height-rule:exactly'>");
    if (IsHeading(line)) Add("<a name=\"_Toc", out_.size(), "\"></a>");
    AddRuns(line,
            "font-size:16.0pt;mso-bidi-font-size:\n12.0pt;font-family:"
            "仿宋_GB2312;mso-hansi-font-family:宋体");
    Add("<span "
        "lang=EN-US\nstyle='font-size:16.0pt'><o:p></o:p></span></p>\n\n");
  }

  void AddTable(const SpanTable& table, TableKind) override {
    Add("<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0\n"
        " style='border-collapse:collapse;mso-table-layout-alt:fixed;border:"
        "none;\n mso-border-alt:solid windowtext .5pt'>\n");
    for (size_t r = 0; r < table.rows.size(); ++r) {
      Add(" <tr style='mso-yfti-irow:", r,
          ";page-break-inside:avoid;height:"
          "17.0pt'>\n");
      for (const SpanCell& cell : table.rows[r]) AddCell(cell);
      Add(" </tr>\n");
    }
    if (phantom_row_) {
      // A row of no height that holds the widths of the columns.
      Add(" <![if !supportMisalignedColumns]>\n <tr height=0>\n");
      for (int c = 0; c < table.width; ++c) {
        Add("  <td width=", 50 + 7 * c, " style='border:none'></td>\n");
      }
      Add(" </tr>\n <![endif]>\n");
    }
    Add("</table>\n\n");
  }

  void AddEnd() override {
    Add("<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\n\n"
        "</div>\n\n</body>\n\n</html>\n");
  }

 private:
  void AddCell(const SpanCell& cell) {
    Add("  <td width=", 40 * cell.colspan, SpanAttributes(cell, ""),
        " style='width:", 30 * cell.colspan,
        ".0pt;border:solid windowtext 1.0pt;border-left:\n  none;mso-border-"
        "alt:solid windowtext .5pt;padding:0cm 1.4pt 0cm 1.4pt;\n  height:"
        "17.0pt'>\n  <p class=MsoNormal align=center style='text-align:center;"
        "line-height:14.0pt;\n  mso-line-height-rule:exactly'>");
    if (cell.text.empty()) {
      Add("<span lang=EN-US style='font-size:9.0pt'><o:p>&nbsp;</o:p></span>");
    } else {
      AddRuns(cell.text,
              "font-size:9.0pt;\n  font-family:宋体;mso-font-"
              "kerning:0pt");
      Add("<span lang=EN-US\n  style='font-size:9.0pt'><o:p></o:p></span>");
    }
    Add("</p>\n  </td>\n");
  }

  // The text in runs: of Chinese and of other characters, and cut in two
  // wherever it was once edited.
  void AddRuns(absl::string_view text, absl::string_view style) {
    while (!text.empty()) {
      const bool ascii = absl::ascii_isascii(text[0]);
      const int limit = random_.Percent(30) ? 1 + random_.Below(3) : 1000;
      size_t end = 0;
      for (int n = 0; n < limit && end < text.size() &&
                      absl::ascii_isascii(text[end]) == ascii;
           ++n) {
        ++end;
        while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
      }
      Add("<span", ascii ? " lang=EN-US" : "", " style='", style, "'>",
          text_(text.substr(0, end)), "</span>");
      if (random_.Percent(3)) Add("<!-- run -->");
      text.remove_prefix(end);
    }
  }

  const bool phantom_row_;
};

}  // namespace

std::string PrintHtml(Layout layout, const HtmlStyle& style,
                      absl::Span<const Part> parts, Random* random) {
  switch (layout) {
    case Layout::kHtmlCms:
      return CmsPage(style, random).Print(parts);
    case Layout::kHtmlWord:
      return WordPage(style, random).Print(parts);
    default:
      return CleanPage(style, layout == Layout::kHtmlSplit, random)
          .Print(parts);
  }
}

}  // namespace gongkai::generator
