// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/collection.h"

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "client/cli/archive.h"
#include "client/cli/check.h"
#include "client/cli/formats/collection.h"
#include "client/cli/formats/summary.h"
#include "client/cli/interrupt.h"
#include "client/cli/parents.h"
#include "client/cli/paths.h"
#include "client/cli/progress.h"
#include "client/cli/service_connection.h"
#include "client/collection_session.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {
namespace {

// CheckCollectionRequest.id.
constexpr size_t kMaxIdBytes = 256;

// The path, so that findings name it. Of one that is too long the end, with its
// number in front to tell it from others.
std::string IdOf(const std::string& path, size_t index) {
  std::string id = internal::ToUtf8(path);
  if (id.size() <= kMaxIdBytes) return id;
  const std::string number = absl::StrCat(index, ":…");
  size_t begin = id.size() - (kMaxIdBytes - number.size());
  while (begin < id.size() && (id[begin] & 0xC0) == 0x80) ++begin;
  return number + id.substr(begin);
}

// One run of the command.
class CollectionCheck {
 public:
  CollectionCheck(const Arguments& arguments, const Console& console,
                  std::vector<std::string> documents, Parents parents)
      : arguments_(arguments),
        console_(console),
        documents_(std::move(documents)),
        parents_(std::move(parents)),
        style_{arguments.language, console.color},
        progress_(console.progress ? console.err : -1,
                  static_cast<int>(documents_.size()), arguments.language) {}

  int Run() {
    InterruptWatcher interrupt([this] { Stop(); });
    absl::StatusOr<ServiceConnection> service =
        ConnectService(arguments_, static_cast<int>(documents_.size()));
    if (interrupt.signal() != 0) return 128 + interrupt.signal();
    if (!service.ok()) {
      Complain(std::string(service.status().message()));
      return kExitFailed;
    }
    CollectionSession session(service->client, CollectionOptions());
    {
      absl::MutexLock lock(&mutex_);
      session_ = &session;
      if (stopped_) session.Cancel();
    }
    const absl::StatusOr<v1::CollectionSummary> summary =
        session.Run([this] { return NextRequest(); },
                    [this](const v1::CheckCollectionResponse& response) {
                      Take(response);
                    });
    {
      absl::MutexLock lock(&mutex_);
      session_ = nullptr;
    }
    const int exit_status = Finish(summary);
    return interrupt.signal() != 0 ? 128 + interrupt.signal() : exit_status;
  }

 private:
  void Stop() {
    // First, as a write that nobody reads may hold the output.
    stopped_ = true;
    absl::MutexLock lock(&mutex_);
    if (session_ != nullptr) session_->Cancel();
  }

  // The next document that can be read.
  std::optional<v1::CheckCollectionRequest> NextRequest() {
    while (next_ < documents_.size()) {
      const size_t index = next_++;
      const std::string& path = documents_[index];
      absl::StatusOr<std::string> bytes =
          reader_.Read(path, kDefaultMaxDocumentBytes);
      if (!bytes.ok()) {
        absl::MutexLock lock(&mutex_);
        ++unreadable_;
        progress_.Hide();
        Complain(
            absl::StrCat(path, ": ",
                         absl::IsOutOfRange(bytes.status())
                             ? Words{"文件过大", "the file is too large"}.In(
                                   arguments_.language)
                             : std::string(bytes.status().message())));
        continue;
      }
      v1::CheckCollectionRequest request;
      request.set_id(IdOf(path, index));
      request.set_parent(parents_.Of(path));
      request.mutable_document()->set_content(*std::move(bytes));
      request.mutable_document()->set_year(arguments_.year);
      return request;
    }
    return std::nullopt;
  }

  // Called on one thread, that of Run().
  void Take(const v1::CheckCollectionResponse& response) {
    std::string text;
    switch (arguments_.format) {
      case OutputFormat::kJsonl:
        text = FormatCollectionJsonl(response);
        break;
      case OutputFormat::kFindings:
        text = FormatCollectionFindings(response, arguments_.language);
        break;
      default:
        text = FormatCollectionSummary(response, style_);
        break;
    }
    {
      absl::MutexLock lock(&mutex_);
      if (response.has_taken()) {
        const std::string why =
            CollectionComplaint(response.taken(), arguments_.language);
        if (!why.empty() && arguments_.format != OutputFormat::kSummary) {
          progress_.Hide();
          Complain(absl::StrCat(response.taken().id(), ": ", why));
        }
        progress_.Update({.done = ++taken_});
      }
      if (!text.empty() && console_.out_is_terminal) progress_.Hide();
    }
    if (!Print(text)) Stop();
  }

  // False if nothing more can be printed.
  bool Print(const std::string& text) {
    if (!text.empty() && written_.ok()) {
      written_ = WriteAll(console_.out, text, &stopped_);
    }
    return written_.ok();
  }

  // Prints what is left and tells the exit status.
  int Finish(const absl::StatusOr<v1::CollectionSummary>& summary) {
    absl::MutexLock lock(&mutex_);
    progress_.Hide();
    if (summary.ok()) {
      if (arguments_.format == OutputFormat::kSummary) {
        Print(FormatCollectionTotals(*summary, style_));
      } else if (arguments_.format == OutputFormat::kJsonl) {
        v1::CheckCollectionResponse last;
        *last.mutable_summary() = *summary;
        Print(FormatCollectionJsonl(last));
      }
    }
    if (absl::IsAborted(written_)) return kExitBrokenPipe;
    if (stopped_) return kExitInterrupted;
    if (!written_.ok()) {
      Complain(std::string(written_.message()));
      return kExitFailed;
    }
    if (!summary.ok()) {
      Complain(std::string(summary.status().message()));
      return kExitFailed;
    }
    if (unreadable_ > 0 || summary->unread() > 0) return kExitFailed;
    return summary->errors() > 0 ? kExitErrors : kExitClean;
  }

  void Complain(const std::string& text) const {
    (void)WriteAll(console_.err, absl::StrCat("gongkai: ", text, "\n"));
  }

  const Arguments& arguments_;
  const Console console_;
  const std::vector<std::string> documents_;
  const Parents parents_;
  const SummaryStyle style_;
  // Used by the thread that asks for requests alone.
  size_t next_ = 0;
  DocumentReader reader_;
  // Used by the thread of Run alone.
  absl::Status written_;
  std::atomic<bool> stopped_{false};

  absl::Mutex mutex_;
  CollectionSession* session_ ABSL_GUARDED_BY(mutex_) = nullptr;
  int taken_ ABSL_GUARDED_BY(mutex_) = 0;
  // Files that the command could not read itself.
  int unreadable_ ABSL_GUARDED_BY(mutex_) = 0;
  Progress progress_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

int RunCollection(const Arguments& arguments, const Console& console) {
  const auto complain = [&](absl::string_view text) {
    (void)WriteAll(console.err, absl::StrCat("gongkai: ", text, "\n"));
  };
  Parents parents;
  if (!arguments.parents.empty()) {
    absl::StatusOr<Parents> loaded =
        Parents::Load(arguments.parents, arguments.language);
    if (!loaded.ok()) {
      complain(loaded.status().message());
      return kExitFailed;
    }
    parents = *std::move(loaded);
  }
  Expansion expansion = ExpandPaths(arguments.paths);
  for (const std::string& error : expansion.errors) complain(error);
  if (expansion.documents.empty()) {
    if (expansion.errors.empty()) {
      complain(Words{"给出的目录中没有文件",
                     "there are no files in these directories"}
                   .In(arguments.language));
    }
    return kExitFailed;
  }
  CollectionCheck check(arguments, console, std::move(expansion.documents),
                        std::move(parents));
  const int status = check.Run();
  const bool counted = status == kExitClean || status == kExitErrors;
  return counted && !expansion.errors.empty() ? kExitFailed : status;
}

}  // namespace gongkai::cli
