// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "service/sandbox_layers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace gongkai::service {
namespace {

// SANDBOX_LAYER_SYSTEM_CALLS: system-calls.
std::string NameOf(int layer) {
  const std::string& name =
      v1::SandboxLayer_Name(static_cast<v1::SandboxLayer>(layer));
  return absl::StrReplaceAll(
      absl::AsciiStrToLower(absl::StripPrefix(name, "SANDBOX_LAYER_")),
      {{"_", "-"}});
}

}  // namespace

std::vector<SandboxLayer> SandboxLayers(const worker::v1::Hello& hello) {
  std::vector<SandboxLayer> all;
  const auto& layers = hello.sandbox_layers();
  for (int layer = v1::SandboxLayer_MIN + 1; layer < v1::SandboxLayer_ARRAYSIZE;
       ++layer) {
    all.push_back({NameOf(layer), std::find(layers.begin(), layers.end(),
                                            layer) != layers.end()});
  }
  return all;
}

std::string DescribeSandbox(const worker::v1::Hello& hello) {
  std::vector<std::string> holding;
  std::vector<std::string> missing;
  for (const SandboxLayer& layer : SandboxLayers(hello)) {
    (layer.holds ? holding : missing).push_back(layer.name);
  }
  return absl::StrCat(
      holding.empty() ? "none" : absl::StrJoin(holding, ", "),
      missing.empty() ? "" : "; DANGER, these layers do not hold: ",
      absl::StrJoin(missing, ", "));
}

}  // namespace gongkai::service
