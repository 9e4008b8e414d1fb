// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <google/protobuf/message.h>

#include <span>
#include <string_view>
#include <vector>

namespace vorfahrt::schema {

// A broken rule of the schema, by field, so that a form can show it where it belongs.
struct Violation {
    int field = 0;
    enum class Kind { Missing, TooLong, BadFormat, BadEncoding, UnknownValue } kind = Kind::Missing;
};

// Checks every field of a whole record against its FieldRule: the same code on desk and server. For
// what a mutation or the intake writes; rows that a newer server sent are never checked, so that
// their values survive on an older desk (PROTOCOL.md section 8).
[[nodiscard]] std::vector<Violation> violations(const google::protobuf::Message& record);
// Invalid with the first violation's field name.
[[nodiscard]] Status validate(const google::protobuf::Message& record);
// The same for these fields alone.
[[nodiscard]] Status validate(const google::protobuf::Message& record,
                              std::span<const google::protobuf::FieldDescriptor* const> fields);

[[nodiscard]] bool isValidUtf8(std::string_view text);
// RFC 5321 shape only: one @, no blanks, a dot in the domain, at most 254 bytes.
[[nodiscard]] bool looksLikeEmail(std::string_view text);

}  // namespace vorfahrt::schema
