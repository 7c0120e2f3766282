// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/pdf_reader.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>

#include "absl/status/statusor.h"
#include "worker/input/pdf/flow_writer.h"
#include "worker/input/pdf/page_content.h"
#include "worker/input/pdf/page_flow.h"
#include "worker/input/pdf/poppler_file.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

absl::Status Scanned() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "PDF 文件里没有文字，可能是扫描件或图片。"
                "请提交由文档直接导出的 PDF，或 Word、网页原文。",
                "The PDF file holds no text; it is probably a scan. Submit a "
                "PDF exported from the document itself, or the Word file or "
                "web page.");
}

absl::Status Recognised() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "PDF 文件是扫描件，其中的文字是自动识别的，可能有错，不予采用。"
                "请提交由文档直接导出的 PDF，或 Word、网页原文。",
                "The PDF file is a scan whose text was guessed by character "
                "recognition and may be wrong; it is not used. Submit a PDF "
                "exported from the document itself, or the Word file or web "
                "page.");
}

absl::Status Undecodable() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "PDF 文件的字体没有标明文字编码，无法读出文字。"
                "请重新导出 PDF，或提交 Word、网页原文。",
                "The fonts of the PDF file do not say which characters they "
                "show. Export it again, or submit the Word file or web page.");
}

absl::Status TooMuchMemory() {
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "PDF 文件太复杂，内存不足以读取。请只提交年度报告本身。",
                "The PDF file is too complex for the memory there is. Submit "
                "the report alone.");
}

absl::Status Read(std::string_view bytes, const Limits& limits,
                  DocumentBuilder* builder) {
  auto file = pdf::PopplerFile::Open(bytes, limits);
  if (!file.ok()) return file.status();
  pdf::Flow flow;
  pdf::PageContent page;
  int64_t glyphs = 0;
  int most_glyphs = 0;  // on a page
  int64_t unmapped = 0;
  int64_t invisible = 0;
  for (int number = 1; number <= (*file)->page_count(); ++number) {
    if (absl::Status status = (*file)->ReadPage(number, &page); !status.ok()) {
      return status;
    }
    glyphs += page.visible;
    most_glyphs = std::max(most_glyphs, page.visible);
    unmapped += page.unmapped;
    invisible += page.invisible;
    pdf::AddPage(number, page, &flow);
  }
  // Page numbers may be printed on scans.
  constexpr int kLongestPageNumber = 4;
  if (most_glyphs <= kLongestPageNumber) {
    return invisible > glyphs ? Recognised() : Scanned();
  }
  if (2 * unmapped > glyphs) return Undecodable();
  pdf::JoinPages(&flow);
  builder->BeginExtraction(static_cast<size_t>(glyphs) * 3);
  pdf::WriteFlow(flow, builder);
  builder->EndDecoding();
  if (builder->full()) return TooManyPieces(builder->max_pieces());
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadPdf(std::string_view bytes, const Limits& limits,
                     DocumentBuilder* builder) {
  try {
    return Read(bytes, limits, builder);
  } catch (const std::bad_alloc&) {
    return TooMuchMemory();
  }
}

void PreparePdf() { pdf::PreparePoppler(); }

}  // namespace gongkai::input
