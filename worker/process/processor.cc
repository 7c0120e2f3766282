// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/processor.h"

#include "absl/status/status.h"
#include "gongkai/v1/report_service.pb.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"
#include "worker/validate/validate.h"

namespace gongkai::process {
namespace {

constexpr char kBadRequest[] = "请求不是有效的消息，无法解码。";
constexpr char kBadRequestEn[] =
    "The request is not a valid message and cannot be decoded.";

}  // namespace

class Processor::Impl {
 public:
  Impl(const catalog::Catalog& catalog, const input::Limits& limits)
      : limits_(limits), extractor_(catalog), validator_(catalog) {}

  void Process(ipc::JobKind kind, std::string_view request,
               std::string* response) {
    switch (kind) {
      case ipc::JobKind::kParse:
        return Answer(request, &parse_request_, &parse_response_, response);
      case ipc::JobKind::kValidate:
        return Answer(request, &validate_request_, &validate_response_,
                      response);
      case ipc::JobKind::kProcess:
        return Answer(request, &process_request_, &process_response_, response);
    }
    response->clear();
  }

 private:
  // The messages are members and are cleared, not destroyed, between jobs:
  // clearing keeps their memory, so that a job allocates next to nothing.
  template <typename Request, typename Response>
  void Answer(std::string_view bytes, Request* request, Response* response,
              std::string* out) {
    response->Clear();
    if (request->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      Handle(*request, response);
    } else {
      response->set_outcome(v1::OUTCOME_MALFORMED);
      response->set_message(kBadRequest);
      response->set_message_en(kBadRequestEn);
    }
    response->SerializeToString(out);
  }

  void Handle(const v1::ParseReportRequest& request,
              v1::ParseReportResponse* response) {
    Read(request.document(), response);
  }

  void Handle(const v1::ValidateReportRequest& request,
              v1::ValidateReportResponse* response) {
    if (request.has_report()) {
      response->set_outcome(v1::OUTCOME_OK);
      validator_.Validate(request.report(), request.options(),
                          response->mutable_findings());
      return;
    }
    if (Read(request.document(), response)) {
      validator_.Validate(response->report(), request.options(),
                          response->mutable_findings());
    }
  }

  void Handle(const v1::ProcessRequest& request,
              v1::ProcessResponse* response) {
    response->set_id(request.id());
    if (Read(request.document(), response)) {
      validator_.Validate(response->report(), request.options(),
                          response->mutable_findings());
    }
  }

  // Fills outcome, messages and report. True if there is a report to check.
  template <typename Response>
  bool Read(const v1::Document& document, Response* response) {
    document_.Clear();
    const absl::Status status =
        input::Read(document.content(), limits_, &document_);
    if (!status.ok()) {
      input::Rejection rejection = input::RejectionOf(status);
      response->set_outcome(rejection.outcome);
      response->set_message(std::move(rejection.message));
      response->set_message_en(std::move(rejection.message_en));
      return false;
    }
    extract::Extraction extraction = extractor_.Extract(
        document_, document.year(), response->mutable_report());
    response->set_outcome(extraction.outcome);
    if (extraction.outcome == v1::OUTCOME_NOT_A_REPORT) {
      response->clear_report();
    }
    response->set_message(std::move(extraction.message));
    response->set_message_en(std::move(extraction.message_en));
    return extraction.outcome == v1::OUTCOME_OK ||
           extraction.outcome == v1::OUTCOME_PARTIAL;
  }

  const input::Limits limits_;
  input::Document document_;
  extract::Extractor extractor_;
  validate::Validator validator_;
  v1::ParseReportRequest parse_request_;
  v1::ParseReportResponse parse_response_;
  v1::ValidateReportRequest validate_request_;
  v1::ValidateReportResponse validate_response_;
  v1::ProcessRequest process_request_;
  v1::ProcessResponse process_response_;
};

Processor::Processor(const catalog::Catalog& catalog,
                     const input::Limits& limits)
    : impl_(std::make_unique<Impl>(catalog, limits)) {}

Processor::~Processor() = default;

void Processor::Process(ipc::JobKind kind, std::string_view request,
                        std::string* response) {
  impl_->Process(kind, request, response);
}

}  // namespace gongkai::process
