// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/input/pdf/poppler_file.h"

#include <ErrorCodes.h>
#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <Object.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <UTF.h>
#include <goo/GooString.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "worker/input/pdf/glyph_code.h"
#include "worker/input/pdf/watched_stream.h"
#include "worker/input/rejection.h"

namespace gongkai::input::pdf {
namespace {

// Poppler's own unit is the point where the resolution is 72 to the inch.
constexpr double kResolution = 72;

// A drawn line is no thicker than this, a shade is.
constexpr double kThickestRule = 3;

// Fonts state odd heights; a box that is used to find lines of text should be
// near the characters.
constexpr double kHighestAscent = 0.9;
constexpr double kLowestDescent = -0.25;

absl::Status Damaged() {
  return Reject(v1::OUTCOME_MALFORMED,
                "PDF 文件已损坏，无法打开。请重新导出或下载后再提交。",
                "The PDF file is damaged and cannot be opened. Export or "
                "download it again, then submit it.");
}

absl::Status Encrypted() {
  return Reject(v1::OUTCOME_UNSUPPORTED_FORMAT,
                "PDF 文件设有打开密码，无法读取。请取消密码后再提交。",
                "The PDF file needs a password to be opened. Remove the "
                "password and submit it again.");
}

absl::Status PastLimit(const std::string& chinese, const std::string& english) {
  return Reject(v1::OUTCOME_LIMIT_EXCEEDED,
                "PDF 文件" + chinese + "。请只提交年度报告本身。",
                "The PDF file " + english + ". Submit the report alone.");
}

absl::Status OutOfTime(int64_t milliseconds) {
  const std::string limit = std::to_string(milliseconds);
  return PastLimit("太复杂，" + limit + " 毫秒内读不完",
                   "is too complex to be read within " + limit + " ms");
}

// Keeps the characters and the straight lines that Poppler shows it.
class Collector : public OutputDev {
 public:
  Collector(PageContent* page, int64_t max_glyphs, Watch* watch)
      : page_(*page), max_glyphs_(max_glyphs), watch_(*watch) {}

  // Turns the page upright if most of its text is not. Call once, at the end.
  void Finish();

  bool has_too_many_glyphs() const { return too_many_glyphs_; }
  static bool ShouldStop(void* collector) {
    auto& self = *static_cast<Collector*>(collector);
    return self.too_many_glyphs_ || self.watch_.Check();
  }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool needNonText() override { return false; }

  void drawChar(GfxState* state, double x, double y, double dx, double dy,
                double origin_x, double origin_y, CharCode code, int bytes,
                const Unicode* unicode, int length) override;
  void beginActualText(GfxState* state, const GooString* text) override;
  void endActualText(GfxState* state) override;
  void stroke(GfxState* state) override { AddPath(state, /*filled=*/false); }
  void fill(GfxState* state) override { AddPath(state, /*filled=*/true); }
  void eoFill(GfxState* state) override { AddPath(state, /*filled=*/true); }

 private:
  // Where a character's line of text stands, and which way it runs: 0 to the
  // right, 1 downwards, 2 to the left, 3 upwards.
  struct Origin {
    float x;
    float y;
    int8_t turn;
  };

  void AddGlyph(char32_t code, const Box& box, float size,
                const Origin& origin);
  void AddPath(GfxState* state, bool filled);
  void AddRule(double x0, double y0, double x1, double y1);

  PageContent& page_;
  const int64_t max_glyphs_;
  Watch& watch_;
  std::vector<Origin> origins_;  // of the page's glyphs
  // The text that stands for the characters from here on; nested marks count
  // for the outermost.
  std::u32string actual_text_;
  size_t actual_begin_ = 0;
  int actual_depth_ = 0;
  bool too_many_glyphs_ = false;
};

void Collector::drawChar(GfxState* state, double x, double y, double dx,
                         double dy, double, double, CharCode, int,
                         const Unicode* unicode, int length) {
  const GfxFont* const font = state->getFont().get();
  if (font == nullptr) return;
  if (static_cast<int64_t>(page_.glyphs.size()) >= max_glyphs_) {
    too_many_glyphs_ = true;
    return;
  }
  // Modes 3 and 7 leave no mark on the page.
  if ((state->getRender() & 3) == 3) {
    ++page_.invisible;
    return;
  }
  const bool vertical = font->getWMode() != 0;
  // The advance holds the spacing behind the character, which is not its own.
  double spacing = state->getCharSpace();
  if (!vertical) spacing *= state->getHorizScaling();
  double space_x = 0;
  double space_y = 0;
  state->textTransformDelta(vertical ? 0 : spacing, vertical ? spacing : 0,
                            &space_x, &space_y);
  double base_x = 0;
  double base_y = 0;
  double width = 0;
  double height = 0;
  state->transform(x, y, &base_x, &base_y);
  state->transformDelta(dx - space_x, dy - space_y, &width, &height);
  const double size = state->getTransformedFontSize();
  if (!std::isfinite(base_x + base_y + width + height + size)) return;
  if (base_x < 0 || base_x > page_.width || base_y < 0 ||
      base_y > page_.height) {
    return;
  }
  double m11 = 0;
  double m12 = 0;
  double m21 = 0;
  double m22 = 0;
  state->getFontTransMat(&m11, &m12, &m21, &m22);
  const double along = std::fabs(m11) + std::fabs(m22);
  const double across = std::fabs(m12) + std::fabs(m21);
  // Slanting text is a watermark or a stamp.
  constexpr double kSlant = 0.25;
  if (std::min(along, across) > kSlant * std::max(along, across)) return;

  const double ascent =
      size * std::clamp(font->getAscent(), 0.5, kHighestAscent);
  const double descent =
      size * std::clamp(font->getDescent(), kLowestDescent, 0.0);
  double left = base_x;
  double right = base_x + width;
  double top = base_y - ascent;
  double bottom = base_y - descent;
  int8_t turn = 0;
  if (vertical) {
    left = base_x - size / 2;
    right = base_x + size / 2;
    top = base_y;
    bottom = base_y + height;
    base_y = bottom;
  } else if (across > along) {
    turn = m21 > 0 ? 1 : 3;
    left = turn == 1 ? base_x + descent : base_x - ascent;
    right = turn == 1 ? base_x + ascent : base_x - descent;
    top = base_y;
    bottom = base_y + height;
  } else if (m11 < 0 && m22 > 0) {
    turn = 2;
    top = base_y + descent;
    bottom = base_y + ascent;
  }
  if (left > right) std::swap(left, right);
  if (top > bottom) std::swap(top, bottom);
  const Box box{static_cast<float>(left), static_cast<float>(top),
                static_cast<float>(right), static_cast<float>(bottom)};
  const Origin origin{static_cast<float>(base_x), static_cast<float>(base_y),
                      turn};
  if (length <= 0) {
    AddGlyph(kUnknownCode, box, static_cast<float>(size), origin);
    return;
  }
  // One sign for several characters, such as a ligature: each takes its part.
  const float part = (box.right - box.left) / static_cast<float>(length);
  for (int i = 0; i < length; ++i) {
    Box own = box;
    own.left = box.left + part * static_cast<float>(i);
    own.right = own.left + part;
    AddGlyph(unicode[i], own, static_cast<float>(size), origin);
  }
}

void Collector::AddGlyph(char32_t code, const Box& box, float size,
                         const Origin& origin) {
  code = PlainCode(code);
  if (code == 0) return;
  page_.visible += code != U' ';
  page_.unmapped += code == kUnknownCode;
  page_.glyphs.push_back({code, box, origin.y, size});
  origins_.push_back(origin);
}

void Collector::beginActualText(GfxState*, const GooString* text) {
  if (actual_depth_++ > 0) return;
  actual_begin_ = page_.glyphs.size();
  Unicode* codes = nullptr;
  const int length = TextStringToUCS4(text->toStr(), &codes);
  actual_text_.clear();
  for (int i = 0; i < length; ++i) {
    const char32_t code = PlainCode(codes[i]);
    if (code != 0 && code != U' ') actual_text_.push_back(code);
  }
  free(codes);
}

// Writers state the characters behind a sign that does not tell them by
// itself. The same mark may span whole paragraphs; there the signs, which have
// their places, are better.
void Collector::endActualText(GfxState*) {
  if (actual_depth_ == 0 || --actual_depth_ > 0) return;
  constexpr size_t kMostSigns = 8;
  const size_t count = page_.glyphs.size() - actual_begin_;
  if (count == 0 || count > kMostSigns || actual_text_.empty() ||
      actual_text_.size() > 2 * kMostSigns) {
    return;
  }
  const Origin origin = origins_[actual_begin_];
  const float size = page_.glyphs[actual_begin_].size;
  Box box = page_.glyphs[actual_begin_].box;
  for (size_t g = actual_begin_; g < page_.glyphs.size(); ++g) {
    if (origins_[g].turn != 0 || std::fabs(origins_[g].y - origin.y) > 1) {
      return;
    }
    const Box& other = page_.glyphs[g].box;
    box.left = std::min(box.left, other.left);
    box.right = std::max(box.right, other.right);
  }
  for (size_t g = actual_begin_; g < page_.glyphs.size(); ++g) {
    page_.visible -= page_.glyphs[g].code != U' ';
    page_.unmapped -= page_.glyphs[g].code == kUnknownCode;
  }
  page_.glyphs.resize(actual_begin_);
  origins_.resize(actual_begin_);
  const float part =
      (box.right - box.left) / static_cast<float>(actual_text_.size());
  for (size_t i = 0; i < actual_text_.size(); ++i) {
    Box own = box;
    own.left = box.left + part * static_cast<float>(i);
    own.right = own.left + part;
    AddGlyph(actual_text_[i], own, size, origin);
  }
}

void Collector::AddPath(GfxState* state, bool filled) {
  const GfxPath* const path = state->getPath();
  for (int s = 0; s < path->getNumSubpaths(); ++s) {
    const GfxSubpath* const part = const_cast<GfxPath*>(path)->getSubpath(s);
    const int points = part->getNumPoints();
    double x0 = 0;
    double y0 = 0;
    state->transform(part->getX(0), part->getY(0), &x0, &y0);
    if (!filled) {
      for (int p = 1; p < points; ++p) {
        double x1 = 0;
        double y1 = 0;
        state->transform(part->getX(p), part->getY(p), &x1, &y1);
        if (!part->getCurve(p)) AddRule(x0, y0, x1, y1);
        x0 = x1;
        y0 = y1;
      }
      continue;
    }
    // A line drawn as a thin rectangle.
    constexpr int kMostPoints = 5;
    if (points < 3 || points > kMostPoints) continue;
    double left = x0;
    double right = x0;
    double top = y0;
    double bottom = y0;
    for (int p = 1; p < points; ++p) {
      if (part->getCurve(p)) return;
      double x = 0;
      double y = 0;
      state->transform(part->getX(p), part->getY(p), &x, &y);
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = std::max(bottom, y);
    }
    const double middle_x = (left + right) / 2;
    const double middle_y = (top + bottom) / 2;
    if (bottom - top <= std::min(kThickestRule, right - left)) {
      AddRule(left, middle_y, right, middle_y);
    } else if (right - left <= kThickestRule) {
      AddRule(middle_x, top, middle_x, bottom);
    }
  }
}

void Collector::AddRule(double x0, double y0, double x1, double y1) {
  // Past this a page is a drawing, whose lines border no cells.
  constexpr size_t kMostRules = 20'000;
  // Lines that lean no further than this are straight.
  constexpr double kLean = 0.5;
  if (page_.rules.size() >= kMostRules) return;
  if (!std::isfinite(x0 + y0 + x1 + y1)) return;
  const bool horizontal = std::fabs(y1 - y0) <= kLean;
  if (!horizontal && std::fabs(x1 - x0) > kLean) return;
  Rule rule;
  rule.horizontal = horizontal;
  rule.at = static_cast<float>(horizontal ? (y0 + y1) / 2 : (x0 + x1) / 2);
  rule.begin =
      static_cast<float>(horizontal ? std::min(x0, x1) : std::min(y0, y1));
  rule.end =
      static_cast<float>(horizontal ? std::max(x0, x1) : std::max(y0, y1));
  const float width = horizontal ? page_.height : page_.width;
  const float length = horizontal ? page_.width : page_.height;
  if (rule.at < 0 || rule.at > width) return;
  rule.begin = std::max(rule.begin, 0.0f);
  rule.end = std::min(rule.end, length);
  if (rule.begin < rule.end) page_.rules.push_back(rule);
}

void Collector::Finish() {
  std::array<size_t, 4> counts{};
  for (const Origin& origin : origins_) ++counts[origin.turn];
  const int turn = static_cast<int>(
      std::max_element(counts.begin(), counts.end()) - counts.begin());
  const float width = page_.width;
  const float height = page_.height;
  const auto turned = [&](float x, float y) -> std::pair<float, float> {
    switch (turn) {
      case 1:
        return {y, width - x};
      case 2:
        return {width - x, height - y};
      case 3:
        return {height - y, x};
      default:
        return {x, y};
    }
  };
  for (size_t g = 0; g < page_.glyphs.size(); ++g) {
    Glyph& glyph = page_.glyphs[g];
    const auto [x0, y0] = turned(glyph.box.left, glyph.box.top);
    const auto [x1, y1] = turned(glyph.box.right, glyph.box.bottom);
    glyph.box = {std::min(x0, x1), std::min(y0, y1), std::max(x0, x1),
                 std::max(y0, y1)};
    // Text that runs otherwise than the page's stands one above the other.
    glyph.base = origins_[g].turn == turn
                     ? turned(origins_[g].x, origins_[g].y).second
                     : glyph.box.bottom;
  }
  if (turn == 0) return;
  for (Rule& rule : page_.rules) {
    const bool across = rule.horizontal;
    const auto [x0, y0] =
        across ? turned(rule.begin, rule.at) : turned(rule.at, rule.begin);
    const auto [x1, y1] =
        across ? turned(rule.end, rule.at) : turned(rule.at, rule.end);
    rule.horizontal = turn == 2 ? across : !across;
    rule.at = rule.horizontal ? y0 : x0;
    rule.begin = rule.horizontal ? std::min(x0, x1) : std::min(y0, y1);
    rule.end = rule.horizontal ? std::max(x0, x1) : std::max(y0, y1);
  }
  if (turn != 2) std::swap(page_.width, page_.height);
}

}  // namespace

class PopplerFile::Impl {
 public:
  Impl(std::string_view bytes, const Limits& limits)
      : limits_(limits),
        watch_(limits.max_pdf_milliseconds),
        // The document owns the stream.
        document_(new WatchedStream(bytes, 0,
                                    static_cast<Goffset>(bytes.size()),
                                    Object(objNull), &watch_)) {}

  absl::Status Check();
  int page_count() const { return page_count_; }
  absl::Status ReadPage(int number, PageContent* content);

 private:
  const Limits limits_;
  Watch watch_;
  PDFDoc document_;
  int page_count_ = 0;
  bool any_page_ = false;  // that could be read
};

absl::Status PopplerFile::Impl::Check() {
  if (watch_.Check()) return OutOfTime(limits_.max_pdf_milliseconds);
  if (!document_.isOk()) {
    return document_.getErrorCode() == errEncrypted ? Encrypted() : Damaged();
  }
  page_count_ = document_.getNumPages();
  if (watch_.Check()) return OutOfTime(limits_.max_pdf_milliseconds);
  if (page_count_ > limits_.max_pages) {
    const std::string limit = std::to_string(limits_.max_pages);
    return PastLimit("超过 " + limit + " 页",
                     "has more than " + limit + " pages");
  }
  return page_count_ < 1 ? Damaged() : absl::OkStatus();
}

absl::Status PopplerFile::Impl::ReadPage(int number, PageContent* content) {
  content->Clear();
  Page* const page = document_.getPage(number);
  if (watch_.Check()) return OutOfTime(limits_.max_pdf_milliseconds);
  if (page == nullptr || !page->isOk()) {
    return number == page_count_ && !any_page_ ? Damaged() : absl::OkStatus();
  }
  any_page_ = true;
  const bool on_its_side = page->getRotate() % 180 != 0;
  content->width = static_cast<float>(page->getCropWidth());
  content->height = static_cast<float>(page->getCropHeight());
  if (on_its_side) std::swap(content->width, content->height);
  Collector collector(content, limits_.max_page_characters, &watch_);
  Object contents = page->getContents();
  if (!contents.isNull()) {
    const std::unique_ptr<Gfx> gfx(page->createGfx(
        &collector, kResolution, kResolution, /*rotate=*/0,
        /*useMediaBox=*/false, /*crop=*/true, -1, -1, -1, -1,
        /*printing=*/false, &Collector::ShouldStop, &collector));
    gfx->saveState();
    gfx->display(&contents);
    gfx->restoreState();
  }
  if (collector.has_too_many_glyphs()) {
    const std::string page_text = std::to_string(number);
    const std::string limit = std::to_string(limits_.max_page_characters);
    return PastLimit(
        "第 " + page_text + " 页超过 " + limit + " 字",
        "has more than " + limit + " characters on page " + page_text);
  }
  if (watch_.Check()) return OutOfTime(limits_.max_pdf_milliseconds);
  collector.Finish();
  return absl::OkStatus();
}

void PreparePoppler() {
  // Poppler's settings live as long as one of these; made once, its tables are
  // searched for once. What it has to say of broken files is not wanted.
  static const GlobalParamsIniter kSettings(
      [](ErrorCategory, Goffset, const char*) {});
}

absl::StatusOr<std::unique_ptr<PopplerFile>> PopplerFile::Open(
    std::string_view bytes, const Limits& limits) {
  PreparePoppler();
  auto impl = std::make_unique<Impl>(bytes, limits);
  if (absl::Status status = impl->Check(); !status.ok()) return status;
  return std::unique_ptr<PopplerFile>(new PopplerFile(std::move(impl)));
}

PopplerFile::PopplerFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PopplerFile::~PopplerFile() = default;

int PopplerFile::page_count() const { return impl_->page_count(); }

absl::Status PopplerFile::ReadPage(int number, PageContent* page) {
  return impl_->ReadPage(number, page);
}

}  // namespace gongkai::input::pdf
