// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/vin.h"

namespace vorfahrt::domain {

Vin parseVin(std::string_view text) {
    constexpr std::size_t kLength = 17;
    constexpr std::size_t kLongestText = 40;
    Vin vin;
    bool strange = false;
    for (const char c : text.substr(0, kLongestText)) {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const bool isDigit = upper >= '0' && upper <= '9';
        if (!isDigit && !(upper >= 'A' && upper <= 'Z')) {
            strange = strange || (c != ' ' && c != '-');
            continue;
        }
        strange = strange || upper == 'I' || upper == 'O' || upper == 'Q';
        vin.text += upper;
        // Read off a paper or heard on the telephone, these are what was meant.
        switch (upper) {
            case 'I': vin.key += '1'; break;
            case 'O':
            case 'Q': vin.key += '0'; break;
            default: vin.key += isDigit ? upper : static_cast<char>(upper - 'A' + 'a');
        }
    }
    vin.usual = !strange && vin.text.size() == kLength;
    return vin;
}

}  // namespace vorfahrt::domain
