// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/document_builder.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "worker/input/document.h"

namespace gongkai::input {
namespace {

// A page of a print: two words of one cell, and a word on the next page.
void FillPages(Document* document) {
  DocumentBuilder builder(Limits(), document);
  builder.BeginExtraction(4);
  builder.BeginBlock(BlockKind::kGrid);
  builder.BeginRow();
  builder.BeginLocation({.page = 1, .box = {10, 20, 30, 40}});
  builder.AppendText("受理 ");
  builder.BeginLocation({.page = 1, .box = {35, 18, 60, 42}});
  builder.AppendText("件数 ");
  builder.AddPieceAt(0, builder.text_size());
  const size_t second = builder.text_size();
  builder.BeginLocation({.page = 2, .box = {5, 6, 7, 8}});
  builder.AppendText("12");
  builder.AddPieceAt(second, builder.text_size());
  builder.EndBlock();
  builder.EndDecoding();
}

TEST(DocumentBuilder, PiecesAddedByOffsetAreTrimmedViewsOfTheText) {
  Document document;
  FillPages(&document);
  ASSERT_EQ(document.pieces().size(), 2u);
  EXPECT_EQ(document.pieces()[0].text, "受理 件数");
  EXPECT_EQ(document.pieces()[1].text, "12");
  EXPECT_EQ(document.text(), "受理 件数 12");
  ASSERT_EQ(document.blocks().size(), 1u);
  EXPECT_EQ(document.blocks()[0].row_count, 1u);
}

TEST(DocumentBuilder, ABoxHoldsAllWordsOfThePartOnItsPage) {
  Document document;
  FillPages(&document);
  ASSERT_TRUE(document.has_locations());
  const Location both = document.LocationOf(document.pieces()[0].text);
  EXPECT_EQ(both.page, 1);
  EXPECT_EQ(both.box.left, 10);
  EXPECT_EQ(both.box.top, 18);
  EXPECT_EQ(both.box.right, 60);
  EXPECT_EQ(both.box.bottom, 42);
  const Location across = document.LocationOf(document.text());
  EXPECT_EQ(across.page, 1);
  EXPECT_EQ(across.box.right, 60);
  EXPECT_EQ(document.LocationOf(document.pieces()[1].text).page, 2);
}

TEST(DocumentBuilder, AnExtractedTextHasNoBytesInTheOriginal) {
  Document document;
  FillPages(&document);
  const SourceRange range = document.SourceOf(document.pieces()[1].text);
  EXPECT_EQ(range.begin, 0);
  EXPECT_EQ(range.end, 0);
}

TEST(DocumentBuilder, WhatIsPassedOverInTheOriginalIsNoPlaceOfTheText) {
  const std::string original = "<b>12</b>345&nbsp;67";
  Document document;
  DocumentBuilder builder(Limits(), &document);
  builder.BeginDecoding(Encoding::kUtf8, 16);
  builder.BeginBlock(BlockKind::kParagraph);
  builder.BeginRow();
  builder.AppendUtf8("12", 3);
  builder.AppendUtf8("345", 9);
  builder.AppendCharacter(0xA0, 12, 6);
  builder.AppendRun("67", 1, 18, 1);
  builder.AddPieceAt(0, builder.text_size());
  builder.EndBlock();
  builder.EndDecoding();
  const auto original_of = [&](size_t begin, size_t size) {
    const SourceRange range =
        document.SourceOf(document.text().substr(begin, size));
    return original.substr(range.begin, range.end - range.begin);
  };
  EXPECT_EQ(original_of(0, 2), "12");
  EXPECT_EQ(original_of(1, 2), "2</b>3");
  EXPECT_EQ(original_of(2, 3), "345");
  EXPECT_EQ(original_of(5, 2), "&nbsp;");
  EXPECT_EQ(original_of(7, 2), "67");
}

TEST(DocumentBuilder, ADocumentThatIsUsedAgainForgetsLocations) {
  Document document;
  FillPages(&document);
  const std::string text = "概述";
  DocumentBuilder builder(Limits(), &document);
  builder.UseText(text, 3);
  builder.AddParagraph(builder.text());
  EXPECT_FALSE(document.has_locations());
  EXPECT_EQ(document.SourceOf(document.text()).begin, 3);
}

TEST(DocumentBuilder, PastTheLimitNothingIsAdded) {
  Document document;
  Limits limits;
  limits.max_pieces = 1;
  DocumentBuilder builder(limits, &document);
  builder.BeginExtraction(0);
  builder.BeginBlock(BlockKind::kCells);
  builder.BeginRow();
  builder.AppendText("12");
  builder.AddPieceAt(0, 1);
  EXPECT_FALSE(builder.full());
  builder.AddPieceAt(1, 2);
  EXPECT_TRUE(builder.full());
  builder.EndDecoding();
  EXPECT_EQ(builder.piece_count(), 1u);
}

}  // namespace
}  // namespace gongkai::input
