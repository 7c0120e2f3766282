# Writes files into a C++ source as string literals.
#
# cmake -DOUTPUT=builtin_data.cc "-DFILES=a;b" -P embed_data.cmake

set(entries "")
foreach(file ${FILES})
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND entries "    {\"${name}\", R\"gongkai(${text})gongkai\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Written by embed_data.cmake.

#include \"worker/catalog/builtin_data.h\"

namespace gongkai::catalog {
namespace {
constexpr BuiltinFile kFiles[] = {
${entries}};
}  // namespace
absl::Span<const BuiltinFile> BuiltinFiles() { return kFiles; }
}  // namespace gongkai::catalog
")
