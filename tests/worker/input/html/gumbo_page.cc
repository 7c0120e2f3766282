// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/worker/input/html/gumbo_page.h"

#include <gumbo.h>
#include <string.h>

#include <cctype>
#include <set>

#include "worker/input/html/html_entities.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

constexpr std::string_view kParagraphEnd = "¶";

// Puts the line together.
class Line {
 public:
  void Text(std::string_view text) {
    for (const char c : text) {
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') {
        out_ += c;
      }
    }
  }
  // At a paragraph's end there is one already.
  void EndParagraph() {
    if (!out_.empty() && out_.back() != '(' && out_.back() != '}' &&
        !EndsWith(kParagraphEnd)) {
      out_ += kParagraphEnd;
    }
  }
  void EndLine() { out_ += "⏎"; }
  void Mark(std::string_view mark) {
    if (EndsWith(kParagraphEnd))
      out_.resize(out_.size() - kParagraphEnd.size());
    out_ += mark;
  }
  std::string Take() {
    Mark("");
    return std::move(out_);
  }

 private:
  bool EndsWith(std::string_view end) const {
    return out_.size() >= end.size() &&
           out_.compare(out_.size() - end.size(), end.size(), end) == 0;
  }
  std::string out_;
};

const std::set<std::string_view>& Blocks() {
  static const auto* const blocks = new std::set<std::string_view>{
      "address", "article", "aside", "blockquote", "center", "dd",
      "details", "dir",     "div",   "dl",         "dt",     "fieldset",
      "figure",  "footer",  "form",  "h1",         "h2",     "h3",
      "h4",      "h5",      "h6",    "header",     "hr",     "li",
      "main",    "menu",    "nav",   "ol",         "p",      "pre",
      "section", "summary", "ul",    "figcaption", "hgroup", "listing",
      "dialog"};
  return *blocks;
}

const std::set<std::string_view>& NotShown() {
  static const auto* const names = new std::set<std::string_view>{
      "script",   "style", "title", "noscript", "textarea", "iframe",
      "select",   "svg",   "math",  "xml",      "template", "noembed",
      "noframes", "video", "audio", "canvas",   "xmp"};
  return *names;
}

std::string NameOf(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) {
    return gumbo_normalized_tagname(element.tag);
  }
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  std::string name(piece.data, piece.length);
  for (char& c : name) c = static_cast<char>(std::tolower(c));
  return name;
}

const char* AttributeOf(const GumboElement& element, const char* name) {
  const GumboAttribute* const attribute =
      gumbo_get_attribute(&element.attributes, name);
  return attribute == nullptr ? nullptr : attribute->value;
}

bool IsHidden(const GumboElement& element) {
  if (AttributeOf(element, "hidden") != nullptr) return true;
  const char* const height = AttributeOf(element, "height");
  if (element.tag == GUMBO_TAG_TR && height != nullptr &&
      strcmp(height, "0") == 0) {
    return true;
  }
  const char* const style = AttributeOf(element, "style");
  if (style == nullptr) return false;
  std::string text;
  for (const char* c = style; *c != '\0'; ++c) {
    if (*c != ' ') text += static_cast<char>(std::tolower(*c));
  }
  return text.find("display:none") != std::string::npos;
}

std::string SpanOf(const GumboElement& element, const char* name) {
  const char* const value = AttributeOf(element, name);
  return value == nullptr ? "1" : value;
}

void Walk(const GumboNode* node, Line* line) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
    line->Text(node->v.text.text);
    return;
  }
  if (node->type != GUMBO_NODE_ELEMENT) return;
  const GumboElement& element = node->v.element;
  const std::string name = NameOf(element);
  if (NotShown().count(name) > 0 || IsHidden(element)) return;
  if (name == "br") return line->EndLine();
  const bool block = Blocks().count(name) > 0;
  const bool cell = name == "td" || name == "th" || name == "caption";
  if (block) line->EndParagraph();
  if (name == "table") line->Mark("T{");
  if (name == "tr" || name == "caption") line->Mark("R");
  if (cell) {
    line->Mark("C" + SpanOf(element, "colspan") + "x" +
               SpanOf(element, "rowspan") + "(");
  }
  for (unsigned i = 0; i < element.children.length; ++i) {
    Walk(static_cast<const GumboNode*>(element.children.data[i]), line);
  }
  if (cell) line->Mark(")");
  if (name == "table") line->Mark("}");
  if (block) line->EndParagraph();
}

std::string Resolve(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const HtmlEntity entity =
        text[at] == '&' ? ReadHtmlEntity(text.substr(at)) : HtmlEntity();
    if (entity.length == 0) {
      out += text[at++];
      continue;
    }
    char bytes[4];
    out.append(bytes, EncodeUtf8(entity.code, bytes));
    at += entity.length;
  }
  return out;
}

}  // namespace

std::string ShowByGumbo(std::string_view page) {
  GumboOutput* const output =
      gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  Line line;
  Walk(output->root, &line);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return line.Take();
}

std::string Show(const HtmlPage& page) {
  using Kind = HtmlNode::Kind;
  Line line;
  for (uint32_t n = page.first(); n != 0; n = page[n].next) {
    const HtmlNode& node = page[n];
    switch (node.kind) {
      case Kind::kText:
        line.Text(
            Resolve(page.text().substr(node.begin, node.end - node.begin)));
        break;
      case Kind::kLineEnd:
        line.EndLine();
        break;
      case Kind::kParagraph:
        line.EndParagraph();
        break;
      case Kind::kPicture:
        break;
      case Kind::kTable:
        line.Mark("T{");
        break;
      case Kind::kTableEnd:
        line.Mark("}");
        break;
      case Kind::kRow:
        line.Mark("R");
        break;
      case Kind::kCell:
        line.Mark("C" + std::to_string(node.begin) + "x" +
                  std::to_string(node.end) + "(");
        break;
      case Kind::kCellEnd:
        line.Mark(")");
        break;
    }
  }
  return line.Take();
}

}  // namespace gongkai::input
