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

}  // namespace

std::string ProgressText(int done, int total, absl::Duration elapsed,
                         Language language) {
  if (elapsed < kQuiet || total <= 0) return "";
  const int filled =
      static_cast<int>(int64_t{kWidth} * std::min(done, total) / total);
  std::string text = "[";
  text.append(filled, '#').append(kWidth - filled, ' ');
  absl::StrAppend(&text, "] ", done, "/", total);
  const double seconds = absl::ToDoubleSeconds(elapsed);
  if (done > 0 && done < total) {
    const auto left =
        static_cast<int64_t>(std::ceil(seconds / done * (total - done)));
    absl::StrAppend(&text, Words{"  还需约", "  about "}.In(language), left,
                    Words{"秒", " s left"}.In(language));
  }
  return text;
}

Progress::Progress(int fd, int total, Language language)
    : fd_(fd), total_(total), language_(language), start_(absl::Now()) {}

void Progress::Update(int done) {
  if (fd_ < 0) return;
  const absl::Time now = absl::Now();
  if (now - drawn_ < kRedraw) return;
  const std::string text = ProgressText(done, total_, now - start_, language_);
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
