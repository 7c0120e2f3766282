// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// gongkai-worker: reads documents for gongkaid, one at a time, in a process of
// its own. Started by gongkaid and of no use without it.

#include <stdio.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gongkai/worker/v1/hello.pb.h"
#include "worker/catalog/catalog.h"
#include "worker/catalog/layout.h"
#include "worker/input/limits.h"
#include "worker/input/reader.h"
#include "worker/ipc/frame.h"
#include "worker/ipc/worker_loop.h"
#include "worker/process/processor.h"
#include "worker/sandbox/sandbox.h"
#include "worker/validate/validate.h"

ABSL_FLAG(std::vector<std::string>, catalog, {},
          "Files of a catalogue in text format, comma-separated, merged in "
          "order: after the built-in files, or, if one of them has a form, in "
          "their place.");
ABSL_FLAG(int64_t, max_document_bytes,
          gongkai::input::Limits().max_document_bytes,
          "Largest document in bytes; a larger one is answered TOO_LARGE.");
ABSL_FLAG(int64_t, max_pieces, gongkai::input::Limits().max_pieces,
          "Most lines and cells in one document; one with more is answered "
          "LIMIT_EXCEEDED.");
ABSL_FLAG(int64_t, max_expanded_bytes,
          gongkai::input::Limits().max_expanded_bytes,
          "What the text of a Word file may expand to, in bytes of XML; one "
          "with more is answered LIMIT_EXCEEDED, as with the next limits.");
ABSL_FLAG(int64_t, max_compression_ratio,
          gongkai::input::Limits().max_compression_ratio,
          "How many times its packed size a part of a Word file may expand "
          "to.");
ABSL_FLAG(int64_t, max_archive_entries,
          gongkai::input::Limits().max_archive_entries,
          "Most files in the archive that a Word file is.");
ABSL_FLAG(int64_t, max_xml_nodes, gongkai::input::Limits().max_xml_nodes,
          "Most elements and attributes in a part of a Word file.");
ABSL_FLAG(int, max_xml_depth, gongkai::input::Limits().max_xml_depth,
          "How deep the elements of a Word file may stand in one another.");
ABSL_FLAG(int64_t, max_table_columns,
          gongkai::input::Limits().max_table_columns,
          "Most columns of a table, spans counted in full.");
ABSL_FLAG(int, max_table_nesting, gongkai::input::Limits().max_table_nesting,
          "How deep tables may stand in one another.");
ABSL_FLAG(int64_t, max_html_depth, gongkai::input::Limits().max_html_depth,
          "Deepest nesting of a web page's elements; a page with a deeper one "
          "is answered LIMIT_EXCEEDED.");
ABSL_FLAG(int64_t, max_html_nodes, gongkai::input::Limits().max_html_nodes,
          "Most tags and pieces of text in a web page; one with more is "
          "answered LIMIT_EXCEEDED.");
ABSL_FLAG(int64_t, max_html_span, gongkai::input::Limits().max_html_span,
          "Most rows or columns that a cell of a web page spans; a larger span "
          "counts as this.");
ABSL_FLAG(int64_t, max_pages, gongkai::input::Limits().max_pages,
          "Most pages of a PDF file; one with more is answered "
          "LIMIT_EXCEEDED, as for the limits that follow.");
ABSL_FLAG(int64_t, max_page_characters,
          gongkai::input::Limits().max_page_characters,
          "Most characters on a page of a PDF file.");
ABSL_FLAG(int64_t, max_pdf_milliseconds,
          gongkai::input::Limits().max_pdf_milliseconds,
          "Most CPU time for a PDF file in milliseconds.");
ABSL_FLAG(int64_t, max_memory_bytes, 0,
          "Address space of this process in bytes; 0 for no limit. Ignored in "
          "builds with a sanitizer.");
ABSL_FLAG(int64_t, max_cpu_seconds, 0,
          "CPU time of this process over all its documents, in seconds; 0 for "
          "no limit. Ignored in builds with a sanitizer.");
ABSL_FLAG(bool, dangerously_run_without_sandbox, false,
          "Start even where this machine lacks a layer of the sandbox. A "
          "document that takes this process over may then do what that layer "
          "forbids.");

namespace gongkai {
namespace {

absl::StatusOr<std::unique_ptr<const catalog::Catalog>> LoadCatalog() {
  const std::vector<std::string> files = absl::GetFlag(FLAGS_catalog);
  if (files.empty()) return catalog::Catalog::Builtin();
  return catalog::Catalog::Load(files);
}

// Gives up everything but reading documents. Errors: FailedPrecondition if
// something of it is missing that no flag allows to be.
absl::StatusOr<sandbox::Sandbox> EnterSandbox() {
  const sandbox::Sandbox entered = sandbox::EnterSandbox(
      {.socket = ipc::kWorkerSocketFd,
       .readable_directories = input::DirectoriesReadLater(),
       .max_cpu_seconds = absl::GetFlag(FLAGS_max_cpu_seconds)});
  if (entered.complete() || !sandbox::kPossible ||
      absl::GetFlag(FLAGS_dangerously_run_without_sandbox)) {
    return entered;
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "the sandbox that documents are read in is not complete. ",
      absl::StrJoin(entered.missing, ". "),
      ". Or accept that a document which takes a worker over is not held by "
      "that layer, with --dangerously_run_without_sandbox"));
}

worker::v1::Hello MakeHello(const catalog::Catalog& catalog,
                            const sandbox::Sandbox& sandbox) {
  worker::v1::Hello hello;
  hello.set_protocol_version(ipc::kProtocolVersion);
  hello.set_version(GONGKAI_VERSION);
  *hello.mutable_rules() = validate::DescribeRules(catalog);
  *hello.mutable_layouts() = catalog::DescribeTemplates(catalog);
  for (const char* type : input::kMediaTypes) hello.add_media_types(type);
  for (const catalog::Form& form : catalog.forms()) {
    hello.add_templates(form.template_id());
  }
  for (const v1::SandboxLayer layer : sandbox.layers) {
    hello.add_sandbox_layers(layer);
  }
  return hello;
}

int Main() {
  const ipc::ReadableSlots slots = ipc::PrepareWorkerProcess(
      {.max_memory_bytes = absl::GetFlag(FLAGS_max_memory_bytes)});
  absl::StatusOr<std::unique_ptr<const catalog::Catalog>> catalog =
      LoadCatalog();
  if (!catalog.ok()) {
    fprintf(stderr, "gongkai-worker: the catalogue is refused: %s\n",
            std::string(catalog.status().message()).c_str());
    return ipc::kExitBadStart;
  }
  input::Limits limits;
  limits.max_document_bytes = absl::GetFlag(FLAGS_max_document_bytes);
  limits.max_pieces = absl::GetFlag(FLAGS_max_pieces);
  limits.max_expanded_bytes = absl::GetFlag(FLAGS_max_expanded_bytes);
  limits.max_compression_ratio = absl::GetFlag(FLAGS_max_compression_ratio);
  limits.max_archive_entries = absl::GetFlag(FLAGS_max_archive_entries);
  limits.max_xml_nodes = absl::GetFlag(FLAGS_max_xml_nodes);
  limits.max_xml_depth = absl::GetFlag(FLAGS_max_xml_depth);
  limits.max_table_columns = absl::GetFlag(FLAGS_max_table_columns);
  limits.max_table_nesting = absl::GetFlag(FLAGS_max_table_nesting);
  limits.max_html_depth = absl::GetFlag(FLAGS_max_html_depth);
  limits.max_html_nodes = absl::GetFlag(FLAGS_max_html_nodes);
  limits.max_html_span = absl::GetFlag(FLAGS_max_html_span);
  limits.max_pages = absl::GetFlag(FLAGS_max_pages);
  limits.max_page_characters = absl::GetFlag(FLAGS_max_page_characters);
  limits.max_pdf_milliseconds = absl::GetFlag(FLAGS_max_pdf_milliseconds);
  process::Processor processor(**catalog, limits);
  input::Prepare();
  // From here on nothing but the tables of the PDF library is opened, and no
  // byte from outside is read yet.
  const absl::StatusOr<sandbox::Sandbox> sandbox = EnterSandbox();
  if (!sandbox.ok()) {
    fprintf(stderr, "gongkai-worker: %s\n",
            std::string(sandbox.status().message()).c_str());
    return ipc::kExitBadStart;
  }
  return ipc::RunWorker(
      slots, MakeHello(**catalog, *sandbox).SerializeAsString(),
      limits.max_document_bytes + ipc::kRequestOverhead,
      [&](ipc::JobKind kind, std::string_view request, std::string* response) {
        processor.Process(kind, request, response);
      });
}

}  // namespace
}  // namespace gongkai

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "reads annual reports for gongkaid, in a process of its own.\n"
      "It is started by gongkaid, with a socket at descriptor 3; to read a "
      "report by hand, use: gongkai check FILE");
  absl::ParseCommandLine(argc, argv);
  return gongkai::Main();
}
