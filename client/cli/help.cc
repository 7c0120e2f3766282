// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/help.h"

namespace gongkai::cli {
namespace {

constexpr Words kOverview = {
    R"(gongkai：读取并核对政府信息公开工作年度报告

用法：
  gongkai check [参数] 文件或目录…   读取报告，核对表格和结构
  gongkai rules [参数]               列出全部核对规则
  gongkai health --server=主机:端口  询问服务器是否正常
  gongkai version                    显示版本
  gongkai help check                 说明某个命令

先试一试：
  gongkai check 某县2024年报.docx
  gongkai check --format=cells 某县2024年报.docx

不需要服务器：没有 --server 时，gongkai 在本机启动自己的工作进程。
)",
    R"(gongkai: reads and checks annual reports on open government information

Usage:
  gongkai check [FLAGS] PATH...   read reports, check tables and structure
  gongkai rules [FLAGS]           list the rules that are checked
  gongkai health --server=...     ask a server how it does
  gongkai version                 print the version
  gongkai help check              explain a command

To begin with:
  gongkai check report-2024.docx
  gongkai check --format=cells report-2024.docx

No server is needed: without --server, gongkai starts worker processes of its
own on this machine.
)"};

constexpr Words kCheck = {
    R"(gongkai check：读取报告，核对表格和结构

用法：
  gongkai check [参数] 路径…

路径是文件、目录或 zip 压缩包；目录会逐层读取其中所有非隐藏文件，但略过含有
.gongkaiignore 文件的下级目录。“-”表示标准输入。结果按给出的顺序输出。

能读的格式：文本、Markdown、网页（HTML）、Word 文档（DOCX、DOC、WPS）和带文
字的 PDF。格式按内容识别，不看扩展名。

参数：
  --format=summary    给人看：每份一行，问题列在下面，最后合计（默认）
  --format=cells      每个单元格一行 JSON：取值、状态、原文
  --format=findings   每个问题一行 JSON：规则、单元格、两边数值、差额
  --format=jsonl      每份一行 JSON：完整结果（protobuf JSON）
  --year=2024         报告自己没有写明年份时，按这一年理解
  --previous=路径     上年报告：只查一份时是文件，查多份时是目录；目录中按文件
                      名配对，名中的年份减一（“某县2024年报”配“某县2023年报”）
  --profile=名称      使用一组预设：arithmetic 只核对勾稽关系和单元格，strict
                      使用全部规则
  --disable=规则      不用这条规则；可以多次给出，末尾的 * 代表一批，如
                      --disable='wording.*'
  --enable=规则       使用默认不用的规则；与 --disable 同时给出时以它为准
  --severity=规则:级别  改为 error、warning 或 info 级
  --blank-as-zero     把空白和“/”当作 0；因此得出的问题会注明，级别降一级
  --catalog=文件,…    增加或改变规则的目录文件（文本 protobuf）
  --collection 路径…  不逐份核对，而是把这些报告相互比较：上下年结转、文字雷同、
                      同一机关重复、上下级合计
  --parents=文件      上下级关系，每行：文件或目录、制表符、上级机关名称
  --jobs=N            本机工作进程的个数，默认每个处理器一个
  --export=文件       另外写出表格：.csv、.jsonl、.sqlite 或 .xlsx；可多次给出。
                      csv 和 jsonl 的 文件 是单元格长表，旁边另有
                      文件.documents、文件.findings 和 文件.claims
  --wide              表格中另加宽表：每份报告一行，每个单元格一列
  --bom               csv 供 Excel 打开：带字节顺序标记，公式不执行
  --html=目录         另外写出核对网页：目录中的 index.html 是总表，每份报告一
                      页；用浏览器直接打开，不联网。目录须是新的，或是以前写的
                      核对网页（将被替换）
  --resume            接着做被中断的 --export 或 --html：内容相同、已有结果的不再
                      重做
  --shard=I/N         只查第 I 份（从 0 起，共 N 份），由多台机器各查一份；文件归
                      哪一份只由它的路径决定
  --server=主机:端口[,主机:端口…]
                      使用已在运行的 gongkaid，而不在本机启动；给出多个时一同
                      使用，其中的停了，文件就交给其余的
  --tls-ca=文件       服务器证书的签发机构（PEM）；给出后用 TLS 连接
  --tls-certificate=文件 --tls-key=文件
                      向服务器出示的证书和私钥（PEM）
  --token-file=文件   向服务器出示的令牌所在的文件
  --worker=程序       工作进程的程序，默认是 gongkai 旁边的 gongkai-worker
  --dangerously-run-without-sandbox
                      本机缺少沙箱的某一层时仍然启动（危险：恶意文件若攻破工作进
                      程，就不受这一层约束）
  --lang=zh|en        提示语言，默认看 LANG

例子：
  gongkai check 2024/                                 检查一个目录
  gongkai check --format=findings 2024/ > 问题.jsonl  留给其他程序
  gongkai check --format=cells a.txt | grep granted   只看“予以公开”
  iconv -f gb18030 a.txt | gongkai check -            从标准输入读
  gongkai check --server=10.0.0.5:50051 2024/         交给服务器
  gongkai check --previous=2023年报.docx 2024年报.docx  与上年核对
  gongkai check --html=核对 2024/                      写成网页，打开 核对/index.html
  gongkai check --export=a.xlsx --export=a.sqlite 2024/  写成表格和数据库
  gongkai check --resume --export=a.xlsx --export=a.sqlite 2024/  被中断后接着做
  gongkai check --disable='*' --enable=requests.balance a.txt  只用一条规则
  gongkai check --collection 2023/ 2024/              两年的报告相互比较

退出状态：
  0  没有错误级别的问题
  1  有错误级别的问题
  2  有文件无法处理，或用法不对
)",
    R"(gongkai check: reads reports and checks their tables and structure

Usage:
  gongkai check [FLAGS] PATH...

A path is a file, a directory or a zip archive. Of a directory every file is
read that is not hidden, at any depth, but for directories in it that hold a
file .gongkaiignore. "-" is the standard input. Results come in the order of the
paths.

Formats that are read: text, Markdown, web pages (HTML), Word files (DOCX, DOC,
WPS) and PDF files with text. They are told by content, never by name.

Flags:
  --format=summary    for people: a line a report, findings, totals (default)
  --format=cells      a line of JSON a cell: value, state, raw text
  --format=findings   a line of JSON a finding: rule, cells, both sides
  --format=jsonl      a line of JSON a report: the whole result, protobuf JSON
  --year=2024         the year of reports that name none themselves
  --previous=PATH     last year's report: a file for one document, a directory
                      for several; there the names pair, with every year one
                      less (a-2024.docx goes with a-2023.docx)
  --profile=NAME      a selection of rules: arithmetic for the tables alone,
                      strict for every rule
  --disable=RULE      leave a rule out; may be given again and again, and a *
                      at the end stands for many, as in --disable='wording.*'
  --enable=RULE       use a rule that is off by default; goes before --disable
  --severity=RULE:SEVERITY  grade a rule error, warning or info
  --blank-as-zero     take blank cells and "/" for 0; findings that rest on it
                      say so and are one step milder
  --catalog=FILE,...  files of a catalogue that add or change rules (text-format
                      protobuf)
  --collection PATH...
                      compare the reports with each other instead of checking
                      each: what years carry over, copied text, the same body
                      twice, sums of a hierarchy
  --parents=FILE      which body is above which; of each line a file or
                      directory, a tab, and the name of the body above
  --jobs=N            worker processes on this machine; one per processor by
                      default
  --export=FILE       write tables, too: .csv, .jsonl, .sqlite or .xlsx; several
                      may be given. Of csv and jsonl, FILE has the cells, and
                      the documents, findings and claims are beside it
  --wide              another table: a row a report, a column a cell
  --bom               csv for Excel: with a byte-order mark, formulas disarmed
  --html=DIR          write pages for review, too: DIR/index.html lists the
                      reports, and each has a page with its forms drawn and its
                      findings marked. For any browser, without a network. DIR
                      must be new, or a review, which is replaced
  --resume            go on with an --export or --html that was interrupted: what
                      has a result is not done again, as long as its content is
                      the same
  --shard=I/N         only part I (from 0) of N, so that several machines do
                      one each; a file's path decides which part it is in
  --server=HOST:PORT[,HOST:PORT...]
                      use a gongkaid that is running instead of starting one;
                      of several all are used, and the others take over when
                      one goes away
  --tls-ca=FILE       authority of the server's certificate (PEM); with it the
                      connection speaks TLS
  --tls-certificate=FILE --tls-key=FILE
                      certificate and key to show to the server (PEM)
  --token-file=FILE   file with the token to show to the server
  --worker=PROGRAM    the workers' program; gongkai-worker beside gongkai
                      by default
  --dangerously-run-without-sandbox
                      start even where this machine lacks a layer of the
                      sandbox, which then does not hold a malicious document
  --lang=zh|en        the language of messages; told by LANG by default

Examples:
  gongkai check 2024/                                    one directory
  gongkai check --format=findings 2024/ > findings.jsonl for other programs
  gongkai check --format=cells a.txt | grep granted      one row of the form
  iconv -f gb18030 a.txt | gongkai check -               standard input
  gongkai check --server=10.0.0.5:50051 2024/            leave it to a server
  gongkai check --previous=2023.docx 2024.docx           with last year's report
  gongkai check --html=review 2024/                      pages: review/index.html
  gongkai check --export=a.xlsx --export=a.sqlite 2024/  tables and a database
  gongkai check --resume --export=a.xlsx --export=a.sqlite 2024/  after a stop
  gongkai check --disable='*' --enable=requests.balance a.txt   one rule alone
  gongkai check --collection 2023/ 2024/                 two years together

Exit status:
  0  no finding of severity ERROR
  1  there are some
  2  a document could not be processed, or bad usage
)"};

constexpr Words kRules = {
    R"(gongkai rules：列出全部核对规则

用法：
  gongkai rules [参数] [规则…]

每条规则一行：编号、级别、内容，下面是依据。编号就是
gongkai check --format=findings 输出中的 "rule"。给出规则编号时只列这些；末尾的
* 代表一批。

参数：
  --format=table      每条规则一行，下面是依据（默认）
  --format=markdown   完整说明，中文与英文：docs/RULES.md
  --format=jsonl      每条规则一行 JSON：含提示文字和不误报的说明
  --server=主机:端口  列出已在运行的 gongkaid 的规则
  --tls-ca, --tls-certificate, --tls-key, --token-file
                      同 gongkai check
  --catalog=文件,…    增加或改变规则的目录文件
  --worker=程序       工作进程的程序，默认是 gongkai 旁边的 gongkai-worker
  --dangerously-run-without-sandbox
                      本机缺少沙箱的某一层时仍然启动（危险：恶意文件若攻破工作进
                      程，就不受这一层约束）
  --lang=zh|en        提示语言，默认看 LANG

例子：
  gongkai rules 'requests.*'
  gongkai rules --format=jsonl requests.balance
)",
    R"(gongkai rules: lists the rules that are checked

Usage:
  gongkai rules [FLAGS] [RULE...]

A line a rule: its id, severity and what it tests; its legal basis below. The
id is the "rule" of gongkai check --format=findings. With ids, only those are
listed; a * at the end stands for many.

Flags:
  --format=table      a line a rule, its basis below (default)
  --format=markdown   everything, in Chinese and English: docs/RULES.md
  --format=jsonl      a line of JSON a rule, with its messages and notes
  --server=HOST:PORT  the rules of a gongkaid that is running
  --tls-ca, --tls-certificate, --tls-key, --token-file
                      as with gongkai check
  --catalog=FILE,...  files of a catalogue that add or change rules
  --worker=PROGRAM    the workers' program; gongkai-worker beside gongkai
                      by default
  --dangerously-run-without-sandbox
                      start even where this machine lacks a layer of the
                      sandbox, which then does not hold a malicious document
  --lang=zh|en        the language of messages; told by LANG by default

Examples:
  gongkai rules 'requests.*'
  gongkai rules --format=jsonl requests.balance
)"};

constexpr Words kHealth = {
    R"(gongkai health：询问正在运行的 gongkaid 是否正常

用法：
  gongkai health --server=主机:端口 [参数]

按 gRPC 健康检查协议（grpc.health.v1）问一次，输出 SERVING 或 NOT_SERVING。供容
器的健康检查和脚本使用。不需要令牌。

参数：
  --server=主机:端口  问哪个服务器；也可以是 unix:/路径
  --service=名称      readiness：是否接受新的报告（默认）；liveness：进程是否正常
  --tls-ca=文件       服务器证书的签发机构（PEM）；给出后用 TLS 连接
  --tls-certificate=文件 --tls-key=文件
                      向服务器出示的证书和私钥（PEM）
  --lang=zh|en        提示语言，默认看 LANG

例子：
  gongkai health --server=127.0.0.1:50051
  gongkai health --server=unix:/run/gongkai/gongkaid.sock --service=liveness

退出状态：
  0  SERVING
  1  NOT_SERVING
  2  三秒内没有得到回答、没有这个名称，或用法不对
)",
    R"(gongkai health: asks a running gongkaid how it does

Usage:
  gongkai health --server=HOST:PORT [FLAGS]

Asks once by gRPC's health protocol (grpc.health.v1) and prints SERVING or
NOT_SERVING. For containers' health checks and for scripts. No token is needed.

Flags:
  --server=HOST:PORT  whom to ask; may be unix:/PATH
  --service=NAME      readiness, whether it takes reports (default), or
                      liveness, whether the process is well
  --tls-ca=FILE       authority of the server's certificate (PEM); with it the
                      connection speaks TLS
  --tls-certificate=FILE --tls-key=FILE
                      certificate and key to show to the server (PEM)
  --lang=zh|en        the language of messages; told by LANG by default

Examples:
  gongkai health --server=127.0.0.1:50051
  gongkai health --server=unix:/run/gongkai/gongkaid.sock --service=liveness

Exit status:
  0  SERVING
  1  NOT_SERVING
  2  no answer within three seconds, no such name, or bad usage
)"};

}  // namespace

const char* HelpText(Command topic, Language language) {
  switch (topic) {
    case Command::kCheck:
      return kCheck.In(language);
    case Command::kRules:
      return kRules.In(language);
    case Command::kHealth:
      return kHealth.In(language);
    case Command::kHelp:
    case Command::kVersion:
      break;
  }
  return kOverview.In(language);
}

}  // namespace gongkai::cli
