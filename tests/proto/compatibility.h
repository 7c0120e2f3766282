// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/proto/compatibility.h
//
// What a change of the contract breaks for those who were built before it.

#ifndef GONGKAI_TESTS_PROTO_COMPATIBILITY_H_
#define GONGKAI_TESTS_PROTO_COMPATIBILITY_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.pb.h"

namespace gongkai::proto_test {

// What `now` breaks of `before`, one sentence each, with the element's full
// name first. Additions break nothing. A field or enum value may go if both
// its number and its name are reserved; what was reserved stays so. Numbers,
// names, types, cardinalities, JSON names and oneofs of fields stay as they
// are, and so do the messages and streams of RPCs.
std::vector<std::string> Breaks(
    const google::protobuf::FileDescriptorSet& before,
    const google::protobuf::FileDescriptorSet& now);

}  // namespace gongkai::proto_test

#endif  // GONGKAI_TESTS_PROTO_COMPATIBILITY_H_
