// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/format.h"

#include <algorithm>
#include <cstddef>

#include "worker/input/characters.h"

namespace gongkai::input {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::string_view bytes;
  Format format;
};

constexpr Signature kSignatures[] = {
    {"%PDF-"sv, Format::kPdf},
    {"PK\x03\x04"sv, Format::kZip},
    {"PK\x05\x06"sv, Format::kZip},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, Format::kOle},
    {"{\\rtf"sv, Format::kRtf},
    {"\x1F\x8B\x08"sv, Format::kGzip},
    {"Rar!\x1A\x07"sv, Format::kRar},
    {"7z\xBC\xAF\x27\x1C"sv, Format::kSevenZip},
    {"GIF87a"sv, Format::kGif},
    {"GIF89a"sv, Format::kGif},
    {"\x89PNG\r\n\x1A\n"sv, Format::kPng},
    {"\xFF\xD8\xFF"sv, Format::kJpeg},
    {"II*\0"sv, Format::kTiff},
    {"MM\0*"sv, Format::kTiff},
};

// PDF readers take a file whose header stands a little behind other bytes.
constexpr size_t kPdfHeaderWithin = 1024;
// The names of an archive's files stand at its beginning and its end.
constexpr size_t kArchiveNamesWithin = size_t{64} << 10;
// Web pages show what they are in this much.
constexpr size_t kTagsWithin = 1024;

bool StartsWith(std::string_view bytes, std::string_view start) {
  return bytes.substr(0, start.size()) == start;
}

bool Contains(std::string_view bytes, std::string_view part) {
  return bytes.find(part) != std::string_view::npos;
}

Format SniffArchive(std::string_view bytes) {
  const std::string_view first = bytes.substr(0, kArchiveNamesWithin);
  const std::string_view last =
      bytes.substr(bytes.size() - std::min(bytes.size(), kArchiveNamesWithin));
  if (Contains(first, "word/") || Contains(last, "word/")) {
    return Format::kDocx;
  }
  if (Contains(first, "xl/") || Contains(last, "xl/")) return Format::kXlsx;
  if (Contains(first, "mimetypeapplication/vnd.oasis.opendocument.text")) {
    return Format::kOdt;
  }
  if (Contains(first, "OFD.xml") || Contains(last, "OFD.xml")) {
    return Format::kOfd;
  }
  return Format::kZip;
}

// `text` begins with the tag or part of one, whatever its case.
bool IsTag(std::string_view text, std::string_view tag) {
  if (text.size() < tag.size()) return false;
  return std::equal(tag.begin(), tag.end(), text.begin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
  });
}

}  // namespace

Format SniffFormat(std::string_view bytes) {
  for (const Signature& signature : kSignatures) {
    if (!StartsWith(bytes, signature.bytes)) continue;
    return signature.format == Format::kZip ? SniffArchive(bytes)
                                            : signature.format;
  }
  const std::string_view beginning = bytes.substr(0, kPdfHeaderWithin);
  if (Contains(beginning, "%PDF-") && Contains(beginning, "obj")) {
    return Format::kPdf;
  }
  return SniffTextFormat(bytes);
}

Format SniffTextFormat(std::string_view text) {
  std::string_view rest = text.substr(0, kTagsWithin);
  size_t tag = rest.find('<');
  if (tag == std::string_view::npos) return Format::kText;
  const bool begins_with_tag = Trim(rest.substr(0, tag)).empty();
  const bool is_xml = begins_with_tag && IsTag(rest.substr(tag), "<?xml");
  for (; tag != std::string_view::npos; tag = rest.find('<')) {
    rest.remove_prefix(tag);
    for (const std::string_view known : {"<html", "<!doctype html", "<table"}) {
      if (IsTag(rest, known)) return Format::kHtml;
    }
    // The common beginnings of a piece of a page.
    if (begins_with_tag) {
      for (const std::string_view known :
           {"<head", "<body", "<div", "<p>", "<p ", "<span", "<meta"}) {
        if (IsTag(rest, known)) return Format::kHtml;
      }
    }
    rest.remove_prefix(1);
  }
  return is_xml ? Format::kXml : Format::kText;
}

FormatName NameOf(Format format) {
  switch (format) {
    case Format::kText:
      return {"文本", "text"};
    case Format::kHtml:
      return {"HTML 网页", "an HTML page"};
    case Format::kXml:
      return {"XML 文件", "an XML file"};
    case Format::kRtf:
      return {"RTF 文档", "an RTF document"};
    case Format::kPdf:
      return {"PDF 文件", "a PDF file"};
    case Format::kDocx:
      return {"Word 文档（DOCX）", "a Word document (DOCX)"};
    case Format::kXlsx:
      return {"Excel 工作簿（XLSX）", "an Excel workbook (XLSX)"};
    case Format::kOdt:
      return {"OpenDocument 文档（ODT）", "an OpenDocument text (ODT)"};
    case Format::kOfd:
      return {"OFD 版式文档", "an OFD document"};
    case Format::kZip:
      return {"ZIP 压缩文件", "a ZIP archive"};
    case Format::kOle:
      return {"旧版 Word 或 WPS 文档（DOC）",
              "an old Word or WPS document (DOC)"};
    case Format::kGzip:
      return {"GZIP 压缩文件", "a gzip file"};
    case Format::kRar:
      return {"RAR 压缩文件", "a RAR archive"};
    case Format::kSevenZip:
      return {"7z 压缩文件", "a 7z archive"};
    case Format::kGif:
      return {"GIF 图片", "a GIF picture"};
    case Format::kPng:
      return {"PNG 图片", "a PNG picture"};
    case Format::kJpeg:
      return {"JPEG 图片", "a JPEG picture"};
    case Format::kTiff:
      return {"TIFF 图片", "a TIFF picture"};
  }
  return {};
}

}  // namespace gongkai::input
