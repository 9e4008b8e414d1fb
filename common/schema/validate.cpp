// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/schema/validate.h"

#include "common/schema/record.h"

#include <algorithm>

namespace vorfahrt::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::uint32_t kDefaultTextBytes = 256;
constexpr std::uint32_t kDefaultListItems = 64;

bool hasControl(std::string_view text, bool lineBreaks) {
    return std::ranges::any_of(text, [&](char c) {
        const auto b = static_cast<unsigned char>(c);
        return b < 0x20U && !(lineBreaks && (c == '\n' || c == '\t' || c == '\r'));
    });
}

bool isTypeCode(std::string_view text, Format format) {
    const bool letters = format == Format::TSN;
    return text.size() == (letters ? 3U : 4U) && std::ranges::all_of(text, [&](char c) {
               return (c >= '0' && c <= '9') || (letters && c >= 'A' && c <= 'Z');
           });
}

void checkText(const FieldDescriptor* field, const std::string& text, std::vector<Violation>& out) {
    const FieldRule& rule = ruleOf(field);
    // max_len of a list counts its elements: each has the default length.
    const bool ofTheText = rule.max_len() > 0 && !field->is_repeated();
    const std::uint32_t limit = ofTheText ? rule.max_len() : kDefaultTextBytes;
    const auto add = [&](Violation::Kind kind) {
        out.push_back({.field = field->number(), .kind = kind});
    };
    if (field->type() == FieldDescriptor::TYPE_BYTES) {
        if (rule.format() == Format::ID) {
            if (!text.empty() && text.size() != 16) {
                add(Violation::Kind::BadFormat);
            }
        } else if (text.size() > limit) {
            add(Violation::Kind::TooLong);
        }
        return;
    }
    if (text.size() > limit) {
        add(Violation::Kind::TooLong);
    }
    if (!isValidUtf8(text) || hasControl(text, rule.format() == Format::MULTILINE)) {
        add(Violation::Kind::BadEncoding);
    }
    if (text.empty()) {
        return;
    }
    if (rule.format() == Format::EMAIL && !looksLikeEmail(text)) {
        add(Violation::Kind::BadFormat);
    }
    const bool isCode = rule.format() == Format::HSN || rule.format() == Format::TSN;
    if (isCode && !isTypeCode(text, rule.format())) {
        add(Violation::Kind::BadFormat);
    }
    if (rule.format() == Format::POSTCODE && !std::ranges::all_of(text, [](unsigned char c) {
            return std::isalnum(c) != 0 || c == ' ' || c == '-';
        })) {
        add(Violation::Kind::BadFormat);
    }
}

void checkField(const Message& record, const FieldDescriptor* field, std::vector<Violation>& out);

// What is broken inside a composite value is broken in the field that holds it.
void checkInner(const Message& inner, const FieldDescriptor* field, std::vector<Violation>& out) {
    std::vector<Violation> nested;
    for (int i = 0; i < inner.GetDescriptor()->field_count(); ++i) {
        checkField(inner, inner.GetDescriptor()->field(i), nested);
    }
    for (const Violation& v : nested) {
        out.push_back({.field = field->number(), .kind = v.kind});
    }
}

// proto3 keeps numbers that the enum does not name; nothing may be decided by such a number.
void checkEnum(const FieldDescriptor* field, int number, std::vector<Violation>& out) {
    if (field->enum_type()->FindValueByNumber(number) == nullptr) {
        out.push_back({.field = field->number(), .kind = Violation::Kind::UnknownValue});
    }
}

void checkList(const Message& record, const FieldDescriptor* field, std::vector<Violation>& out) {
    const FieldRule& rule = ruleOf(field);
    const auto* reflection = record.GetReflection();
    const int size = reflection->FieldSize(record, field);
    const auto limit = rule.max_len() > 0 ? rule.max_len() : kDefaultListItems;
    if (static_cast<std::uint32_t>(size) > limit) {
        out.push_back({.field = field->number(), .kind = Violation::Kind::TooLong});
        return;
    }
    for (int i = 0; i < size; ++i) {
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
            checkEnum(field, reflection->GetRepeatedEnumValue(record, field, i), out);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
            checkText(field, reflection->GetRepeatedString(record, field, i), out);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
            checkInner(reflection->GetRepeatedMessage(record, field, i), field, out);
        }
    }
}

void checkField(const Message& record, const FieldDescriptor* field, std::vector<Violation>& out) {
    const FieldRule& rule = ruleOf(field);
    const auto* reflection = record.GetReflection();
    if (field->is_repeated()) {
        checkList(record, field, out);
        return;
    }
    switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING: {
            const std::string text = reflection->GetString(record, field);
            if (rule.required() && text.empty()) {
                out.push_back({.field = field->number(), .kind = Violation::Kind::Missing});
            }
            checkText(field, text, out);
            break;
        }
        case FieldDescriptor::CPPTYPE_ENUM: {
            checkEnum(field, reflection->GetEnumValue(record, field), out);
            break;
        }
        case FieldDescriptor::CPPTYPE_MESSAGE: {
            if (reflection->HasField(record, field)) {
                checkInner(reflection->GetMessage(record, field), field, out);
            }
            break;
        }
        default: break;
    }
}

// Length of the sequence that a lead byte opens, 0 where it opens none.
std::size_t sequenceLength(unsigned char lead) {
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xc2U && lead < 0xe0U) {
        return 2;
    }
    if (lead >= 0xe0U && lead < 0xf0U) {
        return 3;
    }
    return lead >= 0xf0U && lead < 0xf5U ? 4 : 0;
}

}  // namespace

std::vector<Violation> violations(const Message& record) {
    std::vector<Violation> out;
    for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
        checkField(record, record.GetDescriptor()->field(i), out);
    }
    return out;
}

Status validate(const Message& record) {
    const auto broken = violations(record);
    if (broken.empty()) {
        return {};
    }
    const auto* field = record.GetDescriptor()->FindFieldByNumber(broken.front().field);
    return fail(ErrorCode::Invalid, field->full_name());
}

Status validate(const Message& record, std::span<const FieldDescriptor* const> fields) {
    std::vector<Violation> broken;
    for (const FieldDescriptor* field : fields) {
        checkField(record, field, broken);
        if (!broken.empty()) {
            return fail(ErrorCode::Invalid, field->full_name());
        }
    }
    return {};
}

bool isValidUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = sequenceLength(lead);
        if (length == 0 || i + length > text.size()) {
            return false;
        }
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80U) {
                return false;
            }
        }
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0U;
        const bool overlong =
            (lead == 0xe0U && second < 0xa0U) || (lead == 0xf0U && second < 0x90U);
        const bool surrogate = lead == 0xedU && second >= 0xa0U;
        const bool beyond = lead == 0xf4U && second >= 0x90U;
        if (overlong || surrogate || beyond) {
            return false;
        }
        i += length;
    }
    return true;
}

bool looksLikeEmail(std::string_view text) {
    const auto at = text.find('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 ||
        text.find('@', at + 1) != std::string_view::npos) {
        return false;
    }
    const std::string_view domain = text.substr(at + 1);
    const auto dot = domain.find('.');
    return dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size() &&
           text.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos;
}

}  // namespace vorfahrt::schema
