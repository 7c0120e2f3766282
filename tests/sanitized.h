// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Whether this is a build with a sanitizer, which makes programs slow and their
// memory mean little.

#ifndef GONGKAI_TESTS_SANITIZED_H_
#define GONGKAI_TESTS_SANITIZED_H_

namespace gongkai {

#ifdef GONGKAI_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace gongkai

#endif  // GONGKAI_TESTS_SANITIZED_H_
