// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/sandbox_layers.h
//
// What holds the workers, in words for a log and one by one.

#ifndef GONGKAI_SERVICE_SANDBOX_LAYERS_H_
#define GONGKAI_SERVICE_SANDBOX_LAYERS_H_

#include <string>
#include <vector>

#include "gongkai/worker/v1/hello.pb.h"

namespace gongkai::service {

struct SandboxLayer {
  // "system-calls"
  std::string name;
  bool holds;
};

// All that there are.
std::vector<SandboxLayer> SandboxLayers(const worker::v1::Hello& hello);

// "no-new-privileges, resource-limits, files, system-calls"; layers that do not
// hold follow by name.
std::string DescribeSandbox(const worker::v1::Hello& hello);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_SANDBOX_LAYERS_H_
