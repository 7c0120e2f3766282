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
//   next-id      answers the job behind its own
//   wrong-kind   answers its job as one of another kind
//   job          sends a job to the front
//   hello        says Hello again
//   slot         sends a result that is said to lie in a slot
//   flags        sends a result with flags that do not exist
//   half         announces a result and sends half of it
//   twice        answers twice
//   flood        answers a job that does not exist, without end
//   chatter      prints to standard error without end
//   hang-up      closes its socket and stays
//   hang         reads its jobs and answers none
//   deaf         computes for ever, and reads nothing
//   stop         stops itself, as SIGSTOP does from outside
//   keep MB      takes so much memory and keeps it
//   as ID        answers with ID as its own (ProcessReports)
//   end          answers with the end of the stream (ProcessReports)
//   pid          answers with its process id
//   once FILE C  creates FILE and does C, or echoes if FILE is there
//
//   getenv NAME  answers with that part of the environment, or "unset"
//   open FILE    opens a file for reading; "opened" or "refused", as below
//   create FILE  makes a file
//   connect      connects to a port
//   fork, exec   starts another process
//   signal       sends a signal to the front
//   trace, peek, poke   attaches to the front, reads or writes its memory
//   writable     makes the memory that it shares with the front writable
//   scribble     writes into that memory
//
// Anything else is answered as echo. Flags:
// --die=TEXT prints TEXT and ends before Hello; --protocol=N says N;
// --short_lived ends after Hello; --sandbox enters the sandbox first, as
// gongkai-worker does.

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gongkai/v1/report_service.pb.h"
#include "gongkai/worker/v1/collection.pb.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"
#include "worker/sandbox/sandbox.h"

namespace gongkai {
namespace {

using ipc::JobKind;

void* volatile nowhere = nullptr;

[[noreturn]] void TakeAllMemory() {
  std::vector<std::string> taken;
  while (true) taken.emplace_back(size_t{16} << 20, 'x');
}

// Asked for before the sandbox is entered.
const pid_t front = getppid();
// Of the frame that is answered; they count from 1.
uint64_t job_id = 0;
// Where its request lies.
const char* request_bytes = nullptr;

// As FrameWriter does it: the sandbox lets nothing else through.
void WriteRaw(std::string_view bytes) {
  iovec piece = {const_cast<char*>(bytes.data()), bytes.size()};
  msghdr message = {};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  (void)!sendmsg(ipc::kWorkerSocketFd, &message, MSG_NOSIGNAL);
}

void WriteHeader(const ipc::FrameHeader& header) {
  WriteRaw(
      std::string_view(reinterpret_cast<const char*>(&header), sizeof(header)));
}

[[noreturn]] void SleepForever() {
  // The sandbox lets through no other call that sleeps.
  char bytes[4096];
  while (true) (void)!read(ipc::kWorkerSocketFd, bytes, sizeof(bytes));
}

// A header of a result that is right but for what the lie changes.
void WriteLie(absl::FunctionRef<void(ipc::FrameHeader&)> lie) {
  ipc::FrameHeader header = ipc::ResultFrame(JobKind::kProcess, job_id);
  lie(header);
  WriteHeader(header);
}

std::string RefusedUnless(bool done) { return done ? "done" : "refused"; }

// What a worker does to the machine that a document has taken over.
std::string Misbehave(std::string_view command, const std::string& argument) {
  char byte = 0;
  const iovec here = {&byte, 1};
  const iovec there = {environ, 1};
  if (command == "getenv") {
    const char* const value = getenv(argument.c_str());
    return value == nullptr ? "unset" : value;
  }
  if (command == "open") {
    return RefusedUnless(open(argument.c_str(), O_RDONLY) >= 0);
  }
  if (command == "create") {
    return RefusedUnless(creat(argument.c_str(), 0600) >= 0);
  }
  if (command == "connect") {
    const sockaddr_in address = {
        AF_INET, htons(53), {htonl(INADDR_LOOPBACK)}, {}};
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    return RefusedUnless(connect(fd,
                                 reinterpret_cast<const sockaddr*>(&address),
                                 sizeof(address)) == 0);
  }
  if (command == "fork") return RefusedUnless(fork() >= 0);
  if (command == "exec") {
    return RefusedUnless(execl("/bin/true", "true", nullptr) == 0);
  }
  if (command == "signal") return RefusedUnless(kill(front, SIGTERM) == 0);
  if (command == "trace") {
    return RefusedUnless(ptrace(PTRACE_SEIZE, front, nullptr, nullptr) == 0);
  }
  if (command == "peek") {
    return RefusedUnless(process_vm_readv(front, &here, 1, &there, 1, 0) == 1);
  }
  if (command == "poke") {
    return RefusedUnless(process_vm_writev(front, &here, 1, &there, 1, 0) == 1);
  }
  // The slots are mapped, for reading; the request lies in one.
  const auto page =
      reinterpret_cast<uintptr_t>(request_bytes) & ~uintptr_t{4095};
  char* const slot = reinterpret_cast<char*>(page);
  if (command == "writable") {
    return RefusedUnless(mprotect(slot, 4096, PROT_READ | PROT_WRITE) == 0);
  }
  if (command == "scribble") {
    std::memset(slot, 0xee, size_t{1} << 20);
    return "done";
  }
  return "";
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
    // Sanitizers make a report of it otherwise.
    if (!sandbox::kPossible) signal(SIGSEGV, SIG_DFL);
    *static_cast<volatile char*>(nowhere) = 1;
  } else if (command == "abort") {
    if (!sandbox::kPossible) signal(SIGABRT, SIG_DFL);
    abort();
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
  } else if (command == "next-id") {
    WriteLie([](auto& header) { ++header.job_id; });
    SleepForever();
  } else if (command == "wrong-kind") {
    WriteLie([](auto& header) { ++header.kind; });
    SleepForever();
  } else if (command == "job") {
    WriteLie([](auto& header) { header.type = ipc::FrameType::kJob; });
    SleepForever();
  } else if (command == "hello") {
    WriteLie([](auto& header) { header.type = ipc::FrameType::kHello; });
    SleepForever();
  } else if (command == "slot") {
    WriteLie([](auto& header) { header.flags = ipc::FrameHeader::kInSlot; });
    SleepForever();
  } else if (command == "flags") {
    WriteLie([](auto& header) { header.flags = 0x8000; });
    SleepForever();
  } else if (command == "half") {
    WriteLie([](auto& header) { header.payload_size = 1000; });
    WriteRaw(std::string(500, 'x'));
    SleepForever();
  } else if (command == "flood") {
    while (true) WriteLie([](auto& header) { header.job_id += 1000; });
  } else if (command == "chatter") {
    const std::string words(4096, 'x');
    while (true) (void)!write(STDERR_FILENO, words.data(), words.size());
  } else if (command == "deaf") {
    volatile uint64_t count = 0;
    while (true) count = count + 1;
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
  } else if (std::string done = Misbehave(command, rest); !done.empty()) {
    return done;
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
  ++job_id;
  request_bytes = request.data();
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
    if (parsed.document().content() == "twice") {
      WriteLie([&](auto& header) {
        header.payload_size = static_cast<uint32_t>(response->size());
      });
      WriteRaw(*response);
    }
  }
}

int Main(int argc, char** argv) {
  ipc::WorkerProcessOptions options;
  int64_t max_document_bytes = int64_t{32} << 20;
  int protocol = ipc::kProtocolVersion;
  std::string die;
  bool sandboxed = false;
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
    } else if (flag == "--sandbox") {
      sandboxed = true;
    } else if (flag == "--short_lived") {
      short_lived = true;
    }
  }
  if (!die.empty()) {
    absl::StrAppend(&die, "\n");
    (void)!write(STDERR_FILENO, die.data(), die.size());
    return ipc::kExitBadStart;
  }
  const ipc::ReadableSlots slots = ipc::PrepareWorkerProcess(options);
  if (sandboxed && sandbox::kPossible) {
    const sandbox::Sandbox entered =
        sandbox::EnterSandbox({.socket = ipc::kWorkerSocketFd});
    if (!entered.complete()) return ipc::kExitBadStart;
  }
  worker::v1::Hello hello;
  hello.set_protocol_version(protocol);
  hello.set_version("test");
  hello.mutable_rules()->set_rule_set_version("0123456789abcdef");
  hello.mutable_rules()->add_rules()->set_id("test.rule");
  hello.mutable_layouts()->add_templates()->set_name("test form");
  hello.add_media_types("text/plain");
  if (short_lived) {
    ipc::FrameWriter writer;
    const std::string bytes = hello.SerializeAsString();
    const std::string_view view = bytes;
    writer.Add(ipc::HelloFrame(), {view});
    (void)writer.WriteTo(ipc::kWorkerSocketFd);
    return 7;
  }
  return ipc::RunWorker(slots, hello.SerializeAsString(),
                        max_document_bytes + (int64_t{64} << 10), Handle);
}

}  // namespace
}  // namespace gongkai

int main(int argc, char** argv) { return gongkai::Main(argc, argv); }
