// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/request_view.h"

#include <string>
#include <vector>

#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"

namespace gongkai::service {
namespace {

// The bytes in pieces of this size.
std::vector<std::string_view> Cut(std::string_view bytes, size_t size) {
  std::vector<std::string_view> pieces;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    pieces.push_back(bytes.substr(0, size));
  }
  return pieces;
}

std::string Join(const RequestPieces& pieces) {
  std::string joined;
  for (const std::string_view piece : pieces) joined.append(piece);
  return joined;
}

v1::ProcessRequest Request() {
  v1::ProcessRequest request;
  request.set_id("city/2023.txt");
  request.mutable_options()->set_include_passed(true);
  request.mutable_document()->set_file_name("2023.txt");
  request.mutable_document()->set_year(2023);
  request.mutable_document()->set_content(std::string(700, 'c'));
  return request;
}

TEST(RequestViewTest, FindsIdAndContentHoweverTheBytesAreCut) {
  const std::string bytes = Request().SerializeAsString();
  for (size_t size = 1; size <= bytes.size(); ++size) {
    const std::vector<std::string_view> pieces = Cut(bytes, size);
    ASSERT_EQ(RequestId(pieces), "city/2023.txt") << size;
    ASSERT_EQ(Join(DocumentContent(ipc::JobKind::kProcess, pieces)),
              std::string(700, 'c'))
        << size;
  }
}

TEST(RequestViewTest, FindsTheContentOfTheOtherRequests) {
  v1::ParseReportRequest parse;
  *parse.mutable_document() = Request().document();
  v1::ValidateReportRequest validate;
  *validate.mutable_document() = Request().document();
  EXPECT_EQ(
      Join(DocumentContent(ipc::JobKind::kParse, {parse.SerializeAsString()})),
      std::string(700, 'c'));
  EXPECT_EQ(Join(DocumentContent(ipc::JobKind::kValidate,
                                 {validate.SerializeAsString()})),
            std::string(700, 'c'));
}

TEST(RequestViewTest, AStructuredReportCountsAsAWhole) {
  v1::ValidateReportRequest request;
  request.mutable_report()->set_title("title");
  const std::string bytes = request.SerializeAsString();
  EXPECT_EQ(Join(DocumentContent(ipc::JobKind::kValidate, {bytes})), bytes);
}

TEST(RequestViewTest, FindsTheParentInACollection) {
  v1::CheckCollectionRequest request;
  request.set_id("a.docx");
  request.set_parent("青岚市人民政府");
  request.mutable_document()->set_content(std::string(700, 'c'));
  const std::string bytes = request.SerializeAsString();
  EXPECT_EQ(RequestId({bytes}), "a.docx");
  EXPECT_EQ(RequestParent({bytes}), "青岚市人民政府");
  EXPECT_EQ(Join(DocumentContent(ipc::JobKind::kDigest, {bytes})),
            std::string(700, 'c'));
}

TEST(RequestViewTest, SurvivesWhatIsNoMessage) {
  const std::string bytes = Request().SerializeAsString();
  for (size_t size = 0; size < bytes.size(); ++size) {
    RequestId({std::string_view(bytes).substr(0, size)});
    DocumentContent(ipc::JobKind::kProcess,
                    {std::string_view(bytes).substr(0, size)});
  }
  EXPECT_EQ(RequestId({std::string(100, '\xff')}), "");
  // A length beyond everything.
  EXPECT_EQ(RequestId({"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
                       "abc"}),
            "");
}

TEST(RequestViewTest, AnIdThatIsTooLongIsNone) {
  v1::ProcessRequest request;
  request.set_id(std::string(256, 'i'));
  EXPECT_EQ(RequestId({request.SerializeAsString()}).size(), 256u);
  request.set_id(std::string(257, 'i'));
  EXPECT_EQ(RequestId({request.SerializeAsString()}), "");
}

}  // namespace
}  // namespace gongkai::service
