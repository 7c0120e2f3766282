// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The rules on the figures of real reports, as a careful reader found them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/worker/validate/check.h"

namespace gongkai::validate {
namespace {

std::vector<std::filesystem::path> TruthFiles() {
  const char* source = std::getenv("GONGKAI_SOURCE_DIR");
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::string(source == nullptr ? "." : source) +
               "/../shared/corpus/truth",
           error)) {
    files.push_back(entry.path());
  }
  return files;
}

ReportBuilder ReadTruth(const std::filesystem::path& file) {
  std::ostringstream json;
  json << std::ifstream(file).rdbuf();
  google::protobuf::Struct truth;
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(json.str(), &truth).ok());
  v1::Template template_id = v1::TEMPLATE_UNSPECIFIED;
  v1::Template_Parse(truth.fields().at("template").string_value(),
                     &template_id);
  ReportBuilder builder(template_id);
  builder.SetYear(static_cast<int>(truth.fields().at("year").number_value()));
  for (const auto& [path, value] :
       truth.fields().at("cells").struct_value().fields()) {
    if (!builder.cell(path).has_count()) continue;  // amounts
    builder.Set(path, static_cast<int64_t>(value.number_value()));
  }
  for (const auto& [path, name] :
       truth.fields().at("states").struct_value().fields()) {
    v1::CellState state = v1::CELL_STATE_UNSPECIFIED;
    v1::CellState_Parse("CELL_STATE_" + name.string_value(), &state);
    builder.SetState(path, state, "");
  }
  return builder;
}

TEST(RealFigures, AddUpAndRaiseNoFalseAlarm) {
  const auto files = TruthFiles();
  if (files.empty()) GTEST_SKIP() << "the corpus of real reports is not there";
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename().string());
    const ReportBuilder builder = ReadTruth(file);
    for (const v1::Finding& finding : CheckCore(builder.report())) {
      // Cells that are left blank, and what cannot be said because of them;
      // and what is worth knowing without being a fault.
      if (finding.rule_id() == "cells.many-blank" ||
          finding.severity() == v1::SEVERITY_INFO) {
        continue;
      }
      EXPECT_EQ(finding.result(), v1::RULE_RESULT_NOT_ASSESSABLE)
          << finding.message();
    }
  }
}

}  // namespace
}  // namespace gongkai::validate
