// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/progress.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "client/cli/console.h"

namespace gongkai::cli {
namespace {

// Work that is done sooner needs no bar.
constexpr absl::Duration kQuiet = absl::Milliseconds(300);
// Quicker than the eye follows, slower than the terminal draws.
constexpr absl::Duration kRedraw = absl::Milliseconds(100);
constexpr int kWidth = 30;

constexpr char kClearLine[] = "\r\033[K";

// As exact as people want it.
std::string DurationText(double seconds, Language language) {
  if (seconds < 100) {
    return absl::StrCat(static_cast<int64_t>(seconds),
                        Words{"秒", " s"}.In(language));
  }
  const auto minutes = static_cast<int64_t>(std::ceil(seconds / 60));
  if (minutes < 100) {
    return absl::StrCat(minutes, Words{"分钟", " min"}.In(language));
  }
  return absl::StrCat((minutes + 59) / 60, Words{"小时", " h"}.In(language));
}

}  // namespace

std::string ProgressText(const ProgressCounts& counts, int total,
                         absl::Duration elapsed, Language language) {
  const int done = counts.done;
  if (elapsed < kQuiet || total <= 0) return "";
  const int filled =
      static_cast<int>(int64_t{kWidth} * std::min(done, total) / total);
  std::string text = "[";
  text.append(filled, '#').append(kWidth - filled, ' ');
  absl::StrAppend(&text, "] ", done, "/", total);
  const double seconds = absl::ToDoubleSeconds(elapsed);
  const double rate = (done - counts.recalled) / seconds;
  if (rate > 0) {
    absl::StrAppend(&text, "  ", static_cast<int64_t>(std::round(rate)),
                    Words{"份/秒", "/s"}.In(language));
  }
  if (rate > 0 && done < total) {
    absl::StrAppend(&text, Words{"  还需约", "  about "}.In(language),
                    DurationText(std::ceil((total - done) / rate), language),
                    Words{"", " left"}.In(language));
  }
  if (counts.with_errors > 0) {
    absl::StrAppend(&text, Words{"  有错误", "  with errors "}.In(language),
                    counts.with_errors);
  }
  if (counts.unread > 0) {
    absl::StrAppend(&text, Words{"  未能处理", "  not processed "}.In(language),
                    counts.unread);
  }
  return text;
}

Progress::Progress(int fd, int total, Language language)
    : fd_(fd), total_(total), language_(language), start_(absl::Now()) {}

void Progress::Update(const ProgressCounts& counts) {
  if (fd_ < 0) return;
  const absl::Time now = absl::Now();
  if (now - drawn_ < kRedraw) return;
  const std::string text =
      ProgressText(counts, total_, now - start_, language_);
  if (text.empty()) return;
  drawn_ = now;
  visible_ = true;
  // A bar that cannot be drawn is not worth an error.
  (void)WriteAll(fd_, absl::StrCat(kClearLine, text));
}

void Progress::Hide() {
  if (!visible_) return;
  visible_ = false;
  drawn_ = absl::InfinitePast();
  (void)WriteAll(fd_, kClearLine);
}

}  // namespace gongkai::cli
