// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/documents.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/generator/generator.h"

namespace gongkai::bench {
namespace {

// The tag of field 1, a string: the id of requests and responses.
constexpr char kIdTag = 0x0a;
// Tag, length and digits of the largest id.
constexpr size_t kLongestHead = 2 + 19;

}  // namespace

Documents::Documents(int distinct, size_t size, std::string profile)
    : profile_(std::move(profile)) {
  const auto layouts = generator::AllLayouts();
  int64_t bytes = 0;
  for (int i = 0; i < distinct; ++i) {
    generator::Options options;
    options.seed = i;
    options.layout = layouts[i % layouts.size()];
    options.min_bytes = size;
    contents_.push_back(generator::Generate(options).bytes);
    bytes += static_cast<int64_t>(contents_.back().size());

    v1::ProcessRequest tail;
    tail.mutable_document()->set_content(contents_.back());
    if (!profile_.empty()) tail.mutable_options()->set_profile(profile_);
    tails_.emplace_back(tail.SerializeAsString());
    v1::ParseReportRequest parse;
    parse.mutable_document()->set_content(contents_.back());
    parse_requests_.emplace_back(parse.SerializeAsString());
  }
  average_bytes_ = bytes / distinct;
}

grpc::ByteBuffer Documents::Request(int64_t i) const {
  const std::string id = absl::StrCat(i);
  std::string head = {kIdTag, static_cast<char>(id.size())};
  const grpc::Slice slices[] = {grpc::Slice(head + id),
                                tails_[i % tails_.size()]};
  return grpc::ByteBuffer(slices, 2);
}

v1::ProcessRequest Documents::RequestMessage(int64_t i) const {
  v1::ProcessRequest request;
  request.set_id(absl::StrCat(i));
  request.mutable_document()->set_content(contents_[i % contents_.size()]);
  if (!profile_.empty()) request.mutable_options()->set_profile(profile_);
  return request;
}

grpc::ByteBuffer Documents::ParseRequest(int64_t i) const {
  return grpc::ByteBuffer(&parse_requests_[i % parse_requests_.size()], 1);
}

int64_t IdOf(const grpc::ByteBuffer& response) {
  // A message arrives in slices of any size, so the id may lie in several.
  std::vector<grpc::Slice> slices;
  if (!response.Dump(&slices).ok()) return -1;
  std::string head;
  for (const grpc::Slice& slice : slices) {
    head.append(reinterpret_cast<const char*>(slice.begin()),
                std::min(slice.size(), kLongestHead - head.size()));
    if (head.size() == kLongestHead) break;
  }
  if (head.size() < 2 || head[0] != kIdTag) return -1;
  int64_t id = -1;
  return absl::SimpleAtoi(head.substr(2, head[1]), &id) ? id : -1;
}

std::string Flatten(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace gongkai::bench
