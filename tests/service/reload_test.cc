// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// A hang-up signal under load, with real workers and a real catalogue.

#include <fstream>
#include <map>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/daemon.h"
#include "tests/service/scrape.h"
#include "tests/service/service_client.h"

namespace gongkai::service {
namespace {

using testing::HasSubstr;

constexpr char kRule[] = R"(
rules {
  id: "requests.no-research"
  severity: SEVERITY_WARNING
  legal_basis: "试行"
  title: "没有科研机构"
  title_en: "no research institutions"
  message: "{difference}"
  message_en: "{difference}"
  identity { equation: "requests.received.total = requests.received.natural" }
})";

class ReloadTest : public testing::Test {
 protected:
  ReloadTest() : file_(testing::TempDir() + "/reload-catalog-XXXXXX") {
    close(mkstemp(file_.data()));
  }
  ~ReloadTest() override { unlink(file_.c_str()); }

  void Write(const std::string& text) { std::ofstream(file_) << text; }

  void Start(const std::string& flags) {
    Write("changes { rule_id: \"cells.unit\" off: true }");
    daemon_ = std::make_unique<Daemon>(absl::StrCat(
        "--listen=127.0.0.1:0 --drain_delay=0 --metrics_address=127.0.0.1:0 "
        "--catalog=",
        file_, " ", flags));
    client_ = std::make_unique<ServiceClient>(daemon_->Address());
  }

  std::string RuleSetVersion() {
    grpc::ClientContext context;
    client_->Prepare(&context);
    v1::GetCapabilitiesResponse response;
    client_->stub().GetCapabilities(&context, {}, &response);
    return response.rule_set_version();
  }

  bool HasRule(const std::string& id) {
    grpc::ClientContext context;
    client_->Prepare(&context);
    v1::ListRulesResponse response;
    client_->stub().ListRules(&context, {}, &response);
    for (const auto& rule : response.rules()) {
      if (rule.id() == id) return true;
    }
    return false;
  }

  std::string file_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<ServiceClient> client_;
};

TEST_F(ReloadTest, ANewCatalogueIsTakenUpUnderAStreamAndNothingIsLost) {
  for (const char* flags :
       {"--workers=2 --spare_workers=1", "--workers=2 --spare_workers=0",
        "--workers=1 --spare_workers=0"}) {
    Start(flags);
    const std::string first = RuleSetVersion();
    EXPECT_FALSE(HasRule("requests.no-research"));

    constexpr int kDocuments = 4000;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
    auto stream = client_->stub().ProcessReports(&context);
    std::thread writer([&] {
      for (int i = 0; i < kDocuments; ++i) {
        stream->Write(SomeRequest(absl::StrCat(i), "第一部分 总体情况"));
        if (i == kDocuments / 4) {
          Write(kRule);
          daemon_->Signal(SIGHUP);
        }
        if (i == kDocuments / 2) {
          EXPECT_NE(daemon_->ReadUntil("every worker has been replaced"), "");
        }
      }
      stream->WritesDone();
    });
    std::map<std::string, int> answers;
    v1::ProcessResponse response;
    while (stream->Read(&response)) {
      ++answers[response.id()];
      EXPECT_EQ(response.outcome(), v1::OUTCOME_NOT_A_REPORT);
    }
    writer.join();
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(answers.size(), kDocuments);
    for (const auto& [id, count] : answers) EXPECT_EQ(count, 1) << id;

    EXPECT_NE(RuleSetVersion(), first);
    EXPECT_TRUE(HasRule("requests.no-research"));
    daemon_->Signal(SIGTERM);
    EXPECT_EQ(daemon_->ExitCode(), 0);
  }
}

TEST_F(ReloadTest, ABadCatalogueIsRefusedAndTheOldOneStays) {
  Start("--workers=1");
  const std::string shown = daemon_->ReadUntil("metrics are shown");
  const int port = atoi(shown.c_str() + shown.find("port=") + 5);
  const std::string first = RuleSetVersion();
  Write("\nchanges { rule_id: \"cells.nothing\" off: true }");
  daemon_->Signal(SIGHUP);
  // By the name that the operator knows, not by that of a copy.
  EXPECT_THAT(daemon_->ReadUntil("are refused"),
              HasSubstr(file_ + ":2:11: the catalogue has no rule"));
  EXPECT_EQ(RuleSetVersion(), first);
  EXPECT_TRUE(client_->Parse("第一部分").ok());
  // A worker that starts now does not read what is in the file now.
  const std::string page = Scrape(port);
  EXPECT_EQ(
      Metric(page, "gongkai_reloads_total{result=\"error\",what=\"catalog\"}"),
      1);
  unlink(file_.c_str());
  daemon_->Signal(SIGHUP);
  EXPECT_THAT(daemon_->ReadUntil("are refused"), HasSubstr("cannot open"));
  EXPECT_TRUE(client_->Parse("第一部分").ok());
}

}  // namespace
}  // namespace gongkai::service
