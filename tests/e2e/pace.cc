// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/pace.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "absl/time/clock.h"

namespace gongkai::testing {
namespace {

// What may be made good.
constexpr absl::Duration kMostCredit = absl::Milliseconds(20);

}  // namespace

absl::Time NextAtPace(absl::Time last, absl::Duration pace) {
  return std::max(last, absl::Now() - kMostCredit) + pace;
}

Pace::Pace(const std::string& path) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || ftruncate(fd, sizeof(*value_)) != 0) abort();
  void* const memory =
      mmap(nullptr, sizeof(*value_), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (memory == MAP_FAILED) abort();
  value_ = static_cast<std::atomic<int64_t>*>(memory);
}

Pace::~Pace() { munmap(value_, sizeof(*value_)); }

}  // namespace gongkai::testing
