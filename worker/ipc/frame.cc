// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/ipc/frame.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gongkai::ipc {
namespace {

// Pieces written with one system call. A batch has some 16 jobs of three
// pieces each.
constexpr size_t kMaxIovecs = 64;

// What a reader holds by default: a full socket buffer and a bit.
constexpr size_t kReaderCapacity = size_t{256} << 10;

// Checks everything of a header that does not depend on who sent it.
absl::Status CheckHeader(const FrameHeader& header, size_t max_payload) {
  if (header.magic != FrameHeader::kMagic) {
    return absl::DataLossError(
        absl::StrFormat("bad magic number 0x%08x", header.magic));
  }
  if (header.type < FrameType::kHello || header.type > FrameType::kResult) {
    return absl::DataLossError(
        absl::StrCat("unknown frame type ", static_cast<int>(header.type)));
  }
  if ((header.flags & ~FrameHeader::kInSlot) != 0) {
    return absl::DataLossError(absl::StrCat("unknown flags ", header.flags));
  }
  if (header.in_slot()) {
    if (header.type != FrameType::kJob) {
      return absl::DataLossError("only jobs have their payload in a slot");
    }
  } else if (header.payload_size > max_payload) {
    return absl::ResourceExhaustedError(
        absl::StrCat("a frame of ", header.payload_size,
                     " bytes, of which at most ", max_payload, " are taken"));
  }
  return absl::OkStatus();
}

}  // namespace

FrameHeader HelloFrame() { return FrameHeader(); }

FrameHeader JobFrame(JobKind kind, uint64_t job_id) {
  FrameHeader header;
  header.type = FrameType::kJob;
  header.kind = static_cast<uint16_t>(kind);
  header.job_id = job_id;
  return header;
}

FrameHeader ResultFrame(JobKind kind, uint64_t job_id) {
  FrameHeader header = JobFrame(kind, job_id);
  header.type = FrameType::kResult;
  return header;
}

bool IsJobKind(uint16_t kind) {
  return kind >= static_cast<uint16_t>(JobKind::kParse) &&
         kind <= static_cast<uint16_t>(JobKind::kFindings);
}

void FrameWriter::Add(FrameHeader header,
                      absl::Span<const std::string_view> pieces) {
  size_t size = 0;
  pieces_.push_back({nullptr, sizeof(FrameHeader), headers_.size()});
  for (const std::string_view piece : pieces) {
    if (piece.empty()) continue;
    pieces_.push_back({piece.data(), piece.size(), 0});
    size += piece.size();
  }
  header.payload_size = static_cast<uint32_t>(size);
  headers_.push_back(header);
}

void FrameWriter::AddInSlot(const FrameHeader& header) {
  pieces_.push_back({nullptr, sizeof(FrameHeader), headers_.size()});
  headers_.push_back(header);
}

absl::StatusOr<bool> FrameWriter::WriteTo(int fd) {
  while (!empty()) {
    iovec iovecs[kMaxIovecs];
    const size_t count = std::min(kMaxIovecs, pieces_.size() - next_);
    for (size_t i = 0; i < count; ++i) {
      const Piece& piece = pieces_[next_ + i];
      const char* base =
          piece.base != nullptr
              ? piece.base
              : reinterpret_cast<const char*>(&headers_[piece.index]);
      const size_t skip = i == 0 ? offset_ : 0;
      iovecs[i].iov_base = const_cast<char*>(base + skip);
      iovecs[i].iov_len = piece.size - skip;
    }
    msghdr message = {};
    message.msg_iov = iovecs;
    message.msg_iovlen = count;
    const ssize_t written = sendmsg(fd, &message, MSG_NOSIGNAL);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) return false;
      return absl::UnavailableError(
          absl::StrCat("cannot write frames: ", strerror(errno)));
    }
    size_t left = static_cast<size_t>(written) + offset_;
    while (next_ < pieces_.size() && left >= pieces_[next_].size) {
      left -= pieces_[next_++].size;
    }
    offset_ = left;
  }
  headers_.clear();
  pieces_.clear();
  next_ = 0;
  return true;
}

size_t FrameWriter::untouched_frames() const {
  size_t count = 0;
  for (size_t i = next_; i < pieces_.size(); ++i) {
    const bool touched = i == next_ && offset_ > 0;
    if (pieces_[i].base == nullptr && !touched) ++count;
  }
  return count;
}

FrameReader::FrameReader(size_t max_payload)
    : max_payload_(std::min<size_t>(max_payload,
                                    std::numeric_limits<uint32_t>::max())) {}

size_t FrameReader::Needed() const {
  if (end_ - begin_ < sizeof(FrameHeader)) return sizeof(FrameHeader);
  FrameHeader header;
  std::memcpy(&header, &buffer_[begin_], sizeof(header));
  // Next() has refused everything that is too long before it comes to this.
  if (header.in_slot() || header.payload_size > max_payload_) {
    return sizeof(FrameHeader);
  }
  return sizeof(FrameHeader) + header.payload_size;
}

absl::Span<char> FrameReader::Space() {
  const size_t held = end_ - begin_;
  const size_t wanted = std::max(kReaderCapacity, Needed());
  if (capacity_ != wanted && (held == 0 || wanted > capacity_)) {
    auto buffer = std::make_unique_for_overwrite<char[]>(wanted);
    if (held > 0) std::memcpy(buffer.get(), &buffer_[begin_], held);
    buffer_ = std::move(buffer);
    capacity_ = wanted;
    begin_ = 0;
    end_ = held;
  } else if (begin_ > 0) {
    // What is left is the beginning of one frame: cheap to move.
    if (held > 0) std::memmove(buffer_.get(), &buffer_[begin_], held);
    begin_ = 0;
    end_ = held;
  }
  return absl::MakeSpan(&buffer_[end_], capacity_ - end_);
}

absl::StatusOr<size_t> FrameReader::ReadFrom(int fd) {
  const absl::Span<char> space = Space();
  while (true) {
    const ssize_t size = read(fd, space.data(), space.size());
    if (size >= 0) {
      Filled(static_cast<size_t>(size));
      return static_cast<size_t>(size);
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN) return absl::UnavailableError("no bytes");
    return absl::AbortedError(
        absl::StrCat("cannot read frames: ", strerror(errno)));
  }
}

absl::StatusOr<bool> FrameReader::Next(Frame* frame) {
  if (end_ - begin_ < sizeof(FrameHeader)) return false;
  std::memcpy(&frame->header, &buffer_[begin_], sizeof(FrameHeader));
  if (absl::Status status = CheckHeader(frame->header, max_payload_);
      !status.ok()) {
    return status;
  }
  const size_t size = frame->header.in_slot() ? 0 : frame->header.payload_size;
  if (end_ - begin_ < sizeof(FrameHeader) + size) return false;
  frame->payload =
      std::string_view(&buffer_[begin_] + sizeof(FrameHeader), size);
  begin_ += sizeof(FrameHeader) + size;
  return true;
}

}  // namespace gongkai::ipc
