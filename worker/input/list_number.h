// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/list_number.h
//
// How word processors print the numbers of lists.
//
//   FormatListNumber(12, "chineseCounting")   // "十二"

#ifndef GONGKAI_WORKER_INPUT_LIST_NUMBER_H_
#define GONGKAI_WORKER_INPUT_LIST_NUMBER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace gongkai::input {

// A whole number of 1 or more in one of Word's number formats (numFmt values
// such as chineseCounting); in Arabic digits in a format that is not known.
// Formats of a few signs go over to digits behind their last.
std::string FormatListNumber(int64_t number, std::string_view format);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_LIST_NUMBER_H_
