// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace vorfahrt {

// The only alias for expected values: a later switch to std::expected is this one line.
template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(
    ErrorCode code, std::string detail = {},
    std::source_location at = std::source_location::current()) {
    return tl::unexpected<Error>(Error(code, std::move(detail), at));
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace vorfahrt

#define VF_CONCAT_(a, b) a##b
#define VF_CONCAT(a, b) VF_CONCAT_(a, b)

// VF_TRY(auto x, expr): x is the value, or the function returns expr's error.
#define VF_TRY(decl, expr) VF_TRY_(VF_CONCAT(vfResult, __LINE__), decl, expr)
#define VF_TRY_(tmp, decl, expr)                         \
    auto tmp = (expr);                                   \
    if (!tmp) {                                          \
        return ::vorfahrt::fail(std::move(tmp).error()); \
    }                                                    \
    decl = std::move(*tmp)

// VF_CHECK(expr): returns the error of a Status.
#define VF_CHECK(expr) VF_CHECK_(VF_CONCAT(vfStatus, __LINE__), expr)
#define VF_CHECK_(tmp, expr)                             \
    auto tmp = (expr);                                   \
    if (!tmp) {                                          \
        return ::vorfahrt::fail(std::move(tmp).error()); \
    }                                                    \
    static_assert(true)
