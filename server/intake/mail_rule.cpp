// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/mail_rule.h"

#include "server/intake/text.h"

#include <boost/json.hpp>

#include <array>
#include <optional>

namespace vorfahrt::server::intake {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostJson = 256U << 10U;
constexpr std::size_t kMostRules = 50;
constexpr std::size_t kMostEntries = 400;

constexpr std::array<std::pair<std::string_view, MailField>, 27> kFields = {{
    {"salutation", MailField::Salutation},
    {"first_name", MailField::FirstName},
    {"last_name", MailField::LastName},
    {"full_name", MailField::FullName},
    {"company", MailField::Company},
    {"email", MailField::Email},
    {"phone", MailField::Phone},
    {"street", MailField::Street},
    {"postcode", MailField::Postcode},
    {"city", MailField::City},
    {"address", MailField::Address},
    {"country", MailField::Country},
    {"vehicle", MailField::Vehicle},
    {"make", MailField::Make},
    {"model", MailField::Model},
    {"variant", MailField::Variant},
    {"first_registration", MailField::FirstRegistration},
    {"mileage", MailField::Mileage},
    {"price", MailField::Price},
    {"vin", MailField::Vin},
    {"stock_number", MailField::StockNumber},
    {"condition", MailField::Condition},
    {"message", MailField::Message},
    {"requested_at", MailField::RequestedAt},
    {"event_id", MailField::EventId},
    {"dealer", MailField::Dealer},
    {"ignore", MailField::Ignore},
}};

constexpr std::array<std::pair<std::string_view, MailSection>, 3> kSections = {{
    {"wish", MailSection::Wish},
    {"trade_in", MailSection::TradeIn},
    {"person", MailSection::Person},
}};

constexpr std::array<std::pair<std::string_view, EnquiryKind>, 6> kKinds = {{
    {"buy", EnquiryKind::Buy},
    {"lease", EnquiryKind::Lease},
    {"sell", EnquiryKind::Sell},
    {"trade_in", EnquiryKind::TradeIn},
    {"test_drive", EnquiryKind::TestDrive},
    {"other", EnquiryKind::Other},
}};

template <class Table>
auto lookUp(const Table& table, std::string_view key)
    -> std::optional<decltype(table.front().second)> {
    for (const auto& [name, value] : table) {
        if (name == key) {
            return value;
        }
    }
    return std::nullopt;
}

auto wrong(std::string_view rule, std::string_view key) {
    return fail(ErrorCode::Invalid,
                "mail rule '" + std::string(rule) + "': bad value of '" + std::string(key) + "'");
}

std::string_view view(const json::value& value) {
    return value.is_string() ? std::string_view(value.get_string()) : std::string_view{};
}

enum class Fold { No, Yes };

bool readStrings(const json::value& value, Fold fold, std::vector<std::string>& out) {
    if (!value.is_array() || value.get_array().size() > kMostEntries) {
        return false;
    }
    for (const json::value& one : value.get_array()) {
        const std::string text = fold == Fold::Yes ? foldGerman(view(one)) : squeeze(view(one));
        if (text.empty() || text.size() > 200) {
            return false;
        }
        out.push_back(text);
    }
    return true;
}

template <class Table, class T>
bool readTable(const json::value& value, const Table& table,
               std::vector<std::pair<std::string, T>>& out) {
    if (!value.is_object() || value.get_object().size() > kMostEntries) {
        return false;
    }
    for (const auto& [key, one] : value.get_object()) {
        const std::string label = foldGerman(std::string_view(key));
        const auto field = lookUp(table, view(one));
        if (!field || label.empty() || label.size() > 100) {
            return false;
        }
        out.emplace_back(label, *field);
    }
    return true;
}

bool readKey(std::string_view key, const json::value& value, MailRule& rule) {
    if (key == "name") {
        rule.name = clip(view(value), 60);
        return !rule.name.empty();
    }
    if (key == "source") {
        rule.source = clip(view(value), 120);
        return value.is_string();
    }
    if (key == "version" || key == "least_labels") {
        if (!value.is_int64() || value.get_int64() < 1 || value.get_int64() > 1000000) {
            return false;
        }
        if (key == "version") {
            rule.version = static_cast<int>(value.get_int64());
        } else {
            rule.leastLabels = static_cast<std::size_t>(value.get_int64());
        }
        return true;
    }
    if (key == "kind") {
        const auto kind = lookUp(kKinds, view(value));
        rule.kind = kind.value_or(EnquiryKind::Buy);
        return kind.has_value();
    }
    if (key == "senders") {
        return readStrings(value, Fold::No, rule.senders);
    }
    if (key == "subjects") {
        return readStrings(value, Fold::No, rule.subjects);
    }
    if (key == "end_markers") {
        return readStrings(value, Fold::Yes, rule.endMarkers);
    }
    if (key == "labels") {
        return readTable(value, kFields, rule.labels);
    }
    return key == "sections" && readTable(value, kSections, rule.sections);
}

}  // namespace

std::string_view fieldName(MailField field) {
    for (const auto& [name, value] : kFields) {
        if (value == field) {
            return name;
        }
    }
    return {};
}

Result<std::vector<MailRule>> parseMailRules(std::string_view text) {
    if (text.size() > kMostJson) {
        return fail(ErrorCode::Invalid, "mail rules larger than the limit");
    }
    json::error_code error;
    json::parse_options options;
    options.max_depth = 6;
    const json::value root = json::parse({text.data(), text.size()}, error, {}, options);
    if (error || !root.is_array() || root.get_array().size() > kMostRules) {
        return fail(ErrorCode::Invalid, "mail rules are not a JSON array of rules");
    }
    std::vector<MailRule> out;
    for (const json::value& one : root.get_array()) {
        if (!one.is_object()) {
            return fail(ErrorCode::Invalid, "a mail rule is not an object");
        }
        MailRule rule;
        for (const auto& [key, value] : one.get_object()) {
            const std::string_view name(key.data(), key.size());
            if (!readKey(name, value, rule)) {
                return wrong(rule.name, name);
            }
        }
        if (rule.name.empty() || rule.labels.empty() || rule.senders.empty()) {
            return wrong(rule.name, "name, senders or labels");
        }
        out.push_back(std::move(rule));
    }
    return out;
}

}  // namespace vorfahrt::server::intake
