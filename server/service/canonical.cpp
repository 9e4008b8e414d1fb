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
        case record::MOBILE: {
            const domain::Phone phone = domain::parsePhone(value);
            return phone.e164.empty() ? domain::nationalDigits(phone) : phone.e164;
        }
        default: return {};
    }
}

bool isSureContact(record::ContactKind kind, std::string_view canonical) {
    return kind == record::EMAIL_ADDRESS || canonical.starts_with('+');
}

std::vector<std::string> alikeContacts(record::ContactKind kind, std::string_view value) {
    if (kind != record::PHONE && kind != record::MOBILE) {
        return {};
    }
    const std::string national = domain::nationalDigits(domain::parsePhone(value));
    return national.empty() ? std::vector<std::string>()
                            : std::vector<std::string>{"+49" + national, national};
}

}  // namespace vorfahrt::server::service
