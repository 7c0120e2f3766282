// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/read_document.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include "gongkai/v1/report_service.pb.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

constexpr const char* kKinds[] = {"text", "grid", "cells", "lines"};

const char* NameOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kGb18030:
      return "gb18030";
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
  }
  return nullptr;
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n') {
      line += "⏎";
    } else {
      line += c;
    }
  }
  return line;
}

std::string Convert(const char* to, const char* from, std::string_view text) {
  std::string converted(text.size() * 4 + 16, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const int32_t length = ucnv_convert(
      to, from, converted.data(), static_cast<int32_t>(converted.size()),
      text.data(), static_cast<int32_t>(text.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << u_errorName(error);
  converted.resize(length);
  return converted;
}

bool IsSpace(std::string_view text) {
  for (const std::string_view space :
       {" ", "\t", "\n", "\r", "\f", "\v", "\u00a0", "\u3000", "\u200b",
        "\ufeff"}) {
    if (text == space) return true;
  }
  return false;
}

bool HasSpaceAround(std::string_view text) {
  for (const size_t length : {1, 2, 3}) {
    if (text.size() < length) break;
    if (IsSpace(text.substr(0, length))) return true;
    if (IsSpace(text.substr(text.size() - length))) return true;
  }
  return false;
}

// The blocks, or the rejection.
std::string ShowOutcome(const absl::Status& status, const Document& document) {
  if (status.ok()) return Show(document);
  EXPECT_TRUE(document.blocks().empty());
  const Rejection rejection = RejectionOf(status);
  EXPECT_FALSE(rejection.message.empty());
  return v1::Outcome_Name(rejection.outcome).substr(8) + ": " +
         rejection.message_en;
}

}  // namespace

std::string Show(const Document& document) {
  std::string shown;
  for (const Block& block : document.blocks()) {
    shown += kKinds[static_cast<int>(block.kind)];
    const bool is_paragraph = block.kind == BlockKind::kParagraph;
    for (const Row& row : document.rows(block)) {
      shown += is_paragraph ? " " : "\n  ";
      for (const Piece& piece : document.pieces(row)) {
        const std::string text = OneLine(piece.text);
        shown += is_paragraph ? text : "[" + text + "]";
        if (piece.left >= 0) {
          shown += std::to_string(piece.left) + "-" +
                   std::to_string(piece.right) + " ";
        }
      }
    }
    shown += "\n";
  }
  return shown;
}

std::string ReadAndShow(std::string_view bytes, const Limits& limits) {
  Document document;
  const absl::Status status = Read(bytes, limits, &document);
  if (status.ok()) ExpectPlaces(document, bytes);
  return ShowOutcome(status, document);
}

std::string ReadPackedAndShow(std::string_view bytes, const Limits& limits) {
  Document document;
  return ShowOutcome(Read(bytes, limits, &document), document);
}

void ExpectPlaces(const Document& document, std::string_view bytes) {
  const char* const begin = document.text().data();
  const char* const end = begin + document.text().size();
  const char* at = begin;
  int64_t source_at = 0;
  for (const Piece& piece : document.pieces()) {
    ASSERT_GE(piece.text.data(), at) << "out of order: " << piece.text;
    ASSERT_LE(piece.text.data() + piece.text.size(), end);
    at = piece.text.data() + piece.text.size();
    EXPECT_FALSE(HasSpaceAround(piece.text)) << '"' << piece.text << '"';
    const SourceRange range = document.SourceOf(piece.text);
    ASSERT_GE(range.begin, source_at) << piece.text;
    ASSERT_LE(range.begin, range.end) << piece.text;
    ASSERT_LE(range.end, static_cast<int64_t>(bytes.size())) << piece.text;
    source_at = range.end;
    EXPECT_EQ(Decode(bytes.substr(range.begin, range.end - range.begin),
                     NameOf(document.encoding())),
              piece.text);
  }
  // Blocks, rows and pieces cover each other without gaps.
  size_t rows = 0;
  size_t pieces = 0;
  for (const Block& block : document.blocks()) {
    ASSERT_EQ(block.first_row, rows);
    ASSERT_GT(block.row_count, 0u);
    rows += block.row_count;
    for (const Row& row : document.rows(block)) {
      ASSERT_EQ(row.first_piece, pieces);
      ASSERT_GT(row.piece_count, 0u);
      pieces += row.piece_count;
    }
  }
  EXPECT_EQ(rows, document.rows().size());
  EXPECT_EQ(pieces, document.pieces().size());
}

std::string Encode(std::string_view utf8, const char* encoding) {
  return Convert(encoding, "UTF-8", utf8);
}

std::string Decode(std::string_view bytes, const char* encoding) {
  return Convert("UTF-8", encoding, bytes);
}

}  // namespace gongkai::input
