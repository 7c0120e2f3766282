// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/wire.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/support/slice.h"

namespace gongkai::internal {
namespace {

using ::google::protobuf::internal::WireFormatLite;
using ::google::protobuf::io::CodedOutputStream;
using ::google::protobuf::io::StringOutputStream;

// From this size the content becomes a slice of its own without a copy; below
// it one allocation for everything is quicker than three.
constexpr size_t kOwnSliceBytes = 64 << 10;

constexpr uint32_t LengthDelimitedTag(int field) {
  return static_cast<uint32_t>(field) << 3 |
         WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
}

grpc::Slice SliceOf(std::string bytes) {
  auto* owned = new std::string(std::move(bytes));
  return grpc::Slice(
      owned->data(), owned->size(),
      [](void* p) { delete static_cast<std::string*>(p); }, owned);
}

// The request, whose content is taken out, up to where the `content_size`
// bytes of the content begin. The document comes last and the content last in
// it, whatever fields they get.
std::string Head(v1::ProcessRequest rest, size_t content_size) {
  const v1::Document document = std::move(*rest.mutable_document());
  rest.clear_document();
  const uint32_t content_tag =
      LengthDelimitedTag(v1::Document::kContentFieldNumber);
  const size_t document_size =
      document.ByteSizeLong() + CodedOutputStream::VarintSize32(content_tag) +
      CodedOutputStream::VarintSize64(content_size) + content_size;
  std::string head;
  {
    StringOutputStream stream(&head);
    CodedOutputStream out(&stream);
    rest.SerializeToCodedStream(&out);
    out.WriteTag(LengthDelimitedTag(v1::ProcessRequest::kDocumentFieldNumber));
    out.WriteVarint64(document_size);
    document.SerializeToCodedStream(&out);
    out.WriteTag(content_tag);
    out.WriteVarint64(content_size);
  }
  return head;
}

absl::Status DecodeInto(grpc::ByteBuffer bytes,
                        google::protobuf::Message* message) {
  const grpc::Status status =
      grpc::SerializationTraits<google::protobuf::Message>::Deserialize(
          &bytes, message);
  if (status.ok()) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("The peer sent what is not a ",
                                          message->GetTypeName(), ": ",
                                          status.error_message()));
}

template <typename Message>
absl::StatusOr<Message> Decode(grpc::ByteBuffer bytes) {
  Message message;
  absl::Status status = DecodeInto(std::move(bytes), &message);
  if (!status.ok()) return status;
  return message;
}

// The answer to a report of 200 cells and its text takes some 45 KB decoded; a
// larger one takes further blocks, which are given back after it.
constexpr size_t kBlockBytes = 64 << 10;

google::protobuf::ArenaOptions StartingWith(char* block) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block;
  options.initial_block_size = kBlockBytes;
  return options;
}

}  // namespace

grpc::ByteBuffer EncodeRequest(v1::ProcessRequest request) {
  if (request.document().content().size() < kOwnSliceBytes) {
    grpc::Slice slice(request.ByteSizeLong());
    request.SerializeWithCachedSizesToArray(
        const_cast<uint8_t*>(slice.begin()));
    return grpc::ByteBuffer(&slice, 1);
  }
  std::string content =
      std::move(*request.mutable_document()->mutable_content());
  request.mutable_document()->clear_content();
  std::string head = Head(std::move(request), content.size());
  const grpc::Slice slices[] = {SliceOf(std::move(head)),
                                SliceOf(std::move(content))};
  return grpc::ByteBuffer(slices, 2);
}

absl::StatusOr<v1::ProcessRequest> DecodeRequest(grpc::ByteBuffer bytes) {
  return Decode<v1::ProcessRequest>(std::move(bytes));
}

absl::StatusOr<v1::GetCapabilitiesResponse> DecodeCapabilities(
    grpc::ByteBuffer bytes) {
  return Decode<v1::GetCapabilitiesResponse>(std::move(bytes));
}

AnswerDecoder::AnswerDecoder()
    : block_(new char[kBlockBytes]), arena_(StartingWith(block_.get())) {}

absl::StatusOr<const v1::ProcessResponse*> AnswerDecoder::Decode(
    grpc::ByteBuffer bytes) {
  arena_.Reset();
  auto* answer =
      google::protobuf::Arena::CreateMessage<v1::ProcessResponse>(&arena_);
  absl::Status status = DecodeInto(std::move(bytes), answer);
  if (!status.ok()) return status;
  return answer;
}

}  // namespace gongkai::internal
