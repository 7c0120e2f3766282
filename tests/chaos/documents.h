// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: tests/chaos/documents.h
//
// The documents of a chaos run: generated reports, and one in twenty that makes
// its worker misbehave. All follow from their numbers, so that none has to be
// kept.
//
// A document that misbehaves begins with kMark and a word, which only
// chaos-worker obeys. Real workers know nothing of it.

#ifndef GONGKAI_TESTS_CHAOS_DOCUMENTS_H_
#define GONGKAI_TESTS_CHAOS_DOCUMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "gongkai/v1/report_service.pb.h"
#include "tests/generator/generator.h"

namespace gongkai::chaos {

inline constexpr std::string_view kMark = "\x01 chaos: ";

// What makes a document bad. Each kind has an outcome of its own.
enum class Kind { kInnocent, kCrash, kMemory, kHang };

// Of twenty documents the last one is bad. Of ten bad ones six crash, three eat
// memory and one hangs: a hang costs a worker the whole time limit, the others
// some milliseconds.
Kind KindOf(uint64_t number);

// True if other documents have the same bytes: every fourth bad one, which may
// then be in quarantine.
bool IsRepeated(uint64_t number);

std::string Content(uint64_t number);

// The report that an innocent document is: a few KB, in every layout that can
// be read whole, in turn.
generator::GeneratedReport Truth(uint64_t number);

// What is wrong with the answer to the document; empty if nothing is. An
// innocent document must be read whole, a bad one have the outcome of its kind.
std::string Check(uint64_t number, const v1::ProcessResponse& response);

}  // namespace gongkai::chaos

#endif  // GONGKAI_TESTS_CHAOS_DOCUMENTS_H_
