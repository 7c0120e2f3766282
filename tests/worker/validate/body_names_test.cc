// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

#include "worker/validate/body_names.h"

#include <gtest/gtest.h>

#include "tests/worker/validate/report_builder.h"

namespace gongkai::validate {
namespace {

bool Differ(absl::string_view a, absl::string_view b) {
  static const BodyClasses* const classes =
      new BodyClasses(TestCatalog().proto());
  for (const forms::v1::Rule& rule : TestCatalog().proto().rules()) {
    if (!rule.has_foreign_body()) continue;
    const BodyNames names(rule.foreign_body(), *classes);
    EXPECT_EQ(names.Differ(a, b), names.Differ(b, a)) << a << " and " << b;
    return names.Differ(a, b);
  }
  ADD_FAILURE() << "the catalogue has no rule about foreign bodies";
  return false;
}

TEST(BodyNames, BodiesOfOneClassWithNothingInCommonDiffer) {
  EXPECT_TRUE(Differ("青溪镇人民政府", "白石镇人民政府"));
  EXPECT_TRUE(Differ("云麓市水务局", "云麓市民政局"));
  EXPECT_TRUE(Differ("云麓市水务局", "民政局"));
  EXPECT_TRUE(Differ("云麓市青溪镇", "云麓市白石镇人民政府"));
  EXPECT_TRUE(Differ("云麓市青溪镇", "云麓市东湖街道办事处"));
}

TEST(BodyNames, OneNameMayBeAPartOfTheOther) {
  EXPECT_FALSE(Differ("青溪镇", "青溪镇人民政府"));
  EXPECT_FALSE(Differ("云麓自治县青溪镇", "青溪镇人民政府"));
  EXPECT_FALSE(Differ("云麓市水务局", "云麓市水务局"));
  EXPECT_FALSE(Differ("云麓市水务局", "水务局"));
}

TEST(BodyNames, ShortFormsAreTheSameBody) {
  EXPECT_FALSE(Differ("云麓市教育局", "云麓市教体局"));
  EXPECT_FALSE(Differ("云麓市发展和改革局", "云麓市发改局"));
  EXPECT_FALSE(Differ("云麓市人力资源和社会保障局", "人社局"));
  EXPECT_FALSE(Differ("云麓市卫生健康委员会", "云麓市卫健委"));
}

TEST(BodyNames, BodiesOfDifferentClassesAreNotCompared) {
  EXPECT_FALSE(Differ("青溪镇", "云麓市人民政府"));
  EXPECT_FALSE(Differ("云麓市水务局", "云麓市人民政府"));
  EXPECT_FALSE(Differ("云麓市水务局", "云麓市融媒体中心"));
  EXPECT_FALSE(Differ("云麓市人民政府", "白石市人民政府"));
}

TEST(BodyNames, NoNameIsNoOtherBody) {
  EXPECT_FALSE(Differ("", "青溪镇"));
  EXPECT_FALSE(Differ("镇", "乡"));
}

}  // namespace
}  // namespace gongkai::validate
