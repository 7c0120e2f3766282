// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/wire_writer.h
//
// Writes protobuf's wire format into a string that grows. Private to process.
//
//   WireWriter out(&bytes);
//   const size_t begin = out.Begin(7);    // a message, as field 7
//   out.Integer(1, year);
//   out.End(begin);

#ifndef GONGKAI_WORKER_PROCESS_WIRE_WRITER_H_
#define GONGKAI_WORKER_PROCESS_WIRE_WRITER_H_

#include <cstdint>
#include <cstring>
#include <string>

#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/report.pb.h"
#include "google/protobuf/message_lite.h"

namespace gongkai::process {

enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

constexpr size_t kMaxVarintBytes = 10;

// A field's tag and its number or length; fields below 2048 have tags of two
// bytes at most.
constexpr size_t kMaxHeadBytes = 2 + kMaxVarintBytes;

// The following write at `at`, where there must be room, and give what is
// behind. Defaults are left out, as proto3 does, unless told to be present.

inline char* PutVarint(uint64_t value, char* at) {
  while (value >= 0x80) [[unlikely]] {
      *at++ = static_cast<char>(value | 0x80);
      value >>= 7;
    }
  *at++ = static_cast<char>(value);
  return at;
}

inline char* PutPresent(int field, int64_t value, char* at) {
  at = PutVarint(static_cast<uint32_t>(field) << 3 | kVarint, at);
  return PutVarint(static_cast<uint64_t>(value), at);
}
inline char* Put(int field, int64_t value, char* at) {
  return value == 0 ? at : PutPresent(field, value, at);
}

inline char* PutPresent(int field, const std::string& text, char* at) {
  at = PutVarint(static_cast<uint32_t>(field) << 3 | kLengthDelimited, at);
  at = PutVarint(text.size(), at);
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}
inline char* Put(int field, const std::string& text, char* at) {
  return text.empty() ? at : PutPresent(field, text, at);
}

// A message that is too rare or small to be worth more than protobuf's own way.
// Its size must have been measured.
inline char* Put(int field, const google::protobuf::MessageLite& message,
                 char* at) {
  at = PutVarint(static_cast<uint32_t>(field) << 3 | kLengthDelimited, at);
  at = PutVarint(static_cast<uint32_t>(message.GetCachedSize()), at);
  return reinterpret_cast<char*>(
      message.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(at)));
}

// The string that is appended to, longer than its contents while it is written.
class WireWriter {
 public:
  explicit WireWriter(std::string* out) : out_(*out), size_(out->size()) {}
  ~WireWriter() { out_.resize(size_); }
  WireWriter(const WireWriter&) = delete;
  WireWriter& operator=(const WireWriter&) = delete;

  // Where the next so many bytes can be written; Advance() takes their end.
  char* Room(size_t bytes) {
    if (out_.size() - size_ < bytes) [[unlikely]] {
      Grow(bytes);
    }
    return out_.data() + size_;
  }
  void Advance(const char* end) { size_ = end - out_.data(); }

  void Varint(int64_t value) {
    Advance(PutVarint(static_cast<uint64_t>(value), Room(kMaxVarintBytes)));
  }
  void Integer(int field, int64_t value) {
    Advance(Put(field, value, Room(kMaxHeadBytes)));
  }
  void String(int field, const std::string& text) {
    Advance(Put(field, text, Room(kMaxHeadBytes + text.size())));
  }
  // Also if it is empty.
  void PresentString(int field, const std::string& text) {
    Advance(PutPresent(field, text, Room(kMaxHeadBytes + text.size())));
  }
  void Message(int field, const google::protobuf::MessageLite& message) {
    const size_t size = message.ByteSizeLong();
    Advance(Put(field, message, Room(kMaxHeadBytes + size)));
  }

  // What is written between Begin and End is a message: pass on what Begin
  // gave.
  size_t Begin(int field) {
    char* const at = Room(kMaxHeadBytes);
    // One byte is left for the length.
    Advance(
        PutVarint(static_cast<uint32_t>(field) << 3 | kLengthDelimited, at) +
        1);
    return size_;
  }
  void End(size_t begin) {
    const size_t length = size_ - begin;
    char bytes[kMaxVarintBytes];
    const size_t width = PutVarint(length, bytes) - bytes;
    Room(width);
    char* const length_at = out_.data() + begin - 1;
    if (width > 1) std::memmove(length_at + width, length_at + 1, length);
    std::memcpy(length_at, bytes, width);
    size_ += width - 1;
  }

 private:
  [[gnu::noinline]] void Grow(size_t bytes) {
    // A little at a time, because it is filled with zeros; the string's own
    // capacity doubles.
    constexpr size_t kStep = 4096;
    out_.resize(size_ + bytes + kStep);
  }

  std::string& out_;
  size_t size_;
};

// The messages that many others hold, as fields with these numbers.
void AppendPath(int field, const v1::CellPath& path, WireWriter* out);
void AppendPlace(int field, const v1::Place& place, WireWriter* out);
void AppendQuotation(int field, const v1::Quotation& quotation,
                     WireWriter* out);

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_WIRE_WRITER_H_
