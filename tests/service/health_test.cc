// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// The address of gongkaid that answers for health alone, as a probe meets it
// that speaks no TLS.

#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/certificates.h"
#include "tests/service/daemon.h"
#include "tests/service/scrape.h"

namespace gongkai::service {
namespace {

using grpc::StatusCode;
using testing::HasSubstr;

class HealthTest : public testing::Test {
 protected:
  HealthTest() {
    std::string name = testing::TempDir() + "/gongkai-health-XXXXXX";
    directory_ = mkdtemp(name.data());
    const Identity server = authority_.Issue("server", "IP:127.0.0.1");
    std::ofstream(directory_ + "/ca.pem") << authority_.certificate();
    std::ofstream(directory_ + "/server.pem") << server.certificate;
    std::ofstream(directory_ + "/server.key") << server.key;
  }
  ~HealthTest() override { std::filesystem::remove_all(directory_); }

  // With mutual TLS, which a probe cannot speak.
  void Start(const std::string& flags = "") {
    daemon_ = std::make_unique<Daemon>(absl::StrCat(
        TestFlags("127.0.0.1:0"), "--tls_certificate=", directory_,
        "/server.pem --tls_key=", directory_, "/server.key --tls_client_ca=",
        directory_, "/ca.pem --health_address=127.0.0.1:0 ", flags));
    address_ = absl::StrCat("127.0.0.1:", PortIn("health is answered for"));
  }

  // The port that the next line with these words names.
  int PortIn(const std::string& words) {
    const std::string line = daemon_->ReadUntil(words);
    return atoi(line.c_str() + line.find("port=") + 5);
  }

  // The answer to any call, in plain text; the request is its bytes.
  grpc::Status Call(const std::string& method, const std::string& request,
                    std::string* answer) {
    if (stub_ == nullptr) {
      stub_ = std::make_unique<grpc::GenericStub>(
          grpc::CreateChannel(address_, grpc::InsecureChannelCredentials()));
    }
    const grpc::Slice slice(request);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(30));
    grpc::CompletionQueue queue;
    auto call = stub_->PrepareUnaryCall(&context, method,
                                        grpc::ByteBuffer(&slice, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, nullptr);
    void* tag;
    bool ok;
    queue.Next(&tag, &ok);
    grpc::Slice whole;
    if (status.ok() && response.DumpToSingleSlice(&whole).ok()) {
      answer->assign(reinterpret_cast<const char*>(whole.begin()),
                     whole.size());
    }
    return status;
  }

  // Of grpc.health.v1.
  std::string Health(const std::string& service) {
    const std::string request = absl::StrCat(
        std::string("\x0a", 1),
        std::string(1, static_cast<char>(service.size())), service);
    std::string answer;
    const grpc::Status status =
        Call("/grpc.health.v1.Health/Check", request, &answer);
    if (!status.ok()) return status.error_message();
    return answer == std::string("\x08\x01") ? "SERVING" : "NOT_SERVING";
  }

  const Authority authority_{"trial"};
  std::string directory_;
  std::string address_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<grpc::GenericStub> stub_;
};

TEST_F(HealthTest, AProbeWithoutTlsIsAnsweredAndNothingElse) {
  Start();
  for (const char* name :
       {"", "liveness", "readiness", "gongkai.v1.ReportService"}) {
    EXPECT_EQ(Health(name), "SERVING") << name;
  }
  EXPECT_EQ(Health("nobody"), "service name unknown");
  std::string answer;
  for (const char* method :
       {"/gongkai.v1.ReportService/GetCapabilities",
        "/gongkai.v1.ReportService/ParseReport",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/grpc.channelz.v1.Channelz/GetServers"}) {
    EXPECT_EQ(Call(method, "", &answer).error_code(), StatusCode::UNIMPLEMENTED)
        << method;
  }
  EXPECT_EQ(
      Call("/grpc.health.v1.Health/Check", std::string(2000, 'x'), &answer)
          .error_code(),
      StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(HealthTest, ReadinessFallsAtTheSignalAndLivenessLasts) {
  Start("--drain_delay=60s --metrics_address=127.0.0.1:0");
  const int metrics = PortIn("metrics are shown");
  EXPECT_EQ(Metric(Scrape(metrics), "gongkai_ready"), 1);
  EXPECT_EQ(Metric(Scrape(metrics), "gongkai_draining"), 0);
  daemon_->Signal(SIGTERM);
  while (Health("readiness") == "SERVING") {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_EQ(Health("gongkai.v1.ReportService"), "NOT_SERVING");
  EXPECT_EQ(Health("liveness"), "SERVING");
  EXPECT_EQ(Health(""), "SERVING");
  const std::string page = Scrape(metrics);
  EXPECT_EQ(Metric(page, "gongkai_ready"), 0);
  EXPECT_EQ(Metric(page, "gongkai_draining"), 1);
  daemon_->Signal(SIGTERM);
  EXPECT_EQ(daemon_->ExitCode(), 0);
}

TEST_F(HealthTest, AnAddressThatIsTakenIsNamed) {
  Start();
  Daemon second(TestFlags("127.0.0.1:0") + "--health_address=" + address_);
  EXPECT_EQ(second.ExitCode(), 1);
  EXPECT_THAT(second.printed(), HasSubstr("cannot answer for health on"));
  EXPECT_THAT(second.printed(), HasSubstr("--health_address=HOST:PORT"));
}

}  // namespace
}  // namespace gongkai::service
