// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "gmock/gmock.h"
#include "gongkai/v1/report_service.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "worker/process/finding_wire.h"
#include "worker/process/report_wire.h"
#include "worker/process/wire_writer.h"

namespace gongkai::process {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Gives every field of a message a value that depends on `salt`, repeated ones
// two. Of a oneof the last set wins; which is last depends on the salt too.
void Fill(int salt, Message* message) {
  const Reflection& r = *message->GetReflection();
  const int fields = message->GetDescriptor()->field_count();
  for (int i = 0; i < fields; ++i) {
    const FieldDescriptor* field =
        message->GetDescriptor()->field((i + salt) % fields);
    for (int n = 0; n < (field->is_repeated() ? 2 : 1); ++n) {
      const int value = salt + 300 * field->number() + n;
      switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
          if (field->is_repeated()) {
            r.AddInt32(message, field, value);
          } else {
            r.SetInt32(message, field, value);
          }
          break;
        case FieldDescriptor::CPPTYPE_INT64:
          r.SetInt64(message, field, -int64_t{value});
          break;
        case FieldDescriptor::CPPTYPE_FLOAT:
          r.SetFloat(message, field, value + 0.5f);
          break;
        case FieldDescriptor::CPPTYPE_BOOL:
          r.SetBool(message, field, true);
          break;
        case FieldDescriptor::CPPTYPE_ENUM:
          r.SetEnumValue(message, field, value);
          break;
        case FieldDescriptor::CPPTYPE_STRING: {
          const std::string text =
              "件数" + std::string(static_cast<size_t>(value), 'x');
          if (field->is_repeated()) {
            r.AddString(message, field, text);
          } else {
            r.SetString(message, field, text);
          }
          break;
        }
        case FieldDescriptor::CPPTYPE_MESSAGE:
          Fill(salt + n, field->is_repeated()
                             ? r.AddMessage(message, field)
                             : r.MutableMessage(message, field));
          break;
        default:
          FAIL() << "a type this test does not know: " << field->full_name();
      }
    }
  }
}

TEST(WireWriter, WritesNumbersAsProtobufDoes) {
  for (int bits = 0; bits < 64; ++bits) {
    for (const int64_t off : {-1, 0, 1}) {
      const auto number = static_cast<int64_t>((uint64_t{1} << bits) +
                                               static_cast<uint64_t>(off));
      v1::Place place;
      place.set_start_byte(number);
      WireWriter out;
      out.Integer(v1::Place::kStartByteFieldNumber, number);
      EXPECT_EQ(out.view(), place.SerializeAsString()) << number;
    }
  }
}

TEST(WireWriter, MovesWhatWasWrittenIfTheLengthTakesAnotherWidth) {
  for (const size_t width : {1, 2, 3}) {
    for (const size_t size : {0, 1, 0x7D, 0x7E, 0x80, 0x3FFC, 0x3FFD, 0x4000}) {
      v1::ParseReportResponse response;
      response.mutable_report()->set_title(std::string(size, 'x'));
      WireWriter out;
      const size_t begin =
          out.Begin(v1::ParseReportResponse::kReportFieldNumber, width);
      out.String(v1::Report::kTitleFieldNumber, std::string(size, 'x'));
      out.End(begin, width);
      EXPECT_TRUE(out.view() == response.SerializeAsString())
          << width << " " << size;
    }
  }
}

std::string ByProtobuf(const v1::Report& report) {
  v1::ParseReportResponse response;
  *response.mutable_report() = report;
  return response.SerializeAsString();
}

std::string ByUs(const v1::Report& report) {
  WireWriter out;
  AppendReport(v1::ParseReportResponse::kReportFieldNumber, report,
               /*cells=*/nullptr, &out);
  return std::string(out.view());
}

TEST(ReportWire, WritesEveryFieldAsProtobufDoes) {
  for (int salt = 1; salt < 40; ++salt) {
    v1::Report report;
    Fill(salt, &report);
    ASSERT_EQ(ByUs(report), ByProtobuf(report)) << report.ShortDebugString();
  }
}

// With the arguments of messages in the order of their names.
std::string ByProtobuf(const v1::ProcessResponse& response) {
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    EXPECT_TRUE(response.SerializeToCodedStream(&coded));
  }
  return out;
}

std::string ByUs(const v1::Verdict& verdict) {
  WireWriter out;
  AppendVerdict(v1::ProcessResponse::kVerdictFieldNumber, verdict, &out);
  return std::string(out.view());
}

TEST(VerdictWire, WritesEveryFieldAsProtobufDoes) {
  for (int salt = 1; salt < 40; ++salt) {
    v1::ProcessResponse response;
    Fill(salt, response.mutable_verdict());
    ASSERT_EQ(ByUs(response.verdict()), ByProtobuf(response))
        << response.ShortDebugString();
  }
}

TEST(VerdictWire, LeavesOutWhatIsNotSet) {
  v1::ProcessResponse response;
  response.mutable_verdict()->add_problems()->add_repairs();
  EXPECT_EQ(ByUs(response.verdict()), ByProtobuf(response));
}

std::string ByUs(const validate::Findings& findings) {
  WireWriter out;
  AppendFindings(v1::ProcessResponse::kFindingsFieldNumber, findings, &out);
  return std::string(out.view());
}

std::string ByProtobuf(const validate::Findings& findings) {
  v1::ProcessResponse response;
  findings.Write(response.mutable_findings());
  return ByProtobuf(response);
}

TEST(FindingWire, WritesEveryFieldAsProtobufDoes) {
  forms::v1::Rule rule;
  rule.set_id("requests.balance");
  rule.set_severity(v1::SEVERITY_WARNING);
  rule.set_legal_basis("《政府信息公开条例》第五十条");
  validate::Findings findings;
  for (int salt = 1; salt < 40; ++salt) {
    validate::Finding* const finding = findings.Add(rule, v1::RULE_RESULT_FAIL);
    for (uint8_t i = 1; i <= salt % 3; ++i) {
      finding->add_cell({1, static_cast<uint8_t>(20 + salt), i});
      finding->add_previous_cell({3, i, 127});
    }
    Fill(salt, finding->add_places());
    Fill(salt + 1, finding->add_places());
    finding->set_left("-1");
    finding->set_right("2.5");
    finding->set_difference("-3.5");
    finding->set_formula("a + b = c");
    finding->SetMessage("{zh}与{count}、{zh}{", "{en}: {count} of {no}",
                        {{"zh", std::string(static_cast<size_t>(salt), 'x')},
                         {"en", "y"},
                         {"count", "7"},
                         {"unused", "8"}});
    v1::Repair repair;
    Fill(salt, &repair);
    finding->set_repair(repair);
    finding->set_section(v1::SECTION_KIND_REQUESTS);
    Fill(salt, finding->add_quotations());
    Fill(salt + 1, finding->add_quotations());
    finding->set_assumed_zero(true);
  }
  EXPECT_EQ(ByUs(findings), ByProtobuf(findings));
}

TEST(FindingWire, LeavesOutWhatIsNotSet) {
  validate::Findings findings;
  EXPECT_EQ(ByUs(findings), "");
  const forms::v1::Rule rule;
  findings.Add(rule, v1::RULE_RESULT_UNSPECIFIED);
  EXPECT_EQ(ByUs(findings), ByProtobuf(findings));
}

TEST(ReportWire, LeavesOutWhatIsNotSet) {
  v1::Report report;
  EXPECT_EQ(ByUs(report), ByProtobuf(report));
  report.mutable_requests()->add_cells()->set_count(0);
  report.mutable_requests()->add_cells()->set_decimal("");
  report.mutable_disputes();
  report.add_sections();
  EXPECT_EQ(ByUs(report), ByProtobuf(report));
}

TEST(ReportWire, AppendsToWhatIsThere) {
  v1::ParseReportResponse response;
  response.set_outcome(v1::OUTCOME_PARTIAL);
  WireWriter out;
  out.Fields(response);
  v1::Report report;
  report.set_year(2023);
  AppendReport(v1::ParseReportResponse::kReportFieldNumber, report,
               /*cells=*/nullptr, &out);
  v1::ParseReportResponse read;
  ASSERT_TRUE(read.ParseFromString(std::string(out.view())));
  EXPECT_EQ(read.outcome(), v1::OUTCOME_PARTIAL);
  EXPECT_EQ(read.report().year(), 2023);
}

}  // namespace
}  // namespace gongkai::process
