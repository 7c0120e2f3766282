// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/ipc/worker_loop.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <new>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "worker/ipc/frame.h"

namespace gongkai::ipc {
namespace {

#ifdef GONGKAI_SANITIZED
constexpr bool kMemoryCanBeLimited = false;
#else
constexpr bool kMemoryCanBeLimited = true;
#endif

// Between jobs a response buffer keeps at most this much.
constexpr size_t kKeptResponseBytes = size_t{4} << 20;

void SetLimit(int resource, rlim_t value) {
  const rlimit limit = {value, value};
  if (setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) {
    perror("gongkai-worker: setrlimit");
    _exit(kExitBadStart);
  }
}

void OnOutOfMemory() {
  static constexpr char kMessage[] = "gongkai-worker: out of memory\n";
  (void)!write(STDERR_FILENO, kMessage, sizeof(kMessage) - 1);
  _exit(kExitOutOfMemory);
}

int ProtocolError(std::string_view what) {
  fprintf(stderr, "gongkai-worker: %.*s\n", static_cast<int>(what.size()),
          what.data());
  return kExitProtocol;
}

}  // namespace

ReadableSlots PrepareWorkerProcess(const WorkerProcessOptions& options) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The front may have died before that call: the socket still knows who made
  // it.
  ucred front;
  socklen_t size = sizeof(front);
  if (getsockopt(kWorkerSocketFd, SOL_SOCKET, SO_PEERCRED, &front, &size) !=
      0) {
    fprintf(stderr,
            "gongkai-worker: started without a front. It is a part of "
            "gongkaid; run gongkaid or gongkai instead.\n");
    _exit(kExitBadStart);
  }
  if (getppid() != front.pid) _exit(kExitDone);
  SetLimit(RLIMIT_CORE, 0);
  if (kMemoryCanBeLimited && options.max_memory_bytes > 0) {
    SetLimit(RLIMIT_AS, static_cast<rlim_t>(options.max_memory_bytes));
  }
  std::set_new_handler(OnOutOfMemory);
  absl::StatusOr<ReadableSlots> slots = ReadableSlots::Map(kWorkerSlotsFd);
  if (!slots.ok()) _exit(ProtocolError(slots.status().ToString()));
  close(kWorkerSlotsFd);
  return *std::move(slots);
}

int RunWorker(const ReadableSlots& slots, std::string_view hello,
              int64_t max_request_bytes, JobHandler handler) {
  FrameWriter writer;
  writer.Add(HelloFrame(), {hello});
  if (!writer.WriteTo(kWorkerSocketFd).ok()) return kExitDone;

  FrameReader reader(static_cast<size_t>(max_request_bytes));
  std::string response;
  while (true) {
    Frame frame;
    absl::StatusOr<bool> found = reader.Next(&frame);
    if (!found.ok()) return ProtocolError(found.status().ToString());
    if (!*found) {
      absl::StatusOr<size_t> size = reader.ReadFrom(kWorkerSocketFd);
      if (!size.ok() || *size == 0) return kExitDone;
      continue;
    }
    if (frame.header.type != FrameType::kJob || !IsJobKind(frame.header.kind)) {
      return ProtocolError("a frame that is no job");
    }
    if (frame.header.in_slot()) {
      absl::StatusOr<std::string_view> payload =
          slots.Get(frame.header.slot, frame.header.payload_size);
      if (!payload.ok()) return ProtocolError(payload.status().ToString());
      frame.payload = *payload;
    }
    const JobKind kind = static_cast<JobKind>(frame.header.kind);
    handler(kind, frame.payload, &response);
    if (static_cast<int64_t>(response.size()) > kMaxResultBytes) {
      return ProtocolError("a result that is too large");
    }
    // Each result goes out before the next job begins. Holding it back would
    // let a hang or a crash in that job take a finished one with it, and make
    // the front blame the wrong document.
    writer.Add(ResultFrame(kind, frame.header.job_id), {response});
    if (!writer.WriteTo(kWorkerSocketFd).ok()) return kExitDone;
    if (response.capacity() > kKeptResponseBytes) {
      response = std::string();
    }
  }
}

}  // namespace gongkai::ipc
