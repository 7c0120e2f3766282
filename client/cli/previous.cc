// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/previous.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace gongkai::cli {
namespace {

constexpr size_t kYearDigits = 4;

// The name with every number from 2001 to 2099 one less. Longer numbers, such
// as 20240131, begin with a year and are left alone: what follows would not
// be the same a year before.
std::string AYearBefore(const std::string& name) {
  std::string before;
  for (size_t i = 0; i < name.size();) {
    size_t end = i;
    while (end < name.size() && absl::ascii_isdigit(name[end])) ++end;
    const std::string digits = name.substr(i, end - i);
    int year = 0;
    if (digits.size() == kYearDigits && absl::SimpleAtoi(digits, &year) &&
        year > 2000 && year < 2100) {
      absl::StrAppend(&before, year - 1);
    } else {
      before += digits;
    }
    for (i = end; i < name.size() && !absl::ascii_isdigit(name[i]); ++i) {
      before += name[i];
    }
  }
  return before;
}

}  // namespace

absl::StatusOr<PreviousReports> PreviousReports::Open(
    const std::string& path, const std::vector<std::string>& documents,
    Language language) {
  PreviousReports previous;
  struct stat info;
  if (stat(path.c_str(), &info) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("--previous: ", path, ": ", std::strerror(errno)));
  }
  if (S_ISDIR(info.st_mode)) {
    previous.directory_ = path;
    if (previous.directory_.back() != '/') previous.directory_ += '/';
    return previous;
  }
  if (documents.size() > 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        Words{"--previous 是一个文件，只能用于一份报告，而这里有 ",
              "--previous is a file and goes with one report, but there are "}
            .In(language),
        documents.size(),
        Words{" 份；多份报告请给出上年报告所在的目录",
              "; for several, give the directory of last year's reports"}
            .In(language)));
  }
  previous.file_ = path;
  return previous;
}

std::string PreviousReports::For(const std::string& document) const {
  if (directory_.empty()) return file_;
  const std::string path =
      directory_ + AYearBefore(document.substr(document.rfind('/') + 1));
  struct stat info;
  // A document is not its own predecessor.
  return path != document && stat(path.c_str(), &info) == 0 &&
                 S_ISREG(info.st_mode)
             ? path
             : "";
}

}  // namespace gongkai::cli
