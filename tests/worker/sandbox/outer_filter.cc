// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/sandbox/outer_filter.h"

#include <seccomp.h>
#include <sys/prctl.h>

namespace gongkai::sandbox {

bool TakeAway(std::string_view layer, int error) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return false;
  const uint32_t fails = SCMP_ACT_ERRNO(static_cast<uint32_t>(error));
  bool good = true;
  if (layer == "landlock") {
    for (const int call :
         {SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
          SCMP_SYS(landlock_restrict_self)}) {
      good = good && seccomp_rule_add(filter, fails, call, 0) == 0;
    }
  } else {
    good = seccomp_rule_add(filter, fails, SCMP_SYS(seccomp), 0) == 0 &&
           seccomp_rule_add(filter, fails, SCMP_SYS(prctl), 1,
                            SCMP_A0_32(SCMP_CMP_EQ, PR_SET_SECCOMP)) == 0;
  }
  good = good && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}

}  // namespace gongkai::sandbox
