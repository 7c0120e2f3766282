// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/docx_reader.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/generator/zip.h"
#include "tests/worker/input/docx/make_docx.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"

namespace gongkai::input {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// The one line of a paragraph with this content.
std::string Line(const std::string& content) {
  const std::string shown = ShowDocx(MakeDocx("<w:p>" + content + "</w:p>"));
  EXPECT_THAT(shown, StartsWith("text "));
  return shown.substr(5, shown.size() - 6);
}

TEST(DocxReader, ParagraphsComeInOrderAndBlankOnesAreLeftOut) {
  EXPECT_EQ(ShowDocx(MakeDocx(P("一、总体情况") + "<w:p/>" + P("\u3000 ") +
                              P(" 本年受理12件。 "))),
            "text 一、总体情况\n"
            "text 本年受理12件。\n");
}

TEST(DocxReader, ANumberSplitOverRunsIsOneNumber) {
  EXPECT_EQ(Line(R("1") + "<w:proofErr/><w:bookmarkStart/>" + R("2") +
                 "<w:bookmarkEnd/><w:smartTag><w:customXml>" + R("3") +
                 "</w:customXml></w:smartTag><w:r><w:lastRenderedPageBreak/>"
                 "<w:softHyphen/><w:t>4</w:t></w:r>"),
            "1234");
}

TEST(DocxReader, TrackedChangesAreAccepted) {
  EXPECT_EQ(Line(R("受理") +
                 "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
                 "<w:ins>" +
                 R("1") + "<w:del>" + R("8") + "</w:del>" + R("2") +
                 "</w:ins><w:moveFrom>" + R("7") + "</w:moveFrom><w:moveTo>" +
                 R("件") + "</w:moveTo>"),
            "受理12件");
}

TEST(DocxReader, AParagraphWhoseEndWasDeletedGoesOnWithTheNext) {
  const std::string deleted_end = "<w:rPr><w:del/></w:rPr>";
  EXPECT_EQ(ShowDocx(MakeDocx(P("本年受理", deleted_end) + P("12件。") +
                              P("", deleted_end) + P("无。"))),
            "text 本年受理12件。\ntext 无。\n");
  EXPECT_EQ(ShowDocx(MakeDocx(P("最后一段", deleted_end))), "text 最后一段\n");
}

TEST(DocxReader, FieldsShowTheirResultAndNotTheirInstruction) {
  const std::string begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
  const std::string separate =
      "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
  const std::string end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
  const std::string instruction =
      "<w:r><w:instrText>=SUM(LEFT) 8</w:instrText></w:r>";
  EXPECT_EQ(Line(begin + instruction + separate + R("12") + end + R("件")),
            "12件");
  // The result of a field within an instruction is no text either.
  EXPECT_EQ(Line(begin + instruction + begin + instruction + separate +
                 R("99") + end + R("98") + separate + R("12") + end),
            "12");
  EXPECT_EQ(Line("<w:fldSimple>" + R("3") + "</w:fldSimple><w:hyperlink>" +
                 R("4") + "</w:hyperlink>"),
            "34");
}

TEST(DocxReader, AFieldWithoutAnEndDoesNotHideTheRest) {
  EXPECT_EQ(ShowDocx(MakeDocx(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>" +
                P("12"))),
            "text 12\n");
}

TEST(DocxReader, HiddenTextIsNotReadUnlessItSaysThatItIsShown) {
  EXPECT_EQ(Line(R("1", "<w:b/>") + R("9", "<w:vanish/>") +
                 R("2", "<w:vanish w:val=\"0\"/>") +
                 R("3", "<w:vanish w:val=\"false\"/>")),
            "123");
}

TEST(DocxReader, StruckAndRaisedDigitsDoNotRunIntoANumber) {
  EXPECT_EQ(Line(R("12") + R("3", "<w:strike/>")), "123\u0336");
  EXPECT_EQ(Line(R("12") + R("1", "<w:vertAlign w:val=\"superscript\"/>")),
            "12¹");
  EXPECT_EQ(Line(R("12") + R("1", "<w:vertAlign w:val=\"subscript\"/>")),
            "12₁");
  EXPECT_EQ(Line(R("12") + R("3", "<w:vertAlign w:val=\"baseline\"/>")), "123");
}

TEST(DocxReader, ContentControlsShowWhatWasFilledInAndNotTheirPrompt) {
  const auto control = [](const std::string& properties,
                          const std::string& content) {
    return "<w:sdt><w:sdtPr>" + properties + "</w:sdtPr><w:sdtContent>" +
           content + "</w:sdtContent></w:sdt>";
  };
  EXPECT_EQ(Line(R("受理") + control("", R("12")) +
                 control("<w:showingPlcHdr/>", R("单击此处输入")) + R("件")),
            "受理12件");
  EXPECT_EQ(
      ShowDocx(MakeDocx(control("", P("12") + control("", P("13"))) +
                        control("<w:showingPlcHdr/>", P("99")) + P("14"))),
      "text 12\ntext 13\ntext 14\n");
}

TEST(DocxReader, BreaksEndLinesTabsAndHyphensStay) {
  EXPECT_EQ(ShowDocx(MakeDocx(
                "<w:p><w:r><w:t>青岚县</w:t><w:br/><w:t>年度报告</w:t>"
                "<w:br w:type=\"page\"/><w:cr/><w:t>1</w:t><w:tab/><w:t>2"
                "</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r></w:p>")),
            "text 青岚县\ntext 年度报告\ntext 1\t2-3\n");
}

TEST(DocxReader, SpaceCountsWhereItSaysSo) {
  EXPECT_EQ(Line("<w:r><w:t>\n  1\n  </w:t></w:r><w:r><w:t>2</w:t></w:r>"
                 "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>"
                 "<w:r><w:t>3</w:t></w:r>"),
            "12 3");
}

TEST(DocxReader, ATextBoxIsReadOnceBehindItsParagraph) {
  const std::string box =
      "<w:txbxContent>" + P("主动公开") + "</w:txbxContent>";
  EXPECT_EQ(
      ShowDocx(MakeDocx(
          "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">"
          "<w:drawing><wps:wsp><wps:txbx>" +
          box +
          "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>"
          "<v:textbox>" +
          box +
          "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" +
          R("标题") + "</w:p>" + P("正文"))),
      "text 标题\ntext 主动公开\ntext 正文\n");
}

TEST(DocxReader, FormulasSymbolsAndRubyKeepTheirCharacters) {
  EXPECT_EQ(Line("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"), "12");
  EXPECT_EQ(Line("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den>"
                 "<m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"),
            "1 2");
  EXPECT_EQ(Line("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>"),
            "\uF0FC");
  EXPECT_EQ(Line("<w:r><w:ruby><w:rt>" + R("bā") + "</w:rt><w:rubyBase>" +
                 R("八") + "</w:rubyBase></w:ruby></w:r>"),
            "八");
}

TEST(DocxReader, BothNamespacesAndAnyPrefixAreRead) {
  for (const std::string uri :
       {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main"}) {
    EXPECT_EQ(
        ShowDocx(DocxOf("<x:document xmlns:w=\"urn:other\" xmlns:x=\"" + uri +
                        "\"><x:body><x:p><x:r><x:rPr><x:vanish "
                        "x:val=\"false\"/></x:rPr><x:t>1</x:t><w:t>9"
                        "</w:t></x:r></x:p></x:body></x:document>")),
        "text 1\n");
    EXPECT_EQ(ShowDocx(DocxOf("<document xmlns=\"" + uri +
                              "\" xmlns:w=\"urn:other\"><body><p><r><t>1</t>"
                              "<w:t>9</w:t></r></p></body></document>")),
              "text 1\n");
  }
}

TEST(DocxReader, TheMainPartIsFoundByItsRelationship) {
  EXPECT_EQ(ShowDocx(generator::MakeZip(
                {{"_rels/.rels",
                  "<Relationships><Relationship Type=\"http://schemas."
                  "openxmlformats.org/officeDocument/2006/relationships/"
                  "officeDocument\" Target=\"/word/document2.xml\"/>"
                  "</Relationships>"},
                 {"word/document2.xml", DocumentXml(P("正文"))}})),
            "text 正文\n");
  EXPECT_EQ(ShowDocx(generator::MakeZip(
                {{"Word/Document.XML", DocumentXml(P("正文"))},
                 {"word/styles.xml", "<w:styles/>"}})),
            "text 正文\n");
}

TEST(DocxReader, TextInUtf16IsRead) {
  std::string xml("\xFF\xFE", 2);
  for (const char c : DocumentXml(P("12"))) {
    if (c == '\0') continue;
    xml += c;
    xml += '\0';
  }
  const size_t encoding = xml.find('8');
  ASSERT_NE(encoding, std::string::npos);
  EXPECT_EQ(ShowDocx(DocxOf(xml)), "text 12\n");
}

TEST(DocxReader, BadCharactersAreReplaced) {
  EXPECT_EQ(Line(R("1\xFF\xC3")), "1\uFFFD\uFFFD");
  EXPECT_EQ(Line(R("2&#xD800;")), "2\uFFFD\uFFFD\uFFFD");
}

TEST(DocxReader, EveryParagraphTellsItsNumber) {
  Document document;
  ASSERT_TRUE(
      Read(MakeDocx(P("一") + "<w:p/>" + Tbl(Tr(Tc("a") + Tc("b"))) + P("二")),
           Limits(), &document)
          .ok());
  ASSERT_EQ(document.pieces().size(), 4u);
  EXPECT_EQ(document.LocationOf(document.pieces()[0].text).paragraph, 1);
  EXPECT_EQ(document.LocationOf(document.pieces()[1].text).paragraph, 0);
  EXPECT_EQ(document.LocationOf(document.pieces()[1].text).table, 1);
  const Location last = document.LocationOf(document.pieces()[3].text);
  EXPECT_EQ(last.paragraph, 3);
  EXPECT_EQ(last.table, 0);
  EXPECT_EQ(document.SourceOf(document.pieces()[0].text).end, 0);
}

TEST(DocxReader, AFileWithoutTextSaysWhy) {
  EXPECT_THAT(ShowDocx(MakeDocx("<w:p/>")),
              StartsWith("MALFORMED: The Word file is empty"));
  EXPECT_THAT(ShowDocx(MakeDocx("<w:p><w:r><w:drawing/></w:r></w:p>")),
              StartsWith("UNSUPPORTED_FORMAT: The Word file holds pictures"));
  EXPECT_THAT(ShowDocx(MakeDocx("<w:altChunk/>")),
              HasSubstr("embedded web page"));
}

TEST(DocxReader, AnArchiveWithoutAWordDocumentSaysSo) {
  EXPECT_THAT(ShowDocx(generator::MakeZip({{"word/other.xml", "<a/>"}})),
              StartsWith("UNSUPPORTED_FORMAT: The archive holds no Word"));
  EXPECT_THAT(ShowDocx(DocxOf("<a/>")),
              StartsWith("UNSUPPORTED_FORMAT: The archive holds no Word"));
  EXPECT_THAT(ShowDocx(generator::MakeZip({{"xl/workbook.xml", "<a/>"}})),
              HasSubstr("an Excel workbook"));
  EXPECT_THAT(ShowDocx(generator::MakeZip({{"a.txt", "12"}})),
              HasSubstr("a ZIP archive"));
}

}  // namespace
}  // namespace gongkai::input
