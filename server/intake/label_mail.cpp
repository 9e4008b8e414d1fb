// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/label_mail.h"

#include "server/intake/adf.h"
#include "server/intake/pattern.h"
#include "server/intake/person_name.h"
#include "server/intake/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace vorfahrt::server::intake {
namespace {

constexpr std::size_t kMostLines = 5000;
constexpr std::size_t kMostText = 512U << 10U;
constexpr std::size_t kMostContacts = 10;
constexpr std::size_t kLongestLabel = 60;
constexpr std::size_t kShort = 200;
constexpr std::size_t kLong = 60000;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

// "-", "k.A.", "keine Angabe": a form's way to say nothing.
bool saysNothing(std::string_view value) {
    static constexpr std::array<std::string_view, 8> kNothing = {
        "-", "--", "k.a.", "k. a.", "keine angabe", "n/a", "nicht angegeben", "keine"};
    const std::string folded = foldGerman(value);
    return folded.empty() || std::find(kNothing.begin(), kNothing.end(), folded) != kNothing.end();
}

std::string emailIn(std::string_view value) {
    const auto good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) ||
               std::string_view("._%+-!#$&'/=?^`{|}~").find(c) != std::string_view::npos ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    const std::size_t at = value.find('@');
    if (at == std::string_view::npos) {
        return {};
    }
    std::size_t begin = at;
    while (begin > 0 && good(value[begin - 1])) {
        --begin;
    }
    std::size_t end = at + 1;
    while (end < value.size() && good(value[end])) {
        ++end;
    }
    while (end > at && value[end - 1] == '.') {
        --end;
    }
    const std::string_view host = value.substr(at + 1, end - at - 1);
    const bool plausible = begin < at && host.find('.') != std::string_view::npos;
    return plausible && end - begin <= 254 ? std::string(value.substr(begin, end - begin))
                                           : std::string{};
}

// One mail's labelled values on their way into an Enquiry.
class Collector {
public:
    explicit Collector(const MailRule& rule) { out_.kind = rule.kind; }

    void section(MailSection section) { section_ = section; }
    [[nodiscard]] bool has(MailField field) const { return seen_.contains(key(field)); }
    [[nodiscard]] std::size_t labels() const { return seen_.size(); }

    void set(MailField field, std::string_view raw) {
        if (saysNothing(raw) || field == MailField::Ignore) {
            return;
        }
        const bool repeats = field == MailField::Email || field == MailField::Phone;
        if (has(field) && !repeats) {
            return;  // the first one counts: a footer must not overwrite the enquiry
        }
        const std::string value = clip(squeeze(raw), kShort);
        if (person(field, value) || vehicle(field, value) || other(field, raw, value)) {
            seen_.insert(key(field));
        }
    }

    [[nodiscard]] Enquiry finish() {
        completeName(out_.person);
        for (auto* one : {&out_.wish, &out_.tradeIn}) {
            if (*one && (*one)->text.empty()) {
                (*one)->text = squeeze((*one)->make + " " + (*one)->model + " " + (*one)->variant);
            }
        }
        return std::move(out_);
    }

private:
    // Each value is wanted once; those of a vehicle once for the wish and once for part exchange.
    [[nodiscard]] std::pair<MailSection, MailField> key(MailField field) const {
        const bool ofVehicle = field >= MailField::Vehicle && field <= MailField::Condition;
        return {ofVehicle && section_ == MailSection::TradeIn ? section_ : MailSection::Wish,
                field};
    }

    bool person(MailField field, const std::string& value) {
        EnquiryPerson& p = out_.person;
        switch (field) {
            case MailField::Salutation: p.salutation = value; return true;
            case MailField::FirstName: p.first = value; return true;
            case MailField::LastName: p.last = value; return true;
            case MailField::FullName: return fullName(value);
            case MailField::Company: p.company = value; return true;
            case MailField::Email: return add(p.emails, emailIn(value));
            case MailField::Phone: return phone(value);
            case MailField::Street: p.street = value; return true;
            case MailField::Postcode: p.postcode = value; return true;
            case MailField::City: return city(value);
            case MailField::Address: return address(value);
            case MailField::Country: p.country = value; return true;
            default: return false;
        }
    }

    // "Max Muster <max@example.org>"
    bool fullName(const std::string& value) {
        out_.person.full = std::string(trim(std::string_view(value).substr(0, value.find('<'))));
        if (value.find('@') != std::string::npos) {
            add(out_.person.emails, emailIn(value));
            if (out_.person.full.find('@') != std::string::npos) {
                out_.person.full.clear();
            }
        }
        return true;
    }

    bool phone(const std::string& value) {
        const auto digits = std::count_if(value.begin(), value.end(), digit);
        return digits >= 3 && digits <= 20 && add(out_.person.phones, value);
    }

    static bool add(std::vector<std::string>& to, std::string value) {
        if (value.empty() || to.size() >= kMostContacts ||
            std::find(to.begin(), to.end(), value) != to.end()) {
            return false;
        }
        to.push_back(std::move(value));
        return true;
    }

    // "20095 Hamburg"
    bool city(std::string_view value) {
        const std::size_t digits = std::min(value.find_first_not_of("0123456789"), value.size());
        if (digits == 5 || digits == 4) {
            out_.person.postcode = std::string(value.substr(0, digits));
            value = trim(value.substr(digits));
        }
        out_.person.city = std::string(value);
        return true;
    }

    // "Musterweg 1, 20095 Hamburg"
    bool address(std::string_view value) {
        const std::size_t comma = value.rfind(',');
        if (comma == std::string_view::npos) {
            out_.person.street = std::string(value);
            return true;
        }
        out_.person.street = std::string(trim(value.substr(0, comma)));
        return city(trim(value.substr(comma + 1)));
    }

    EnquiryVehicle& current() {
        auto& place = section_ == MailSection::TradeIn ? out_.tradeIn : out_.wish;
        if (!place) {
            place.emplace();
        }
        return *place;
    }

    bool vehicle(MailField field, const std::string& value) {
        switch (field) {
            case MailField::Vehicle: current().text = value; return true;
            case MailField::Make: current().make = value; return true;
            case MailField::Model: current().model = value; return true;
            case MailField::Variant: current().variant = value; return true;
            case MailField::Vin: current().vin = value; return true;
            case MailField::StockNumber: current().stockNumber = value; return true;
            case MailField::Condition: current().condition = value; return true;
            case MailField::FirstRegistration:
                current().firstRegistration = value;
                current().year = parseYear(value);
                return true;
            case MailField::Mileage: return (current().mileageKm = parseWhole(value)).has_value();
            case MailField::Price: return (current().priceCents = parseCents(value)).has_value();
            default: return false;
        }
    }

    bool other(MailField field, std::string_view raw, const std::string& value) {
        switch (field) {
            case MailField::Message: out_.message = clip(trim(raw), kLong); return true;
            case MailField::RequestedAt:
                return (out_.requestedAt = parseRequestDate(value)).has_value();
            case MailField::EventId: out_.providerEventId = value; return true;
            case MailField::Dealer: out_.dealer = value; return true;
            default: return false;
        }
    }

    Enquiry out_;
    MailSection section_ = MailSection::Wish;
    std::set<std::pair<MailSection, MailField>> seen_;
};

template <class T>
std::optional<T> lookUp(const std::vector<std::pair<std::string, T>>& table,
                        std::string_view label) {
    label = trim(label);
    while (!label.empty() && (label.back() == ':' || label.back() == '*' || label.back() == ' ')) {
        label.remove_suffix(1);  // "Name*:" marks a required field of a form
    }
    while (!label.empty() &&
           (label.front() == '*' || label.front() == '-' || label.front() == ' ')) {
        label.remove_prefix(1);
    }
    if (label.empty() || label.size() > kLongestLabel) {
        return std::nullopt;
    }
    const std::string folded = foldGerman(label);
    for (const auto& [name, value] : table) {
        if (name == folded) {
            return value;
        }
    }
    return std::nullopt;
}

// Goes through the lines of one mail; holds the label whose value is still being read.
class LineReader {
public:
    LineReader(const MailRule& rule, Collector& out)
        : rule_(rule),
          out_(out) {}

    void read(std::string_view text) {
        for (const std::string_view raw : splitLines(text.substr(0, kMostText), kMostLines)) {
            if (out_.labels() > 0 && isEnd(raw)) {
                break;
            }
            line(raw);
        }
        flush();
    }

private:
    [[nodiscard]] bool isEnd(std::string_view raw) const {
        const std::string folded = foldGerman(raw.substr(0, kShort));
        return raw == "-- " || raw == "--" ||
               std::any_of(rule_.endMarkers.begin(), rule_.endMarkers.end(), [&](const auto& mark) {
                   return mark != "--" && folded.starts_with(mark);
               });
    }

    void line(std::string_view raw) {
        const std::string_view text = trim(raw);
        if (text.empty()) {
            if (inMessage()) {
                value_ += '\n';
            }
            return;
        }
        if (const auto section = lookUp(rule_.sections, text)) {
            flush();
            out_.section(*section);
            return;
        }
        if (cells(raw) || colon(text) || alone(text)) {
            return;
        }
        if (label_ && (inMessage() || value_.empty())) {
            value_ += text;
            value_ += inMessage() ? "\n" : "";
        } else {
            flush();
        }
    }

    [[nodiscard]] bool inMessage() const { return label_ == MailField::Message; }

    // In a message a line such as "Preis: geht da noch etwas?" is a label only if that field is
    // still open.
    [[nodiscard]] std::optional<MailField> known(std::string_view text) const {
        const auto field = lookUp(rule_.labels, text);
        return field && inMessage() && out_.has(*field) ? std::nullopt : field;
    }

    // "Name:<tab>Max<tab>Telefon:<tab>040 ..."
    bool cells(std::string_view raw) {
        if (raw.find('\t') == std::string_view::npos) {
            return false;
        }
        bool any = false;
        while (!raw.empty()) {
            const std::size_t tab = std::min(raw.find('\t'), raw.size());
            const std::string_view cell = trim(raw.substr(0, tab));
            raw.remove_prefix(std::min(tab + 1, raw.size()));
            const auto field = known(cell);
            if (field && (!label_ || !any || !value_.empty())) {
                start(*field);
                any = true;
            } else if (any && !cell.empty()) {
                value_ += value_.empty() ? "" : " ";
                value_ += cell;
            } else if (!any) {
                return false;
            }
        }
        if (any && inMessage()) {
            value_ += '\n';
        }
        return any;
    }

    bool colon(std::string_view text) {
        const std::size_t at = text.find(':');
        const auto field = at == std::string_view::npos ? std::nullopt : known(text.substr(0, at));
        if (!field) {
            return false;
        }
        start(*field);
        std::string_view rest = text.substr(at + 1);
        while (rest.starts_with('*')) {
            rest.remove_prefix(1);
        }
        value_ = std::string(trim(rest));
        if (inMessage() && !value_.empty()) {
            value_ += '\n';
        }
        return true;
    }

    // A label on a line of its own; its value is the next line.
    bool alone(std::string_view text) {
        if (inMessage() || (label_ && value_.empty())) {
            return false;
        }
        const auto field = lookUp(rule_.labels, text);
        if (field) {
            start(*field);
        }
        return field.has_value();
    }

    void start(MailField field) {
        flush();
        label_ = field;
    }

    void flush() {
        if (label_) {
            out_.set(*label_, value_);
        }
        label_.reset();
        value_.clear();
    }

    const MailRule& rule_;
    Collector& out_;
    std::optional<MailField> label_;
    std::string value_;
};

void useCaptures(const MailRule& rule, const Mail& mail, Collector& out) {
    const std::string subject = clip(mail.subject, 512);
    for (const std::string& pattern : rule.subjects) {
        const auto captures = matchPattern(pattern, subject);
        if (!captures) {
            continue;
        }
        for (const auto& [name, value] : *captures) {
            for (int i = 0; i <= static_cast<int>(MailField::Ignore); ++i) {
                if (fieldName(static_cast<MailField>(i)) == name) {
                    out.set(static_cast<MailField>(i), value);
                }
            }
        }
        return;
    }
}

auto missing(const MailRule& rule, std::string_view what) {
    return fail(ErrorCode::NotFound, rule.name + ": " + std::string(what));
}

}  // namespace

bool ruleMatches(const MailRule& rule, const Mail& mail) {
    const auto any = [](const std::vector<std::string>& patterns, const std::string& text) {
        return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
            return matchPattern(pattern, text).has_value();
        });
    };
    const std::string sender = clip(mail.fromAddress, 320);
    return any(rule.senders, sender) &&
           (rule.subjects.empty() || any(rule.subjects, clip(mail.subject, 512)));
}

Result<Enquiry> parseLabelMail(const MailRule& rule, const Mail& mail) {
    if (!ruleMatches(rule, mail)) {
        return missing(rule, "other sender or subject");
    }
    Collector collector(rule);
    LineReader(rule, collector).read(mail.textBody);
    const std::size_t labels = collector.labels();
    useCaptures(rule, mail, collector);
    Enquiry out = collector.finish();
    if (labels < rule.leastLabels) {
        return missing(rule, "too few known labels");
    }
    if (out.person.emails.empty() && out.person.phones.empty()) {
        return missing(rule, "no e-mail address and no phone number");
    }
    if (!out.wish && !out.tradeIn && out.message.empty()) {
        return missing(rule, "no vehicle and no message");
    }
    out.source = !rule.source.empty()    ? rule.source
                 : mail.fromName.empty() ? mail.fromAddress
                                         : mail.fromName;
    return out;
}

}  // namespace vorfahrt::server::intake
