// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/processor.h"

#include <string>

#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"
#include "gtest/gtest.h"
#include "tests/generator/generator.h"

namespace gongkai::process {
namespace {

using ::testing::HasSubstr;

const catalog::Catalog& Catalog() {
  static const catalog::Catalog* const catalog =
      catalog::Catalog::Builtin()->release();
  return *catalog;
}

v1::ProcessResponse Ask(Processor* processor, const std::string& content) {
  v1::ProcessRequest request;
  request.set_id("7");
  request.mutable_document()->set_content(content);
  std::string bytes;
  processor->Process(ipc::JobKind::kProcess, request.SerializeAsString(),
                     &bytes);
  v1::ProcessResponse response;
  EXPECT_TRUE(response.ParseFromString(bytes));
  return response;
}

TEST(ProcessorTest, AnswerThatIsTooLongIsAnOutcomeAndTheNextReportIsRead) {
  generator::Options options;
  const std::string report = generator::Generate(options).bytes;
  options.min_bytes = 200'000;
  const std::string large = generator::Generate(options).bytes;
  Processor processor(Catalog(), input::Limits(), /*max_result_bytes=*/100'000);
  EXPECT_EQ(Ask(&processor, report).outcome(), v1::OUTCOME_OK);

  const v1::ProcessResponse response = Ask(&processor, large);
  EXPECT_EQ(response.id(), "7");
  EXPECT_EQ(response.outcome(), v1::OUTCOME_LIMIT_EXCEEDED);
  EXPECT_THAT(response.message(), HasSubstr("100000"));
  EXPECT_THAT(response.message_en(), HasSubstr("100000"));
  EXPECT_FALSE(response.has_report());
  EXPECT_TRUE(response.findings().empty());

  EXPECT_EQ(Ask(&processor, report).outcome(), v1::OUTCOME_OK);
}

}  // namespace
}  // namespace gongkai::process
