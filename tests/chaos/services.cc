// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/chaos/services.h"

#include <signal.h>
#include <stdlib.h>

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/chaos/processes.h"

namespace gongkai::chaos {
namespace {

std::string SocketIn(const std::string& directory) {
  return absl::StrCat(directory, "/socket");
}

}  // namespace

Services::Services(int count, const std::vector<std::string>& flags)
    : flags_(flags), places_(count) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "gongkai-chaos-XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) == nullptr) abort();
  directory_ = pattern;
  absl::MutexLock lock(&mutex_);
  for (size_t i = 0; i < places_.size(); ++i) {
    places_[i].directory = absl::StrCat(directory_, "/", i);
    std::filesystem::create_directory(places_[i].directory);
    Start(places_[i]);
  }
}

Services::~Services() {
  absl::MutexLock lock(&mutex_);
  for (Place& place : places_) place.program = nullptr;
  std::error_code error;
  std::filesystem::remove_all(directory_, error);
}

void Services::Start(Place& place) {
  std::vector<std::string> command = {
      testing::BuiltProgram("gongkaid"),
      absl::StrCat("--listen=unix:", SocketIn(place.directory))};
  command.insert(command.end(), flags_.begin(), flags_.end());
  place.program = std::make_unique<testing::Program>(command, place.directory);
}

std::string Services::target() const {
  return absl::StrCat(
      "unix:",
      absl::StrJoin(places_, ",", [](std::string* out, const Place& place) {
        absl::StrAppend(out, SocketIn(place.directory));
      }));
}

std::string Services::target(int index) const {
  return absl::StrCat("unix:", SocketIn(places_[index].directory));
}

pid_t Services::pid(int index) const {
  absl::MutexLock lock(&mutex_);
  const Place& place = places_[index];
  return place.program == nullptr ? 0 : place.program->pid();
}

testing::Result Services::Restart(int index, int signal) {
  std::unique_ptr<testing::Program> program;
  {
    absl::MutexLock lock(&mutex_);
    program = std::move(places_[index].program);
  }
  program->Signal(signal);
  testing::Result result = program->Wait();
  absl::MutexLock lock(&mutex_);
  Start(places_[index]);
  return result;
}

std::vector<testing::Result> Services::Terminate(int* orphans) {
  absl::MutexLock lock(&mutex_);
  *orphans = 0;
  std::vector<testing::Result> results;
  for (Place& place : places_) place.program->Signal(SIGTERM);
  for (Place& place : places_) {
    const std::vector<pid_t> workers = ChildrenOf(place.program->pid());
    results.push_back(place.program->Wait());
    for (const pid_t worker : workers) *orphans += kill(worker, 0) == 0;
    place.program = nullptr;
  }
  return results;
}

}  // namespace gongkai::chaos
