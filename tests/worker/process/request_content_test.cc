// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/request_content.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"

namespace gongkai::process {
namespace {

using v1::ProcessRequest;

constexpr char kText[] = "某县2023年政府信息公开工作年度报告\n一、总体情况\n";

ProcessRequest Request() {
  ProcessRequest request;
  request.set_id("a document");
  request.mutable_options()->set_blank_as_zero(true);
  request.mutable_document()->set_file_name("report.txt");
  request.mutable_document()->set_year(2023);
  request.mutable_document()->set_content(kText);
  request.mutable_previous_document()->set_content("another");
  return request;
}

// The request as it is decoded without its content, which is put back; nothing
// if it cannot be decoded so.
std::optional<std::string> DecodeInParts(std::string_view bytes) {
  std::string_view content;
  std::string rest;
  if (!TakeContent(bytes, ProcessRequest::kDocumentFieldNumber, &content,
                   &rest)) {
    return std::nullopt;
  }
  EXPECT_GE(content.data(), bytes.data());
  EXPECT_LE(content.data() + content.size(), bytes.data() + bytes.size());
  ProcessRequest request;
  if (!request.ParseFromString(rest)) return "not decoded";
  request.mutable_document()->set_content(content.data(), content.size());
  return request.SerializeAsString();
}

std::string DecodeWhole(std::string_view bytes) {
  ProcessRequest request;
  if (!request.ParseFromString(std::string(bytes))) return "not decoded";
  return request.SerializeAsString();
}

bool Takes(const ProcessRequest& request) {
  return DecodeInParts(request.SerializeAsString()).has_value();
}

TEST(TakeContent, LeavesARequestThatLacksTheContentAlone) {
  const std::string bytes = Request().SerializeAsString();
  std::string_view content;
  std::string rest = "of another request";
  ASSERT_TRUE(TakeContent(bytes, ProcessRequest::kDocumentFieldNumber, &content,
                          &rest));
  EXPECT_EQ(content, kText);
  ProcessRequest expected = Request();
  expected.mutable_document()->clear_content();
  EXPECT_EQ(rest, expected.SerializeAsString());
}

TEST(TakeContent, WantsADocumentWithContent) {
  EXPECT_FALSE(Takes(ProcessRequest()));
  ProcessRequest request;
  request.mutable_document()->set_year(2023);
  EXPECT_FALSE(Takes(request));
  request.mutable_document()->set_content("text");
  EXPECT_TRUE(Takes(request));
}

TEST(TakeContent, LeavesLargeRequestsToBeCopied) {
  ProcessRequest request = Request();
  request.mutable_document()->set_content(
      std::string(kMaxReadInPlaceBytes - 200, 'x'));
  EXPECT_TRUE(Takes(request));
  request.mutable_document()->set_content(
      std::string(kMaxReadInPlaceBytes, 'x'));
  EXPECT_FALSE(Takes(request));
}

// Protobuf merges such documents, or takes the last content.
TEST(TakeContent, DoesNotChooseBetweenDocumentsOrContents) {
  const std::string bytes = Request().SerializeAsString();
  EXPECT_FALSE(DecodeInParts(bytes + bytes).has_value());
  ProcessRequest request;
  const std::string document = Request().document().SerializeAsString();
  const std::string twice = document + document;
  ASSERT_LT(twice.size(), 0x4000u);
  std::string split = {
      static_cast<char>(ProcessRequest::kDocumentFieldNumber << 3 | 2),
      static_cast<char>(twice.size() | 0x80),
      static_cast<char>(twice.size() >> 7)};
  split += twice;
  ASSERT_TRUE(request.ParseFromString(split));
  EXPECT_FALSE(DecodeInParts(split).has_value());
}

// Whatever is wrong with a request, it is found to be wrong in both ways, or
// means the same in both.
TEST(TakeContent, OfDamagedRequestsMeansWhatTheWholeDoes) {
  const std::string bytes = Request().SerializeAsString();
  for (size_t size = 0; size <= bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    EXPECT_EQ(DecodeInParts(cut).value_or(DecodeWhole(cut)), DecodeWhole(cut))
        << size;
  }
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (int value = 0; value < 0x100; ++value) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(value);
      EXPECT_EQ(DecodeInParts(changed).value_or(DecodeWhole(changed)),
                DecodeWhole(changed))
          << at << " " << value;
    }
  }
}

}  // namespace
}  // namespace gongkai::process
