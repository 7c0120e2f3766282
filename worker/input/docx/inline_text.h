// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/inline_text.h
//
// The text inside a paragraph of a Word file: its runs, and what stands around
// and between them.

#ifndef GONGKAI_WORKER_INPUT_DOCX_INLINE_TEXT_H_
#define GONGKAI_WORKER_INPUT_DOCX_INLINE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pugixml.hpp"
#include "worker/input/document_builder.h"
#include "worker/input/docx/xml.h"
#include "worker/input/limits.h"

namespace gongkai::input {

// Not thread-safe.
class InlineText {
 public:
  InlineText(const XmlPart& part, const Limits& limits,
             DocumentBuilder* builder)
      : part_(part), max_depth_(limits.max_xml_depth), builder_(*builder) {}

  // Appends the text of a paragraph that stands `depth` elements deep. A line
  // break becomes '\n', a tab '\t'.
  void Read(pugi::xml_node paragraph, int depth);

  // Appends text that stands in the paragraph without being in the file.
  void Append(std::string_view text);

  // Where the line breaks are, as text_size() was before them, and what text
  // boxes are anchored in the paragraphs (<w:txbxContent>), since cleared last.
  const std::vector<size_t>& breaks() const { return breaks_; }
  void ClearBreaks() { breaks_.clear(); }
  const std::vector<pugi::xml_node>& text_boxes() const { return text_boxes_; }
  void ClearTextBoxes() { text_boxes_.clear(); }

  // A picture or an embedded object was met.
  bool has_pictures() const { return has_pictures_; }
  // Elements stood deeper than the limit, and were left out.
  bool too_deep() const { return too_deep_; }

 private:
  // What a run's properties say of its text.
  struct RunStyle {
    bool hidden = false;
    bool struck = false;
    bool raised = false;
    bool lowered = false;
    bool IsPlain() const { return !struck && !raised && !lowered; }
  };

  void ReadChildren(pugi::xml_node node, int depth);
  void ReadRun(pugi::xml_node run, int depth);
  void ReadRunContent(pugi::xml_node node, const RunStyle& style, int depth);
  RunStyle StyleOf(pugi::xml_node properties) const;
  void ReadText(pugi::xml_node node, const RunStyle& style);
  void ReadSymbol(pugi::xml_node node);
  void ReadFieldMark(std::string_view type);
  void ReadMath(pugi::xml_node node, int depth);
  void FindTextBoxes(pugi::xml_node node, int depth);
  void AppendMarked(std::string_view text, const RunStyle& style);
  void Break();
  void EndInstruction();
  bool InInstruction() const { return instructions_ > 0; }
  bool IsTooDeep(int depth);

  // Where we are in each of the fields around the present place.
  enum class Field : uint8_t { kInstruction, kResult };

  const XmlPart& part_;
  const int max_depth_;
  DocumentBuilder& builder_;
  std::vector<Field> fields_;
  int instructions_ = 0;  // how many of them are in their instruction
  std::vector<size_t> breaks_;
  std::vector<pugi::xml_node> text_boxes_;
  std::string marked_;
  bool has_pictures_ = false;
  bool too_deep_ = false;
};

// The branch of an <mc:AlternateContent> that is read.
pugi::xml_node BranchOf(const XmlPart& part, pugi::xml_node alternate);

// True for a content control (<w:sdt>) that shows its prompt because nobody
// has filled it in.
bool ShowsPrompt(const XmlPart& part, pugi::xml_node control);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_INLINE_TEXT_H_
