// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace gongkai::testing {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Pointers into `strings`, as exec wants them.
std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> Environment(
    std::map<std::string, std::string> variables) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const size_t equals = text.find('=');
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  std::vector<std::string> strings;
  for (const auto& [name, value] : variables) {
    strings.push_back(absl::StrCat(name, "=", value));
  }
  return strings;
}

}  // namespace

std::string BuiltProgram(const std::string& name) {
  const char* directory = std::getenv("GONGKAI_BINARY_DIR");
  return absl::StrCat(directory == nullptr ? "." : directory, "/bin/", name);
}

Program::Program(const std::vector<std::string>& command,
                 const std::string& directory,
                 const std::map<std::string, std::string>& environment,
                 const std::string& input)
    : directory_(directory) {
  std::ofstream(directory_ + "/.in") << input;
  std::vector<std::string> words = command;
  std::vector<std::string> variables = Environment(environment);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO,
                                   (directory_ + "/.in").c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO,
                                   (directory_ + "/.out").c_str(),
                                   O_CREAT | O_TRUNC | O_WRONLY, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO,
                                   (directory_ + "/.err").c_str(),
                                   O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (posix_spawn(&pid_, words[0].c_str(), &files, nullptr,
                  Pointers(words).data(), Pointers(variables).data()) != 0) {
    pid_ = -1;
  }
  posix_spawn_file_actions_destroy(&files);
}

Program::~Program() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
}

std::string Program::out() const { return ReadAll(directory_ + "/.out"); }

void Program::Signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

Result Program::Wait(absl::Duration timeout) {
  Result result;
  if (pid_ <= 0) return result;
  const absl::Time deadline = absl::Now() + timeout;
  int status = 0;
  while (waitpid(pid_, &status, WNOHANG) == 0) {
    if (absl::Now() > deadline) {
      kill(pid_, SIGKILL);
      waitpid(pid_, &status, 0);
      break;
    }
    absl::SleepFor(absl::Milliseconds(5));
  }
  pid_ = -1;
  result.status =
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = out();
  result.err = ReadAll(directory_ + "/.err");
  return result;
}

}  // namespace gongkai::testing
