// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/person_name.h"

#include "server/intake/text.h"

#include <array>

namespace vorfahrt::server::intake {
namespace {

std::string_view firstWord(std::string_view text) {
    return text.substr(0, text.find(' '));
}

bool isParticle(std::string_view word) {
    static constexpr std::array<std::string_view, 9> kParticles = {"von", "van", "de",  "zu", "zur",
                                                                   "vom", "der", "den", "da"};
    for (const std::string_view one : kParticles) {
        if (equalsNoCase(word, one)) {
            return true;
        }
    }
    return false;
}

void takeSalutation(std::string& full, std::string& salutation) {
    static constexpr std::array<std::string_view, 6> kSalutations = {"Herr", "Herrn", "Frau",
                                                                     "Mr.",  "Mrs.",  "Ms."};
    for (const std::string_view word : kSalutations) {
        const std::string first(firstWord(full));
        if (equalsNoCase(first, word) && full.size() > first.size()) {
            if (salutation.empty()) {
                salutation = word == "Herrn" ? "Herr" : first;
            }
            full = std::string(trim(std::string_view(full).substr(first.size())));
            return;
        }
    }
}

// Where the family name begins: the last word, with the particles before it.
std::size_t lastNameStart(std::string_view full) {
    std::size_t start = full.rfind(' ');
    while (start != std::string_view::npos && start > 0) {
        const std::size_t before = full.rfind(' ', start - 1);
        const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
        if (begin == 0 || !isParticle(full.substr(begin, start - begin))) {
            break;
        }
        start = before;
    }
    return start;
}

}  // namespace

void completeName(EnquiryPerson& person) {
    person.full = squeeze(person.full);
    takeSalutation(person.full, person.salutation);
    // A form with "Vorname" and "Name": Name is the family name alone.
    const bool familyOnly = !person.first.empty() && person.last.empty() && !person.full.empty();
    if (familyOnly && !std::string_view(person.full).starts_with(person.first + " ")) {
        person.last = person.full;
        person.full.clear();
    }
    if (person.full.empty()) {
        person.full = squeeze(person.first + " " + person.last);
        return;
    }
    if (!person.last.empty() || person.full.empty()) {
        return;
    }
    const std::size_t comma = person.full.find(',');
    if (comma != std::string::npos) {
        person.last = std::string(trim(std::string_view(person.full).substr(0, comma)));
        person.first = std::string(trim(std::string_view(person.full).substr(comma + 1)));
        person.full = squeeze(person.first + " " + person.last);
        return;
    }
    const std::size_t at = lastNameStart(person.full);
    if (at == std::string::npos) {
        person.last = person.full;
        return;
    }
    person.last = person.full.substr(at + 1);
    if (person.first.empty()) {
        person.first = person.full.substr(0, at);
    }
}

}  // namespace vorfahrt::server::intake
