// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "tests/support/canary.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace vorfahrt::test {

// An enquiry as portals send it, in one of five guises, with secrets in every place.
struct EnquiryMail {
    std::string bytes;
    std::string model;  // in the teaser: tells the leads apart
    std::string firstName;
    std::string lastName;
    std::string email;
    std::string phone;
    std::string street;
    // Customer and part exchange are the site's after the first claim; the message (words, subject,
    // plate) stays with the owner and his managers.
    std::vector<Canary> customer;
    std::vector<Canary> tradeIn;
    std::vector<Canary> message;
};

[[nodiscard]] EnquiryMail enquiryMail(int number, Random& random);
// An enquiry without secrets.
[[nodiscard]] QByteArray fenceMail(int number);

}  // namespace vorfahrt::test
