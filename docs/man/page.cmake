# Writes a manual page with the flags that the program itself tells:
#
#   cmake -DPAGE=gongkaid.8.in -DOUTPUT=gongkaid.8 -DPROGRAM=bin/gongkaid
#         -DAWK=awk -DGONGKAI_VERSION=1 -P page.cmake

# In ${variable}: what the program prints, by an awk program.
function(items variable script)
  execute_process(
    COMMAND ${ARGN}
    COMMAND ${AWK} -f ${CMAKE_CURRENT_LIST_DIR}/${script}
    OUTPUT_VARIABLE items
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT items MATCHES "^\\.It ")
    message(FATAL_ERROR "${ARGN} tells no flags")
  endif()
  set(${variable} "${items}" PARENT_SCOPE)
endfunction()

if(PAGE MATCHES "gongkai\\.1")
  foreach(command check rules health)
    string(TOUPPER ${command}_FLAGS name)
    items(${name} help.awk ${PROGRAM} ${command} --lang=en --help)
  endforeach()
else()
  items(FLAGS helpfull.awk ${PROGRAM} --helpfull)
endif()
configure_file(${PAGE} ${OUTPUT} @ONLY)
