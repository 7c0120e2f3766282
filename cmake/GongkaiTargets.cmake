# One library, program or test per component, with the same flags everywhere.

add_library(gongkai_flags INTERFACE)
target_include_directories(gongkai_flags INTERFACE ${PROJECT_SOURCE_DIR})
# GCC 12 warns of overlaps inside std::string that cannot happen (PR 105651).
target_compile_options(gongkai_flags INTERFACE -Wall -Wextra -Werror
                                               $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# How generated code is compiled, too.
set(gongkai_sanitizer_options)
if(GONGKAI_SANITIZE)
  set(gongkai_sanitizer_options -fsanitize=${GONGKAI_SANITIZE})
  if(GONGKAI_SANITIZE STREQUAL "thread")
    # Protobuf's maps have two members more where the sanitizer is on, which the
    # system's library, built without it, does not know of.
    list(APPEND gongkai_sanitizer_options -U__SANITIZE_THREAD__)
  endif()
  target_compile_options(gongkai_flags INTERFACE ${gongkai_sanitizer_options}
                                                 -fno-omit-frame-pointer)
  target_link_options(gongkai_flags INTERFACE -fsanitize=${GONGKAI_SANITIZE})
  # GCC's own macros do not do: see above.
  target_compile_definitions(gongkai_flags INTERFACE GONGKAI_SANITIZED)
endif()
if(GONGKAI_FUZZ)
  # Tells libFuzzer which branches were taken.
  target_compile_options(gongkai_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# gongkai_library(NAME SRCS … [DEPS …] [PRIVATE_DEPS …])
# A static library gongkai_NAME, also known as gongkai::NAME. DEPS show in its
# headers; PRIVATE_DEPS do not. Without SRCS it is a library of headers.
function(gongkai_library name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS;PRIVATE_DEPS" ${ARGN})
  if(ARG_SRCS)
    add_library(gongkai_${name} STATIC ${ARG_SRCS})
    target_link_libraries(gongkai_${name} PUBLIC ${ARG_DEPS} PRIVATE gongkai_flags ${ARG_PRIVATE_DEPS})
    target_include_directories(gongkai_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  else()
    add_library(gongkai_${name} INTERFACE)
    target_link_libraries(gongkai_${name} INTERFACE ${ARG_DEPS})
    target_include_directories(gongkai_${name} INTERFACE ${PROJECT_SOURCE_DIR})
  endif()
  add_library(gongkai::${name} ALIAS gongkai_${name})
endfunction()

# What every executable of a build with sanitizers gets besides: the system's
# libraries are built without them.
set(gongkai_sanitizer_sources)
set(gongkai_sanitizer_environment)
if(GONGKAI_SANITIZE STREQUAL "thread")
  # Abseil's flags have a fence, of which the sanitizer takes no notice.
  target_compile_options(gongkai_flags INTERFACE -Wno-tsan)
  set(gongkai_sanitizer_sources ${PROJECT_SOURCE_DIR}/tests/tsan/absl_synchronization.cc)
  set(gongkai_sanitizer_environment TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan/suppressions.txt)
elseif(GONGKAI_SANITIZE MATCHES "address")
  set(gongkai_sanitizer_environment
      LSAN_OPTIONS=print_suppressions=0:suppressions=${PROJECT_SOURCE_DIR}/tests/asan/suppressions.txt)
endif()

# gongkai_program(NAME SRCS … DEPS …): the executable bin/NAME.
function(gongkai_program name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS} ${gongkai_sanitizer_sources})
  target_link_libraries(${name} PRIVATE gongkai_flags ${ARG_DEPS})
endfunction()

# gongkai_test(NAME SRCS … DEPS … [TIMEOUT seconds] [LABELS …])
# A GoogleTest program whose tests run as one ctest entry. GONGKAI_SOURCE_DIR
# and GONGKAI_BINARY_DIR tell it where documents and programs are.
function(gongkai_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SRCS;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SRCS} ${gongkai_sanitizer_sources})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE gongkai_flags ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "GONGKAI_SOURCE_DIR=${PROJECT_SOURCE_DIR};GONGKAI_BINARY_DIR=${PROJECT_BINARY_DIR};${gongkai_sanitizer_environment}")
endfunction()

# gongkai_fuzz_target(NAME SRCS … DEPS …)
# With GONGKAI_FUZZ the program bin/fuzz_NAME, which looks for inputs that break
# the target; without it a test that runs the target on every file of its corpus
# and its regressions once.
function(gongkai_fuzz_target name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  if(GONGKAI_FUZZ)
    gongkai_program(fuzz_${name} SRCS ${ARG_SRCS} DEPS ${ARG_DEPS})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers fuzz_${name})
  else()
    gongkai_test(fuzz_${name}_test SRCS replay_test.cc ${ARG_SRCS} DEPS ${ARG_DEPS} LABELS fuzz)
    target_compile_definitions(fuzz_${name}_test PRIVATE GONGKAI_FUZZ_TARGET="${name}")
  endif()
endfunction()
