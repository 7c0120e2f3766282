// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/docx/numbering.h"

#include <algorithm>
#include <iterator>

#include "worker/input/list_number.h"

namespace gongkai::input {
namespace {

// Longer texts before a paragraph are no numbers. Bounds what a list adds to
// the text.
constexpr size_t kLongestNumber = 128;

// Styles that are based on one another further than this go round in a circle.
constexpr int kDeepestStyle = 32;

// Further lists are not counted: Word itself makes no more. Bounds memory.
constexpr size_t kMostLists = 4096;

}  // namespace

void DocxNumbering::LoadLists(const XmlPart& numbering) {
  for (const pugi::xml_node node : numbering.root().children()) {
    const Tag tag = numbering.TagOf(node);
    if (tag == Tag::kAbstractNum) LoadList(numbering, node);
    if (tag == Tag::kNum) LoadInstance(numbering, node);
  }
}

void DocxNumbering::LoadList(const XmlPart& part, pugi::xml_node node) {
  if (lists_.size() >= kMostLists) return;
  const int32_t id = NumberAttribute(node, "abstractNumId", -1);
  list_of_abstract_.emplace(id, static_cast<int>(lists_.size()));
  List& list = lists_.emplace_back();
  for (const pugi::xml_node child : node.children()) {
    const Tag tag = part.TagOf(child);
    if (tag == Tag::kLvl) LoadLevel(part, child, &list);
    if (tag == Tag::kNumStyleLink) list.style_link = Attribute(child, "val");
  }
}

void DocxNumbering::LoadLevel(const XmlPart& part, pugi::xml_node node,
                              List* list) {
  const int32_t number = NumberAttribute(node, "ilvl", -1);
  if (number < 0 || number >= kLevels) return;
  Level& level = list->levels[number];
  level = {};
  level.format = "decimal";
  for (const pugi::xml_node child : node.children()) {
    switch (part.TagOf(child)) {
      case Tag::kStart:
        level.start = NumberAttribute(child, "val", 1);
        break;
      case Tag::kNumFmt:
        level.format = Attribute(child, "val");
        break;
      case Tag::kAlternateContent: {
        // Formats that are newer than the schema stand in here.
        const pugi::xml_node format =
            part.Child(part.Child(child, Tag::kFallback), Tag::kNumFmt);
        if (!format.empty()) level.format = Attribute(format, "val");
        break;
      }
      case Tag::kLvlText:
        level.text = Attribute(child, "val");
        break;
      case Tag::kLvlRestart:
        level.restart = NumberAttribute(child, "val", -1);
        break;
      case Tag::kIsLgl:
        level.legal = IsOn(child);
        break;
      case Tag::kSuff:
        level.suffix = Attribute(child, "val");
        break;
      default:
        break;
    }
  }
}

// An instance whose levels are its own gets a list of its own.
void DocxNumbering::LoadInstance(const XmlPart& part, pugi::xml_node node) {
  const pugi::xml_node abstract = part.Child(node, Tag::kAbstractNumId);
  const auto found =
      list_of_abstract_.find(NumberAttribute(abstract, "val", -1));
  if (found == list_of_abstract_.end()) return;
  Instance instance;
  instance.list = found->second;
  bool own = false;
  for (const pugi::xml_node override : node.children()) {
    if (part.TagOf(override) != Tag::kLvlOverride) continue;
    const int32_t level = NumberAttribute(override, "ilvl", -1);
    if (level < 0 || level >= kLevels) continue;
    for (const pugi::xml_node child : override.children()) {
      const Tag tag = part.TagOf(child);
      if (tag == Tag::kStartOverride) {
        instance.start_override[level] = NumberAttribute(child, "val", 1);
      } else if (tag == Tag::kLvl) {
        if (!own && lists_.size() < kMostLists) {
          lists_.push_back(List(lists_[instance.list]));
          instance.list = static_cast<int>(lists_.size()) - 1;
          own = true;
        }
        if (own) LoadLevel(part, child, &lists_[instance.list]);
      }
    }
  }
  instances_.emplace(NumberAttribute(node, "numId", -1), instance);
}

void DocxNumbering::LoadStyles(const XmlPart& styles) {
  for (const pugi::xml_node node : styles.root().children()) {
    if (styles.TagOf(node) != Tag::kStyle) continue;
    const std::string_view type = Attribute(node, "type");
    if (type != "paragraph" && type != "numbering") continue;
    const std::string_view id = Attribute(node, "styleId");
    Style style;
    for (const pugi::xml_node child : node.children()) {
      const Tag tag = styles.TagOf(child);
      if (tag == Tag::kBasedOn) style.based_on = Attribute(child, "val");
      if (tag != Tag::kPPr) continue;
      const pugi::xml_node number = styles.Child(child, Tag::kNumPr);
      style.number_id =
          NumberAttribute(styles.Child(number, Tag::kNumId), "val", -1);
      style.level =
          NumberAttribute(styles.Child(number, Tag::kIlvl), "val", -1);
    }
    if (type == "paragraph" && Attribute(node, "default") == "1") {
      default_style_ = id;
    }
    styles_.emplace(id, style);
  }
  FollowStyleLinks();
}

// A list may say no more than that a style has it.
void DocxNumbering::FollowStyleLinks() {
  for (List& list : lists_) {
    if (list.style_link.empty()) continue;
    const auto style = styles_.find(list.style_link);
    if (style == styles_.end()) continue;
    const auto instance = instances_.find(style->second.number_id);
    if (instance == instances_.end()) continue;
    list.levels = lists_[instance->second.list].levels;
  }
}

// What the style says, or what it is based on.
DocxNumbering::Style DocxNumbering::Resolve(std::string_view name) const {
  Style resolved;
  for (int depth = 0; depth < kDeepestStyle; ++depth) {
    const auto found = styles_.find(name);
    if (found == styles_.end()) break;
    const Style& style = found->second;
    if (resolved.number_id < 0) resolved.number_id = style.number_id;
    if (resolved.level < 0) resolved.level = style.level;
    if (resolved.number_id >= 0 || style.based_on.empty()) break;
    name = style.based_on;
  }
  return resolved;
}

std::string DocxNumbering::Next(const XmlPart& part,
                                pugi::xml_node properties) {
  if (instances_.empty()) return "";
  std::string_view style = default_style_;
  int32_t number_id = -1;
  int32_t level = -1;
  for (const pugi::xml_node child : properties.children()) {
    const Tag tag = part.TagOf(child);
    if (tag == Tag::kPStyle) style = Attribute(child, "val");
    if (tag != Tag::kNumPr) continue;
    number_id = NumberAttribute(part.Child(child, Tag::kNumId), "val", -1);
    level = NumberAttribute(part.Child(child, Tag::kIlvl), "val", -1);
  }
  if (number_id < 0) {
    const Style resolved = Resolve(style);
    number_id = resolved.number_id;
    if (level < 0) level = resolved.level;
  }
  level = std::max(level, 0);
  const auto found = instances_.find(number_id);
  if (number_id <= 0 || level >= kLevels || found == instances_.end()) {
    return "";
  }

  Instance& instance = found->second;
  List& list = lists_[instance.list];
  const bool overridden =
      !instance.used[level] && instance.start_override[level] != kNone;
  instance.used[level] = true;
  if (overridden) {
    list.last[level] = instance.start_override[level];
  } else if (list.last[level] == kNone) {
    list.last[level] = list.levels[level].start;
  } else {
    ++list.last[level];
  }
  for (int deeper = level + 1; deeper < kLevels; ++deeper) {
    const int32_t restart = list.levels[deeper].restart;
    if (restart < 0 || level < restart) list.last[deeper] = kNone;
  }
  return Text(list, level);
}

std::string DocxNumbering::Text(const List& list, int level) const {
  const Level& own = list.levels[level];
  if (own.format == "bullet" || own.text.size() > kLongestNumber) return "";
  std::string text;
  for (size_t i = 0; i < own.text.size(); ++i) {
    const bool place = own.text[i] == '%' && i + 1 < own.text.size() &&
                       own.text[i + 1] >= '1' && own.text[i + 1] <= '9';
    if (!place) {
      text += own.text[i];
      continue;
    }
    const int outer = own.text[++i] - '1';
    const Level& other = list.levels[outer];
    if (other.format == "none") continue;
    // An outer level that has no number yet shows its first.
    const int64_t number =
        list.last[outer] != kNone ? list.last[outer] : other.start;
    text += FormatListNumber(number, own.legal ? "decimal" : other.format);
    if (text.size() > kLongestNumber) return "";
  }
  const bool parted = own.suffix != "nothing";
  if (parted && !text.empty() && static_cast<uint8_t>(text.back()) < 0x80) {
    text += ' ';
  }
  return text;
}

}  // namespace gongkai::input
