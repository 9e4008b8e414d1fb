// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>

namespace vorfahrt {

// Every failure that can reach another layer, the wire or a user. Numbers are wire values
// (PROTOCOL.md, "Error codes"): never renumber, never reuse.
enum class ErrorCode : std::uint16_t {
    Ok = 0,
    // The message itself is wrong.
    BadFrame = 1,     // not decodable, unknown kind, too large
    BadOrder = 2,     // allowed, but not in this state of the connection
    Unsupported = 3,  // reserved message or unknown mutation name or version
    BadVersion = 4,   // no common protocol version
    Invalid = 5,      // a value breaks a schema rule (length, format, required)
    // Who and what.
    Unauthenticated = 10,
    Forbidden = 11,  // the row is visible, the act is not this person's; else NotFound
    NotFound = 12,
    RateLimited = 13,
    // Mutations.
    GapInSequence = 20,  // mid > last_mid + 1
    ReplicaForked = 21,  // same mid, other content: a cloned disk or restored machine
    RejectedState = 22,  // transition not allowed from the current state
    StaleToken = 23,     // fencing token of a former owner
    AlreadyOwned = 24,   // never sent; the number stays taken
    Cascade = 25,        // depends on a refused mutation
    Duplicate = 26,
    // The world.
    Unavailable = 40,  // try again later
    Timeout = 41,
    NoSpace = 42,
    Corrupt = 43,
    NewerSchema = 44,   // the file was written by a newer program
    EpochChanged = 45,  // the server was restored from a backup
    Internal = 50,
};

[[nodiscard]] std::string_view name(ErrorCode code);

// detail is for logs and tests and never shown to a user; it never contains personal data.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
    std::source_location at;

    explicit Error(ErrorCode c, std::string d = {},
                   std::source_location where = std::source_location::current())
        : code(c),
          detail(std::move(d)),
          at(where) {}
};

}  // namespace vorfahrt
