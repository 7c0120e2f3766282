// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/pdf/watched_stream.h
//
// The bytes of a PDF file as Poppler reads them, which run dry when the time
// for the file is up: Poppler then comes to an end whatever it is doing, be it
// to search a broken file for its parts or to unpack a few bytes to gigabytes.

#ifndef GONGKAI_WORKER_INPUT_PDF_WATCHED_STREAM_H_
#define GONGKAI_WORKER_INPUT_PDF_WATCHED_STREAM_H_

#include <Object.h>
#include <Stream.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace gongkai::input::pdf {

// The time that may be spent on a file. It is CPU time of the thread, so that
// a loaded machine does not change the answer.
class Watch {
 public:
  explicit Watch(int64_t milliseconds);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // True from the moment on at which it was first noticed.
  bool has_expired() const { return expired_; }
  // Looks at the clock, which is cheap but not free.
  bool Check();
  // Expires the watch: a part of the file is not to be unpacked.
  void Refuse() { expired_ = true; }

 private:
  std::chrono::steady_clock::time_point wall_end_;
  int64_t cpu_end_;
  bool expired_ = false;
};

// `bytes` and `watch` must outlive the stream and all that it makes.
class WatchedStream final : public BaseStream {
 public:
  WatchedStream(std::string_view bytes, Goffset start, Goffset length,
                Object&& dict, Watch* watch);

  BaseStream* copy() override;
  Stream* makeSubStream(Goffset start, bool limited, Goffset length,
                        Object&& dict) override;
  StreamKind getKind() const override { return strWeird; }
  void reset() override { at_ = begin_; }
  int getChar() override { return MayRead() ? Byte(at_++) : EOF; }
  int lookChar() override { return MayRead() ? Byte(at_) : EOF; }
  int getUnfilteredChar() override { return getChar(); }
  void unfilteredReset() override { reset(); }
  Goffset getPos() override { return at_; }
  void setPos(Goffset position, int direction) override;
  Goffset getStart() override { return begin_; }
  void moveStart(Goffset delta) override;

 private:
  bool hasGetChars() override { return true; }
  int getChars(int count, unsigned char* out) override;

  // A byte can unpack to a thousand, so the clock is looked at often.
  static constexpr int kBytesBetweenChecks = 64;

  bool MayRead() {
    if (--until_check_ < 0) {
      until_check_ = kBytesBetweenChecks;
      watch_.Check();
    }
    return at_ < end_ && !watch_.has_expired();
  }
  int Byte(Goffset at) const {
    return static_cast<unsigned char>(bytes_[static_cast<size_t>(at)]);
  }

  const std::string_view bytes_;
  Watch& watch_;
  // Places in the bytes.
  Goffset begin_;
  Goffset end_;
  Goffset at_;
  int until_check_ = kBytesBetweenChecks;
};

}  // namespace gongkai::input::pdf

#endif  // GONGKAI_WORKER_INPUT_PDF_WATCHED_STREAM_H_
