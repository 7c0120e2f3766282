// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/proto/parse_proto.h
//
// Descriptors from the text of a .proto file, for tests that need a bad one.

#ifndef GONGKAI_TESTS_PROTO_PARSE_PROTO_H_
#define GONGKAI_TESTS_PROTO_PARSE_PROTO_H_

#include <string>

#include "google/protobuf/compiler/parser.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "gtest/gtest.h"

namespace gongkai::proto_test {

// A set of one file with source info; types are left as written.
inline google::protobuf::FileDescriptorSet ParseProto(const std::string& name,
                                                      const std::string& text) {
  google::protobuf::io::ArrayInputStream input(text.data(),
                                               static_cast<int>(text.size()));
  google::protobuf::io::Tokenizer tokenizer(&input, nullptr);
  google::protobuf::compiler::Parser parser;
  google::protobuf::FileDescriptorSet files;
  google::protobuf::FileDescriptorProto* file = files.add_file();
  EXPECT_TRUE(parser.Parse(&tokenizer, file)) << text;
  file->set_name(name);
  return files;
}

}  // namespace gongkai::proto_test

#endif  // GONGKAI_TESTS_PROTO_PARSE_PROTO_H_
