// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/html/html_tag.h"

#include <cstddef>

namespace gongkai::input {
namespace {

constexpr size_t kPackedName = 8;

// A name of up to eight letters as a number, in lower case. Other characters
// may come out as letters too; no name that is looked for has any of those.
constexpr uint64_t Pack(std::string_view name) {
  uint64_t packed = 0;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    packed = packed << 8 | static_cast<uint8_t>(lower);
  }
  return packed;
}

HtmlTag LongTagOf(std::string_view name) {
  const auto is = [&](std::string_view lower) {
    return name.size() == lower.size() &&
           Pack(name.substr(0, kPackedName)) ==
               Pack(lower.substr(0, kPackedName)) &&
           Pack(name.substr(kPackedName)) == Pack(lower.substr(kPackedName));
  };
  if (is("blockquote") || is("figcaption")) return HtmlTag::kBlock;
  if (is("plaintext")) return HtmlTag::kPre;
  return HtmlTag::kInline;
}

}  // namespace

HtmlTag HtmlTagOf(std::string_view name) {
  if (name.size() > kPackedName) return LongTagOf(name);
  switch (Pack(name)) {
    case Pack("a"):
      return HtmlTag::kA;
    case Pack("br"):
      return HtmlTag::kBr;
    case Pack("hr"):
      return HtmlTag::kHr;
    case Pack("img"):
    case Pack("image"):
      return HtmlTag::kImg;
    case Pack("area"):
    case Pack("base"):
    case Pack("bgsound"):
    case Pack("basefont"):
    case Pack("input"):
    case Pack("keygen"):
    case Pack("link"):
    case Pack("meta"):
    case Pack("param"):
    case Pack("source"):
    case Pack("track"):
    case Pack("wbr"):
      return HtmlTag::kVoid;
    case Pack("embed"):
    case Pack("object"):
    case Pack("frame"):
      return HtmlTag::kEmbedded;
    case Pack("html"):
    case Pack("head"):
    case Pack("body"):
    case Pack("frameset"):
      return HtmlTag::kIgnored;
    case Pack("form"):
      return HtmlTag::kForm;
    case Pack("address"):
    case Pack("article"):
    case Pack("center"):
    case Pack("details"):
    case Pack("dialog"):
    case Pack("dir"):
    case Pack("div"):
    case Pack("dl"):
    case Pack("fieldset"):
    case Pack("figure"):
    case Pack("header"):
    case Pack("hgroup"):
    case Pack("main"):
    case Pack("menu"):
    case Pack("ol"):
    case Pack("section"):
    case Pack("summary"):
    case Pack("ul"):
      return HtmlTag::kBlock;
    case Pack("p"):
      return HtmlTag::kP;
    case Pack("h1"):
    case Pack("h2"):
    case Pack("h3"):
    case Pack("h4"):
    case Pack("h5"):
    case Pack("h6"):
      return HtmlTag::kHeading;
    case Pack("li"):
      return HtmlTag::kLi;
    case Pack("dd"):
    case Pack("dt"):
      return HtmlTag::kDdDt;
    case Pack("pre"):
    case Pack("listing"):
      return HtmlTag::kPre;
    case Pack("nav"):
    case Pack("aside"):
    case Pack("footer"):
      return HtmlTag::kChrome;
    case Pack("table"):
      return HtmlTag::kTable;
    case Pack("caption"):
      return HtmlTag::kCaption;
    case Pack("tbody"):
    case Pack("thead"):
    case Pack("tfoot"):
      return HtmlTag::kRowGroup;
    case Pack("col"):
    case Pack("colgroup"):
      return HtmlTag::kColumns;
    case Pack("tr"):
      return HtmlTag::kTr;
    case Pack("td"):
      return HtmlTag::kTd;
    case Pack("th"):
      return HtmlTag::kTh;
    case Pack("audio"):
    case Pack("canvas"):
    case Pack("datalist"):
    case Pack("select"):
    case Pack("template"):
    case Pack("video"):
      return HtmlTag::kHidden;
    case Pack("math"):
    case Pack("svg"):
    case Pack("xml"):
      return HtmlTag::kForeign;
    case Pack("title"):
      return HtmlTag::kTitle;
    case Pack("script"):
      return HtmlTag::kScript;
    case Pack("iframe"):
      return HtmlTag::kIframe;
    case Pack("noembed"):
    case Pack("noframes"):
    case Pack("noscript"):
    case Pack("style"):
    case Pack("textarea"):
    case Pack("xmp"):
      return HtmlTag::kRaw;
    default:
      return HtmlTag::kInline;
  }
}

}  // namespace gongkai::input
