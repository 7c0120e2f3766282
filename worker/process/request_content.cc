// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/request_content.h"

#include <cstdint>

#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "worker/process/wire_writer.h"

namespace gongkai::process {
namespace {

using google::protobuf::internal::WireFormatLite;

// A field of a message, as a range of its bytes: the tag, the length and the
// value follow each other.
struct Field {
  size_t tag = 0;
  size_t value = 0;
  size_t end = 0;
};

// Finds the field with this number, which must be length-delimited and occur
// just once. False also if the message cannot be walked through.
bool FindOnly(std::string_view message, int number, Field* field) {
  const uint32_t wanted =
      static_cast<uint32_t>(number) << 3 | uint32_t{kLengthDelimited};
  google::protobuf::io::CodedInputStream in(
      reinterpret_cast<const uint8_t*>(message.data()),
      static_cast<int>(message.size()));
  bool found = false;
  while (true) {
    const int begin = in.CurrentPosition();
    const uint32_t tag = in.ReadTag();
    if (tag == 0) return found && in.ConsumedEntireMessage();
    if (tag != wanted) {
      if (!WireFormatLite::SkipField(&in, tag)) return false;
      continue;
    }
    int size = 0;
    if (found || !in.ReadVarintSizeAsInt(&size)) return false;
    found = true;
    field->tag = static_cast<size_t>(begin);
    field->value = static_cast<size_t>(in.CurrentPosition());
    field->end = field->value + static_cast<size_t>(size);
    if (field->end > message.size() || !in.Skip(size)) return false;
  }
}

}  // namespace

bool TakeContent(std::string_view request, int document_field,
                 std::string_view* content, std::string* rest) {
  Field outer;
  Field inner;
  if (request.size() > kMaxReadInPlaceBytes ||
      !FindOnly(request, document_field, &outer)) {
    return false;
  }
  const std::string_view document =
      request.substr(outer.value, outer.end - outer.value);
  if (!FindOnly(document, v1::Document::kContentFieldNumber, &inner)) {
    return false;
  }
  *content = document.substr(inner.value, inner.end - inner.value);
  char head[kMaxHeadBytes];
  char* at = PutTag(document_field, kLengthDelimited, head);
  at = PutVarint(document.size() - (inner.end - inner.tag), at);
  rest->assign(request.substr(0, outer.tag));
  rest->append(head, at - head);
  rest->append(document.substr(0, inner.tag));
  rest->append(document.substr(inner.end));
  rest->append(request.substr(outer.end));
  return true;
}

}  // namespace gongkai::process
