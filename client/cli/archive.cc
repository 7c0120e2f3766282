// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/archive.h"

#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/paths.h"
#include "client/internal/utf8.h"

namespace gongkai::cli {
namespace {

constexpr char kSuffix[] = ".zip";
// By which Word's files are told (ECMA-376, part 2).
constexpr char kContentTypes[] = "[Content_Types].xml";
// What macOS adds to archives, of no use to anybody else.
constexpr char kResourceForks[] = "__MACOSX/";

bool IsFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

// Empty if it is not GB18030.
std::string FromGb18030(std::string_view text) {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) return "";
  const auto close_it = absl::MakeCleanup([&] { iconv_close(converter); });
  // Four bytes at most for two.
  std::string out(text.size() * 2, '\0');
  char* from = const_cast<char*>(text.data());
  size_t from_left = text.size();
  char* to = out.data();
  size_t to_left = out.size();
  if (iconv(converter, &from, &from_left, &to, &to_left) ==
      static_cast<size_t>(-1)) {
    return "";
  }
  out.resize(out.size() - to_left);
  return out;
}

// An entry's name in UTF-8. The archive may say that it is, but hardly any
// does.
std::string NameOf(std::string_view raw) {
  if (internal::IsUtf8(raw)) return std::string(raw);
  std::string name = FromGb18030(raw);
  return name.empty() ? internal::ToUtf8(raw) : name;
}

bool IsHidden(const std::string& name) {
  return absl::StartsWith(name, ".") || absl::StrContains(name, "/.") ||
         absl::StartsWith(name, kResourceForks);
}

absl::Status ErrorOf(zip_error_t* error, const std::string& what) {
  return absl::InvalidArgumentError(
      absl::StrCat(what, ": ", zip_error_strerror(error)));
}

}  // namespace

bool IsArchive(const std::string& path) {
  if (!absl::EndsWithIgnoreCase(path, kSuffix) || !IsFile(path)) return false;
  int error = 0;
  zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &error);
  // One that is damaged is to be named as such.
  if (archive == nullptr) return error == ZIP_ER_INCONS;
  const bool is_word_file = zip_name_locate(archive, kContentTypes, 0) >= 0;
  zip_discard(archive);
  return !is_word_file;
}

Archive::Archive(std::string path, zip* archive)
    : path_(std::move(path)), archive_(archive) {
  const zip_int64_t entries = zip_get_num_entries(archive_, 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* const raw = zip_get_name(archive_, i, ZIP_FL_ENC_RAW);
    if (raw == nullptr) continue;
    const std::string name = NameOf(raw);
    if (name.empty() || name.back() == '/' || IsHidden(name)) continue;
    std::string unique = name;
    for (int number = 2; !indices_.emplace(unique, i).second; ++number) {
      unique = absl::StrCat(name, "#", number);
    }
  }
}

Archive::~Archive() { zip_discard(archive_); }

absl::StatusOr<std::unique_ptr<Archive>> Archive::Open(
    const std::string& path) {
  int code = 0;
  zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const auto finish = absl::MakeCleanup([&] { zip_error_fini(&error); });
    return ErrorOf(&error, path);
  }
  return std::unique_ptr<Archive>(new Archive(path, archive));
}

std::vector<std::string> Archive::names() const {
  std::vector<std::string> names;
  names.reserve(indices_.size());
  for (const auto& [name, index] : indices_) names.push_back(name);
  return names;
}

absl::StatusOr<std::string> Archive::Read(const std::string& name,
                                          int64_t limit) {
  const auto found = indices_.find(name);
  if (found == indices_.end()) {
    return absl::NotFoundError("no such file in the archive");
  }
  zip_file_t* const file = zip_fopen_index(archive_, found->second, 0);
  if (file == nullptr) {
    zip_error_t* const error = zip_get_error(archive_);
    const int code = zip_error_code_zip(error);
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD) {
      return absl::PermissionDeniedError(
          "encrypted with a password; unpack the archive first");
    }
    return absl::DataLossError(zip_error_strerror(error));
  }
  const auto close_it = absl::MakeCleanup([&] { zip_fclose(file); });
  constexpr int64_t kChunk = 64 << 10;
  std::string bytes;
  while (true) {
    const size_t used = bytes.size();
    // One byte more than allowed shows that there is more.
    bytes.resize(used + std::min<int64_t>(
                            kChunk, limit + 1 - static_cast<int64_t>(used)));
    const zip_int64_t got =
        zip_fread(file, bytes.data() + used, bytes.size() - used);
    if (got < 0) {
      return absl::DataLossError(zip_error_strerror(zip_file_get_error(file)));
    }
    bytes.resize(used + got);
    if (static_cast<int64_t>(bytes.size()) > limit) {
      return absl::OutOfRangeError("too large");
    }
    if (got == 0) return bytes;
  }
}

absl::StatusOr<std::string> DocumentReader::Read(const std::string& path,
                                                 int64_t limit) {
  absl::StatusOr<std::string> bytes = ReadDocument(path, limit);
  // What stands below a file is in an archive.
  if (!absl::IsFailedPrecondition(bytes.status())) return bytes;
  for (size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string file = path.substr(0, slash);
    if (!absl::EndsWithIgnoreCase(file, kSuffix) || !IsFile(file)) continue;
    if (archive_ == nullptr || archive_->path() != file) {
      absl::StatusOr<std::unique_ptr<Archive>> archive = Archive::Open(file);
      if (!archive.ok()) return archive.status();
      archive_ = *std::move(archive);
    }
    return archive_->Read(path.substr(slash + 1), limit);
  }
  return bytes;
}

}  // namespace gongkai::cli
