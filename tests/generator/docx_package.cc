// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/generator/docx_package.h"

#include "absl/strings/str_cat.h"

namespace gongkai::generator {
namespace {

constexpr absl::string_view kDeclaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

constexpr absl::string_view kMain =
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

constexpr absl::string_view kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string ContentTypes(bool numbered) {
  constexpr absl::string_view kPrefix =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  const auto part = [&](absl::string_view name, absl::string_view type) {
    return absl::StrCat("<Override PartName=\"/word/", name,
                        ".xml\" ContentType=\"", kPrefix, type, "+xml\"/>");
  };
  return absl::StrCat(
      kDeclaration,
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
      "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
      "vnd.openxmlformats-package.relationships+xml\"/><Default "
      "Extension=\"xml\" ContentType=\"application/xml\"/>",
      part("document", "document.main"), part("styles", "styles"),
      numbered ? part("numbering", "numbering") : "", "</Types>");
}

std::string Relationship(absl::string_view id, absl::string_view type,
                         absl::string_view target) {
  return absl::StrCat("<Relationship Id=\"", id, "\" Type=\"", kRelations, "/",
                      type, "\" Target=\"", target, "\"/>");
}

std::string Relationships(absl::string_view relationships) {
  return absl::StrCat(
      kDeclaration,
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
      "relationships\">",
      relationships, "</Relationships>");
}

std::string Document(absl::string_view body) {
  return absl::StrCat(
      kDeclaration, "<w:document xmlns:w=\"", kMain,
      "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/"
      "2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/"
      "wordprocessingShape\" xmlns:wp=\"http://schemas.openxmlformats.org/"
      "drawingml/2006/wordprocessingDrawing\" "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
      "xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>",
      body,
      "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" "
      "w:right=\"1080\" w:bottom=\"1440\" w:left=\"1080\" w:header=\"851\" "
      "w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
}

std::string Styles(bool numbered) {
  std::string styles = absl::StrCat(
      kDeclaration, "<w:styles xmlns:w=\"", kMain,
      "\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\">"
      "<w:name w:val=\"Normal\"/></w:style><w:style w:type=\"table\" "
      "w:default=\"1\" w:styleId=\"t\"><w:name w:val=\"Normal Table\"/>"
      "</w:style>");
  if (numbered) {
    // The second style has its numbering from the first and its level from
    // itself.
    styles +=
        "<w:style w:type=\"paragraph\" w:styleId=\"n1\"><w:name "
        "w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/><w:pPr><w:numPr>"
        "<w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style><w:style "
        "w:type=\"paragraph\" w:styleId=\"n2\"><w:name w:val=\"heading 2\"/>"
        "<w:basedOn w:val=\"n1\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/>"
        "</w:numPr></w:pPr></w:style>";
  }
  return styles + "</w:styles>";
}

std::string Numbering(Random* random) {
  constexpr absl::string_view kFormats[] = {
      "chineseCounting", "chineseCountingThousand", "japaneseCounting"};
  constexpr absl::string_view kSuffixes[] = {"nothing", "space", "tab"};
  const absl::string_view format = random->Pick(kFormats);
  const absl::string_view suffix = random->Pick(kSuffixes);
  const auto level = [&](int number, absl::string_view text) {
    return absl::StrCat("<w:lvl w:ilvl=\"", number,
                        "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"", format,
                        "\"/><w:suff w:val=\"", suffix,
                        "\"/><w:lvlText w:val=\"", text, "\"/></w:lvl>");
  };
  return absl::StrCat(
      kDeclaration, "<w:numbering xmlns:w=\"", kMain,
      "\"><w:abstractNum w:abstractNumId=\"7\"><w:multiLevelType "
      "w:val=\"multilevel\"/>",
      level(0, "%1、"), level(1, "（%2）"),
      "</w:abstractNum><w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/>"
      "</w:num></w:numbering>");
}

}  // namespace

std::vector<ZipEntry> DocxParts(absl::string_view body, bool numbered,
                                Random* random) {
  std::string parts = Relationship("rId1", "styles", "styles.xml");
  if (numbered) parts += Relationship("rId2", "numbering", "numbering.xml");
  std::vector<ZipEntry> entries = {
      {"[Content_Types].xml", ContentTypes(numbered)},
      {"_rels/.rels", Relationships(Relationship("rId1", "officeDocument",
                                                 "word/document.xml"))},
      {"word/document.xml", Document(body)},
      {"word/_rels/document.xml.rels", Relationships(parts)},
      {"word/styles.xml", Styles(numbered)},
  };
  if (numbered) entries.push_back({"word/numbering.xml", Numbering(random)});
  return entries;
}

std::string NumberedProperties(int level, bool by_style) {
  if (by_style) return absl::StrCat("<w:pStyle w:val=\"n", level + 1, "\"/>");
  return absl::StrCat("<w:numPr><w:ilvl w:val=\"", level,
                      "\"/><w:numId w:val=\"2\"/></w:numPr>");
}

}  // namespace gongkai::generator
