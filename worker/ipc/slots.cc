// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/ipc/slots.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace gongkai::ipc {
namespace {

// A slot keeps this much between jobs: every ordinary report fits, and pages
// that are there already do not fault.
constexpr size_t kKeptBytes = size_t{4} << 20;

absl::Status SystemError(const char* what) {
  return absl::InternalError(absl::StrCat(what, ": ", strerror(errno)));
}

}  // namespace

absl::StatusOr<WritableSlots> WritableSlots::Create(size_t slot_bytes) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  WritableSlots slots;
  slots.slot_bytes_ = (slot_bytes + page - 1) / page * page;
  const size_t total = slots.slot_bytes_ * kSlotCount;
  slots.fd_ =
      UniqueFd(memfd_create("gongkai-slots", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!slots.fd_) return SystemError("memfd_create");
  if (ftruncate(slots.fd(), static_cast<off_t>(total)) != 0) {
    return SystemError("ftruncate");
  }
  void* base =
      mmap(nullptr, total, PROT_READ | PROT_WRITE, MAP_SHARED, slots.fd(), 0);
  if (base == MAP_FAILED) return SystemError("mmap");
  slots.base_ = static_cast<char*>(base);
  // The mapping above stays writable; the worker can make no other such one
  // and cannot pull the pages away from under either side.
  if (fcntl(slots.fd(), F_ADD_SEALS,
            F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) !=
      0) {
    return SystemError("F_ADD_SEALS");
  }
  return slots;
}

WritableSlots::WritableSlots(WritableSlots&& other) noexcept
    : fd_(std::move(other.fd_)),
      base_(std::exchange(other.base_, nullptr)),
      slot_bytes_(other.slot_bytes_) {}

WritableSlots& WritableSlots::operator=(WritableSlots&& other) noexcept {
  if (this != &other) {
    Unmap();
    fd_ = std::move(other.fd_);
    base_ = std::exchange(other.base_, nullptr);
    slot_bytes_ = other.slot_bytes_;
  }
  return *this;
}

WritableSlots::~WritableSlots() { Unmap(); }

void WritableSlots::Unmap() {
  if (base_ != nullptr) munmap(base_, slot_bytes_ * kSlotCount);
  base_ = nullptr;
}

void WritableSlots::Fill(int slot, absl::Span<const std::string_view> pieces) {
  char* out = base_ + slot_bytes_ * static_cast<size_t>(slot);
  for (const std::string_view piece : pieces) {
    std::memcpy(out, piece.data(), piece.size());
    out += piece.size();
  }
}

void WritableSlots::Trim(int slot, size_t used) {
  if (used <= kKeptBytes) return;
  // Failure costs memory and nothing else.
  (void)madvise(base_ + slot_bytes_ * static_cast<size_t>(slot) + kKeptBytes,
                slot_bytes_ - kKeptBytes, MADV_REMOVE);
}

absl::StatusOr<ReadableSlots> ReadableSlots::Map(int fd) {
  struct stat status;
  if (fstat(fd, &status) != 0) return SystemError("fstat");
  const int seals = fcntl(fd, F_GET_SEALS);
  const size_t total = static_cast<size_t>(status.st_size);
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || total == 0 ||
      total % kSlotCount != 0) {
    return absl::InvalidArgumentError("not a file of shared slots");
  }
  void* base = mmap(nullptr, total, PROT_READ, MAP_SHARED, fd, 0);
  if (base == MAP_FAILED) return SystemError("mmap");
  ReadableSlots slots;
  slots.base_ = static_cast<const char*>(base);
  slots.slot_bytes_ = total / kSlotCount;
  return slots;
}

ReadableSlots::ReadableSlots(ReadableSlots&& other) noexcept
    : base_(std::exchange(other.base_, nullptr)),
      slot_bytes_(other.slot_bytes_) {}

ReadableSlots& ReadableSlots::operator=(ReadableSlots&& other) noexcept {
  if (this != &other) {
    Unmap();
    base_ = std::exchange(other.base_, nullptr);
    slot_bytes_ = other.slot_bytes_;
  }
  return *this;
}

ReadableSlots::~ReadableSlots() { Unmap(); }

void ReadableSlots::Unmap() {
  if (base_ != nullptr) {
    munmap(const_cast<char*>(base_), slot_bytes_ * kSlotCount);
  }
  base_ = nullptr;
}

absl::StatusOr<std::string_view> ReadableSlots::Get(int slot,
                                                    size_t size) const {
  if (slot < 0 || slot >= kSlotCount || size > slot_bytes_) {
    return absl::OutOfRangeError(
        absl::StrCat("slot ", slot, " with ", size, " bytes"));
  }
  return std::string_view(base_ + slot_bytes_ * static_cast<size_t>(slot),
                          size);
}

}  // namespace gongkai::ipc
