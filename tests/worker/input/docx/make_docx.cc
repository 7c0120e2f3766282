// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/docx/make_docx.h"

#include <vector>

#include "gtest/gtest.h"
#include "tests/generator/zip.h"
#include "tests/worker/input/read_document.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

constexpr std::string_view kNamespaces =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/"
    "wordprocessingShape\""
    " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
    " xmlns:v=\"urn:schemas-microsoft-com:vml\"";

std::string Element(std::string_view name, std::string_view content) {
  const std::string tag(name);
  return "<" + tag + ">" + std::string(content) + "</" + tag + ">";
}

std::string Part(std::string_view name, std::string_view content) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:" + std::string(name) +
         std::string(kNamespaces) + ">" + std::string(content) +
         "</w:" + std::string(name) + ">";
}

std::string Properties(std::string_view name, std::string_view properties) {
  return properties.empty() ? "" : Element(name, properties);
}

}  // namespace

std::string DocumentXml(std::string_view body) {
  return Part("document", Element("w:body", body));
}

std::string MakeDocx(std::string_view body, std::string_view lists,
                     std::string_view styles) {
  std::vector<generator::ZipEntry> entries = {
      {"[Content_Types].xml", "<Types/>"},
      {"word/document.xml", DocumentXml(body)}};
  if (!lists.empty()) {
    entries.push_back({"word/numbering.xml", Part("numbering", lists)});
  }
  if (!styles.empty()) {
    entries.push_back({"word/styles.xml", Part("styles", styles)});
  }
  return generator::MakeZip(entries);
}

std::string DocxOf(const std::string& xml) {
  return generator::MakeZip({{"word/document.xml", xml}});
}

std::string R(std::string_view text, std::string_view properties) {
  return Element("w:r", Properties("w:rPr", properties) +
                            "<w:t xml:space=\"preserve\">" + std::string(text) +
                            "</w:t>");
}

std::string P(std::string_view text, std::string_view properties) {
  return Element("w:p", Properties("w:pPr", properties) + R(text));
}

std::string Tc(std::string_view text, std::string_view properties) {
  return Element("w:tc", Properties("w:tcPr", properties) + P(text));
}

std::string Tr(std::string_view cells, std::string_view properties) {
  return Element("w:tr", Properties("w:trPr", properties) + std::string(cells));
}

std::string Tbl(std::string_view rows) { return Element("w:tbl", rows); }

std::string ShowDocx(std::string_view bytes, const Limits& limits) {
  Document document;
  const absl::Status status = Read(bytes, limits, &document);
  if (status.ok()) return Show(document);
  EXPECT_TRUE(document.blocks().empty());
  const Rejection rejection = RejectionOf(status);
  EXPECT_FALSE(rejection.message.empty());
  return v1::Outcome_Name(rejection.outcome).substr(8) + ": " +
         rejection.message_en;
}

}  // namespace gongkai::input
