// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/ipc/slots.h
//
// Memory that the front shares with one worker, for documents that are too
// large for the socket: a sealed memory file with a few slots of equal size,
// reused from job to job. The front writes, the worker can only read. Mapping
// a new file for every job would cost more than copying through the socket,
// because every page faults anew.

#ifndef GONGKAI_WORKER_IPC_SLOTS_H_
#define GONGKAI_WORKER_IPC_SLOTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "worker/ipc/unique_fd.h"

namespace gongkai::ipc {

// Slots of one worker: two, so that the next large document is copied while
// one is read.
inline constexpr int kSlotCount = 2;

// Payloads above this go through a slot. A few copies of this size take as
// long as one wake-up; from here on the socket's tail grows.
inline constexpr size_t kSlotThreshold = size_t{64} << 10;

// The front's side. Movable; unmaps when destroyed. Not thread-safe.
class WritableSlots {
 public:
  // Makes slots of at least slot_bytes each. They take memory only as far as
  // they are used. Errors: Internal, with the system's reason.
  static absl::StatusOr<WritableSlots> Create(size_t slot_bytes);

  WritableSlots() = default;
  WritableSlots(WritableSlots&& other) noexcept;
  WritableSlots& operator=(WritableSlots&& other) noexcept;
  ~WritableSlots();

  // The file to hand to the worker.
  int fd() const { return fd_.get(); }
  size_t slot_bytes() const { return slot_bytes_; }

  // Copies the pieces in a row into a slot. They must fit.
  void Fill(int slot, absl::Span<const std::string_view> pieces);

  // Gives back the memory of a slot that held `used` bytes, if that was
  // unusually much.
  void Trim(int slot, size_t used);

 private:
  void Unmap();

  UniqueFd fd_;
  char* base_ = nullptr;
  size_t slot_bytes_ = 0;
};

// The worker's side. Movable; unmaps when destroyed. Not thread-safe.
class ReadableSlots {
 public:
  // Maps the file that Create() made. Errors: InvalidArgument if it is not
  // such a file.
  static absl::StatusOr<ReadableSlots> Map(int fd);

  ReadableSlots() = default;
  ReadableSlots(ReadableSlots&& other) noexcept;
  ReadableSlots& operator=(ReadableSlots&& other) noexcept;
  ~ReadableSlots();

  // The first `size` bytes of a slot. Errors: OutOfRange.
  absl::StatusOr<std::string_view> Get(int slot, size_t size) const;

 private:
  void Unmap();

  const char* base_ = nullptr;
  size_t slot_bytes_ = 0;
};

}  // namespace gongkai::ipc

#endif  // GONGKAI_WORKER_IPC_SLOTS_H_
