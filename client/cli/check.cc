// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/check.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "client/bulk_session.h"
#include "client/cli/archive.h"
#include "client/cli/formats/cells.h"
#include "client/cli/formats/findings.h"
#include "client/cli/formats/highlights.h"
#include "client/cli/formats/jsonl.h"
#include "client/cli/formats/summary.h"
#include "client/cli/interrupt.h"
#include "client/cli/ordered_output.h"
#include "client/cli/paths.h"
#include "client/cli/previous.h"
#include "client/cli/progress.h"
#include "client/cli/run_files.h"
#include "client/cli/service_connection.h"
#include "client/cli/shard.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {
namespace {

// The largest document: what the channel and the service take by default.
constexpr int64_t kMaxDocumentBytes = kDefaultMaxDocumentBytes;
// Document.file_name in report_service.proto.
constexpr size_t kMaxFileNameBytes = 1024;
// Formatted results that wait for a slow document before them: a few windows
// of the session, some 20 KB each.
constexpr int kHeldResults = 1024;

void Complain(const Console& console, const std::string& text) {
  (void)WriteAll(console.err, absl::StrCat("gongkai: ", text, "\n"));
}

// The last part of a path, as protobuf takes it.
std::string FileName(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  if (name.size() > kMaxFileNameBytes) return "";
  return internal::ToUtf8(name);
}

// What the command answers for a file that it could not read itself.
v1::ProcessResponse Unread(const absl::Status& status) {
  v1::ProcessResponse response;
  if (absl::IsOutOfRange(status)) {
    response.set_outcome(v1::OUTCOME_TOO_LARGE);
    response.set_message(
        absl::StrCat("文件（连同上年报告）超过", kMaxDocumentBytes, "字节。"));
    response.set_message_en(
        absl::StrCat("The file (with last year's report) has more than ",
                     kMaxDocumentBytes, " bytes."));
    return response;
  }
  const std::string reason(status.message());
  response.set_message(absl::StrCat("无法读取文件：", reason, "。"));
  response.set_message_en(absl::StrCat("Cannot read the file: ", reason, "."));
  return response;
}

// A window for every server, and streams enough for all of them. The service
// inside the command has no other beside it to spread over.
BulkOptions Bulk(const ServiceConnection& service) {
  BulkOptions options;
  if (service.embedded != nullptr) {
    options.streams = 1;
    options.stream_age = absl::InfiniteDuration();
    return options;
  }
  options.streams = std::max(options.streams, 2 * service.servers);
  options.max_in_flight_documents *= service.servers;
  options.max_in_flight_bytes *= service.servers;
  return options;
}

// One run of the command.
class Check {
 public:
  Check(const Arguments& arguments, const Console& console,
        std::vector<std::string> documents, PreviousReports previous)
      : arguments_(arguments),
        console_(console),
        documents_(std::move(documents)),
        previous_(std::move(previous)),
        style_{arguments.language, console.color},
        progress_(console.progress ? console.err : -1,
                  static_cast<int>(documents_.size()), arguments.language),
        output_(
            kHeldResults,
            [this](const std::string& text) { return Print(text); },
            !arguments.writes_files()
                ? OrderedOutput::Write()
                : [this](int index, const v1::ProcessResponse& response) {
                    return files_->Write(index, documents_[index], response);
                  }) {}

  int Run() {
    // A shard may have none; the others do the work. Its tables are written.
    if (documents_.empty() && !arguments_.writes_files()) {
      return Finish(absl::OkStatus());
    }
    InterruptWatcher interrupt([this] { Interrupt(); });
    absl::StatusOr<ServiceConnection> service =
        ConnectService(arguments_, static_cast<int>(documents_.size()));
    if (interrupt.signal() != 0) return 128 + interrupt.signal();
    if (!service.ok()) {
      Complain(console_, std::string(service.status().message()));
      return kExitFailed;
    }
    if (const std::string refusal = RefusedOptions(service->client);
        !refusal.empty()) {
      Complain(console_, refusal);
      return kExitFailed;
    }
    if (arguments_.writes_files()) {
      absl::StatusOr<std::unique_ptr<RunFiles>> files =
          RunFiles::Open(arguments_, service->client);
      if (!files.ok()) {
        Complain(console_, std::string(files.status().message()));
        return kExitFailed;
      }
      files_ = *std::move(files);
    }
    BulkSession session(service->client, Bulk(*service));
    {
      absl::MutexLock lock(&mutex_);
      session_ = &session;
      if (interrupted_) session.Cancel();
    }
    const absl::Status status =
        session.Run([this] { return NextRequest(); },
                    [this](const v1::ProcessResponse& response) {
                      int index;
                      // The ids are our own.
                      if (!absl::SimpleAtoi(response.id(), &index)) return;
                      Keep(index, response);
                      Take(index, response);
                    });
    {
      absl::MutexLock lock(&mutex_);
      session_ = nullptr;
    }
    const int exit_status = Finish(status);
    return interrupt.signal() != 0 ? 128 + interrupt.signal() : exit_status;
  }

 private:
  void Interrupt() {
    // First, as a write that nobody reads may hold the output.
    interrupted_ = true;
    output_.Close();
    absl::MutexLock lock(&mutex_);
    if (session_ != nullptr) session_->Cancel();
  }

  // Why the service will not check with these options; empty if it will. Asked
  // once with an empty report, so that a misspelt rule is not refused again for
  // every document.
  std::string RefusedOptions(const Client& client) const {
    if (arguments_.options.ByteSizeLong() == 0) return "";
    v1::ValidateReportRequest request;
    request.mutable_report();
    *request.mutable_options() = arguments_.options;
    const absl::StatusOr<v1::ValidateReportResponse> response =
        client.ValidateReport(request);
    // What else may be wrong shows with the documents.
    if (!response.ok() || response->outcome() != v1::OUTCOME_MALFORMED) {
      return "";
    }
    return arguments_.language == Language::kEnglish ? response->message_en()
                                                     : response->message();
  }

  // The next document that can be read; the others are answered here.
  std::optional<v1::ProcessRequest> NextRequest() {
    while (next_ < documents_.size()) {
      const auto index = static_cast<int>(next_++);
      if (!output_.WaitForTurn(index)) return std::nullopt;
      const std::string& path = documents_[index];
      absl::StatusOr<std::string> bytes = reader_.Read(path, kMaxDocumentBytes);
      if (!bytes.ok()) {
        Take(index, Unread(bytes.status()));
        continue;
      }
      v1::ProcessRequest request;
      if (absl::Status status = AddPrevious(path, bytes->size(), &request);
          !status.ok()) {
        Take(index, Unread(status));
        continue;
      }
      request.set_id(absl::StrCat(index));
      *request.mutable_options() = arguments_.options;
      request.mutable_document()->set_content(*std::move(bytes));
      request.mutable_document()->set_year(arguments_.year);
      request.mutable_document()->set_file_name(FileName(path));
      if (files_ != nullptr) {
        const auto finished = files_->Recall(index, request);
        if (finished.has_value()) {
          Take(index, *finished);
          continue;
        }
      }
      return request;
    }
    return std::nullopt;
  }

  // Adds last year's report, if the document has one. Both must go into one
  // message, which may be as large as the largest document.
  absl::Status AddPrevious(const std::string& path, size_t document_bytes,
                           v1::ProcessRequest* request) {
    const std::string previous = previous_.For(path);
    if (previous.empty()) return absl::OkStatus();
    absl::StatusOr<std::string> bytes = reader_.Read(
        previous, kMaxDocumentBytes - static_cast<int64_t>(document_bytes));
    if (absl::IsOutOfRange(bytes.status())) return bytes.status();
    if (!bytes.ok()) {
      return absl::Status(
          bytes.status().code(),
          absl::StrCat(previous, ": ", bytes.status().message()));
    }
    v1::Document* const document = request->mutable_previous_document();
    document->set_content(*std::move(bytes));
    document->set_file_name(FileName(previous));
    if (arguments_.year != 0) document->set_year(arguments_.year - 1);
    return absl::OkStatus();
  }

  // So that it need not be asked again.
  void Keep(int index, const v1::ProcessResponse& response) {
    if (files_ == nullptr) return;
    const absl::Status status = files_->Keep(index, response);
    if (status.ok()) return;
    {
      absl::MutexLock lock(&mutex_);
      if (kept_.ok()) kept_ = status;
    }
    StopSession();
  }

  void Take(int index, const v1::ProcessResponse& response) {
    const std::string& path = documents_[index];
    std::string text;
    switch (arguments_.format) {
      case OutputFormat::kSummary:
        text = FormatSummary(path, response, style_);
        break;
      case OutputFormat::kCells:
        text = FormatCells(path, response);
        break;
      case OutputFormat::kFindings:
        text = FormatFindings(path, response, arguments_.language);
        break;
      case OutputFormat::kJsonl:
        text = FormatJsonl(path, response);
        break;
      case OutputFormat::kTable:
      case OutputFormat::kMarkdown:
        break;
    }
    {
      absl::MutexLock lock(&mutex_);
      totals_.Add(response);
      highlights_.Add(path, response);
      if (arguments_.format != OutputFormat::kSummary &&
          !IsProcessed(response.outcome())) {
        progress_.Hide();
        Complain(console_,
                 absl::StrCat(path, ": ",
                              OutcomeText(response, arguments_.language)));
      }
      progress_.Update(
          {.done = totals_.documents,
           .with_errors = totals_.failed,
           .unread = totals_.unprocessed,
           .recalled = files_ == nullptr ? 0 : files_->recalled()});
    }
    output_.Put(index, std::move(text), response);
    if (!output_.status().ok()) StopSession();
  }

  absl::Status Print(const std::string& text) {
    if (console_.out_is_terminal) {
      absl::MutexLock lock(&mutex_);
      progress_.Hide();
    }
    return WriteAll(console_.out, text, &interrupted_);
  }

  void StopSession() {
    absl::MutexLock lock(&mutex_);
    if (session_ != nullptr) session_->Cancel();
  }

  // Brings the tables into place, or says where what is done is.
  absl::Status FinishFiles(bool complete)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (complete) return files_->Complete();
    const absl::Status status = files_->Abandon();
    if (!status.ok()) return status;
    const auto all = static_cast<int>(documents_.size());
    Complain(console_,
             arguments_.language == Language::kEnglish
                 ? absl::StrCat(totals_.documents, " of ", all,
                                " documents are done and written: ",
                                files_->partial_files(),
                                ". The same command with --resume does the "
                                "others.")
                 : absl::StrCat(all, " 份中已完成 ", totals_.documents,
                                " 份，写在 ", files_->partial_files(),
                                "。同一条命令加 --resume 可接着做其余的。"));
    return status;
  }

  // Prints what is left and tells the exit status.
  int Finish(const absl::Status& session_status) {
    output_.Flush();
    absl::Status written = output_.status();
    absl::MutexLock lock(&mutex_);
    progress_.Hide();
    if (written.ok()) written = kept_;
    if (files_ != nullptr && written.ok()) {
      written = FinishFiles(session_status.ok() && !interrupted_);
    }
    if (written.ok() && arguments_.format == OutputFormat::kSummary) {
      written = WriteAll(console_.out,
                         absl::StrCat(highlights_.Format(style_),
                                      FormatTotals(totals_, style_)),
                         &interrupted_);
    }
    if (interrupted_) return kExitInterrupted;
    if (absl::IsAborted(written)) return kExitBrokenPipe;
    if (!written.ok()) {
      Complain(console_, std::string(written.message()));
      return kExitFailed;
    }
    if (!session_status.ok()) {
      const auto unanswered =
          static_cast<int>(documents_.size()) - totals_.documents;
      Complain(
          console_,
          absl::StrCat(
              unanswered,
              Words{" 份文件没有得到结果：", " documents have no result: "}.In(
                  arguments_.language),
              std::string(session_status.message())));
      return kExitFailed;
    }
    if (totals_.unprocessed > 0) return kExitFailed;
    return totals_.failed > 0 ? kExitErrors : kExitClean;
  }

  const Arguments& arguments_;
  const Console console_;
  const std::vector<std::string> documents_;
  const PreviousReports previous_;
  const SummaryStyle style_;
  // Null if nothing is to be written.
  std::unique_ptr<RunFiles> files_;
  // Used by the thread that asks for requests alone.
  size_t next_ = 0;
  DocumentReader reader_;
  std::atomic<bool> interrupted_{false};

  absl::Mutex mutex_;
  BulkSession* session_ ABSL_GUARDED_BY(mutex_) = nullptr;
  Totals totals_ ABSL_GUARDED_BY(mutex_);
  Highlights highlights_ ABSL_GUARDED_BY(mutex_);
  Progress progress_ ABSL_GUARDED_BY(mutex_);
  // The first error of keeping what is done.
  absl::Status kept_ ABSL_GUARDED_BY(mutex_);

  // Calls Print, which takes mutex_: never called with it held.
  OrderedOutput output_;
};

}  // namespace

int RunCheck(const Arguments& arguments, const Console& console) {
  Expansion expansion = ExpandPaths(arguments.paths);
  for (const std::string& error : expansion.errors) Complain(console, error);
  if (expansion.documents.empty()) {
    if (expansion.errors.empty()) {
      Complain(console, Words{"给出的目录中没有文件",
                              "there are no files in these directories"}
                            .In(arguments.language));
    }
    return kExitFailed;
  }
  absl::StatusOr<PreviousReports> previous = PreviousReports();
  if (!arguments.previous.empty()) {
    previous = PreviousReports::Open(arguments.previous, expansion.documents,
                                     arguments.language);
    if (!previous.ok()) {
      Complain(console, std::string(previous.status().message()));
      return kExitFailed;
    }
  }
  KeepShard(arguments.shard, &expansion.documents);
  Check check(arguments, console, std::move(expansion.documents),
              *std::move(previous));
  const int status = check.Run();
  const bool counted = status == kExitClean || status == kExitErrors;
  return counted && !expansion.errors.empty() ? kExitFailed : status;
}

}  // namespace gongkai::cli
