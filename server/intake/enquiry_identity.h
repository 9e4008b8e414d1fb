// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "server/intake/enquiry.h"

#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::server::intake {

// What makes two deliveries one lead: the same Message-ID, or the same contact (e-mail or phone),
// vehicle and message within 10 minutes of the sources' own clock (else of receipt).
struct EnquiryIdentity {
    std::string messageId;
    // One per e-mail address and phone number, 32 bytes each: a digest of that contact, the vehicle
    // and the message. Sorted. The store looks candidates up by any of them. A hash of personal
    // data is personal data: these stay on the server.
    std::vector<std::string> keys;
    TimePoint at;
    bool operator==(const EnquiryIdentity&) const = default;
};

inline constexpr Millis kSameEnquiryWindow = std::chrono::minutes(10);

[[nodiscard]] EnquiryIdentity identityOf(const Enquiry& enquiry, std::string_view messageId,
                                         TimePoint receivedAt);
[[nodiscard]] bool sameEnquiry(const EnquiryIdentity& a, const EnquiryIdentity& b);

}  // namespace vorfahrt::server::intake
