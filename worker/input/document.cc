// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/document.h"

#include <algorithm>

#include "worker/input/text_lines.h"

namespace gongkai::input {
namespace {

// What a document may keep for the next one. A report needs a tenth of it, so
// only outliers are given back.
constexpr size_t kKeptTextBytes = size_t{1} << 20;
constexpr size_t kKeptElements = size_t{1} << 14;

template <typename Container>
void ClearUpTo(size_t kept, Container& container) {
  if (container.capacity() > kept) {
    Container().swap(container);
  } else {
    container.clear();
  }
}

}  // namespace

Document::Document() : lines_(std::make_unique<TextLines>()) {}
Document::~Document() = default;

SourceRange Document::SourceOfRuns(size_t begin, size_t size) const {
  const int64_t source_begin = SourceOffset(begin, /*end=*/false);
  if (size == 0) return {source_begin, source_begin};
  const int64_t source_end = SourceOffset(begin + size, /*end=*/true);
  return {std::min(source_begin, source_end),
          std::max(source_begin, source_end)};
}

int64_t Document::SourceOffset(size_t offset, bool end) const {
  // An end is looked up from the character before it.
  const size_t inside = end ? offset - 1 : offset;
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), inside,
      [](size_t place, const Run& run) { return place < run.text_begin; });
  if (after == runs_.begin()) return source_offset_;
  const Run& run = *(after - 1);
  const int64_t character = (inside - run.text_begin) / run.text_width;
  return run.source_begin + (character + (end ? 1 : 0)) * run.source_width;
}

Location Document::LocationOf(std::string_view part) const {
  const char* const text_end = text_.data() + text_.size();
  if (part.data() == nullptr || part.data() < text_.data() ||
      part.data() + part.size() > text_end) {
    return {};
  }
  const size_t begin = part.data() - text_.data();
  const size_t end = begin + part.size();
  auto at = std::upper_bound(
      locations_.begin(), locations_.end(), begin,
      [](size_t place, const Located& l) { return place < l.text_begin; });
  if (at == locations_.begin()) return {};
  Location location = (at - 1)->location;
  Box& box = location.box;
  for (; at != locations_.end() && at->text_begin < end; ++at) {
    if (at->location.page != location.page) break;
    const Box& other = at->location.box;
    box.left = std::min(box.left, other.left);
    box.top = std::min(box.top, other.top);
    box.right = std::max(box.right, other.right);
    box.bottom = std::max(box.bottom, other.bottom);
  }
  return location;
}

void Document::Clear() {
  if (storage_.capacity() > kKeptTextBytes) std::string().swap(storage_);
  text_ = {};
  encoding_ = Encoding::kUtf8;
  replaced_ = 0;
  pictures_ = 0;
  source_offset_ = 0;
  has_source_ = true;
  ClearUpTo(kKeptElements, runs_);
  ClearUpTo(kKeptElements, locations_);
  if (pieces_.size() > kKeptElements) std::vector<Piece>().swap(pieces_);
  piece_count_ = 0;
  ClearUpTo(kKeptElements, rows_);
  ClearUpTo(kKeptElements, blocks_);
  lines_->Clear();
}

}  // namespace gongkai::input
