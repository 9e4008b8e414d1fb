// SPDX-License-Identifier: GPL-3.0-or-later
// Made by .dev/fold_table.py.
#pragma once

#include <string_view>

namespace vorfahrt {

// clang-format off
// U+00C0 to U+024F, two bytes each; blank: kept as it is.
inline constexpr std::string_view kFoldLatin =
    "a a a a a a a c e e e e i i i i d n o o o o o   o u u u u y thss"
    "a a a a a a a c e e e e i i i i d n o o o o o   o u u u u y thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "
    "l l l n n n n n n n n n o o o o o o o o r r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s "
    "                                  f f                           "
    "o o                           u u                               "
    "        dzdzdzljljljnjnjnja a i i o o u u u u u u u u u u   a a "
    "a a a a     g g k k o o o o     j dzdzdzg g     n n a a a a o o "
    "a a a a e e e e i i i i o o o o r r r r u u u u s s t t     h h "
    "            a a e e o o o o o o o o y y                         "
    "                                ";
// U+1E00 to U+1EFF, two bytes each; blank: kept as it is.
inline constexpr std::string_view kFoldLatinMore =
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f "
    "g g h h h h h h h h h h i i i i k k k k k k l l l l l l l l m m "
    "m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r "
    "s s s s s s s s s s t t t t t t t t u u u u u u u u u u v v v v "
    "w w w w w w w w w w x x x x y y z z z z z z h t w y   s     ss  "
    "a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e "
    "e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o "
    "o o o o u u u u u u u u u u u u u u y y y y y y y y             ";
// clang-format on

}  // namespace vorfahrt
