// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <stdlib.h>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::bench {

// One figure of design.md section 10. load1 tells how noisy the machine was.
[[nodiscard]] inline std::string jsonLine(std::string_view name, double value,
                                          std::string_view unit, std::size_t n) {
    double load1 = 0;
    ::getloadavg(&load1, 1);
    return fmt::format(R"({{"name":"{}","value":{:.4g},"unit":"{}","n":{},"load1":{:.2f}}})", name,
                       value, unit, n, load1);
}

// Nearest rank, fraction in 0..1. By value: sorted here. 0 for no values.
[[nodiscard]] inline double percentile(std::vector<double> values, double fraction) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const auto rank =
        static_cast<std::size_t>(fraction * static_cast<double>(values.size() - 1) + 0.5);
    return values[rank];
}

}  // namespace vorfahrt::bench
