// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/archive.h"

#include <algorithm>
#include <cstring>

#include "worker/input/rejection.h"

namespace gongkai::input {
namespace {

using std::string_view_literals::operator""sv;

// Entries up to this size may be compressed as well as they like: a page of
// blank table cells reaches 100 to 1.
constexpr int64_t kAnyRatioBytes = int64_t{1} << 20;

// How much is expanded between two looks at the limits.
constexpr size_t kStep = size_t{64} << 10;

absl::Status Damaged() {
  return Reject(v1::OUTCOME_MALFORMED,
                "Word 文档已损坏或不完整，无法解压。请重新下载，或用 Word、WPS "
                "打开后另存，再提交。",
                "The Word file is damaged or incomplete: it cannot be "
                "unpacked. Download it again, or open it in Word or WPS, save "
                "it anew and submit that.");
}

absl::Status Protected() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "Word 文档设有密码，无法读取。请取消密码保护后再提交。",
                "The Word file is protected by a password. Remove the "
                "password and submit it again.");
}

absl::Status UnknownCompression() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "Word 文档使用了不支持的压缩方式。请用 Word 或 WPS "
                "打开后另存，再提交。",
                "The Word file is compressed in a way that is not supported. "
                "Open it in Word or WPS, save it anew and submit that.");
}

absl::Status TooManyEntries(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(
      v1::OUTCOME_LIMIT_EXCEEDED,
      "压缩包里的文件超过上限（" + most + " 个）。请只提交年度报告本身。",
      "The archive holds more files than the limit of " + most +
          ". Submit the report alone.");
}

absl::Status ExpandsTooFar(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(
      v1::OUTCOME_LIMIT_EXCEEDED,
      "Word 文档解压后超过上限（" + most + " 字节）。请只提交年度报告本身。",
      "The Word file expands to more than the limit of " + most +
          " bytes. Submit the report alone.");
}

absl::Status TooDense(int64_t limit) {
  const std::string most = std::to_string(limit);
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "Word 文档的压缩比超过上限（" + most +
                    " 倍），不像正常文档。请用 Word 或 WPS "
                    "打开后另存，再提交。",
                "The Word file expands to more than " + most +
                    " times its size, as no ordinary document does. Open it "
                    "in Word or WPS, save it anew and submit that.");
}

absl::Status StatusOf(const zip_error_t* error) {
  switch (zip_error_code_zip(error)) {
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
      return Protected();
    case ZIP_ER_COMPNOTSUPP:
      return UnknownCompression();
    default:
      return Damaged();
  }
}

uint64_t LittleEndian64(const char* p) {
  uint64_t number = 0;
  for (int i = 7; i >= 0; --i) {
    number = number << 8 | static_cast<uint8_t>(p[i]);
  }
  return number;
}

// The library makes room for as many entries as the archive announces, in a
// field of 64 bits, and for as many as have a header. Both are counted before.
bool HoldsMoreEntries(std::string_view bytes, uint64_t limit) {
  constexpr std::string_view kHeader = "PK\x01\x02"sv;
  uint64_t entries = 0;
  for (size_t at = bytes.find(kHeader); at != std::string_view::npos;
       at = bytes.find(kHeader, at + kHeader.size())) {
    if (++entries > limit) return true;
  }
  // A locator of 20 bytes, with at 8 the place of a record of 56 bytes, with at
  // 24 and 32 the counts.
  constexpr std::string_view kLocator = "PK\x06\x07"sv;
  constexpr std::string_view kRecord = "PK\x06\x06"sv;
  for (size_t at = bytes.find(kLocator); at != std::string_view::npos;
       at = bytes.find(kLocator, at + kLocator.size())) {
    if (bytes.size() - at < 20) break;
    const uint64_t place = LittleEndian64(bytes.data() + at + 8);
    if (place > bytes.size() || bytes.size() - place < 56) continue;
    const std::string_view record = bytes.substr(place, 56);
    if (record.substr(0, kRecord.size()) != kRecord) continue;
    if (LittleEndian64(record.data() + 24) > limit ||
        LittleEndian64(record.data() + 32) > limit) {
      return true;
    }
  }
  return false;
}

class ErrorHolder {
 public:
  ErrorHolder() { zip_error_init(&error_); }
  ~ErrorHolder() { zip_error_fini(&error_); }
  ErrorHolder(const ErrorHolder&) = delete;
  ErrorHolder& operator=(const ErrorHolder&) = delete;
  zip_error_t* get() { return &error_; }

 private:
  zip_error_t error_;
};

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

absl::StatusOr<Archive> Archive::Open(std::string_view bytes,
                                      const Limits& limits) {
  if (HoldsMoreEntries(bytes, limits.max_archive_entries)) {
    return TooManyEntries(limits.max_archive_entries);
  }
  ErrorHolder error;
  zip_source_t* source =
      zip_source_buffer_create(bytes.data(), bytes.size(), 0, error.get());
  if (source == nullptr) return StatusOf(error.get());
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, error.get());
  if (zip == nullptr) {
    zip_source_free(source);
    return StatusOf(error.get());
  }
  return Archive(zip, limits);
}

int64_t Archive::Find(const std::string& name) const {
  return zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_NOCASE);
}

absl::Status Archive::Read(const std::string& name, std::string* content) {
  content->clear();
  const int64_t index = Find(name);
  zip_stat_t stat;
  if (index < 0 || zip_stat_index(zip_.get(), index, 0, &stat) != 0) {
    return Damaged();
  }
  const std::unique_ptr<zip_file_t, CloseFile> file(
      zip_fopen_index(zip_.get(), index, 0));
  if (file == nullptr) return StatusOf(zip_get_error(zip_.get()));

  const bool honest = (stat.valid & ZIP_STAT_SIZE) != 0 &&
                      stat.size <= static_cast<uint64_t>(kAnyRatioBytes);
  // What it says is used where it is cheap to be wrong.
  size_t room = honest ? stat.size + 1 : kStep;
  size_t size = 0;
  for (;;) {
    if (size == room) room = std::max(room + kStep, 2 * room);
    content->resize(room);
    const zip_int64_t count = zip_fread(file.get(), content->data() + size,
                                        std::min(room - size, kStep));
    if (count < 0) return StatusOf(zip_file_get_error(file.get()));
    if (count == 0) break;
    size += count;
    left_ -= count;
    if (left_ < 0) return ExpandsTooFar(max_expanded_bytes_);
    if (static_cast<int64_t>(size) > kAnyRatioBytes &&
        size / std::max<uint64_t>(stat.comp_size, 1) >
            static_cast<uint64_t>(max_ratio_)) {
      return TooDense(max_ratio_);
    }
  }
  content->resize(size);
  return absl::OkStatus();
}

}  // namespace gongkai::input
