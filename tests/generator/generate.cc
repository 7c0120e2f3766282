// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-generate: writes annual reports of invented bodies, with the truth
// about every cell beside them if asked to.

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/generator/generator.h"

ABSL_FLAG(int, count, 10, "How many reports to write.");
ABSL_FLAG(uint64_t, seed, 1, "The first report's seed; the next has seed + 1.");
ABSL_FLAG(std::string, layout, "all",
          "The layouts to go through in turn: names with commas, or all for "
          "those of plain text.");
ABSL_FLAG(std::string, out, ".", "The directory to write to; must exist.");
ABSL_FLAG(bool, truth, false,
          "Also write NAME.json: the state and value of every cell.");
ABSL_FLAG(int, size, 0,
          "Add running text until a report has this many bytes of UTF-8.");
ABSL_FLAG(std::string, prose, "plain",
          "plain, or rich: prose that tells most figures of the tables.");
ABSL_FLAG(std::string, fault, "",
          "Put this fault into every report (with --prose=rich); an unknown "
          "name lists them all.");

namespace gongkai::generator {
namespace {

absl::StatusOr<std::vector<Layout>> LayoutsOf(const std::string& names) {
  if (names == "all") {
    return std::vector<Layout>(AllLayouts().begin(), AllLayouts().end());
  }
  std::vector<Layout> layouts;
  for (absl::string_view name : absl::StrSplit(names, ',')) {
    absl::StatusOr<Layout> layout = ParseLayout(name);
    if (!layout.ok()) return layout.status();
    layouts.push_back(*layout);
  }
  return layouts;
}

absl::Status WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) return absl::InternalError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

absl::Status SetProse(Options* options) {
  const std::string prose = absl::GetFlag(FLAGS_prose);
  const std::string fault = absl::GetFlag(FLAGS_fault);
  if (prose != "plain" && prose != "rich") {
    return absl::InvalidArgumentError(
        absl::StrCat("--prose is plain or rich, not ", prose));
  }
  options->rich = prose == "rich";
  if (options->rich) options->wrong_year = false;
  if (fault.empty()) return absl::OkStatus();
  if (!options->rich) {
    return absl::InvalidArgumentError("--fault goes with --prose=rich");
  }
  absl::StatusOr<Fault> known = ParseFault(fault);
  if (known.ok()) options->injected = *known;
  return known.status();
}

// What is wrong, a line a report.
void PrintInjected(const GeneratedReport& report) {
  std::cout << absl::StrFormat("%06d ", report.options.seed);
  if (!report.injected.has_value()) {
    std::cout << "does not allow the fault\n";
    return;
  }
  std::cout << FaultName(report.injected->fault) << ": "
            << absl::StrJoin(report.injected->cells, " ")
            << report.injected->sentence << report.injected->mark << "\n";
}

absl::Status Run() {
  absl::StatusOr<std::vector<Layout>> layouts =
      LayoutsOf(absl::GetFlag(FLAGS_layout));
  if (!layouts.ok()) return layouts.status();
  for (int i = 0; i < absl::GetFlag(FLAGS_count); ++i) {
    Options options = DrawOptions(absl::GetFlag(FLAGS_seed) + i,
                                  (*layouts)[i % layouts->size()]);
    options.min_bytes = absl::GetFlag(FLAGS_size);
    if (absl::Status status = SetProse(&options); !status.ok()) return status;
    const GeneratedReport report = Generate(options);
    if (options.injected.has_value()) PrintInjected(report);
    const std::string name =
        absl::StrFormat("%06d-%s", options.seed, LayoutName(options.layout));
    const std::string stem = absl::StrCat(absl::GetFlag(FLAGS_out), "/", name);
    const std::string extension(FileExtension(options.layout));
    absl::Status status = WriteFile(stem + extension, report.bytes);
    if (status.ok() && absl::GetFlag(FLAGS_truth)) {
      status = WriteFile(stem + ".json", TruthJson(report, name + extension));
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace gongkai::generator

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "writes annual reports of invented bodies, the same for the same seed.\n"
      "  gongkai-generate --count=100 --layout=B,J --out=DIR --truth");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = gongkai::generator::Run();
  if (!status.ok()) {
    std::cerr << "gongkai-generate: " << status.message() << "\n";
    return 2;
  }
  return 0;
}
