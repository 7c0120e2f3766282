// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/wire_writer.h"

#include <algorithm>
#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace gongkai::process {

void WireWriter::Grow(size_t bytes) {
  // Answers differ by less; what is grown by is filled with zeros first.
  constexpr size_t kStep = size_t{1} << 12;
  bytes_.resize(size_ + bytes + kStep);
}

void WireWriter::EndLong(size_t begin) {
  const size_t length = size_ - begin;
  char bytes[kMaxVarintBytes];
  const size_t width = PutVarint(length, bytes) - bytes;
  Room(width);
  char* const length_at = bytes_.data() + begin - 1;
  std::memmove(length_at + width, length_at + 1, length);
  std::memcpy(length_at, bytes, width);
  size_ += width - 1;
}

// Map fields in a fixed order: the same bytes in give the same bytes out.
void WireWriter::Fields(const google::protobuf::MessageLite& message) {
  const size_t size = message.ByteSizeLong();
  char* const at = Room(size);
  google::protobuf::io::ArrayOutputStream stream(at, static_cast<int>(size));
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  Advance(at + size);
}

void AppendPath(int field, const v1::CellPath& path, WireWriter* out) {
  using P = v1::CellPath;
  const size_t begin = out->Begin(field);
  char* at = out->Room(3 * kMaxHeadBytes);
  at = Put(P::kTableFieldNumber, path.table(), at);
  at = Put(P::kRowFieldNumber, path.row(), at);
  at = Put(P::kColumnFieldNumber, path.column(), at);
  out->Advance(at);
  out->End(begin);
}

void AppendPlace(int field, const v1::Place& place, WireWriter* out) {
  using P = v1::Place;
  constexpr size_t kFields = 7;
  const size_t begin = out->Begin(field);
  char* at = out->Room(kFields * kMaxHeadBytes);
  at = Put(P::kStartByteFieldNumber, place.start_byte(), at);
  at = Put(P::kEndByteFieldNumber, place.end_byte(), at);
  at = Put(P::kTableFieldNumber, place.table(), at);
  at = Put(P::kRowFieldNumber, place.row(), at);
  at = Put(P::kColumnFieldNumber, place.column(), at);
  at = Put(P::kPageFieldNumber, place.page(), at);
  out->Advance(at);
  if (place.has_box()) out->Message(P::kBoxFieldNumber, place.box());
  out->Integer(P::kParagraphFieldNumber, place.paragraph());
  out->End(begin);
}

void AppendQuotation(int field, const v1::Quotation& quotation,
                     WireWriter* out) {
  using Q = v1::Quotation;
  const size_t begin = out->Begin(field);
  out->Integer(Q::kSectionFieldNumber, quotation.section());
  out->Integer(Q::kBeginFieldNumber, quotation.begin());
  out->Integer(Q::kEndFieldNumber, quotation.end());
  out->String(Q::kTextFieldNumber, quotation.text());
  if (quotation.has_place()) {
    AppendPlace(Q::kPlaceFieldNumber, quotation.place(), out);
  }
  out->End(begin);
}

}  // namespace gongkai::process
