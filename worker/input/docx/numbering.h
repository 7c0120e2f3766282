// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/numbering.h
//
// The numbers that Word prints before paragraphs of its lists.

#ifndef GONGKAI_WORKER_INPUT_DOCX_NUMBERING_H_
#define GONGKAI_WORKER_INPUT_DOCX_NUMBERING_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pugixml.hpp"
#include "worker/input/docx/xml.h"

namespace gongkai::input {

// Counts the lists of one document. Not thread-safe.
class DocxNumbering {
 public:
  // Reads the definitions of lists and the styles that number their
  // paragraphs. Both parts must outlive this object.
  void LoadLists(const XmlPart& numbering);
  void LoadStyles(const XmlPart& styles);

  // The next paragraph has these properties (<w:pPr>, in `part`; may be null).
  // Counts it and returns the number that stands before it, followed by a space
  // where its last character is ASCII and something parts it from the text;
  // empty for a paragraph without one and for bullets.
  std::string Next(const XmlPart& part, pugi::xml_node properties);

 private:
  static constexpr int kLevels = 9;
  static constexpr int64_t kNone = -1;

  struct Level {
    int64_t start = 1;
    // The deepest outer level whose numbers start this one anew, counted from
    // 1; 0 for none, -1 for every one.
    int32_t restart = -1;
    bool legal = false;  // all numbers in Arabic digits
    std::string_view format;
    std::string_view text;
    std::string_view suffix;
  };
  struct List {
    std::array<Level, kLevels> levels;
    // The last number of each level; kNone before the first.
    std::array<int64_t, kLevels> last;
    List() { last.fill(kNone); }
    std::string_view style_link;
  };
  // An instance of a list.
  struct Instance {
    int list = -1;
    // The number of its first paragraph, where it is not the list's next one.
    std::array<int64_t, kLevels> start_override;
    std::array<bool, kLevels> used{};
    Instance() { start_override.fill(kNone); }
  };
  struct Style {
    int32_t number_id = -1;  // -1: has none of its own
    int32_t level = -1;
    std::string_view based_on;
  };

  void LoadList(const XmlPart& part, pugi::xml_node node);
  void LoadLevel(const XmlPart& part, pugi::xml_node node, List* list);
  void LoadInstance(const XmlPart& part, pugi::xml_node node);
  void FollowStyleLinks();
  Style Resolve(std::string_view style) const;
  std::string Text(const List& list, int level) const;

  std::vector<List> lists_;
  std::unordered_map<int32_t, int> list_of_abstract_;
  std::unordered_map<int32_t, Instance> instances_;
  std::unordered_map<std::string_view, Style> styles_;
  std::string_view default_style_;
};

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_NUMBERING_H_
