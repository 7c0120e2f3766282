// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/internal/wire.h"

#include <string>

#include "gmock/gmock.h"
#include "grpcpp/support/slice.h"
#include "gtest/gtest.h"

namespace gongkai::internal {
namespace {

// The bytes of a buffer in one piece.
std::string Flat(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(buffer.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

TEST(Wire, EncodesAsProtobufDoesWhateverTheSize) {
  for (const size_t size :
       {0, 1, 127, 128, 65'535, 65'536, 70'000, 3'000'000}) {
    v1::ProcessRequest request;
    request.set_id("某县/2024.txt");
    request.mutable_options()->set_include_passed(true);
    request.mutable_document()->set_file_name("2024.txt");
    request.mutable_document()->set_year(2024);
    request.mutable_document()->set_content(std::string(size, 'z'));
    const std::string expected = request.SerializeAsString();
    EXPECT_EQ(Flat(EncodeRequest(request)), expected) << size;
  }
}

TEST(Wire, EncodesADocumentWithNothingButContent) {
  v1::ProcessRequest request;
  request.set_id("a");
  request.mutable_document()->set_content(std::string(100'000, 'z'));
  EXPECT_EQ(Flat(EncodeRequest(request)), request.SerializeAsString());
}

TEST(Wire, SaysThatBytesAreNoMessage) {
  grpc::Slice slice("\xff\xff\xff");
  AnswerDecoder decoder;
  const auto response = decoder.Decode(grpc::ByteBuffer(&slice, 1));
  EXPECT_TRUE(absl::IsInternal(response.status())) << response.status();
}

TEST(Wire, DecodesAnswersOneAfterAnotherWhateverTheirSize) {
  AnswerDecoder decoder;
  for (const int cells : {0, 3, 5'000, 200, 0}) {
    v1::ProcessResponse response;
    response.set_id("a");
    for (int i = 0; i < cells; ++i) {
      v1::Cell* cell =
          response.mutable_report()->mutable_requests()->add_cells();
      cell->set_count(i);
      cell->set_raw(std::string(i % 50, '1'));
      cell->set_start_byte(i);
    }
    grpc::Slice slice(response.SerializeAsString());
    const auto decoded = decoder.Decode(grpc::ByteBuffer(&slice, 1));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ((*decoded)->SerializeAsString(), response.SerializeAsString());
  }
}

}  // namespace
}  // namespace gongkai::internal
