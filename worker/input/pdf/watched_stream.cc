// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/watched_stream.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace gongkai::input::pdf {
namespace {

constexpr int64_t kNanosecondsPerMillisecond = 1'000'000;

int64_t CpuNanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1000 * kNanosecondsPerMillisecond + now.tv_nsec;
}

bool Expands(const Object& filter) {
  if (!filter.isName()) return false;
  constexpr std::array<std::string_view, 6> kNames = {
      "FlateDecode", "Fl", "LZWDecode", "LZW", "RunLengthDecode", "RL"};
  return std::find(kNames.begin(), kNames.end(), filter.getName()) !=
         kNames.end();
}

// Packed twice, a byte unpacks to a million, and no clock is looked at often
// enough. Nobody does so but to harm.
bool IsPackedTwice(const Object& dict) {
  if (!dict.isDict()) return false;
  const Object filters = dict.dictLookup("Filter", 0);
  if (!filters.isArray()) return false;
  int packings = 0;
  for (int i = 0; i < filters.arrayGetLength(); ++i) {
    packings += Expands(filters.arrayGet(i));
  }
  return packings > 1;
}

}  // namespace

Watch::Watch(int64_t milliseconds)
    : wall_end_(std::chrono::steady_clock::now() +
                std::chrono::milliseconds(milliseconds)),
      cpu_end_(CpuNanoseconds() + milliseconds * kNanosecondsPerMillisecond) {}

bool Watch::Check() {
  // The wall clock is quicker to read, and never behind.
  if (!expired_ && std::chrono::steady_clock::now() > wall_end_) {
    expired_ = CpuNanoseconds() > cpu_end_;
  }
  return expired_;
}

WatchedStream::WatchedStream(std::string_view bytes, Goffset start,
                             Goffset length, Object&& dict, Watch* watch)
    : BaseStream(std::move(dict), length),
      bytes_(bytes),
      watch_(*watch),
      begin_(std::clamp<Goffset>(start, 0, bytes.size())),
      end_(begin_ + std::clamp<Goffset>(length, 0, bytes.size() - begin_)),
      at_(begin_) {}

BaseStream* WatchedStream::copy() {
  return new WatchedStream(bytes_, begin_, end_ - begin_, dict.copy(), &watch_);
}

Stream* WatchedStream::makeSubStream(Goffset start, bool limited,
                                     Goffset length, Object&& dict) {
  if (IsPackedTwice(dict)) watch_.Refuse();
  const Goffset rest = std::max<Goffset>(end_ - start, 0);
  return new WatchedStream(bytes_, start,
                           limited ? std::min(length, rest) : rest,
                           std::move(dict), &watch_);
}

void WatchedStream::setPos(Goffset position, int direction) {
  at_ = std::clamp(direction >= 0 ? position : end_ - position, begin_, end_);
}

void WatchedStream::moveStart(Goffset delta) {
  begin_ = std::clamp(begin_ + delta, begin_, end_);
  length = end_ - begin_;
  at_ = begin_;
}

int WatchedStream::getChars(int count, unsigned char* out) {
  if (count <= 0 || watch_.Check()) return 0;
  const Goffset got = std::min<Goffset>(count, end_ - at_);
  std::memcpy(out, bytes_.data() + at_, static_cast<size_t>(got));
  at_ += got;
  return static_cast<int>(got);
}

}  // namespace gongkai::input::pdf
