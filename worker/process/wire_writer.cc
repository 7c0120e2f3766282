// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/wire_writer.h"

#include <algorithm>
#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace gongkai::process {
namespace {

// A message of so many numbers, which takes less than 128 bytes and its length
// one. put(at) writes the fields and returns their end.
template <size_t kFields, typename Put>
void AppendShort(int field, WireWriter* out, const Put& put) {
  constexpr size_t kMostBytes = kFields * (1 + kMaxVarintBytes);
  static_assert(kMostBytes < 0x80);
  char* const tag = out->Room(kMaxHeadBytes + kMostBytes);
  char* const begin = PutTag(field, kLengthDelimited, tag) + 1;
  char* const end = put(begin);
  begin[-1] = static_cast<char>(end - begin);
  out->Advance(end);
}

}  // namespace

void WireWriter::Grow(size_t bytes) {
  // Answers differ by less; what is grown by is filled with zeros first.
  constexpr size_t kStep = size_t{1} << 12;
  bytes_.resize(size_ + bytes + kStep);
}

void WireWriter::EndLong(size_t begin, size_t width) {
  const size_t length = size_ - begin;
  char bytes[kMaxVarintBytes];
  const size_t needed = PutVarint(length, bytes) - bytes;
  Room(needed);
  char* const length_at = bytes_.data() + begin - width;
  if (needed != width) {
    std::memmove(length_at + needed, length_at + width, length);
    size_ = size_ - width + needed;
  }
  std::memcpy(length_at, bytes, needed);
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
  AppendShort<3>(field, out, [&path](char* at) {
    at = PutEnum(P::kTableFieldNumber, path.table(), at);
    at = PutEnum(P::kRowFieldNumber, path.row(), at);
    return PutEnum(P::kColumnFieldNumber, path.column(), at);
  });
}

void AppendPlace(int field, const v1::Place& place, WireWriter* out) {
  using P = v1::Place;
  if (place.has_box()) return out->Message(field, place);
  AppendShort<7>(field, out, [&place](char* at) {
    at = Put(P::kStartByteFieldNumber, place.start_byte(), at);
    at = Put(P::kEndByteFieldNumber, place.end_byte(), at);
    at = Put(P::kTableFieldNumber, place.table(), at);
    at = Put(P::kRowFieldNumber, place.row(), at);
    at = Put(P::kColumnFieldNumber, place.column(), at);
    at = Put(P::kPageFieldNumber, place.page(), at);
    return Put(P::kParagraphFieldNumber, place.paragraph(), at);
  });
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
