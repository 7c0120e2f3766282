// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-fuzz-seeds DIRECTORY: writes the seeds of formats that no editor
// writes, DIRECTORY being tests/fuzz/corpus. They are small, as the fuzzers
// look at 32 KiB at most, and their text is not packed.

#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/generator/zip.h"
#include "tests/worker/input/doc/word_builder.h"
#include "tests/worker/input/pdf/pdf_maker.h"

namespace gongkai::fuzz {
namespace {

using generator::MakeZip;
using generator::Packing;
using input::DefineRow;
using input::MakePdf;
using input::PageMaker;
using input::WordBuilder;

struct Seed {
  std::string name;
  std::string bytes;
};

// --- Word files: XML in parts.

constexpr std::string_view kNamespace =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

std::string Part(std::string_view name, std::string_view content) {
  return "<w:" + std::string(name) + std::string(kNamespace) + ">" +
         std::string(content) + "</w:" + std::string(name) + ">";
}

std::string Body(std::string_view content) {
  return Part("document", "<w:body>" + std::string(content) + "</w:body>");
}

std::string Paragraph(std::string_view text, std::string_view properties = "") {
  return "<w:p><w:pPr>" + std::string(properties) + "</w:pPr><w:r><w:t>" +
         std::string(text) + "</w:t></w:r></w:p>";
}

std::string Cell(std::string_view text, std::string_view properties = "") {
  return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" +
         Paragraph(text) + "</w:tc>";
}

std::string TableXml() {
  return Body(
      Paragraph("青岚县2022年政府信息公开工作年度报告") +
      Paragraph("二、主动公开政府信息情况") +
      "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
      "<w:tr>" +
      Cell("第二十条第（一）项", "<w:gridSpan w:val=\"3\"/>") +
      "</w:tr><w:tr>" + Cell("信息内容") + Cell("本年制发件数") +
      Cell("现行有效件数") + "</w:tr><w:tr>" +
      Cell("规章", "<w:vMerge w:val=\"restart\"/>") + Cell("1") + Cell("12") +
      "</w:tr><w:tr>" + Cell("", "<w:vMerge/>") + Cell("2") + Cell("0") +
      "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" + Cell("3") +
      "</w:tr></w:tbl>");
}

// Fields, tracked changes, content controls, text boxes, a table in a table.
std::string InlineXml() {
  return Body(
      "<w:p><w:r><w:t>受理</w:t><w:fldChar w:fldCharType=\"begin\"/>"
      "<w:instrText>=SUM(LEFT)</w:instrText><w:fldChar "
      "w:fldCharType=\"separate\"/><w:t>1</w:t><w:fldChar "
      "w:fldCharType=\"end\"/></w:r><w:del><w:r><w:delText>9</w:delText></w:r>"
      "</w:del><w:ins><w:r><w:t>2</w:t><w:br/><w:sym w:char=\"F0FE\"/></w:r>"
      "</w:ins><w:r><w:rPr><w:strike/><w:vertAlign w:val=\"superscript\"/>"
      "<w:vanish w:val=\"0\"/></w:rPr><w:t>3</w:t><w:tab/></w:r><w:r><w:pict>"
      "<w:txbxContent>" +
      Paragraph("件") +
      "</w:txbxContent></w:pict></w:r></w:p><w:p><w:pPr><w:rPr><w:del/>"
      "</w:rPr></w:pPr></w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
      "<w:sdtContent>" +
      Paragraph("无") +
      "</w:sdtContent></w:sdt><w:tbl><w:tr><w:tc><w:tbl><w:tr>" + Cell("4") +
      Cell("5") + "</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>");
}

std::string ListXml() {
  return Body(Paragraph("总体情况", "<w:pStyle w:val=\"n1\"/>") +
              Paragraph("概述",
                        "<w:numPr><w:ilvl w:val=\"1\"/><w:numId "
                        "w:val=\"2\"/></w:numPr>"));
}

std::string ListsXml() {
  return Part(
      "numbering",
      "<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\">"
      "<w:start w:val=\"9\"/><w:numFmt w:val=\"chineseCounting\"/>"
      "<w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:isLgl/>"
      "<w:lvlRestart w:val=\"0\"/><w:suff w:val=\"space\"/><w:lvlText "
      "w:val=\"%1.%2\"/></w:lvl></w:abstractNum><w:num w:numId=\"2\">"
      "<w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"1\">"
      "<w:startOverride w:val=\"3\"/></w:lvlOverride></w:num>");
}

std::string StylesXml() {
  return Part(
      "styles",
      "<w:style w:styleId=\"n0\"><w:pPr><w:numPr><w:numId w:val=\"2\"/>"
      "</w:numPr></w:pPr></w:style><w:style w:styleId=\"n1\"><w:basedOn "
      "w:val=\"n0\"/></w:style>");
}

std::string Docx(Packing packing, const std::string& body) {
  return MakeZip({{"[Content_Types].xml", "<Types/>"},
                  {"word/document.xml", body},
                  {"word/numbering.xml", ListsXml()},
                  {"word/styles.xml", StylesXml()}},
                 packing);
}

// --- Binary Word files.

void AddRow(const std::vector<std::u16string>& cells, const std::string& row,
            WordBuilder* word) {
  for (const std::u16string& cell : cells) {
    word->Add({.text = cell + u"\a", .paragraph = input::kInTable});
  }
  word->Add(
      {.text = u"\a", .paragraph = input::kInTable + input::kEndsRow + row});
}

std::string DocWithText() {
  WordBuilder word;
  word.Add({.text = u"受理\x13 PAGE \x14"
                    u"1\x15"});
  word.Add({.text = u"8", .characters = input::kDeleted});
  word.Add({.text = u"2\v3\r", .compressed = true});
  word.Add({.text = u"无\r", .modifier = 1});
  word.AddGroup(input::kHidden);
  return word.File();
}

std::string DocWithTable() {
  WordBuilder word;
  word.Add({.text = u"青岚县2022年政府信息公开工作年度报告\r"
                    u"二、主动公开政府信息情况\r"});
  AddRow({u"信息内容", u"本年制发件数", u"现行有效件数"},
         DefineRow({0, 900, 1800, 2700}, {0x60}), &word);
  AddRow({u"规章", u"1", u"12"}, DefineRow({0, 900, 1800, 2700}, {0x20, 1, 2}),
         &word);
  AddRow({u"行政规范性文件", u"3"}, DefineRow({0, 900, 2700}), &word);
  return word.File();
}

std::string DocWithTableInTable() {
  WordBuilder word;
  word.Add(
      {.text = u"1\r", .paragraph = input::kInner + input::kEndsInnerCell});
  word.Add({.text = u"\r",
            .paragraph = input::kInner + input::kEndsInnerCell +
                         input::kEndsInnerRow + DefineRow({0, 900})});
  AddRow({u"2", u"3"}, DefineRow({0, 900, 1800}), &word);
  return word.File();
}

// --- PDF files.

std::string PdfWithTable() {
  PageMaker page;
  page.Text(50, 60, u"青岚县2022年政府信息公开工作年度报告")
      .Text(50, 80, u"二、主动公开政府信息情况")
      .Grid({50, 150, 250, 350}, {100, 120, 140, 160})
      .Text(55, 115, u"信息内容")
      .Text(155, 115, u"本年制发件数")
      .Text(255, 115, u"现行有效件数")
      .Text(55, 135, u"规章")
      .Text(155, 135, u"1")
      .Text(255, 135, u"12")
      .Text(55, 155, u"行政规范性文件");
  return MakePdf({page.content()});
}

std::string PdfWithPages() {
  PageMaker first;
  first.Text(50, 100, u"一、总体情况")
      .Grid({50, 150, 250}, {780, 800})
      .Text(55, 795, u"规章");
  PageMaker second;
  second.Grid({50, 150, 250}, {50, 70})
      .Text(155, 65, u"26")
      .Text(50, 100, u"1", 6)
      .Raw("q 0.5 0 0 0.5 10 10 cm 20 20 100 50 re S Q\n");
  return MakePdf({first.content(), second.content()});
}

std::vector<Seed> Seeds() {
  const std::string lists = ListXml() + '\f' + ListsXml() + '\f' + StylesXml();
  return {
      {"docx_xml/table.xml", TableXml()},
      {"docx_xml/inline.xml", InlineXml()},
      {"docx_xml/lists.xml", lists},
      {"docx/table.docx", Docx(Packing::kStored, TableXml())},
      {"docx/inline.docx", Docx(Packing::kStored, InlineXml())},
      {"docx/packed.docx", Docx(Packing::kDeflated, ListXml())},
      {"doc/text.doc", DocWithText()},
      {"doc/table.doc", DocWithTable()},
      {"doc/inner.doc", DocWithTableInTable()},
      {"pdf/table.pdf", PdfWithTable()},
      {"pdf/pages.pdf", PdfWithPages()},
      {"pdf/empty.pdf", MakePdf({""})},
      {"extract/table.docx", Docx(Packing::kStored, TableXml())},
      {"extract/table.doc", DocWithTable()},
      {"extract/table.pdf", PdfWithTable()},
  };
}

}  // namespace
}  // namespace gongkai::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: gongkai-fuzz-seeds DIRECTORY\n";
    return 2;
  }
  for (const auto& seed : gongkai::fuzz::Seeds()) {
    std::ofstream file(std::string(argv[1]) + "/" + seed.name,
                       std::ios::binary);
    file << seed.bytes;
    file.close();
    if (!file) {
      std::cerr << "gongkai-fuzz-seeds: cannot write " << seed.name << "\n";
      return 2;
    }
  }
  return 0;
}
