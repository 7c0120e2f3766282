// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/reader.h"

#include <stdlib.h>
#include <time.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "worker/input/characters.h"
#include "worker/input/doc/doc_reader.h"
#include "worker/input/document_builder.h"
#include "worker/input/docx/docx_reader.h"
#include "worker/input/encoding.h"
#include "worker/input/format.h"
#include "worker/input/html/html_reader.h"
#ifdef GONGKAI_PDF
#include "worker/input/pdf/pdf_reader.h"
#endif
#include "worker/input/rejection.h"
#include "worker/input/text_layout.h"

namespace gongkai::input {
namespace {

// Offsets into the text take 32 bits, and decoding makes it half as long again
// or, where every byte is replaced, three times as long.
constexpr int64_t kLargestDocument = std::numeric_limits<uint32_t>::max() / 4;

absl::Status Empty() {
  return Reject(v1::OUTCOME_MALFORMED,
                "文档是空的，没有任何文字。请检查文件是否正确上传。",
                "The document is empty: it holds no text. Check that the right "
                "file was sent.");
}

absl::Status TooLarge(size_t size, int64_t limit) {
  const std::string bytes = std::to_string(size);
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_TOO_LARGE,
                "文档有 " + bytes + " 字节，超过上限 " + most +
                    " 字节。请只提交年度报告本身，去掉图片和附件。",
                "The document has " + bytes + " bytes; the limit is " + most +
                    ". Submit the report alone, without pictures and "
                    "attachments.");
}

absl::Status Unsupported(Format format) {
  const FormatName name = NameOf(format);
  return Reject(
      v1::OUTCOME_UNSUPPORTED_FORMAT,
      "这是" + std::string(name.chinese) +
          "，无法读取。请把报告另存为 Word 文档（DOCX）、网页（HTML）或文本"
          "后再提交。",
      "This is " + std::string(name.english) +
          ", which is not read. Save the report as a Word file (DOCX), a web "
          "page (HTML) or text and submit that.");
}

#ifndef GONGKAI_PDF
absl::Status NotInThisBuild(Format format) {
  const FormatName name = NameOf(format);
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "这是" + std::string(name.chinese) +
                    "，本程序编译时没有包含这种格式。"
                    "请提交 Word 文档、网页或文本，或换用完整的程序。",
                "This is " + std::string(name.english) +
                    ", a format that this build was made without. Submit a "
                    "Word file, web page or text, or use a complete build.");
}
#endif

absl::Status ReadText(std::string_view bytes, const Limits& limits,
                      DocumentBuilder* builder) {
  if (const absl::Status status = DecodeText(bytes, builder); !status.ok()) {
    return status;
  }
  if (builder->full()) return TooManyPieces(builder->max_pieces());
  const std::string_view text = builder->text();
  if (Trim(text).empty()) return Empty();
  // The marks of a page in UTF-16 show only now.
  const Format format = SniffTextFormat(text);
  if (format == Format::kHtml) return ReadHtml(bytes, limits, builder);
  if (format != Format::kText) return Unsupported(format);
  return ReadTextLayout(builder);
}

// One reader per format.
absl::Status ReadFormat(Format format, std::string_view bytes,
                        const Limits& limits, DocumentBuilder* builder) {
  switch (format) {
    case Format::kText:
      return ReadText(bytes, limits, builder);
    case Format::kHtml:
      return ReadHtml(bytes, limits, builder);
    case Format::kDocx:
      return ReadDocx(bytes, limits, builder);
    case Format::kOle:
      return ReadDoc(bytes, limits, builder);
    case Format::kPdf:
#ifdef GONGKAI_PDF
      return ReadPdf(bytes, limits, builder);
#else
      return NotInThisBuild(format);
#endif
    default:
      return Unsupported(format);
  }
}

absl::Status ReadInto(std::string_view bytes, const Limits& limits,
                      Document* document) {
  DocumentBuilder builder(limits, document);
  if (bytes.empty()) return Empty();
  const int64_t limit = std::min(limits.max_document_bytes, kLargestDocument);
  if (static_cast<int64_t>(bytes.size()) > limit) {
    return TooLarge(bytes.size(), limit);
  }
  return ReadFormat(SniffFormat(bytes), bytes, limits, &builder);
}

}  // namespace

absl::Status Read(std::string_view bytes, const Limits& limits,
                  Document* document) {
  absl::Status status = ReadInto(bytes, limits, document);
  if (!status.ok()) document->Clear();
  return status;
}

void Prepare() {
  // The archive library turns dates of its entries into local time, and the C
  // library would look at the time zone's file each time. Nothing here depends
  // on where a worker runs.
  setenv("TZ", "UTC0", 1);
  tzset();
#ifdef GONGKAI_PDF
  PreparePdf();
#endif
}

std::vector<std::string> DirectoriesReadLater() {
#ifdef GONGKAI_PDF
  return {kPdfTables};
#else
  return {};
#endif
}

}  // namespace gongkai::input
