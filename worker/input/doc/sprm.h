// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: worker/input/doc/sprm.h
//
// Single property modifiers ("sprms"): how a Word document writes what differs
// from the usual in a paragraph, a run of characters or a row of a table.

#ifndef GONGKAI_WORKER_INPUT_DOC_SPRM_H_
#define GONGKAI_WORKER_INPUT_DOC_SPRM_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "worker/input/doc/little_endian.h"

namespace gongkai::input {

// Those that tell text from what is not shown, and tables from paragraphs. In
// brackets the name in [MS-DOC].
enum Sprm : uint16_t {
  kCharacterDeleted = 0x0800,        // by a tracked change (sprmCFRMarkDel)
  kCharacterHidden = 0x083C,         // (sprmCFVanish)
  kCharacterSpecial = 0x0855,        // is no text (sprmCFSpec)
  kCharacterSymbol = 0x6A09,         // font and character (sprmCSymbol)
  kParagraphInTable = 0x2416,        // (sprmPFInTable)
  kParagraphEndsRow = 0x2417,        // (sprmPFTtp)
  kParagraphDepth = 0x6649,          // of tables (sprmPItap)
  kParagraphDepthMore = 0x664A,      // added to it (sprmPDtap)
  kParagraphEndsInnerCell = 0x244B,  // (sprmPFInnerTableCell)
  kParagraphEndsInnerRow = 0x244C,   // (sprmPFInnerTtp)
  kParagraphElsewhere = 0x6646,      // in the data stream (sprmPHugePapx)
  kParagraphElsewhere2 = 0x6645,     // the same by another number
  kParagraphList = 0x460B,           // its use (sprmPIlfo)
  kParagraphListLevel = 0x260A,      // (sprmPIlvl)
  kParagraphTabs = 0xC615,           // (sprmPChgTabs)
  kTableDefinition = 0xD608,         // (sprmTDefTable)
  kTableDefinitionOld = 0xD606,      // (sprmTDefTable10)
  kTableMerge = 0x5624,              // (sprmTMerge)
  kTableSplit = 0x5625,              // (sprmTSplit)
  kTableVerticalMerge = 0xD62B,      // (sprmTVertMerge)
};

// The operand's size for the modifier at the front of `group`, without its
// number; what the size field of a variable one takes is part of it.
inline size_t OperandSize(std::string_view group) {
  const uint16_t sprm = U16(group, 0);
  switch (sprm >> 13) {
    case 0:
    case 1:
      return 1;
    case 2:
    case 4:
    case 5:
      return 2;
    case 3:
      return 4;
    case 7:
      return 3;
  }
  if (sprm == kTableDefinition || sprm == kTableDefinitionOld) {
    return size_t{1} + U16(group, 2);  // the size counts one byte too many
  }
  const size_t size = U8(group, 2);
  if (sprm == kParagraphTabs && size == 0xFF) {
    // Too long for its size byte: two lists, each behind its length.
    const size_t deleted = size_t{4} * U8(group, 3);
    const size_t added = size_t{3} * U8(group, 4 + deleted);
    return 3 + deleted + added;
  }
  return 1 + size;
}

// Calls `use(sprm, operand)` for every modifier of a group, in order. Ends at
// the first that is cut off.
template <typename Use>
void ForEachSprm(std::string_view group, Use use) {
  while (group.size() > 2) {
    const size_t size = OperandSize(group);
    if (2 + size > group.size()) return;
    use(U16(group, 0), group.substr(2, size));
    group.remove_prefix(2 + size);
  }
}

// A switch that is set or not; values from 0x80 on refer to a style's.
inline bool IsSet(std::string_view operand) {
  return U8(operand, 0) == 1 || U8(operand, 0) == 0x81;
}

}  // namespace gongkai::input

#endif  // GONGKAI_WORKER_INPUT_DOC_SPRM_H_
