// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Calls to a service whose worker does what its document says, over a channel
// of any kind.

#ifndef GONGKAI_TESTS_SERVICE_SERVICE_CLIENT_H_
#define GONGKAI_TESTS_SERVICE_SERVICE_CLIENT_H_

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "gongkai/v1/report_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace gongkai::service {

class ServiceClient {
 public:
  using Metadata = std::map<std::string, std::string>;

  explicit ServiceClient(const std::string& target,
                         const std::shared_ptr<grpc::ChannelCredentials>&
                             credentials = grpc::InsecureChannelCredentials(),
                         Metadata metadata = {})
      : metadata_(std::move(metadata)) {
    grpc::ChannelArguments arguments;
    // A connection of its own for each.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    stub_ = v1::ReportService::NewStub(
        grpc::CreateCustomChannel(target, credentials, arguments));
  }

  v1::ReportService::Stub& stub() { return *stub_; }

  void Prepare(grpc::ClientContext* context) const {
    for (const auto& [key, value] : metadata_) {
      context->AddMetadata(key, value);
    }
    context->set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(30));
  }

  grpc::Status GetCapabilities(grpc::ClientContext* context) {
    Prepare(context);
    v1::GetCapabilitiesResponse response;
    return stub_->GetCapabilities(context, {}, &response);
  }
  grpc::Status GetCapabilities() {
    grpc::ClientContext context;
    return GetCapabilities(&context);
  }

  grpc::Status Parse(const std::string& content) {
    grpc::ClientContext context;
    Prepare(&context);
    v1::ParseReportRequest request;
    request.mutable_document()->set_content(content);
    v1::ParseReportResponse response;
    return stub_->ParseReport(&context, request, &response);
  }

 private:
  const Metadata metadata_;
  std::unique_ptr<v1::ReportService::Stub> stub_;
};

inline v1::ProcessRequest SomeRequest(const std::string& id,
                                      const std::string& content) {
  v1::ProcessRequest request;
  request.set_id(id);
  request.mutable_document()->set_content(content);
  return request;
}

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_SERVICE_CLIENT_H_
