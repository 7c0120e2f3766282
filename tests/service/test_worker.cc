// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A worker that does what its document says. The content of a document is a
// command, then a space, then anything:
//
//   echo TEXT    answers with TEXT as its English message
//   sleep MS     sleeps, then answers as echo
//   spin US      computes so long, then answers as echo
//   segv, abort  dies by a signal
//   exit CODE    ends
//   memory       takes memory until there is none
//   garbage      writes bytes that are no frame
//   long         announces a frame beyond every limit
//   wrong-id     answers a job that does not exist
//   hang-up      closes its socket and stays
//   hang         never answers
//   stop         stops itself, as SIGSTOP does from outside
//   keep MB      takes so much memory and keeps it
//   as ID        answers with ID as its own (ProcessReports)
//   end          answers with the end of the stream (ProcessReports)
//   pid          answers with its process id
//   once FILE C  creates FILE and does C, or echoes if FILE is there
//
// Anything else is answered as echo. Flags:
// --die=TEXT prints TEXT and ends before Hello; --protocol=N says N;
// --short_lived ends after Hello.

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gongkai/v1/report_service.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"

namespace gongkai {
namespace {

using ipc::JobKind;

[[noreturn]] void TakeAllMemory() {
  std::vector<std::string> taken;
  while (true) taken.emplace_back(size_t{16} << 20, 'x');
}

void WriteRaw(std::string_view bytes) {
  (void)!write(ipc::kWorkerSocketFd, bytes.data(), bytes.size());
}

void WriteHeader(const ipc::FrameHeader& header) {
  WriteRaw(
      std::string_view(reinterpret_cast<const char*>(&header), sizeof(header)));
}

[[noreturn]] void SleepForever() {
  while (true) pause();
}

// Does the command; returns the text to answer with.
std::string Obey(std::string_view content) {
  const size_t space = std::min(content.find(' '), content.size());
  const std::string_view command = content.substr(0, space);
  const std::string rest(content.substr(std::min(space + 1, content.size())));
  if (command == "sleep") {
    std::this_thread::sleep_for(std::chrono::milliseconds(atoi(rest.c_str())));
  } else if (command == "spin") {
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::microseconds(atoi(rest.c_str()));
    while (std::chrono::steady_clock::now() < end) {
    }
  } else if (command == "segv") {
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
  } else if (command == "abort") {
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
  } else if (command == "exit") {
    _exit(atoi(rest.c_str()));
  } else if (command == "memory") {
    TakeAllMemory();
  } else if (command == "garbage") {
    WriteRaw("this is certainly no frame of any kind");
    SleepForever();
  } else if (command == "long") {
    ipc::FrameHeader header = ipc::ResultFrame(JobKind::kProcess, 1);
    header.payload_size = 0xffffffff;
    WriteHeader(header);
    SleepForever();
  } else if (command == "wrong-id") {
    WriteHeader(ipc::ResultFrame(JobKind::kProcess, 1'000'000));
    SleepForever();
  } else if (command == "hang-up") {
    close(ipc::kWorkerSocketFd);
    SleepForever();
  } else if (command == "hang") {
    SleepForever();
  } else if (command == "stop") {
    raise(SIGSTOP);
  } else if (command == "keep") {
    static auto* const kept = new std::vector<std::string>;
    kept->emplace_back(static_cast<size_t>(atoi(rest.c_str())) << 20, 'x');
  } else if (command == "pid") {
    return absl::StrCat(getpid());
  } else if (command == "once") {
    const size_t end = std::min(rest.find(' '), rest.size());
    const std::string file = rest.substr(0, end);
    if (access(file.c_str(), F_OK) != 0) {
      close(creat(file.c_str(), 0600));
      return Obey(
          std::string_view(rest).substr(std::min(end + 1, rest.size())));
    }
  }
  return rest;
}

template <typename Response>
void Answer(const v1::Document& document, Response* response) {
  response->set_outcome(v1::OUTCOME_OK);
  response->set_message_en(Obey(document.content()));
}

// The body of a digest that begins so is a command for the process that holds
// the collection.
constexpr absl::string_view kForCollector = "collector ";

void Digest(std::string_view request, std::string* response) {
  v1::CheckCollectionRequest parsed;
  parsed.ParseFromArray(request.data(), static_cast<int>(request.size()));
  const std::string& content = parsed.document().content();
  v1::CheckCollectionResponse answer;
  answer.mutable_taken()->set_id(parsed.id());
  answer.mutable_taken()->set_outcome(v1::OUTCOME_OK);
  worker::v1::ReportDigest digest;
  digest.set_id(parsed.id());
  if (absl::StartsWith(content, kForCollector)) {
    digest.set_body(content);
  } else {
    answer.mutable_taken()->set_message_en(Obey(content));
  }
  worker::v1::DigestResult result;
  result.set_taken(answer.SerializeAsString());
  result.set_digest(digest.SerializeAsString());
  result.SerializeToString(response);
}

// What this process has collected, and how many findings it has given: one for
// each report, in pieces of ten, then the summary.
std::vector<std::string> collected;
size_t given = 0;

void Collect(std::string_view request, std::string* response) {
  worker::v1::ReportDigest digest;
  digest.ParseFromArray(request.data(), static_cast<int>(request.size()));
  worker::v1::CollectionAnswer answer;
  answer.set_lost(digest.sequence() != static_cast<int64_t>(collected.size()));
  collected.push_back(digest.id());
  if (absl::StartsWith(digest.body(), kForCollector)) {
    Obey(std::string_view(digest.body()).substr(kForCollector.size()));
  }
  answer.SerializeToString(response);
}

void Findings(std::string_view request, std::string* response) {
  worker::v1::FindingsRequest parsed;
  parsed.ParseFromArray(request.data(), static_cast<int>(request.size()));
  worker::v1::CollectionAnswer answer;
  answer.set_lost(parsed.reports() != static_cast<int64_t>(collected.size()));
  v1::CheckCollectionResponse message;
  for (int i = 0; i < 10 && given < collected.size(); ++i) {
    message.mutable_finding()->clear_ids();
    message.mutable_finding()->add_ids(collected[given++]);
    *answer.add_responses() = message.SerializeAsString();
  }
  if (given == collected.size()) {
    message.mutable_summary()->set_reports(static_cast<int>(given));
    *answer.add_responses() = message.SerializeAsString();
    answer.set_done(true);
  }
  answer.SerializeToString(response);
}

void Handle(JobKind kind, std::string_view request, std::string* response) {
  if (kind == JobKind::kDigest) return Digest(request, response);
  if (kind == JobKind::kCollect) return Collect(request, response);
  if (kind == JobKind::kFindings) return Findings(request, response);
  const int size = static_cast<int>(request.size());
  if (kind == JobKind::kParse) {
    v1::ParseReportRequest parsed;
    v1::ParseReportResponse answer;
    parsed.ParseFromArray(request.data(), size);
    Answer(parsed.document(), &answer);
    answer.SerializeToString(response);
  } else if (kind == JobKind::kValidate) {
    v1::ValidateReportRequest parsed;
    v1::ValidateReportResponse answer;
    parsed.ParseFromArray(request.data(), size);
    Answer(parsed.document(), &answer);
    answer.SerializeToString(response);
  } else {
    v1::ProcessRequest parsed;
    v1::ProcessResponse answer;
    parsed.ParseFromArray(request.data(), size);
    answer.set_id(parsed.id());
    Answer(parsed.document(), &answer);
    const absl::string_view content = parsed.document().content();
    if (absl::StartsWith(content, "as ")) {
      answer.set_id(std::string(content.substr(3)));
    } else if (content == "end") {
      answer.mutable_ending();
    }
    answer.SerializeToString(response);
  }
}

int Main(int argc, char** argv) {
  ipc::WorkerProcessOptions options;
  int64_t max_document_bytes = int64_t{32} << 20;
  int protocol = ipc::kProtocolVersion;
  std::string die;
  bool short_lived = false;
  for (int i = 1; i < argc; ++i) {
    absl::string_view flag = argv[i];
    const auto value = flag.substr(std::min(flag.find('=') + 1, flag.size()));
    if (absl::StartsWith(flag, "--max_memory_bytes=")) {
      (void)absl::SimpleAtoi(value, &options.max_memory_bytes);
    } else if (absl::StartsWith(flag, "--max_document_bytes=")) {
      (void)absl::SimpleAtoi(value, &max_document_bytes);
    } else if (absl::StartsWith(flag, "--protocol=")) {
      (void)absl::SimpleAtoi(value, &protocol);
    } else if (absl::StartsWith(flag, "--die=")) {
      die = std::string(value);
    } else if (flag == "--short_lived") {
      short_lived = true;
    }
  }
  if (!die.empty()) {
    absl::StrAppend(&die, "\n");
    (void)!write(STDERR_FILENO, die.data(), die.size());
    return ipc::kExitBadStart;
  }
  ipc::PrepareWorkerProcess(options);
  worker::v1::Hello hello;
  hello.set_protocol_version(protocol);
  hello.set_version("test");
  hello.mutable_rules()->set_rule_set_version("0123456789abcdef");
  hello.mutable_rules()->add_rules()->set_id("test.rule");
  hello.add_media_types("text/plain");
  if (short_lived) {
    ipc::FrameWriter writer;
    const std::string bytes = hello.SerializeAsString();
    const std::string_view view = bytes;
    writer.Add(ipc::HelloFrame(), {view});
    (void)writer.WriteTo(ipc::kWorkerSocketFd);
    return 7;
  }
  return ipc::RunWorker(hello.SerializeAsString(),
                        max_document_bytes + (int64_t{64} << 10), Handle);
}

}  // namespace
}  // namespace gongkai

int main(int argc, char** argv) { return gongkai::Main(argc, argv); }
