// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/format.h
//
// Which format a document is in, by the bytes it begins with.

#ifndef GONGKAI_WORKER_INPUT_FORMAT_H_
#define GONGKAI_WORKER_INPUT_FORMAT_H_

#include <cstdint>
#include <string_view>

namespace gongkai::input {

enum class Format : uint8_t {
  kText,  // also Markdown, and whatever is none of the others
  kHtml,
  kXml,
  kRtf,
  kPdf,
  kDocx,
  kXlsx,
  kOdt,
  kOfd,  // a page format like PDF, of China's own
  kZip,  // an archive that is none of these
  kOle,  // DOC, XLS and WPS of old
  kGzip,
  kRar,
  kSevenZip,
  kGif,
  kPng,
  kJpeg,
  kTiff,
};

// What the bytes, in any encoding, begin like.
Format SniffFormat(std::string_view bytes);

// The same for a text that was decoded to UTF-8.
Format SniffTextFormat(std::string_view text);

// What people call the format, in Chinese and in English.
struct FormatName {
  std::string_view chinese;
  std::string_view english;
};
FormatName NameOf(Format format);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_FORMAT_H_
