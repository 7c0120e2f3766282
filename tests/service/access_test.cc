// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Who gets in, and what the log says of those who do not: gongkaid with real
// certificates, tokens and connections.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/certificates.h"
#include "tests/service/daemon.h"
#include "tests/service/scrape.h"
#include "tests/service/service_client.h"

namespace gongkai::service {
namespace {

using grpc::StatusCode;
using testing::HasSubstr;
using testing::Not;

// SHA-256 of the token "letter-box", by sha256sum.
constexpr char kLetterBox[] =
    "d9f175429ca4998df9b90fd6d51b81769ebc745b1a99438c5eb01d422571d2b8";

class AccessTest : public testing::Test {
 protected:
  AccessTest() {
    std::string name = testing::TempDir() + "/gongkai-access-XXXXXX";
    directory_ = mkdtemp(name.data());
    Write("ca.pem", authority_.certificate());
    Install(authority_.Issue("server", "DNS:localhost,IP:127.0.0.1"));
  }
  ~AccessTest() override { std::filesystem::remove_all(directory_); }

  std::string Path(const std::string& name) const {
    return directory_ + "/" + name;
  }
  // As renewals should: whole, and at once.
  void Write(const std::string& name, const std::string& content) {
    std::ofstream(Path(name + ".new")) << content;
    std::filesystem::rename(Path(name + ".new"), Path(name));
  }
  void Install(const Identity& server) {
    Write("server.key", server.key);
    Write("server.pem", server.certificate);
  }

  std::string Tls() const {
    return absl::StrCat("--tls_certificate=", Path("server.pem"),
                        " --tls_key=", Path("server.key"), " ");
  }
  std::string MutualTls() const {
    return absl::StrCat(Tls(), "--tls_client_ca=", Path("ca.pem"), " ");
  }

  std::shared_ptr<grpc::ChannelCredentials> Credentials(
      const Identity& client = {}) const {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = authority_.certificate();
    options.pem_cert_chain = client.certificate;
    options.pem_private_key = client.key;
    return grpc::SslCredentials(options);
  }

  const Authority authority_{"the authority"};
  std::string directory_;
};

TEST_F(AccessTest, OverTlsACallerWithACertificateOfTheAuthorityGetsIn) {
  Daemon daemon(TestFlags("127.0.0.1:0") + MutualTls());
  const std::string address = daemon.Address();
  ServiceClient client(address, Credentials(authority_.Issue("portal")));
  EXPECT_TRUE(client.GetCapabilities().ok());
  EXPECT_TRUE(client.Parse("echo").ok());
}

TEST_F(AccessTest, OthersAreNotConnectedAndTheLogSaysWhy) {
  Daemon daemon(TestFlags("127.0.0.1:0") + MutualTls() +
                "--metrics_address=127.0.0.1:0");
  const std::string address = daemon.Address();
  const std::string shown = daemon.ReadUntil("metrics are shown");
  const int port = atoi(shown.c_str() + shown.find("port=") + 5);
  const Authority stranger("a stranger");

  const struct {
    std::shared_ptr<grpc::ChannelCredentials> credentials;
    const char* reason;
  } cases[] = {
      {Credentials(), "it shows no certificate"},
      {Credentials(authority_.Issue("late", "", -absl::Minutes(5))),
       "certificate has expired; subject /CN=late"},
      {Credentials(stranger.Issue("mallory")),
       "unable to get local issuer certificate; subject /CN=mallory"},
      {grpc::InsecureChannelCredentials(), "it does not speak TLS"},
  };
  for (const auto& [credentials, reason] : cases) {
    ServiceClient client(address, credentials);
    EXPECT_EQ(client.GetCapabilities().error_code(), StatusCode::UNAVAILABLE)
        << reason;
    EXPECT_THAT(daemon.ReadUntil("refused a connection"), HasSubstr(reason));
  }
  EXPECT_GE(Metric(Scrape(port), "gongkai_tls_handshakes_failed_total"), 4);
  // Nobody else has noticed.
  ServiceClient client(address, Credentials(authority_.Issue("portal")));
  EXPECT_TRUE(client.GetCapabilities().ok());
}

TEST_F(AccessTest, ANewCertificateIsTakenUpAndABadOneIsNot) {
  Daemon daemon(TestFlags("127.0.0.1:0") + Tls() +
                "--metrics_address=127.0.0.1:0");
  const std::string address = daemon.Address();
  const std::string shown = daemon.ReadUntil("metrics are shown");
  const int port = atoi(shown.c_str() + shown.find("port=") + 5);
  const std::string expiry = "gongkai_tls_certificate_expiry_time_seconds";
  const double first = Metric(Scrape(port), expiry);
  EXPECT_NEAR(first, absl::ToUnixSeconds(absl::Now()) + 3600, 300);
  ServiceClient early(address, Credentials());
  EXPECT_TRUE(early.GetCapabilities().ok());

  // The key of another certificate: nothing changes.
  Write("server.key", authority_.Issue("other").key);
  daemon.Signal(SIGHUP);
  EXPECT_THAT(daemon.ReadUntil("certificates are refused"),
              HasSubstr("is not the key of the certificate"));
  EXPECT_TRUE(ServiceClient(address, Credentials()).GetCapabilities().ok());
  EXPECT_EQ(Metric(Scrape(port), expiry), first);

  Install(authority_.Issue("server", "DNS:localhost,IP:127.0.0.1",
                           absl::Hours(10)));
  daemon.Signal(SIGHUP);
  EXPECT_NE(daemon.ReadUntil("certificates were read anew"), "");
  EXPECT_TRUE(ServiceClient(address, Credentials()).GetCapabilities().ok());
  EXPECT_NEAR(Metric(Scrape(port), expiry), first + 9 * 3600, 300);
  // Connections from before go on.
  EXPECT_TRUE(early.GetCapabilities().ok());

  // Without a signal, too: a scrape looks at the files as a handshake does.
  Install(authority_.Issue("server", "DNS:localhost,IP:127.0.0.1",
                           absl::Hours(20)));
  for (int i = 0; i < 300 && Metric(Scrape(port), expiry) < first + 60'000;
       ++i) {
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_NEAR(Metric(Scrape(port), expiry), first + 19 * 3600, 300);
  const std::string page = Scrape(port);
  const std::string reloads = "gongkai_reloads_total{result=";
  EXPECT_EQ(Metric(page, reloads + "\"ok\",what=\"certificates\"}"), 2);
  // One more if the last renewal was caught halfway.
  EXPECT_GE(Metric(page, reloads + "\"error\",what=\"certificates\"}"), 1);
}

TEST_F(AccessTest, CallersAreNamedByTheirCertificate) {
  Write("policy", R"(
    callers { name: "portal" certificate_names: "portal.example"
              methods: "ParseReport" }
    callers { name: "archive" certificate_names: "archive" methods: "*" })");
  Daemon daemon(TestFlags("127.0.0.1:0") + MutualTls() +
                "--log_level=debug --policy=" + Path("policy"));
  const std::string address = daemon.Address();

  ServiceClient portal(
      address, Credentials(authority_.Issue("any", "DNS:portal.example")));
  EXPECT_TRUE(portal.Parse("echo").ok());
  EXPECT_THAT(daemon.ReadUntil("call ended"), HasSubstr("caller=portal"));
  const grpc::Status denied = portal.GetCapabilities();
  EXPECT_EQ(denied.error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_THAT(denied.error_message(), HasSubstr("may not call GetCapab"));
  EXPECT_THAT(daemon.ReadUntil("refused a call"),
              testing::AllOf(HasSubstr("reason=\"method not allowed\""),
                             HasSubstr("caller=portal")));

  ServiceClient archive(address, Credentials(authority_.Issue("archive")));
  EXPECT_TRUE(archive.GetCapabilities().ok());

  ServiceClient nobody(address, Credentials(authority_.Issue("nobody")));
  const grpc::Status unknown = nobody.GetCapabilities();
  EXPECT_EQ(unknown.error_code(), StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(daemon.ReadUntil("refused a call"),
              testing::AllOf(HasSubstr("unknown certificate name"),
                             HasSubstr("certificate=nobody")));
}

TEST_F(AccessTest, CallersAreNamedByTheirToken) {
  Write("policy", absl::StrCat(R"(callers { name: "letters" methods: "*"
                                token_sha256: ")",
                               kLetterBox, "\" }"));
  Daemon daemon(TestFlags("127.0.0.1:0") + "--policy=" + Path("policy"));
  const std::string address = daemon.Address();
  const auto with = [&](const ServiceClient::Metadata& metadata) {
    return ServiceClient(address, grpc::InsecureChannelCredentials(), metadata)
        .Parse("echo");
  };
  EXPECT_TRUE(with({{"authorization", "Bearer letter-box"}}).ok());

  const struct {
    ServiceClient::Metadata metadata;
    const char* reason;
  } cases[] = {
      {{}, "no credentials"},
      {{{"authorization", "Bearer letter-bo"}}, "wrong token"},
      {{{"authorization", "letter-box"}}, "malformed token"},
      {{{"authorization", absl::StrCat("Bearer ", kLetterBox)}}, "wrong token"},
  };
  for (const auto& [metadata, reason] : cases) {
    const grpc::Status status = with(metadata);
    EXPECT_EQ(status.error_code(), StatusCode::UNAUTHENTICATED) << reason;
    EXPECT_THAT(daemon.ReadUntil("refused a call"), HasSubstr(reason));
  }
  // Streams, too.
  ServiceClient stranger(address);
  grpc::ClientContext context;
  stranger.Prepare(&context);
  auto stream = stranger.stub().ProcessReports(&context);
  v1::ProcessResponse response;
  stream->Write(SomeRequest("1", "echo"));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), StatusCode::UNAUTHENTICATED);
  // No token is ever printed, right or wrong.
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.ExitCode(), 0);
  EXPECT_THAT(daemon.printed(), Not(HasSubstr("letter-b")));
}

TEST_F(AccessTest, TheCertificateMayBeOptionalForThoseWithAToken) {
  Write("policy", absl::StrCat(R"(callers { name: "letters" methods: "*"
                                token_sha256: ")",
                               kLetterBox, R"(" }
    callers { name: "portal" certificate_names: "portal" methods: "*" })"));
  Daemon daemon(TestFlags("127.0.0.1:0") + MutualTls() +
                "--tls_client_optional --policy=" + Path("policy"));
  const std::string address = daemon.Address();
  const Identity portal = authority_.Issue("portal");
  EXPECT_TRUE(ServiceClient(address, Credentials(portal)).Parse("echo").ok());
  EXPECT_TRUE(ServiceClient(address, Credentials(),
                            {{"authorization", "Bearer letter-box"}})
                  .Parse("echo")
                  .ok());
  EXPECT_EQ(ServiceClient(address, Credentials()).Parse("echo").error_code(),
            StatusCode::UNAUTHENTICATED);
  // A wrong token is refused whatever the certificate says.
  EXPECT_EQ(ServiceClient(address, Credentials(portal),
                          {{"authorization", "Bearer wrong"}})
                .Parse("echo")
                .error_code(),
            StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessTest, AChangedPolicyIsTakenUpOnAHangUpAndABadOneIsNot) {
  const std::string caller =
      absl::StrCat("callers { name: \"letters\" token_sha256: \"", kLetterBox,
                   "\" methods: ");
  Write("policy", caller + "\"ParseReport\" }");
  Daemon daemon(TestFlags("127.0.0.1:0") + "--policy=" + Path("policy"));
  ServiceClient client(daemon.Address(), grpc::InsecureChannelCredentials(),
                       {{"authorization", "Bearer letter-box"}});
  EXPECT_EQ(client.GetCapabilities().error_code(),
            StatusCode::PERMISSION_DENIED);
  Write("policy", caller + "\"*\" }");
  daemon.Signal(SIGHUP);
  EXPECT_NE(daemon.ReadUntil("policy was read anew"), "");
  EXPECT_TRUE(client.GetCapabilities().ok());
  Write("policy", caller + "\"Parse\" }");
  daemon.Signal(SIGHUP);
  EXPECT_THAT(daemon.ReadUntil("policy is refused"),
              HasSubstr("there is no method"));
  EXPECT_TRUE(client.GetCapabilities().ok());
}

// The command shows what it is given.
TEST_F(AccessTest, TheCommandGetsInWithItsFlags) {
  Write("policy", absl::StrCat(R"(callers { name: "letters" methods: "*"
                                token_sha256: ")",
                               kLetterBox, R"(" }
    callers { name: "portal" certificate_names: "portal" methods: "*" })"));
  Write("token", "letter-box\n");
  const Identity portal = authority_.Issue("portal");
  Write("portal.pem", portal.certificate);
  Write("portal.key", portal.key);
  Daemon daemon(TestFlags("127.0.0.1:0,unix:" + Path("socket")) + MutualTls() +
                "--tls_client_optional --policy=" + Path("policy"));
  const std::string addresses = daemon.Address();
  const std::string tcp = addresses.substr(0, addresses.find(','));
  const auto run = [&](const std::string& flags) {
    const std::string command =
        absl::StrCat(getenv("GONGKAI_BINARY_DIR"),
                     "/bin/gongkai rules --lang=en --server=", flags,
                     " >/dev/null 2>", Path("said"));
    return WEXITSTATUS(system(command.c_str()));
  };
  const auto said = [&] {
    std::ifstream file(Path("said"));
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string ca = " --tls-ca=" + Path("ca.pem");
  const std::string token = " --token_file=" + Path("token");
  EXPECT_EQ(run(tcp + ca + " --tls-certificate=" + Path("portal.pem") +
                " --tls-key=" + Path("portal.key")),
            0)
      << said();
  EXPECT_EQ(run(tcp + ca + token), 0) << said();
  EXPECT_EQ(run("unix:" + Path("socket") + token), 0) << said();

  EXPECT_EQ(run("unix:" + Path("socket")), 2);
  EXPECT_THAT(said(), HasSubstr("callers must show who they are"));
  EXPECT_EQ(run("192.0.2.1:1" + token), 2);
  EXPECT_THAT(said(), HasSubstr("could read the token"));
  EXPECT_EQ(run(tcp + " --tls-key=x"), 2);
  EXPECT_THAT(said(), HasSubstr("give both"));
  EXPECT_EQ(run(tcp + ca + " --token-file=" + Path("none")), 2);
  EXPECT_THAT(said(), HasSubstr("cannot read"));
}

// What the policy gives a caller is his share of the queue.
TEST_F(AccessTest, APolicyLimitsWhatACallerHasUnderWay) {
  const std::string hash = kLetterBox;
  Write("policy", absl::StrCat("callers { name: \"letters\" methods: \"*\" "
                               "max_documents: 1 token_sha256: \"",
                               hash, "\" }"));
  Daemon daemon(TestFlags("127.0.0.1:0") + "--policy=" + Path("policy"));
  ServiceClient client(daemon.Address(), grpc::InsecureChannelCredentials(),
                       {{"authorization", "Bearer letter-box"}});
  // One of the two finds the place taken; it is given back a little after the
  // answer.
  const auto until = [&](StatusCode code, const std::string& document) {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (absl::Now() < end) {
      if (client.Parse(document).error_code() == code) return true;
    }
    return false;
  };
  std::thread slow([&] { EXPECT_TRUE(until(StatusCode::OK, "sleep 1000")); });
  EXPECT_TRUE(until(StatusCode::RESOURCE_EXHAUSTED, "echo"));
  slow.join();
  EXPECT_TRUE(until(StatusCode::OK, "echo"));
}

}  // namespace
}  // namespace gongkai::service
