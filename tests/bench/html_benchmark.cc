// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Reading web pages: clean, of a content management system, and saved by a word
// processor (the kind that must be read at 60 MB/s). Reported are the whole
// reader's bytes a second, and those of its parts and of two HTML libraries on
// the same page in the same run.

#include <benchmark/benchmark.h>
#include <gumbo.h>
#include <libxml/HTMLparser.h>

#include <map>
#include <string>

#include "tests/generator/generator.h"
#include "worker/input/html/html_page.h"
#include "worker/input/html/html_tokenizer.h"
#include "worker/input/reader.h"

namespace gongkai::input {
namespace {

using generator::Layout;

// What a word processor saves takes 90 KB and more; pages of sites are filled
// up with running text to as much.
constexpr size_t kPageBytes = 90'000;

// The page of at least about so many bytes.
const std::string& Page(Layout layout) {
  static auto* const pages = new std::map<Layout, std::string>;
  std::string& page = (*pages)[layout];
  if (page.empty()) {
    generator::Options options;
    options.seed = 4;
    options.layout = layout;
    options.form = generator::Form::k2021;
    options.variants = false;
    options.min_bytes = kPageBytes;
    page = generator::Generate(options).bytes;
  }
  return page;
}

void Finish(benchmark::State& state, const std::string& page) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(page.size()));
  state.counters["bytes"] = static_cast<double>(page.size());
}

void BM_Read(benchmark::State& state, Layout layout) {
  const std::string& page = Page(layout);
  Document document;
  for (auto _ : state) {
    if (!Read(page, Limits(), &document).ok()) state.SkipWithError("not read");
  }
  Finish(state, page);
  state.counters["pieces"] = static_cast<double>(document.pieces().size());
}

void BM_ReadGb18030(benchmark::State& state, Layout layout) {
  const std::string page =
      generator::Encode(Page(layout), generator::Encoding::kGb18030);
  Document document;
  for (auto _ : state) {
    if (!Read(page, Limits(), &document).ok()) state.SkipWithError("not read");
  }
  Finish(state, page);
}

void BM_Tokens(benchmark::State& state, Layout layout) {
  const std::string& page = Page(layout);
  for (auto _ : state) {
    HtmlTokenizer tokenizer(page);
    HtmlToken token;
    while (tokenizer.Next(&token)) benchmark::DoNotOptimize(token);
  }
  Finish(state, page);
}

void BM_Page(benchmark::State& state, Layout layout) {
  const std::string& page = Page(layout);
  HtmlPage nodes;
  for (auto _ : state) {
    benchmark::DoNotOptimize(nodes.Read(page, Limits()).ok());
  }
  Finish(state, page);
}

void BM_Gumbo(benchmark::State& state, Layout layout) {
  const std::string& page = Page(layout);
  for (auto _ : state) {
    GumboOutput* const output = gumbo_parse_with_options(
        &kGumboDefaultOptions, page.data(), page.size());
    benchmark::DoNotOptimize(output->root);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
  Finish(state, page);
}

void BM_Libxml2Tree(benchmark::State& state, Layout layout) {
  const std::string& page = Page(layout);
  for (auto _ : state) {
    const htmlDocPtr document = htmlReadMemory(
        page.data(), static_cast<int>(page.size()), nullptr, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
            HTML_PARSE_NONET | HTML_PARSE_COMPACT);
    benchmark::DoNotOptimize(document);
    xmlFreeDoc(document);
  }
  Finish(state, page);
}

// Its events alone, which tell no places and mend no tables.
void BM_Libxml2Events(benchmark::State& state, Layout layout) {
  const std::string& page = Page(layout);
  htmlSAXHandler handler = {};
  handler.startElement = [](void* count, const xmlChar*, const xmlChar**) {
    ++*static_cast<int64_t*>(count);
  };
  handler.endElement = [](void* count, const xmlChar*) {
    ++*static_cast<int64_t*>(count);
  };
  handler.characters = [](void* count, const xmlChar*, int size) {
    *static_cast<int64_t*>(count) += size;
  };
  for (auto _ : state) {
    int64_t count = 0;
    const htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(
        &handler, &count, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
    htmlParseChunk(parser, page.data(), static_cast<int>(page.size()), 1);
    htmlFreeParserCtxt(parser);
    benchmark::DoNotOptimize(count);
  }
  Finish(state, page);
}

#define GONGKAI_HTML_BENCHMARK(name)              \
  BENCHMARK_CAPTURE(name, clean, Layout::kHtml);  \
  BENCHMARK_CAPTURE(name, cms, Layout::kHtmlCms); \
  BENCHMARK_CAPTURE(name, word, Layout::kHtmlWord)

GONGKAI_HTML_BENCHMARK(BM_Read);
GONGKAI_HTML_BENCHMARK(BM_ReadGb18030);
GONGKAI_HTML_BENCHMARK(BM_Tokens);
GONGKAI_HTML_BENCHMARK(BM_Page);
GONGKAI_HTML_BENCHMARK(BM_Gumbo);
GONGKAI_HTML_BENCHMARK(BM_Libxml2Tree);
GONGKAI_HTML_BENCHMARK(BM_Libxml2Events);

#undef GONGKAI_HTML_BENCHMARK

}  // namespace
}  // namespace gongkai::input
