// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/canonical.h"

#include "common/domain/phone.h"
#include "common/schema/validate.h"
#include "server/intake/text.h"

namespace vorfahrt::server::service {

std::string canonicalContact(record::ContactKind kind, std::string_view value) {
    switch (kind) {
        case record::EMAIL_ADDRESS: {
            std::string address = intake::lowerAscii(intake::trim(value));
            return schema::looksLikeEmail(address) ? address : std::string();
        }
        case record::PHONE:
        case record::MOBILE: return domain::parsePhone(value).e164;
        default: return {};
    }
}

}  // namespace vorfahrt::server::service
