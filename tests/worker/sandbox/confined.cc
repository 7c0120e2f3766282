// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Runs a program on a machine that lacks a layer of the sandbox, as a kernel
// without it is, or a container that forbids it; or as in a container of today:
//
//   confined landlock|seccomp missing|forbidden PROGRAM [ARGUMENT...]
//   confined container default PROGRAM [ARGUMENT...]

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <string_view>

#include "tests/worker/sandbox/outer_filter.h"

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const bool forbidden = std::string_view(argv[2]) == "forbidden";
  const std::string_view layer = argv[1];
  if (layer == "container"
          ? !gongkai::sandbox::EnterContainer()
          : !gongkai::sandbox::TakeAway(layer, forbidden ? EPERM : ENOSYS)) {
    fprintf(stderr, "confined: no filter\n");
    return 2;
  }
  execv(argv[3], argv + 3);
  perror(argv[3]);
  return 2;
}
