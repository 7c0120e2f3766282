// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/response_view.h"

#include <cstdint>
#include <optional>

namespace gongkai::service {
namespace {

// Field numbers of gongkai/v1/report_service.proto and
// gongkai/worker/v1/collection.proto.
constexpr uint64_t kId = 1;
constexpr uint64_t kOutcomeBesideId = 2;
constexpr uint64_t kOutcomeAlone = 1;
constexpr uint64_t kProcessEnding = 8;
constexpr uint64_t kDigestTaken = 1;
constexpr uint64_t kCollectionTaken = 1;

std::optional<uint64_t> ReadVarint(std::string_view* bytes) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64 && !bytes->empty(); shift += 7) {
    const uint8_t byte = static_cast<uint8_t>(bytes->front());
    bytes->remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  return std::nullopt;
}

// Calls visit(number, value of a varint, bytes of a string or message) for
// every field. False if the bytes are no message.
template <typename Visit>
bool ForEachField(std::string_view message, const Visit& visit) {
  while (!message.empty()) {
    const std::optional<uint64_t> tag = ReadVarint(&message);
    if (!tag.has_value() || *tag >> 3 == 0) return false;
    std::optional<uint64_t> number = 0;
    uint64_t size = 0;
    switch (*tag & 7) {
      case 0:  // varint
        number = ReadVarint(&message);
        break;
      case 1:  // 64 bits
        size = 8;
        break;
      case 2:  // length-delimited
        number = ReadVarint(&message);
        size = number.value_or(0);
        break;
      case 5:  // 32 bits
        size = 4;
        break;
      default:
        return false;
    }
    if (!number.has_value() || size > message.size()) return false;
    visit(*tag >> 3, *number, message.substr(0, static_cast<size_t>(size)));
    message.remove_prefix(static_cast<size_t>(size));
  }
  return true;
}

Outcome ToOutcome(uint64_t number) {
  return number < static_cast<uint64_t>(Outcome::kCancelled)
             ? static_cast<Outcome>(number)
             : Outcome::kUnspecified;
}

// The bytes of the one field of a message that is itself a message.
std::string_view Inner(std::string_view message, uint64_t field) {
  std::string_view inner;
  ForEachField(message, [&](uint64_t number, uint64_t, std::string_view bytes) {
    if (number == field) inner = bytes;
  });
  return inner;
}

}  // namespace

ResponseView ViewResponse(ipc::JobKind kind, std::string_view response) {
  ResponseView view;
  bool may_have_id = true;
  switch (kind) {
    case ipc::JobKind::kProcess:
      break;
    case ipc::JobKind::kParse:
    case ipc::JobKind::kValidate:
      may_have_id = false;
      break;
    case ipc::JobKind::kDigest:
      response = Inner(Inner(response, kDigestTaken), kCollectionTaken);
      break;
    case ipc::JobKind::kCollect:
    case ipc::JobKind::kFindings:
      view.sound = true;
      return view;
  }
  const uint64_t outcome = may_have_id ? kOutcomeBesideId : kOutcomeAlone;
  bool ends = false;
  view.sound = ForEachField(
      response, [&](uint64_t number, uint64_t value, std::string_view bytes) {
        if (number == outcome) view.outcome = ToOutcome(value);
        if (may_have_id && number == kId) view.id = bytes;
        ends |= kind == ipc::JobKind::kProcess && number == kProcessEnding;
      });
  view.sound &= !ends;
  return view;
}

}  // namespace gongkai::service
