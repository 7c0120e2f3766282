// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/proto/lint.h
//
// The conventions of the contract, checked on descriptors with source info.

#ifndef GONGKAI_TESTS_PROTO_LINT_H_
#define GONGKAI_TESTS_PROTO_LINT_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.pb.h"

namespace gongkai::proto_test {

// What is against the conventions, one sentence each, with the element's full
// name first:
// * proto3; no required fields, no groups;
// * a package ends in a version and is the file's folder;
// * an enum's first value is 0 and ends in _UNSPECIFIED; all values start with
//   the enum's name;
// * names of fields are lower_snake, those of services end in Service;
// * a comment stands at every message, field, oneof, enum, value, service, rpc
//   and extension;
// * no message is the request or response of two RPCs.
// Files outside `folder` are passed over.
std::vector<std::string> Lint(const google::protobuf::FileDescriptorSet& files,
                              const std::string& folder);

}  // namespace gongkai::proto_test

#endif  // GONGKAI_TESTS_PROTO_LINT_H_
