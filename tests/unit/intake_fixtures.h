// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Mails written for these tests; nobody in them exists.
namespace vorfahrt::test {

std::string mailOf(std::string_view headers, std::string_view body);
std::string base64(std::string_view bytes);
std::string quotedPrintable(std::string_view bytes);
// UTF-8 to windows-1252; only what the fixtures hold.
std::string windows1252(std::string_view utf8);

std::string plainAdf();        // one wish, all fields
std::string adfTwoVehicles();  // wish and part exchange, malformed in every known way
std::string adfAsAttachment(std::string_view adf, std::string_view messageId);
std::string adfEscapedInHtml(std::string_view adf);

std::string labelText();  // the enquiry of all label mails, UTF-8
std::string labelHtml();  // the same as a table, HTML only

// Every fixture as a whole mail, with a name: for loops over all of them.
std::vector<std::pair<std::string, std::string>> allIntakeMails();

}  // namespace vorfahrt::test
