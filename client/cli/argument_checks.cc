// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/argument_checks.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace gongkai::cli {
namespace {

absl::Status Refuse(const Arguments& arguments, Words words) {
  return absl::InvalidArgumentError(words.In(arguments.language));
}

absl::Status CheckHealth(const Arguments& arguments) {
  if (arguments.server.empty()) {
    return Refuse(arguments,
                  {"gongkai health 需要知道问谁：--server=主机:端口",
                   "gongkai health must know whom to ask: --server=HOST:PORT"});
  }
  if (absl::StrContains(arguments.server, ',')) {
    // One that does well would hide one that does not.
    return Refuse(arguments, {"gongkai health 一次只问一个服务器",
                              "gongkai health asks one server at a time"});
  }
  if (!arguments.paths.empty()) {
    return Refuse(arguments,
                  {"gongkai health 不读文件；要问的名称写作 --service=名称",
                   "gongkai health reads no files; the name to ask for is "
                   "given as --service=NAME"});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckTogether(const Arguments& arguments) {
  if (arguments.command == Command::kHealth) return CheckHealth(arguments);
  if (arguments.command == Command::kCheck && arguments.paths.empty()) {
    return Refuse(arguments,
                  {"gongkai check 需要至少一个文件或目录",
                   "gongkai check needs at least one file or directory"});
  }
  if (!arguments.server.empty() && !arguments.catalogs.empty()) {
    return Refuse(
        arguments,
        {"--catalog 不能与 --server 同用：服务器的规则由 gongkaid --catalog "
         "给出",
         "--catalog does not go with --server: the rules of a server are "
         "given to gongkaid --catalog"});
  }
  if (!arguments.server.empty() && arguments.jobs != 0) {
    return Refuse(
        arguments,
        {"--jobs 不能与 --server 同用：服务器的工作进程数由 gongkaid "
         "--workers 给出",
         "--jobs does not go with --server: the workers of a server are "
         "given to gongkaid --workers"});
  }
  if (!arguments.server.empty() && arguments.without_sandbox) {
    return absl::InvalidArgumentError(absl::StrCat(
        kWithoutSandbox,
        Words{" 不能与 --server 同用：请把它交给 gongkaid",
              " does not go with --server: it is gongkaid's to be given"}
            .In(arguments.language)));
  }
  const CredentialFiles& files = arguments.credentials;
  if (arguments.server.empty() &&
      !(files.ca_file.empty() && files.certificate_file.empty() &&
        files.key_file.empty() && files.token_file.empty())) {
    return Refuse(
        arguments,
        {"--tls-ca、--tls-certificate、--tls-key 和 --token-file 只与 "
         "--server 一起使用",
         "--tls-ca, --tls-certificate, --tls-key and --token-file go with "
         "--server"});
  }
  if (absl::StrContains(arguments.server, ',') &&
      !(files.ca_file.empty() && files.certificate_file.empty())) {
    // gRPC would look for the whole list in the certificates.
    return Refuse(
        arguments,
        {"用 TLS 连接时 --server 只能给一个主机名；要用多台，请用解析到多个"
         "地址的一个域名",
         "with TLS, --server takes one host name; for several servers use "
         "one name that resolves to all of their addresses"});
  }
  if (arguments.collection && arguments.format == OutputFormat::kCells) {
    return Refuse(arguments, {"--collection 没有 cells 格式",
                              "--collection has no format \"cells\""});
  }
  if (arguments.exports.empty() &&
      (arguments.wide || arguments.spreadsheet_csv)) {
    return Refuse(arguments, {"--wide 和 --bom 只与 --export=文件 一起使用",
                              "--wide and --bom go with --export=FILE"});
  }
  if (arguments.resume && !arguments.writes_files()) {
    return Refuse(arguments,
                  {"--resume 只与 --export=文件 或 --html=目录 一起使用",
                   "--resume goes with --export=FILE or --html=DIR"});
  }
  if (arguments.collection && arguments.writes_files()) {
    return Refuse(
        arguments,
        {"--collection 不写表格和网页，请不要与 --export 或 --html 同用",
         "--collection writes no tables or pages and does not go with --export "
         "or --html"});
  }
  if (arguments.collection && arguments.shard.count > 1) {
    return Refuse(
        arguments,
        {"--collection 要把全部报告放在一起比较，不能与 --shard 同用",
         "--collection compares all reports with each other and does not go "
         "with --shard"});
  }
  if (!arguments.collection && !arguments.parents.empty()) {
    return Refuse(arguments, {"--parents 只与 --collection 一起使用",
                              "--parents goes with --collection"});
  }
  return absl::OkStatus();
}

}  // namespace gongkai::cli
