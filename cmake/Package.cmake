# What is installed, and the Debian package of it (`./dev package`). All of it
# stands here, so that a look says what an installed machine has.

# Some files have fixed places (/etc, /lib/systemd) and name the programs, which
# therefore have one, too.
set(CMAKE_INSTALL_PREFIX /usr)
set(documents share/doc/gongkai)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

install(TARGETS gongkai gongkaid gongkai-worker RUNTIME DESTINATION bin)
install(FILES ${GONGKAI_MANUAL_PAGES_1} DESTINATION share/man/man1)
install(FILES ${GONGKAI_MANUAL_PAGES_8} DESTINATION share/man/man8)
install(FILES client/cli/completion/gongkai.bash DESTINATION share/bash-completion/completions
        RENAME gongkai)

# Built in; here to be read and copied from for --catalog.
install(DIRECTORY worker/catalog/data/ DESTINATION share/gongkai/catalog
        FILES_MATCHING PATTERN *.txtpb)

install(FILES deploy/systemd/gongkaid.service DESTINATION /lib/systemd/system)
install(FILES deploy/systemd/gongkai.sysusers DESTINATION lib/sysusers.d RENAME gongkai.conf)
install(FILES deploy/systemd/gongkaid.flags DESTINATION /etc/gongkai)

# What an operator starts from, but for what the package has already put into
# its place.
install(FILES README.md docs/API.md docs/OPERATIONS.md docs/RULES.md docs/TUTORIAL.md
        DESTINATION ${documents})
install(DIRECTORY deploy/ DESTINATION ${documents}/examples
        PATTERN debian EXCLUDE PATTERN systemd EXCLUDE)
install(DIRECTORY examples/ DESTINATION ${documents}/examples/reports)

set(GONGKAI_LICENCE_OF_PROGRAMS "The programs are under the Apache License 2.0.")
set(GONGKAI_LICENCE_TEXT)
if(GONGKAI_PDF)
  set(GONGKAI_LICENCE_OF_PROGRAMS
      "The source is under the Apache License 2.0. /usr/bin/gongkai-worker is
 linked with Poppler, which is under the GNU General Public License, version 2
 or 3; of these version 3 goes with the Apache License, so that this program as
 a whole is distributed under version 3 of the GPL. Build with GONGKAI_PDF=OFF
 for one without Poppler, and without PDF. The other programs do not contain
 it.")
  set(GONGKAI_LICENCE_TEXT "
Files: usr/bin/gongkai-worker
Copyright: 2026 The Gongkai Authors
           The Poppler developers; see /usr/share/doc/libpoppler*/copyright
License: GPL-3

License: GPL-3
 On Debian systems the text of the GNU General Public License, version 3, is in
 /usr/share/common-licenses/GPL-3.")
endif()
configure_file(deploy/debian/copyright.in ${PROJECT_BINARY_DIR}/copyright @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/copyright DESTINATION ${documents})

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_PACKAGE_NAME gongkai)
set(CPACK_PACKAGE_CONTACT "The Gongkai Authors <maintainers@gongkai.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
    "reads and checks Chinese annual reports on open government information")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Turns the annual reports that article 50 of the Regulations on Open
Government Information asks of every government body in China into checked
data: every cell of their tables with its place, and every sum, claim and
section that does not hold, with its legal basis.
.
gongkai checks files on the command line; gongkaid serves the same by gRPC.")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Whoever brings systemd-sysusers: systemd itself, where it is installed.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd-standalone-sysusers | systemd-sysusers")
if(GONGKAI_PDF)
  # Poppler's tables of Chinese encodings, without which PDF files have none.
  string(APPEND CPACK_DEBIAN_PACKAGE_DEPENDS ", poppler-data")
endif()
set(debian ${PROJECT_SOURCE_DIR}/deploy/debian)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${debian}/conffiles ${debian}/postinst ${debian}/prerm ${debian}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
