// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/remove_plugin.h
//
// Keeps from one server what gRPC's libraries add to every server of a process:
// linking one may add its plugin or not, as the linker pleases.
//
//   builder.SetOption(std::make_unique<RemovePlugin>(kReflectionPlugin));

#ifndef GONGKAI_SERVICE_REMOVE_PLUGIN_H_
#define GONGKAI_SERVICE_REMOVE_PLUGIN_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grpcpp/impl/server_builder_option.h"
#include "grpcpp/impl/server_builder_plugin.h"

namespace gongkai::service {

inline constexpr char kReflectionPlugin[] = "proto_server_reflection";
inline constexpr char kChannelzPlugin[] = "channelz_service";

class RemovePlugin : public grpc::ServerBuilderOption {
 public:
  explicit RemovePlugin(std::string name) : name_(std::move(name)) {}
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>*
                         plugins) override {
    std::erase_if(*plugins,
                  [&](const auto& plugin) { return plugin->name() == name_; });
  }

 private:
  const std::string name_;
};

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_REMOVE_PLUGIN_H_
