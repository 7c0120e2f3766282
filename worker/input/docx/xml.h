// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/docx/xml.h
//
// XML parts of Word files: parsed within limits, with the names of their
// elements told as numbers, whatever prefix the namespace has and in both its
// forms (transitional and strict).

#ifndef GONGKAI_WORKER_INPUT_DOCX_XML_H_
#define GONGKAI_WORKER_INPUT_DOCX_XML_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "pugixml.hpp"
#include "worker/input/limits.h"

namespace gongkai::input {

// The elements of WordprocessingML that are told apart, and those of other
// vocabularies that may stand among them.
enum class Tag : uint8_t {
  kOther,
  kAbstractNum,
  kAbstractNumId,
  kAltChunk,
  kAlternateContent,
  kBasedOn,
  kBdo,
  kBody,
  kBr,
  kCellDel,
  kChoice,
  kCr,
  kCustomXml,
  kDel,
  kDir,
  kDrawing,
  kDstrike,
  kFallback,
  kFldChar,
  kFldSimple,
  kGridAfter,
  kGridBefore,
  kGridCol,
  kGridSpan,
  kHMerge,
  kHidden,
  kHyperlink,
  kIlvl,
  kIns,
  kInstrText,
  kIsLgl,
  kLvl,
  kLvlOverride,
  kLvlRestart,
  kLvlText,
  kMath,
  kMoveFrom,
  kMoveTo,
  kNoBreakHyphen,
  kNum,
  kNumFmt,
  kNumId,
  kNumPr,
  kNumStyleLink,
  kObject,
  kP,
  kPPr,
  kPStyle,
  kPict,
  kPtab,
  kR,
  kRPr,
  kRuby,
  kRubyBase,
  kSdt,
  kSdtContent,
  kSdtPr,
  kShowingPlcHdr,
  kSmartTag,
  kStart,
  kStartOverride,
  kStrike,
  kStyle,
  kSuff,
  kSym,
  kT,
  kTab,
  kTbl,
  kTblGrid,
  kTc,
  kTcPr,
  kTr,
  kTrPr,
  kTxbxContent,
  kVMerge,
  kVanish,
  kVertAlign,
};

// A parsed part. The nodes live as long as it does.
class XmlPart {
 public:
  XmlPart() = default;
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;

  // Where the part's text is to be put before Parse().
  std::string* content() { return &content_; }

  // Parses the content in its place. Errors are rejections: MALFORMED (no XML,
  // a document type declaration), LIMIT_EXCEEDED (nodes).
  absl::Status Parse(const Limits& limits);

  pugi::xml_node root() const { return document_.document_element(); }

  Tag TagOf(pugi::xml_node node) const;

  // The first child with the tag; a null node if there is none.
  pugi::xml_node Child(pugi::xml_node node, Tag tag) const;

 private:
  void FindPrefix();

  std::string content_;
  pugi::xml_document document_;
  // The prefix of WordprocessingML with its colon, or "" if it has none.
  std::string_view prefix_ = "w:";
};

// The value of the attribute with this local name, whatever its prefix; "" if
// there is none.
std::string_view Attribute(pugi::xml_node node, std::string_view name);

// Its value as a number: `otherwise` if there is none, at most the largest
// int32_t.
int32_t NumberAttribute(pugi::xml_node node, std::string_view name,
                        int32_t otherwise);

// A switch such as <w:vanish/>: on, unless it says that it is off.
bool IsOn(pugi::xml_node node);

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOCX_XML_H_
