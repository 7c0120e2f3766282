// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// What the names of bodies tell, and what they do not.

#include "worker/validate/body_classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "tests/worker/validate/report_builder.h"

namespace gongkai::validate {
namespace {

using Keys = std::set<std::string>;

Keys ClassesOf(absl::string_view body) {
  static const BodyClasses* const classes =
      new BodyClasses(TestCatalog().proto());
  Keys keys;
  for (const auto& body_class : TestCatalog().proto().body_classes()) {
    google::protobuf::RepeatedPtrField<std::string> one;
    *one.Add() = body_class.key();
    if ((classes->Of(body) & classes->Mask(one)) != 0) {
      keys.insert(body_class.key());
    }
  }
  return keys;
}

TEST(BodyClasses, AreToldByNames) {
  const std::pair<const char*, Keys> bodies[] = {
      {"云麓市人民政府", {"government"}},
      {"云麓县人民政府", {"government", "county-or-below"}},
      {"云麓市城东区人民政府", {"government", "county-or-below"}},
      {"石桥镇人民政府", {"township", "county-or-below"}},
      {"云麓县石桥镇人民政府", {"township", "county-or-below"}},
      {"白河乡人民政府", {"township", "county-or-below"}},
      {"云麓市东湖街道办事处", {"township", "county-or-below"}},
      {"云麓市公安局", {"department"}},
      {"云麓县林业局", {"department", "county-or-below"}},
      {"云麓市发展和改革委员会", {"department"}},
      {"云麓市人民政府办公室", {"office"}},
      {"上海市人民政府", {"government", "city-or-above"}},
      {"浙江省教育厅", {"department", "city-or-above"}},
      {"内蒙古自治区人民政府", {"government", "city-or-above"}},
  };
  for (const auto& [body, keys] : bodies) {
    EXPECT_EQ(ClassesOf(body), keys) << body;
  }
}

TEST(BodyClasses, LeaveAloneWhatTheyCannotTell) {
  EXPECT_EQ(ClassesOf(""), Keys());
  EXPECT_EQ(ClassesOf("云麓经济技术开发区管理委员会"), Keys());
  EXPECT_EQ(ClassesOf("云麓高新区管委会"), Keys());
  EXPECT_EQ(ClassesOf("云麓大学"), Keys());
  // The names of cities that look like townships.
  EXPECT_EQ(ClassesOf("镇江市人民政府"), Keys({"government"}));
  EXPECT_EQ(ClassesOf("新乡市人民政府"), Keys({"government"}));
}

}  // namespace
}  // namespace gongkai::validate
