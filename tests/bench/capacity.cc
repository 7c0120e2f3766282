// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-capacity: measures what deploy/capacity/simulate.py reckons with, and
// what it is checked against; see docs/CAPACITY.md.

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gongkai/v1/report_service.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "nlohmann/json.hpp"
#include "tests/bench/figures.h"
#include "tests/bench/server.h"
#include "tests/generator/generator.h"
#include "worker/catalog/catalog.h"
#include "worker/process/processor.h"

ABSL_FLAG(int, documents, 300, "Generated documents of each format.");
ABSL_FLAG(std::string, sources, ".",
          "The top of the sources, for Word and PDF files of the tests.");
ABSL_FLAG(int, replicas, 2, "For replicas: how many, with one worker each.");
ABSL_FLAG(std::vector<std::string>, rates,
          std::vector<std::string>({"200", "400", "800", "1200"}),
          "For replicas: calls a second of all together, one after the other.");
ABSL_FLAG(absl::Duration, time, absl::Seconds(10),
          "For replicas: how long each rate lasts.");

namespace gongkai::bench {
namespace {

using grpc::ByteBuffer;
using Json = nlohmann::ordered_json;
using RawStub = grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>;

// Each document is read so often; the least counts, as the rest is the machine.
constexpr int kRounds = 5;
// Parts of a distribution that are told.
constexpr int kQuantiles = 20;

std::vector<std::string> Generated(
    absl::Span<const generator::Layout> layouts) {
  std::vector<std::string> documents;
  for (int i = 0; i < absl::GetFlag(FLAGS_documents); ++i) {
    generator::Options options =
        generator::DrawOptions(i, layouts[i % layouts.size()]);
    options.min_bytes = 8192;
    documents.push_back(generator::Generate(options).bytes);
  }
  return documents;
}

std::vector<std::string> FilesOf(const std::string& directory,
                                 const std::string& extension) {
  std::vector<std::string> documents;
  for (const auto& entry : std::filesystem::directory_iterator(
           absl::GetFlag(FLAGS_sources) + "/" + directory)) {
    if (entry.path().extension() != extension) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    documents.emplace_back(std::istreambuf_iterator<char>(file),
                           std::istreambuf_iterator<char>());
  }
  return documents;
}

double ProcessorSeconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + time.tv_nsec * 1e-9;
}

std::string RequestOf(const std::string& document) {
  v1::ProcessRequest request;
  request.set_id("capacity");
  request.mutable_document()->set_content(document);
  return request.SerializeAsString();
}

// The distribution in milliseconds: least, every twentieth part, most.
Json QuantilesOf(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  Json quantiles = Json::array();
  for (int i = 0; i <= kQuantiles; ++i) {
    const size_t at = (seconds.size() - 1) * i / kQuantiles;
    quantiles.push_back(std::round(seconds[at] * 1e6) / 1e3);
  }
  return quantiles;
}

// What a worker needs for documents of each format, in one process and without
// a service around it.
int MeasureTimes() {
  const auto catalog = catalog::Catalog::Builtin();
  if (!catalog.ok()) {
    std::cerr << "gongkai-capacity: " << catalog.status() << "\n";
    return 1;
  }
  process::Processor processor(**catalog, input::Limits());
  const std::pair<const char*, std::vector<std::string>> formats[] = {
      {"text", Generated(generator::AllLayouts())},
      {"html", Generated(generator::HtmlLayouts())},
      {"docx", Generated(generator::DocxLayouts())},
      {"doc", FilesOf("tests/worker/input/doc/data", ".doc")},
      {"pdf", FilesOf("tests/worker/input/pdf/data", ".pdf")}};
  Json all = Json::object();
  for (const auto& [format, documents] : formats) {
    std::vector<double> seconds;
    int64_t request_bytes = 0;
    int64_t response_bytes = 0;
    std::string response;
    for (const std::string& document : documents) {
      const std::string request = RequestOf(document);
      double least = std::numeric_limits<double>::infinity();
      for (int i = 0; i < kRounds; ++i) {
        const double start = ProcessorSeconds();
        processor.Process(ipc::JobKind::kProcess, request, &response);
        least = std::min(least, ProcessorSeconds() - start);
      }
      seconds.push_back(least);
      request_bytes += static_cast<int64_t>(request.size());
      response_bytes += static_cast<int64_t>(response.size());
    }
    const auto count = static_cast<int64_t>(documents.size());
    double sum = 0;
    for (const double one : seconds) sum += one;
    all[format] = {{"documents", count},
                   {"request_bytes", request_bytes / count},
                   {"response_bytes", response_bytes / count},
                   {"mean_ms", std::round(sum / count * 1e6) / 1e3},
                   {"quantiles_ms", QuantilesOf(seconds)}};
  }
  std::cout << all.dump(1) << "\n";
  return 0;
}

// Single calls at the pace of strangers: each comes when it comes, whether or
// not those before it are answered.
class OpenLoop {
 public:
  OpenLoop(const std::vector<Server>& servers,
           const std::vector<ByteBuffer>& requests)
      : requests_(requests) {
    for (const Server& server : servers) {
      stubs_.push_back(std::make_unique<RawStub>(NewChannel(server.address)));
    }
  }

  // Latencies of the calls that were answered; *failed counts the others.
  std::vector<absl::Duration> Run(double rate, absl::Duration time,
                                  int* failed) {
    std::mt19937_64 random(1);
    std::exponential_distribution<double> gap(rate);
    const absl::Time start = absl::Now();
    absl::Time next = start;
    for (int64_t i = 0; next - start < time; ++i) {
      next += absl::Seconds(gap(random));
      absl::SleepFor(next - absl::Now());
      Call(i, next);
    }
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* open) { return *open == 0; }, &open_));
    *failed = failed_;
    return latencies_;
  }

 private:
  struct Pending {
    grpc::ClientContext context;
    ByteBuffer response;
  };

  // `due` is when it should have been sent: a client that is late does not
  // hide what its callers wait.
  void Call(int64_t i, absl::Time due) {
    {
      absl::MutexLock lock(&mutex_);
      ++open_;
    }
    auto* const pending = new Pending;
    stubs_[i % stubs_.size()]->UnaryCall(
        &pending->context, "/gongkai.v1.ReportService/ValidateReport",
        grpc::StubOptions(), &requests_[i % requests_.size()],
        &pending->response, [this, pending, due](const grpc::Status& status) {
          const absl::Duration latency = absl::Now() - due;
          delete pending;
          absl::MutexLock lock(&mutex_);
          --open_;
          if (status.ok()) {
            latencies_.push_back(latency);
          } else {
            ++failed_;
          }
        });
  }

  const std::vector<ByteBuffer>& requests_;
  std::vector<std::unique_ptr<RawStub>> stubs_;
  absl::Mutex mutex_;
  int open_ ABSL_GUARDED_BY(mutex_) = 0;
  int failed_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<absl::Duration> latencies_ ABSL_GUARDED_BY(mutex_);
};

Json LatenciesOf(std::vector<absl::Duration> latencies) {
  Json json = Json::object();
  for (const auto& [name, part] :
       {std::pair("p50", 0.5), std::pair("p90", 0.9), std::pair("p99", 0.99)}) {
    json[name] =
        std::round(absl::ToDoubleMicroseconds(Percentile(&latencies, part))) /
        1e3;
  }
  return json;
}

// Replicas of the real service under single calls at several rates.
int MeasureReplicas() {
  const std::filesystem::path here =
      std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const ScratchDirectory scratch;
  std::vector<Server> servers;
  for (int i = 0; i < absl::GetFlag(FLAGS_replicas); ++i) {
    const std::string address = scratch.Address(absl::StrCat("replica", i));
    absl::StatusOr<Server> server = StartServer(
        address, {here / "gongkaid", "--workers=1", "--drain_delay=0",
                  absl::StrCat("--listen=", address)});
    if (!server.ok()) {
      std::cerr << "gongkai-capacity: " << server.status() << "\n";
      return 1;
    }
    servers.push_back(*std::move(server));
  }
  std::vector<ByteBuffer> requests;
  for (const std::string& document : Generated(generator::AllLayouts())) {
    v1::ValidateReportRequest request;
    request.mutable_document()->set_content(document);
    const grpc::Slice slice(request.SerializeAsString());
    requests.emplace_back(&slice, 1);
  }
  Json runs = Json::array();
  for (const std::string& text : absl::GetFlag(FLAGS_rates)) {
    const double rate = std::stod(text);
    absl::Duration front;
    absl::Duration workers;
    for (const Server& server : servers) {
      front -= server.child->OwnCpu();
      workers -= server.child->ChildrenCpu();
    }
    int failed = 0;
    const auto latencies = OpenLoop(servers, requests)
                               .Run(rate, absl::GetFlag(FLAGS_time), &failed);
    for (const Server& server : servers) {
      front += server.child->OwnCpu();
      workers += server.child->ChildrenCpu();
    }
    const auto calls = static_cast<int64_t>(latencies.size());
    runs.push_back(
        {{"rate", rate},
         {"calls", calls},
         {"failed", failed},
         {"latency_ms", LatenciesOf(latencies)},
         {"front_us", std::round(absl::ToDoubleMicroseconds(front) / calls)},
         {"worker_us",
          std::round(absl::ToDoubleMicroseconds(workers) / calls)}});
  }
  int64_t front_bytes = 0;
  int64_t worker_bytes = 0;
  int64_t worker_count = 0;
  for (const Server& server : servers) {
    front_bytes += server.child->ResidentBytes();
    for (const pid_t worker : server.child->Children()) {
      worker_bytes += ResidentBytesOf(worker);
      ++worker_count;
    }
  }
  std::cout << Json{{"replicas", servers.size()},
                    {"workers", 1},
                    {"front_mib",
                     front_bytes / static_cast<int64_t>(servers.size()) >> 20},
                    {"worker_mib", worker_bytes / worker_count >> 20},
                    {"runs", runs}}
                   .dump(1)
            << "\n";
  return 0;
}

}  // namespace
}  // namespace gongkai::bench

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "measures for docs/CAPACITY.md, as JSON:\n"
      "  gongkai-capacity times      what a worker needs, by format\n"
      "  gongkai-capacity replicas   latency of replicas under single calls");
  const std::vector<char*> words = absl::ParseCommandLine(argc, argv);
  const std::string part = words.size() == 2 ? words[1] : "";
  if (part == "times") return gongkai::bench::MeasureTimes();
  if (part == "replicas") return gongkai::bench::MeasureReplicas();
  std::cerr << "gongkai-capacity: say times or replicas; see --help\n";
  return 2;
}
