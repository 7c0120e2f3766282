// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/doc/doc_reader.h"

#include <algorithm>
#include <optional>

#include "worker/input/doc/block_writer.h"
#include "worker/input/doc/compound_file.h"
#include "worker/input/doc/rejections.h"
#include "worker/input/doc/word_file.h"
#include "worker/input/doc/word_text.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

// Nearly all documents have less text than this; it grows for others.
constexpr size_t kExpectedText = size_t{64} << 10;

absl::Status NoText(bool has_pictures) {
  if (has_pictures) {
    return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                  "Word 文档里只有图片，没有文字。请提交文字版的报告。",
                  "The Word document holds pictures only and no text. Submit "
                  "the report as text.");
  }
  return Reject(v1::OUTCOME_MALFORMED,
                "Word 文档里没有任何文字。请检查文件是否正确上传。",
                "The Word document holds no text. Check that the right file "
                "was sent.");
}

}  // namespace

absl::Status ReadDoc(std::string_view bytes, const Limits& limits,
                     DocumentBuilder* builder) {
  std::optional<CompoundFile> file = CompoundFile::Open(bytes);
  if (!file.has_value()) return Damaged();
  WordFile word;
  if (const absl::Status status = OpenWordFile(&*file, &word); !status.ok()) {
    return status;
  }
  builder->BeginExtraction(std::min(bytes.size(), kExpectedText));
  BlockWriter writer(builder);
  WordText text(word, &writer);
  const bool within_limits = text.Read();
  builder->EndBlock();
  builder->EndDecoding();
  if (!within_limits || builder->full()) {
    return TooManyPieces(limits.max_pieces);
  }
  if (builder->piece_count() == 0) return NoText(text.has_pictures());
  return absl::OkStatus();
}

}  // namespace gongkai::input
