// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_reader.h"

#include <string>

#include "worker/input/document.h"
#include "worker/input/encoding.h"
#include "worker/input/html/html_blocks.h"
#include "worker/input/html/html_page.h"
#include "worker/input/html/html_text.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

// A page has content if it has a paragraph or a table of some size, or much
// text in small parts. In bytes, three to a Chinese character.
constexpr size_t kParagraphOfContent = 120;
constexpr size_t kCellsOfContent = 30;
constexpr size_t kTextOfContent = 2000;

bool HasContent(const HtmlContent& content) {
  return content.longest_paragraph >= kParagraphOfContent ||
         content.cells >= kCellsOfContent ||
         content.text_bytes >= kTextOfContent;
}

// Why a page without content has none; OK if it does not show.
absl::Status ExplainEmptiness(const HtmlPage& page,
                              const HtmlContent& content) {
  if (page.embedded() > 0) {
    return Reject(
        v1::OUTCOME_UNSUPPORTED_FORMAT,
        "网页里没有正文：正文在内嵌的框架或文档里。"
        "请打开内嵌的文档，把它另存后提交。",
        "The page itself has no text: it shows another document in a frame. "
        "Open that document, save it and submit it.");
  }
  if (content.pictures > 0 && (content.pictures > 1 || page.scripts() == 0)) {
    return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                  "网页里没有正文：正文是图片，无法读取。"
                  "请提交 Word、文本或带文字的 PDF 文件。",
                  "The page has no text: its content is in pictures, which "
                  "cannot be read. Submit a Word, text or PDF file with text.");
  }
  if (page.scripts() > 0) {
    return Reject(
        v1::OUTCOME_UNSUPPORTED_FORMAT,
        "网页里没有正文：正文由脚本在浏览器里加载。"
        "请在浏览器里打开网页，等正文出现后另存，或提交报告的附件。",
        "The page has no text: scripts load it in the browser. Open the page "
        "in a browser, save it once its text is there, or submit the report's "
        "attachment.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadHtml(std::string_view bytes, const Limits& limits,
                      DocumentBuilder* builder) {
  Document decoded;
  DocumentBuilder decoder(limits, &decoded);
  if (const absl::Status status = DecodeText(bytes, &decoder); !status.ok()) {
    return status;
  }
  if (decoder.full()) return TooManyPieces(limits.max_pieces);
  HtmlPage page;
  if (const absl::Status status = page.Read(decoded.text(), limits);
      !status.ok()) {
    return status;
  }
  // Text takes a tenth of a page that a word processor saved.
  builder->BeginDecoding(decoded.encoding(), decoded.text().size() / 8);
  HtmlTextWriter writer(decoded, bytes, builder);
  const HtmlContent content = HtmlBlocks(page, &writer, builder).Add();
  if (builder->full()) return TooManyPieces(limits.max_pieces);
  builder->EndDecoding();
  if (!HasContent(content)) {
    if (const absl::Status status = ExplainEmptiness(page, content);
        !status.ok()) {
      return status;
    }
  }
  if (builder->piece_count() == 0) {
    return Reject(v1::OUTCOME_MALFORMED,
                  "网页是空的，没有任何文字。请检查文件是否正确上传。",
                  "The page is empty: it holds no text. Check that the right "
                  "file was sent.");
  }
  return absl::OkStatus();
}

}  // namespace gongkai::input
