// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/ipc/unique_fd.h
//
// A file descriptor with one owner, who closes it.

#ifndef GONGKAI_WORKER_IPC_UNIQUE_FD_H_
#define GONGKAI_WORKER_IPC_UNIQUE_FD_H_

#include <unistd.h>

#include <utility>

namespace gongkai::ipc {

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) {
      Close();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~UniqueFd() { Close(); }

  // -1 if there is none.
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

}  // namespace gongkai::ipc

#endif  // GONGKAI_WORKER_IPC_UNIQUE_FD_H_
