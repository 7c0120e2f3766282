// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/ipc/frame.h
//
// What the front and a worker say to each other over their socket pair: frames
// of a fixed header and a payload. The worker opens with one Hello; then the
// front sends jobs, and the worker answers each with one result, in the order
// in which the jobs came.
//
//   FrameWriter writer;                        FrameReader reader(limit);
//   writer.Add(JobFrame(...), pieces);         reader.ReadFrom(fd);
//   writer.WriteTo(fd);                        while (*reader.Next(&frame)) ...
//
// Neither side trusts the other: every header is checked before its length is
// used, and a violation is an error from which the connection does not recover.

#ifndef GONGKAI_WORKER_IPC_FRAME_H_
#define GONGKAI_WORKER_IPC_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "worker/ipc/job_kind.h"

namespace gongkai::ipc {

// Changes whenever a frame or the Hello message changes incompatibly. The front
// and its workers must have the same.
inline constexpr int kProtocolVersion = 2;

// What a request may hold beside its document: an id, a file name, options.
inline constexpr int64_t kRequestOverhead = int64_t{64} << 10;

enum class FrameType : uint16_t {
  kHello = 1,   // worker to front: gongkai.worker.v1.Hello
  kJob = 2,     // front to worker: a request message
  kResult = 3,  // worker to front: the response message of the same job
};

// In front of every payload, in the machine's byte order.
struct FrameHeader {
  // "GKF1"; tells at once when the two sides have lost step.
  static constexpr uint32_t kMagic = 0x31464b47;
  // Flag: the payload lies in a shared slot and not behind the header.
  static constexpr uint16_t kInSlot = 1;

  uint32_t magic = kMagic;
  FrameType type = FrameType::kHello;
  // Of the job; 0 in a Hello.
  uint16_t kind = 0;
  // Counts the jobs of one worker from 1; 0 in a Hello.
  uint64_t job_id = 0;
  // Bytes of payload.
  uint32_t payload_size = 0;
  uint16_t flags = 0;
  // Which slot, with kInSlot.
  uint16_t slot = 0;

  bool in_slot() const { return (flags & kInSlot) != 0; }
};
static_assert(sizeof(FrameHeader) == 24);

FrameHeader HelloFrame();
FrameHeader JobFrame(JobKind kind, uint64_t job_id);
FrameHeader ResultFrame(JobKind kind, uint64_t job_id);

// True for the numbers that JobKind names.
bool IsJobKind(uint16_t kind);

// A decoded frame. The payload is empty for one in a slot.
struct Frame {
  FrameHeader header;
  std::string_view payload;
};

// Collects frames and writes them with as few system calls as it can. Reuses
// its memory. Not thread-safe.
class FrameWriter {
 public:
  // Appends a frame whose payload is the pieces in a row; sets payload_size.
  // The bytes are not copied: they must live until written.
  void Add(FrameHeader header, absl::Span<const std::string_view> pieces);

  // Appends a frame whose payload of header.payload_size bytes is in a slot.
  void AddInSlot(const FrameHeader& header);

  // Writes what there is. True if all is written; false if a non-blocking
  // socket takes no more for now. Errors: Unavailable if the other side is
  // gone.
  absl::StatusOr<bool> WriteTo(int fd);

  bool empty() const { return next_ == pieces_.size(); }

  // Frames of which not a single byte is written yet.
  size_t untouched_frames() const;

 private:
  // A stretch of bytes to write; base null for a header, which lies at `index`
  // of headers_ (that may still move).
  struct Piece {
    const char* base;
    size_t size;
    size_t index;
  };

  std::vector<FrameHeader> headers_;
  std::vector<Piece> pieces_;
  size_t next_ = 0;    // first piece not wholly written
  size_t offset_ = 0;  // bytes of it that are written
};

// Takes bytes as they come and gives back whole frames. Reuses its memory and
// lets go of it again after an unusually large frame. Not thread-safe.
class FrameReader {
 public:
  // Frames with more payload than this behind their header are refused.
  explicit FrameReader(size_t max_payload);

  // Returns where to put bytes: room for at least one, if all whole frames have
  // been taken. Frames returned before are gone.
  absl::Span<char> Space();
  // Says that `size` bytes were put there.
  void Filled(size_t size) { end_ += size; }

  // Reads once from fd. Returns the bytes read; 0 at the end of the stream.
  // Errors: Unavailable for a non-blocking socket without bytes, and Aborted
  // if the connection broke.
  absl::StatusOr<size_t> ReadFrom(int fd);

  // The next whole frame, or false if more bytes are needed. The payload is
  // valid until the next Space() or ReadFrom(). Errors: DataLoss for bytes
  // that are not a frame, ResourceExhausted for one that is too long.
  absl::StatusOr<bool> Next(Frame* frame);

 private:
  // Bytes needed at begin_ to finish the frame there, as far as is known.
  size_t Needed() const;

  const size_t max_payload_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace gongkai::ipc

#endif  // GONGKAI_WORKER_IPC_FRAME_H_
