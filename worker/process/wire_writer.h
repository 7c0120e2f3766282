// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/process/wire_writer.h
//
// Writes protobuf's wire format into memory that it keeps from message to
// message. Private to process.
//
//   WireWriter out;
//   const size_t begin = out.Begin(7);    // a message, as field 7
//   out.Integer(1, year);
//   out.End(begin);
//   out.GiveTo(bytes);

#ifndef GONGKAI_WORKER_PROCESS_WIRE_WRITER_H_
#define GONGKAI_WORKER_PROCESS_WIRE_WRITER_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "gongkai/v1/cell.pb.h"
#include "gongkai/v1/report.pb.h"
#include "google/protobuf/message_lite.h"

namespace gongkai::process {

enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

constexpr size_t kMaxVarintBytes = 10;

// Of the length of a message of 128 bytes to 16 KB.
constexpr size_t kLongWidth = 2;

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

// As PutVarint, for numbers that are as likely to take two bytes as one: one
// way for both saves wrong guesses. May write a byte more than it takes.
inline char* PutNumber(uint64_t value, char* at) {
  if (value >= 1 << 14) [[unlikely]] {
    return PutVarint(value, at);
  }
  const unsigned more = value >= 0x80;
  at[0] = static_cast<char>(value | more << 7);
  at[1] = static_cast<char>(value >> 7);
  return at + 1 + more;
}

inline char* PutTag(int field, WireType type, char* at) {
  return PutVarint(static_cast<uint32_t>(field) << 3 | type, at);
}

inline char* PutPresent(int field, int64_t value, char* at) {
  at = PutTag(field, kVarint, at);
  return PutNumber(static_cast<uint64_t>(value), at);
}
inline char* Put(int field, int64_t value, char* at) {
  return value == 0 ? at : PutPresent(field, value, at);
}

// As Put, for numbers that hardly ever take more than a byte.
inline char* PutEnum(int field, int value, char* at) {
  if (value == 0) return at;
  at = PutTag(field, kVarint, at);
  return PutVarint(static_cast<uint64_t>(int64_t{value}), at);
}

// Copies by two moves that may overlap, because most strings are the few digits
// of a cell and to call memcpy takes longer than to copy them.
inline char* Copy(std::string_view text, char* at) {
  const char* const from = text.data();
  const size_t size = text.size();
  if (size - 1 < 3) {
    // Nearly all; that nothing depends on which of them saves wrong guesses.
    const char middle = from[size / 2];
    const char last = from[size - 1];
    at[0] = from[0];
    at[size / 2] = middle;
    at[size - 1] = last;
  } else if (size > 8) {
    std::memcpy(at, from, size);
  } else if (size > 0) {
    std::memcpy(at, from, 4);
    std::memcpy(at + size - 4, from + size - 4, 4);
  }
  return at + size;
}

inline char* PutPresent(int field, std::string_view text, char* at) {
  at = PutTag(field, kLengthDelimited, at);
  return Copy(text, PutVarint(text.size(), at));
}
inline char* Put(int field, std::string_view text, char* at) {
  return text.empty() ? at : PutPresent(field, text, at);
}

// A message that is too rare or small to be worth more than protobuf's own way.
// Its size must have been measured.
inline char* Put(int field, const google::protobuf::MessageLite& message,
                 char* at) {
  at = PutTag(field, kLengthDelimited, at);
  at = PutVarint(static_cast<uint32_t>(message.GetCachedSize()), at);
  return reinterpret_cast<char*>(
      message.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(at)));
}

class WireWriter {
 public:
  // What was written so far.
  std::string_view view() const { return {bytes_.data(), size_}; }

  // Replaces *out by what was written, and writes next where *out was: a caller
  // who passes the same string again has answers copied nowhere.
  void GiveTo(std::string* out) {
    bytes_.resize(size_);
    bytes_.swap(*out);
    size_ = 0;
  }

  // Where the next so many bytes can be written; Advance() takes their end.
  char* Room(size_t bytes) {
    if (bytes_.size() - size_ < bytes) [[unlikely]] {
      Grow(bytes);
    }
    return bytes_.data() + size_;
  }
  void Advance(const char* end) { size_ = end - bytes_.data(); }

  // All fields of a message, by protobuf's own way.
  void Fields(const google::protobuf::MessageLite& message);

  void Varint(int64_t value) {
    Advance(PutVarint(static_cast<uint64_t>(value), Room(kMaxVarintBytes)));
  }
  void Integer(int field, int64_t value) {
    Advance(Put(field, value, Room(kMaxHeadBytes)));
  }
  void String(int field, std::string_view text) {
    Advance(Put(field, text, Room(kMaxHeadBytes + text.size())));
  }
  // Also if it is empty.
  void PresentString(int field, std::string_view text) {
    Advance(PutPresent(field, text, Room(kMaxHeadBytes + text.size())));
  }
  void Message(int field, const google::protobuf::MessageLite& message) {
    const size_t size = message.ByteSizeLong();
    Advance(Put(field, message, Room(kMaxHeadBytes + size)));
  }

  // What is written between Begin and End is a message: pass on what Begin
  // gave, and how many bytes its length is likely to take. Where it takes
  // another number, what was written is moved.
  size_t Begin(int field, size_t width = 1) {
    char* const at = Room(kMaxHeadBytes);
    Advance(PutTag(field, kLengthDelimited, at) + width);
    return size_;
  }
  void End(size_t begin, size_t width = 1) {
    const size_t length = size_ - begin;
    if (width == 1 && length < 0x80) [[likely]] {
      bytes_[begin - 1] = static_cast<char>(length);
    } else {
      EndLong(begin, width);
    }
  }

 private:
  [[gnu::noinline]] void Grow(size_t bytes);
  // End() where the length is not written into the one byte left for it.
  void EndLong(size_t begin, size_t width);

  // The first size_ bytes were written.
  std::string bytes_;
  size_t size_ = 0;
};

// The messages that many others hold, as fields with these numbers.
void AppendPath(int field, const v1::CellPath& path, WireWriter* out);
void AppendPlace(int field, const v1::Place& place, WireWriter* out);
void AppendQuotation(int field, const v1::Quotation& quotation,
                     WireWriter* out);

}  // namespace gongkai::process

#endif  // GONGKAI_WORKER_PROCESS_WIRE_WRITER_H_
