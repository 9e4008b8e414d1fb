// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/domain/letter.h"

#include <array>
#include <string_view>
#include <utility>

namespace vorfahrt::domain {
namespace {

// Without blanks at the ends, and with one where several or a line break were.
std::string clean(std::string_view text) {
    std::string out;
    bool gap = false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= ' ') {
            gap = !out.empty();
            continue;
        }
        if (gap) {
            out += ' ';
            gap = false;
        }
        out += c;
    }
    return out;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        const std::string text = clean(part);
        if (!text.empty()) {
            out += (out.empty() ? "" : " ") + text;
        }
    }
    return out;
}

// What of a title is said in a salutation: "Prof. Dr. med." is "Prof. Dr.", a degree is not said.
std::string spokenTitle(std::string_view title) {
    const bool professor = title.find("Prof") != std::string_view::npos;
    const bool doctor = title.find("Dr.") != std::string_view::npos || clean(title) == "Dr" ||
                        title.find("Doktor") != std::string_view::npos;
    return joined({professor ? "Prof." : "", doctor ? "Dr." : ""});
}

std::string familyName(const record::Customer& customer) {
    return joined({customer.noble_part(), customer.last_name()});
}

bool isCompany(const record::Customer& customer) {
    return !clean(customer.company()).empty();
}

// "Herr Dr. von Rahden", where both is known; otherwise empty.
std::string formalName(const record::Customer& customer, std::string_view word) {
    const std::string name = familyName(customer);
    return name.empty() ? std::string() : joined({word, spokenTitle(customer.title()), name});
}

std::string informalSalutation(const record::Customer& customer) {
    const std::string first = clean(customer.first_name());
    if (customer.salutation() == record::FAMILIE) {
        const std::string name = familyName(customer);
        return name.empty() ? std::string() : "Liebe Familie " + name + ",";
    }
    if (first.empty()) {
        return {};
    }
    switch (customer.salutation()) {
        case record::HERR: return "Lieber " + first + ",";
        case record::FRAU: return "Liebe " + first + ",";
        default: return "Hallo " + first + ",";
    }
}

// Nobody's gender is known: first and last name, or nothing.
std::string neutralSalutation(const record::Customer& customer) {
    const std::string first = clean(customer.first_name());
    const std::string title = spokenTitle(customer.title());
    if (first.empty() && title.empty()) {
        return "Guten Tag,";
    }
    return joined({"Guten Tag", title, first, familyName(customer)}) + ",";
}

bool namesPerson(const record::Customer& customer) {
    return !clean(customer.first_name()).empty() || !clean(customer.last_name()).empty();
}

// Into the country's own post nothing is written; all others know the German name.
std::string countryLine(std::string_view code) {
    using Name = std::pair<std::string_view, std::string_view>;
    static constexpr auto kNames = std::to_array<Name>({
        {"AT", "ÖSTERREICH"},      {"BE", "BELGIEN"},   {"BG", "BULGARIEN"},   {"CH", "SCHWEIZ"},
        {"CZ", "TSCHECHIEN"},      {"DK", "DÄNEMARK"},  {"ES", "SPANIEN"},     {"FR", "FRANKREICH"},
        {"GB", "GROSSBRITANNIEN"}, {"HR", "KROATIEN"},  {"HU", "UNGARN"},      {"IT", "ITALIEN"},
        {"LI", "LIECHTENSTEIN"},   {"LU", "LUXEMBURG"}, {"NL", "NIEDERLANDE"}, {"NO", "NORWEGEN"},
        {"PL", "POLEN"},           {"RO", "RUMÄNIEN"},  {"SE", "SCHWEDEN"},    {"SI", "SLOWENIEN"},
    });
    if (code.empty() || code == "DE") {
        return {};
    }
    for (const auto& [known, name] : kNames) {
        if (known == code) {
            return std::string(name);
        }
    }
    return clean(code);
}

// Of a contact person: in one line with the word of address, in the accusative.
std::string personLine(const record::Customer& customer) {
    const std::string_view word = customer.salutation() == record::HERR   ? "Herrn"
                                  : customer.salutation() == record::FRAU ? "Frau"
                                                                          : "";
    return joined({word, personName(customer)});
}

}  // namespace

std::string personName(const record::Customer& customer) {
    return joined(
        {customer.title(), customer.first_name(), customer.noble_part(), customer.last_name()});
}

std::string letterSalutation(const record::Customer& customer) {
    if (customer.informal()) {
        if (std::string informal = informalSalutation(customer); !informal.empty()) {
            return informal;
        }
    }
    std::string name;
    switch (customer.salutation()) {
        case record::HERR:
            name = formalName(customer, "Herr");
            if (!name.empty()) {
                return "Sehr geehrter " + name + ",";
            }
            break;
        case record::FRAU: name = formalName(customer, "Frau"); break;
        case record::FAMILIE:
            name = joined({familyName(customer)});
            name = name.empty() ? name : "Familie " + name;
            break;
        default: break;
    }
    if (!name.empty()) {
        return "Sehr geehrte " + name + ",";
    }
    const bool company = isCompany(customer) || customer.salutation() == record::FIRMA;
    return company && !namesPerson(customer) ? "Sehr geehrte Damen und Herren,"
                                             : neutralSalutation(customer);
}

std::vector<std::string> addressBlock(const record::Customer& customer) {
    std::vector<std::string> lines;
    const auto add = [&lines](std::string line) {
        if (!line.empty()) {
            lines.push_back(std::move(line));
        }
    };
    if (isCompany(customer)) {
        add(clean(customer.company()));
        if (namesPerson(customer)) {
            add(personLine(customer));
        }
    } else if (customer.salutation() == record::FAMILIE) {
        add(joined({"Familie", customer.first_name(), familyName(customer)}));
    } else {
        if (namesPerson(customer)) {
            add(customer.salutation() == record::HERR   ? "Herrn"
                : customer.salutation() == record::FRAU ? "Frau"
                                                        : "");
        }
        add(personName(customer));
    }
    add(clean(customer.address().street()));
    add(joined({customer.address().postcode(), customer.address().city()}));
    add(countryLine(customer.address().country()));
    return lines;
}

}  // namespace vorfahrt::domain
