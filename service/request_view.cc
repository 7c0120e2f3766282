// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/request_view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace gongkai::service {
namespace {

// Fields of one message that are looked at. Ours have three; whoever sends
// more of them has only himself to blame if an id is not found.
constexpr int kMaxFields = 16;

// The contract's bound on ids and parents.
constexpr size_t kMaxIdBytes = 256;

// Field numbers of gongkai/v1/report_service.proto, where they are frozen.
constexpr uint32_t kProcessRequestId = 1;
constexpr uint32_t kCollectionRequestParent = 5;
// Also that of CheckCollectionRequest, which has the id in the same field, too.
constexpr uint32_t kProcessRequestDocument = 3;
constexpr uint32_t kParseRequestDocument = 1;
constexpr uint32_t kValidateRequestDocument = 1;
constexpr uint32_t kDocumentContent = 3;

// Walks over bytes that lie in several pieces.
class Cursor {
 public:
  explicit Cursor(absl::Span<const std::string_view> pieces) : pieces_(pieces) {
    SkipEmpty();
  }

  bool AtEnd() const { return piece_ == pieces_.size(); }

  std::optional<uint64_t> ReadVarint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (AtEnd()) return std::nullopt;
      const uint8_t byte = static_cast<uint8_t>(pieces_[piece_][offset_]);
      ++offset_;
      SkipEmpty();
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    return std::nullopt;
  }

  // The next `size` bytes; nothing if there are fewer.
  std::optional<RequestPieces> Read(uint64_t size) {
    RequestPieces read;
    while (size > 0) {
      if (AtEnd()) return std::nullopt;
      const std::string_view part = pieces_[piece_].substr(
          offset_, static_cast<size_t>(
                       std::min<uint64_t>(size, pieces_[piece_].size())));
      read.push_back(part);
      offset_ += part.size();
      size -= part.size();
      SkipEmpty();
    }
    return read;
  }

 private:
  void SkipEmpty() {
    while (!AtEnd() && offset_ == pieces_[piece_].size()) {
      ++piece_;
      offset_ = 0;
    }
  }

  absl::Span<const std::string_view> pieces_;
  size_t piece_ = 0;
  size_t offset_ = 0;
};

// The value of the last occurrence of a length-delimited field, as a decoder
// would take it.
std::optional<RequestPieces> FindField(
    absl::Span<const std::string_view> message, uint32_t number) {
  Cursor cursor(message);
  std::optional<RequestPieces> found;
  for (int i = 0; i < kMaxFields && !cursor.AtEnd(); ++i) {
    const std::optional<uint64_t> tag = cursor.ReadVarint();
    if (!tag.has_value()) break;
    std::optional<uint64_t> size;
    switch (*tag & 7) {
      case 0:  // varint
        if (!cursor.ReadVarint().has_value()) return found;
        continue;
      case 1:  // 64 bits
        size = 8;
        break;
      case 2:  // length-delimited
        size = cursor.ReadVarint();
        break;
      case 5:  // 32 bits
        size = 4;
        break;
      default:
        return found;
    }
    if (!size.has_value()) break;
    std::optional<RequestPieces> value = cursor.Read(*size);
    if (!value.has_value()) break;
    if (*tag == (uint64_t{number} << 3 | 2)) found = std::move(value);
  }
  return found;
}

// The value of a field; empty if there is none, or one that is too long.
std::string ShortField(absl::Span<const std::string_view> message,
                       uint32_t number) {
  std::string value;
  const std::optional<RequestPieces> pieces = FindField(message, number);
  if (!pieces.has_value()) return value;
  for (const std::string_view piece : *pieces) {
    if (value.size() + piece.size() > kMaxIdBytes) return std::string();
    value.append(piece);
  }
  return value;
}

}  // namespace

std::string RequestId(absl::Span<const std::string_view> request) {
  return ShortField(request, kProcessRequestId);
}

std::string RequestParent(absl::Span<const std::string_view> request) {
  return ShortField(request, kCollectionRequestParent);
}

RequestPieces DocumentContent(ipc::JobKind kind,
                              absl::Span<const std::string_view> request) {
  uint32_t number = kProcessRequestDocument;
  if (kind == ipc::JobKind::kParse) number = kParseRequestDocument;
  if (kind == ipc::JobKind::kValidate) number = kValidateRequestDocument;
  if (const std::optional<RequestPieces> document = FindField(request, number);
      document.has_value()) {
    if (std::optional<RequestPieces> content =
            FindField(*document, kDocumentContent);
        content.has_value()) {
      return *std::move(content);
    }
  }
  return RequestPieces(request.begin(), request.end());
}

}  // namespace gongkai::service
