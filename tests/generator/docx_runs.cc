// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/docx_runs.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace gongkai::generator {
namespace {

// Text up to this size is a cell or a heading and is split often.
constexpr size_t kShortBytes = 48;

std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text,
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
}

bool BeginsCharacter(char c) { return (c & 0xc0) != 0x80; }

}  // namespace

std::string RunPrinter::Print(absl::string_view text, absl::string_view size) {
  size_ = size;
  if (text.empty()) return "";
  if (!messy_) return Run(text);
  const int percent = text.size() <= kShortBytes ? 35 : 4;
  std::string runs;
  size_t begin = 0;
  for (size_t i = 1; i <= text.size(); ++i) {
    const bool end = i == text.size();
    if (!end && !(BeginsCharacter(text[i]) && random_.Percent(percent))) {
      continue;
    }
    runs += Wrapped(text.substr(begin, i - begin));
    begin = i;
  }
  return runs;
}

// Line breaks and tabs are elements.
std::string RunPrinter::Run(absl::string_view text) {
  std::string run = absl::StrCat(
      "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"宋体\" "
      "w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/><w:kern w:val=\"0\"/>"
      "<w:sz w:val=\"",
      size_, "\"/><w:szCs w:val=\"", size_, "\"/></w:rPr>");
  for (;;) {
    const size_t mark = text.find_first_of("\n\t");
    const absl::string_view part = text.substr(0, mark);
    if (!part.empty()) {
      absl::StrAppend(&run, "<w:t xml:space=\"preserve\">", Escape(part),
                      "</w:t>");
    }
    if (mark == absl::string_view::npos) break;
    run += text[mark] == '\n' ? "<w:br/>" : "<w:tab/>";
    text.remove_prefix(mark + 1);
  }
  return run + "</w:r>";
}

std::string RunPrinter::Wrapped(absl::string_view text) {
  const std::string run = Run(text);
  if (!random_.Percent(30)) return run;
  const std::string change = absl::StrCat(
      " w:id=\"", ++id_, "\" w:author=\"a\" w:date=\"2025-01-06T09:00:00Z\"");
  switch (random_.Below(13)) {
    case 0:
      return absl::StrCat("<w:del", change, "><w:r><w:delText>",
                          random_.Below(100), "</w:delText></w:r></w:del>",
                          run);
    case 1:
      return absl::StrCat("<w:ins", change, ">", run, "</w:ins>");
    case 2:
      return absl::StrCat("<w:smartTag w:uri=\"u\" w:element=\"chsdate\">", run,
                          "</w:smartTag>");
    case 3:
      return absl::StrCat("<w:hyperlink w:anchor=\"b\">", run,
                          "</w:hyperlink>");
    case 4:
      return absl::StrCat(
          "<w:sdt><w:sdtPr><w:alias w:val=\"5\"/></w:sdtPr><w:sdtContent>", run,
          "</w:sdtContent></w:sdt>");
    case 5:
      return absl::StrCat(
          "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
          "xml:space=\"preserve\"> =SUM(LEFT) 8 </w:instrText></w:r><w:r>"
          "<w:fldChar w:fldCharType=\"separate\"/></w:r>",
          run, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    case 6:
      return absl::StrCat("<w:fldSimple w:instr=\" =1+2 \">", run,
                          "</w:fldSimple>");
    case 7:
      return absl::StrCat("<w:bookmarkStart w:id=\"", id_,
                          "\" w:name=\"_GoBack3\"/>", run,
                          "<w:bookmarkEnd w:id=\"", id_, "\"/>");
    case 8:
      return absl::StrCat("<w:moveFrom", change, "><w:r><w:t>",
                          random_.Below(100), "</w:t></w:r></w:moveFrom>", run);
    case 9:
      return absl::StrCat("<w:moveTo", change, ">", run, "</w:moveTo>");
    case 10:
      return absl::StrCat(run, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>",
                          random_.Below(100), "</w:t></w:r>");
    case 11:
      return absl::StrCat(
          "<w:commentRangeStart w:id=\"1\"/><w:proofErr "
          "w:type=\"spellStart\"/><w:r><w:lastRenderedPageBreak/></w:r>",
          run,
          "<w:proofErr w:type=\"spellEnd\"/><w:commentRangeEnd w:id=\"1\"/>"
          "<w:r><w:softHyphen/></w:r>");
    default:
      return absl::StrCat("<w:customXml w:element=\"e\">", run,
                          "</w:customXml>");
  }
}

}  // namespace gongkai::generator
