# SPDX-License-Identifier: GPL-3.0-or-later
# vf_embed_migrations(OUT_VAR NAMESPACE FILES 0001_x.sql ...)
#   Writes a .cpp that defines `std::span<const sql::Migration> NAMESPACE::migrations()` with the text of
#   the numbered files, and puts its path in OUT_VAR. The number is the file name's; each is one step.
function(vf_embed_migrations out namespace)
    cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
    set(rows "")
    foreach(file IN LISTS ARG_FILES)
        get_filename_component(path ${file} ABSOLUTE)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
        get_filename_component(stem ${file} NAME)
        string(REGEX MATCH "^0*([0-9]+)_" ignored ${stem})
        if(NOT CMAKE_MATCH_1)
            message(FATAL_ERROR "${file}: a migration is named NNNN_what.sql")
        endif()
        set(number ${CMAKE_MATCH_1})
        file(READ ${path} text)
        string(APPEND rows "    {.version = ${number}, .sql = R\"sql(${text})sql\"},\n")
    endforeach()
    string(REPLACE "::" "_" name ${namespace})
    set(path ${CMAKE_CURRENT_BINARY_DIR}/${name}_migrations.cpp)
    file(CONFIGURE OUTPUT ${path} @ONLY NEWLINE_STYLE UNIX CONTENT
"// Generated from migrations/*.sql.
#include \"common/sql/migrator.h\"

#include <array>
#include <span>

namespace @namespace@ {
std::span<const vorfahrt::sql::Migration> migrations();

std::span<const vorfahrt::sql::Migration> migrations() {
    static constexpr auto kSteps = std::to_array<vorfahrt::sql::Migration>({
@rows@    });
    return kSteps;
}
}  // namespace @namespace@
")
    set(${out} ${path} PARENT_SCOPE)
endfunction()
