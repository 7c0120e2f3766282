# Writes files into a C++ source as string literals: the definition of
#
#   absl::Span<const BuiltinFile> BuiltinFiles()
#
# which HEADER declares in NAMESPACE, with BuiltinFile{name, text}.
#
# cmake -DOUTPUT=builtin_data.cc -DHEADER=worker/catalog/builtin_data.h
#       -DNAMESPACE=gongkai::catalog "-DFILES=a;b" -P embed_files.cmake

set(entries "")
foreach(file ${FILES})
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND entries "    {\"${name}\", R\"gongkai(${text})gongkai\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Written by embed_files.cmake.

#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {
constexpr BuiltinFile kFiles[] = {
${entries}};
}  // namespace
absl::Span<const BuiltinFile> BuiltinFiles() { return kFiles; }
}  // namespace ${NAMESPACE}
")
