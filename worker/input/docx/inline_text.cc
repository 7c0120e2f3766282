// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/inline_text.h"

#include "worker/input/characters.h"
#include "worker/input/utf8.h"

namespace gongkai::input {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";
constexpr std::string_view kStroke = "\u0336";
constexpr std::string_view kRaised[] = {"⁰", "¹", "²", "³", "⁴",
                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
constexpr std::string_view kLowered[] = {"₀", "₁", "₂", "₃", "₄",
                                         "₅", "₆", "₇", "₈", "₉"};

bool IsAsciiSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The white space around a text that does not say that it counts.
std::string_view TrimAsciiSpace(std::string_view text) {
  while (!text.empty() && IsAsciiSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsAsciiSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

pugi::xml_node BranchOf(const XmlPart& part, pugi::xml_node alternate) {
  const pugi::xml_node choice = part.Child(alternate, Tag::kChoice);
  return choice.empty() ? part.Child(alternate, Tag::kFallback) : choice;
}

bool ShowsPrompt(const XmlPart& part, pugi::xml_node control) {
  const pugi::xml_node shows =
      part.Child(part.Child(control, Tag::kSdtPr), Tag::kShowingPlcHdr);
  return !shows.empty() && IsOn(shows);
}

bool InlineText::IsTooDeep(int depth) {
  too_deep_ = too_deep_ || depth > max_depth_;
  return too_deep_;
}

void InlineText::Append(std::string_view text) {
  while (!text.empty()) {
    const size_t valid = ValidUtf8Prefix(text);
    builder_.AppendText(text.substr(0, valid));
    text.remove_prefix(valid);
    if (text.empty()) return;
    builder_.AppendText(kReplacement);
    text.remove_prefix(BadUtf8Length(text));
  }
}

void InlineText::Break() {
  breaks_.push_back(builder_.text_size());
  builder_.AppendText("\n");
}

void InlineText::Read(pugi::xml_node paragraph, int depth) {
  ReadChildren(paragraph, depth + 1);
  // An instruction does not go beyond its paragraph; one without an end must
  // not hide the rest of the document.
  while (InInstruction()) {
    EndInstruction();
    fields_.pop_back();
  }
}

void InlineText::ReadChildren(pugi::xml_node node, int depth) {
  if (IsTooDeep(depth)) return;
  for (const pugi::xml_node child : node.children()) {
    switch (part_.TagOf(child)) {
      case Tag::kR:
        ReadRun(child, depth);
        break;
      case Tag::kIns:
      case Tag::kMoveTo:
      case Tag::kSmartTag:
      case Tag::kCustomXml:
      case Tag::kHyperlink:
      case Tag::kFldSimple:
      case Tag::kDir:
      case Tag::kBdo:
        ReadChildren(child, depth + 1);
        break;
      case Tag::kSdt:
        if (!ShowsPrompt(part_, child)) {
          ReadChildren(part_.Child(child, Tag::kSdtContent), depth + 1);
        }
        break;
      case Tag::kAlternateContent:
        ReadChildren(BranchOf(part_, child), depth + 1);
        break;
      case Tag::kMath:
        ReadMath(child, depth + 1);
        break;
      default:
        break;
    }
  }
}

void InlineText::ReadRun(pugi::xml_node run, int depth) {
  RunStyle style;
  const pugi::xml_node first = run.first_child();
  if (part_.TagOf(first) == Tag::kRPr) style = StyleOf(first);
  ReadRunContent(run, style, depth + 1);
}

InlineText::RunStyle InlineText::StyleOf(pugi::xml_node properties) const {
  RunStyle style;
  for (const pugi::xml_node child : properties.children()) {
    switch (part_.TagOf(child)) {
      case Tag::kVanish:
        style.hidden = IsOn(child);
        break;
      case Tag::kStrike:
      case Tag::kDstrike:
        style.struck = style.struck || IsOn(child);
        break;
      case Tag::kVertAlign: {
        const std::string_view value = Attribute(child, "val");
        style.raised = value == "superscript";
        style.lowered = value == "subscript";
        break;
      }
      default:
        break;
    }
  }
  return style;
}

void InlineText::ReadRunContent(pugi::xml_node node, const RunStyle& style,
                                int depth) {
  if (IsTooDeep(depth)) return;
  for (const pugi::xml_node child : node.children()) {
    const Tag tag = part_.TagOf(child);
    if (tag == Tag::kFldChar) {
      ReadFieldMark(Attribute(child, "fldCharType"));
      continue;
    }
    if (style.hidden || InInstruction()) continue;
    switch (tag) {
      case Tag::kT:
        ReadText(child, style);
        break;
      case Tag::kTab:
      case Tag::kPtab:
        builder_.AppendText("\t");
        break;
      case Tag::kBr:
      case Tag::kCr:
        Break();
        break;
      case Tag::kNoBreakHyphen:
        builder_.AppendText("-");
        break;
      case Tag::kSym:
        ReadSymbol(child);
        break;
      case Tag::kRuby:
        ReadChildren(part_.Child(child, Tag::kRubyBase), depth + 1);
        break;
      case Tag::kAlternateContent:
        ReadRunContent(BranchOf(part_, child), style, depth + 1);
        break;
      case Tag::kDrawing:
      case Tag::kPict:
      case Tag::kObject:
        has_pictures_ = true;
        FindTextBoxes(child, depth + 1);
        break;
      default:
        break;
    }
  }
}

void InlineText::ReadText(pugi::xml_node node, const RunStyle& style) {
  std::string_view text = node.child_value();
  if (text.empty()) return;
  if ((IsAsciiSpace(text.front()) || IsAsciiSpace(text.back())) &&
      Attribute(node, "space") != "preserve") {
    text = TrimAsciiSpace(text);
  }
  if (style.IsPlain()) {
    Append(text);
  } else {
    AppendMarked(text, style);
  }
}

// Marks digits, which would otherwise run into the number beside them.
void InlineText::AppendMarked(std::string_view text, const RunStyle& style) {
  marked_.clear();
  for (const char c : text) {
    if (c < '0' || c > '9') {
      marked_ += c;
      continue;
    }
    if (style.raised) {
      marked_ += kRaised[c - '0'];
    } else if (style.lowered) {
      marked_ += kLowered[c - '0'];
    } else {
      marked_ += c;
    }
    if (style.struck) marked_ += kStroke;
  }
  Append(marked_);
}

// A character by its number in a font of signs, as four hexadecimal digits.
void InlineText::ReadSymbol(pugi::xml_node node) {
  char32_t code = 0;
  const std::string_view digits = Attribute(node, "char");
  for (const char c : digits.substr(0, 4)) {
    const char32_t digit = c >= '0' && c <= '9'   ? c - '0'
                           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                  : 0;
    code = code << 4 | digit;
  }
  char bytes[4];
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  const size_t length =
      EncodeUtf8(code == 0 || surrogate ? 0xFFFD : code, bytes);
  builder_.AppendText(std::string_view(bytes, length));
}

void InlineText::ReadFieldMark(std::string_view type) {
  if (type == "begin") {
    if (IsTooDeep(static_cast<int>(fields_.size()))) return;
    fields_.push_back(Field::kInstruction);
    ++instructions_;
  } else if (fields_.empty()) {
    return;
  } else if (type == "separate") {
    EndInstruction();
    fields_.back() = Field::kResult;
  } else if (type == "end") {
    EndInstruction();
    fields_.pop_back();
  }
}

// The innermost field's, if it is still in it.
void InlineText::EndInstruction() {
  if (fields_.back() == Field::kInstruction) --instructions_;
}

// Formulas: the characters of a plain one as they stand, those of others with
// spaces between them.
void InlineText::ReadMath(pugi::xml_node node, int depth) {
  if (IsTooDeep(depth)) return;
  bool first = true;
  for (const pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (name.size() > 2 && name.substr(name.size() - 2) == "Pr") continue;
    if (name.size() > 1 && name.substr(name.size() - 2) == ":t") {
      Append(child.child_value());
      continue;
    }
    if (!first) builder_.AppendText(" ");
    first = false;
    ReadMath(child, depth + 1);
  }
}

void InlineText::FindTextBoxes(pugi::xml_node node, int depth) {
  if (IsTooDeep(depth)) return;
  for (const pugi::xml_node child : node.children()) {
    switch (part_.TagOf(child)) {
      case Tag::kTxbxContent:
        text_boxes_.push_back(child);
        break;
      case Tag::kAlternateContent:
        FindTextBoxes(BranchOf(part_, child), depth + 1);
        break;
      default:
        FindTextBoxes(child, depth + 1);
    }
  }
}

}  // namespace gongkai::input
