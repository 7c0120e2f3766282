// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/process/processor.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "gongkai/v1/report_service.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "google/protobuf/message.h"
#include "worker/extract/extract.h"
#include "worker/input/document.h"
#include "worker/input/reader.h"
#include "worker/input/rejection.h"
#include "worker/process/collection_jobs.h"
#include "worker/process/finding_wire.h"
#include "worker/process/report_wire.h"
#include "worker/process/request_content.h"
#include "worker/process/wire_writer.h"
#include "worker/validate/validate.h"

namespace gongkai::process {
namespace {

// Messages keep their memory for the next document unless they took more than
// this on the wire; an ordinary report takes some 20 KB.
constexpr size_t kKeptMessageBytes = size_t{1} << 20;

constexpr char kBadRequest[] = "请求不是有效的消息，无法解码。";
constexpr char kBadRequestEn[] =
    "The request is not a valid message and cannot be decoded.";

}  // namespace

class Processor::Impl {
 public:
  Impl(const catalog::Catalog& catalog, const input::Limits& limits,
       int64_t max_result_bytes)
      : limits_(limits),
        max_result_bytes_(max_result_bytes),
        extractor_(catalog),
        validator_(catalog),
        collection_(catalog) {}

  void Process(ipc::JobKind kind, std::string_view request,
               std::string* response) {
    switch (kind) {
      case ipc::JobKind::kParse:
        return Answer(request, &parse_, response);
      case ipc::JobKind::kValidate:
        return Answer(request, &validate_, response);
      case ipc::JobKind::kProcess:
        return Answer(request, &process_, response);
      case ipc::JobKind::kDigest:
        return Digest(request, response);
      case ipc::JobKind::kCollect:
        return collection_.Collect(request, response);
      case ipc::JobKind::kFindings:
        return collection_.Findings(request, response);
    }
    response->clear();
  }

 private:
  // The messages of one kind of job, which are used again with the memory that
  // they hold.
  template <typename Request, typename Response>
  struct Exchange {
    Request request;
    Response response;
  };

  template <typename Request, typename Response>
  void Answer(std::string_view bytes, Exchange<Request, Response>* exchange,
              std::string* out) {
    Request& request = exchange->request;
    Response& response = exchange->response;
    if (Decode(bytes, &request)) {
      Handle(request, &response);
    } else {
      response.set_outcome(v1::OUTCOME_MALFORMED);
      response.set_message(kBadRequest);
      response.set_message_en(kBadRequestEn);
    }
    wire_.Fields(response);
    if constexpr (requires { Response::kFindingsFieldNumber; }) {
      AppendFindings(Response::kFindingsFieldNumber, findings_, &wire_);
      if (checked_) {
        AppendVerdict(Response::kVerdictFieldNumber, verdict_, &wire_);
      }
    }
    if (has_report_) {
      AppendReport(Response::kReportFieldNumber, report_, cells(), &wire_);
    }
    const size_t written = wire_.view().size();
    wire_.GiveTo(out);
    if (static_cast<int64_t>(written) > max_result_bytes_) {
      Shorten(&response, out);
    }
    text_.Clear();
    document_.Clear();
    previous_document_.Clear();
    if (std::max(bytes.size(), written) > kKeptMessageBytes) {
      request = Request();
      response = Response();
      report_ = v1::Report();
      previous_ = v1::Report();
      findings_ = validate::Findings();
      verdict_ = v1::Verdict();
      wire_ = WireWriter();
    } else {
      request.Clear();
      response.Clear();
      findings_.Clear();
      verdict_.Clear();
    }
    has_report_ = checked_ = false;
    content_ = {};
  }

  // False if the bytes are no such request. The content of its document is not
  // in the message, but in content_.
  template <typename Request>
  bool Decode(std::string_view bytes, Request* request) {
    const bool taken = TakeContent(bytes, Request::kDocumentFieldNumber,
                                   &content_, &request_without_content_);
    const std::string_view rest =
        taken ? std::string_view(request_without_content_) : bytes;
    if (!request->ParseFromArray(rest.data(), static_cast<int>(rest.size()))) {
      return false;
    }
    if (!taken) content_ = request->document().content();
    return true;
  }

  // Of a document that says so much that nobody could take the answer, such as
  // millions of claims, the outcome is told and nothing else.
  template <typename Response>
  void Shorten(Response* response, std::string* out) {
    const std::string limit = std::to_string(max_result_bytes_);
    response->set_outcome(v1::OUTCOME_LIMIT_EXCEEDED);
    response->set_message(
        "结果超过上限（" + limit +
        " 字节）：文档里的文字或可核对的说法太多。请把文档拆成每份一个年度报告"
        "后再提交。");
    response->set_message_en(
        "The result is longer than the limit of " + limit +
        " bytes: the document says too much. Split it into one report per "
        "file.");
    Serialize(*response, out);
  }

  void Serialize(const google::protobuf::Message& message, std::string* out) {
    wire_.Fields(message);
    wire_.GiveTo(out);
  }

  void Handle(const v1::ParseReportRequest& request,
              v1::ParseReportResponse* response) {
    Read(content_, request.document().year(), &cells_, response);
  }

  void Handle(const v1::ValidateReportRequest& request,
              v1::ValidateReportResponse* response) {
    if (Refused(request.options(), response)) return;
    if (request.has_report()) {
      response->set_outcome(v1::OUTCOME_OK);
      Check(request.report(), request);
    } else if (Read(content_, request.document().year(), &cells_, response)) {
      Check(report_, request);
    }
  }

  void Handle(const v1::ProcessRequest& request,
              v1::ProcessResponse* response) {
    response->set_id(request.id());
    if (Refused(request.options(), response)) return;
    if (Read(content_, request.document().year(), &cells_, response)) {
      Check(report_, request);
    }
  }

  // True, with the answer, if the options name what there is not. Nothing is
  // read then: a caller who misspells a rule must hear of it, not of a report
  // that was checked in another way.
  template <typename Response>
  bool Refused(const v1::CheckOptions& options, Response* response) {
    std::optional<validate::Refusal> refusal = validator_.Refuse(options);
    if (!refusal.has_value()) return false;
    response->set_outcome(v1::OUTCOME_MALFORMED);
    response->set_message(std::move(refusal->message));
    response->set_message_en(std::move(refusal->message_en));
    return true;
  }

  // Reads a report of a collection and makes its digest.
  void Digest(std::string_view bytes, std::string* out) {
    v1::CheckCollectionResponse response;
    v1::CollectionTaken* taken = response.mutable_taken();
    worker::v1::ReportDigest digest;
    v1::CheckCollectionRequest request;
    if (request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      taken->set_id(request.id());
      bool read = true;
      if (request.has_report()) {
        taken->set_outcome(v1::OUTCOME_OK);
      } else {
        read = Read(request.document().content(), request.document().year(),
                    /*cells=*/nullptr, taken);
      }
      collection_.Digest(request,
                         !read                  ? nullptr
                         : request.has_report() ? &request.report()
                                                : &report_,
                         &digest);
      taken->set_body(digest.body());
      taken->set_year(digest.year());
    } else {
      taken->set_outcome(v1::OUTCOME_MALFORMED);
      taken->set_message(kBadRequest);
      taken->set_message_en(kBadRequestEn);
      digest.set_unread(true);
    }
    worker::v1::DigestResult result;
    Serialize(response, result.mutable_taken());
    Serialize(digest, result.mutable_digest());
    Serialize(result, out);
    has_report_ = false;
    document_.Clear();
    if (bytes.size() > kKeptMessageBytes) report_ = v1::Report();
  }

  // Applies the rules, with last year's report if the request has one.
  template <typename Request>
  void Check(const v1::Report& report, const Request& request) {
    validate::Beside beside;
    if (&report == &report_) {
      beside.cells = cells();
      beside.text = &text_;
    }
    if (request.has_previous_report()) {
      beside.previous = &request.previous_report();
    } else if (request.has_previous_document()) {
      beside.previous_unread = !ReadPrevious(request.previous_document());
      if (!beside.previous_unread) beside.previous = &previous_;
    }
    validator_.Validate(report, request.options(), beside, &findings_,
                        &verdict_);
    checked_ = true;
  }

  // Fills previous_.
  bool ReadPrevious(const v1::Document& document) {
    const absl::Status status =
        input::Read(document.content(), limits_, &previous_document_);
    if (!status.ok()) return false;
    const v1::Outcome outcome =
        extractor_.Extract(previous_document_, document.year(), &previous_)
            .outcome;
    return outcome == v1::OUTCOME_OK || outcome == v1::OUTCOME_PARTIAL;
  }

  // The cells of report_ where its tables have none, otherwise null.
  const catalog::ReadCells* cells() const {
    return cells_.form() == nullptr ? nullptr : &cells_;
  }

  // Fills outcome and messages, and apart from the response report_; its cells,
  // if they are wanted, beside it. True if there is a report to check.
  template <typename Response>
  bool Read(std::string_view content, int year, catalog::ReadCells* cells,
            Response* response) {
    const absl::Status status = input::Read(content, limits_, &document_);
    if (!status.ok()) {
      input::Rejection rejection = input::RejectionOf(status);
      response->set_outcome(rejection.outcome);
      response->set_message(std::move(rejection.message));
      response->set_message_en(std::move(rejection.message_en));
      return false;
    }
    extract::Extraction extraction =
        extractor_.Extract(document_, year, &report_, cells, &text_);
    response->set_outcome(extraction.outcome);
    has_report_ = extraction.outcome != v1::OUTCOME_NOT_A_REPORT;
    response->set_message(std::move(extraction.message));
    response->set_message_en(std::move(extraction.message_en));
    return extraction.outcome == v1::OUTCOME_OK ||
           extraction.outcome == v1::OUTCOME_PARTIAL;
  }

  const input::Limits limits_;
  const int64_t max_result_bytes_;
  // Of the request at hand; the content is a view.
  std::string_view content_;
  std::string request_without_content_;
  input::Document document_;
  input::Document previous_document_;
  extract::Extractor extractor_;
  validate::Validator validator_;

  CollectionJobs collection_;

  Exchange<v1::ParseReportRequest, v1::ParseReportResponse> parse_;
  Exchange<v1::ValidateReportRequest, v1::ValidateReportResponse> validate_;
  Exchange<v1::ProcessRequest, v1::ProcessResponse> process_;
  // The report of the job at hand; written to the wire by itself. Its cells are
  // views into the document.
  v1::Report report_;
  catalog::ReadCells cells_;
  catalog::ReadText text_;
  // Last year's, where a request has a document of it.
  v1::Report previous_;
  bool has_report_ = false;
  // What the rules say of it; written by themselves like the report.
  validate::Findings findings_;
  v1::Verdict verdict_;
  bool checked_ = false;
  // The answer while it is written.
  WireWriter wire_;
};

Processor::Processor(const catalog::Catalog& catalog,
                     const input::Limits& limits, int64_t max_result_bytes)
    : impl_(std::make_unique<Impl>(catalog, limits, max_result_bytes)) {}

Processor::~Processor() = default;

void Processor::Process(ipc::JobKind kind, std::string_view request,
                        std::string* response) {
  impl_->Process(kind, request, response);
}

}  // namespace gongkai::process
