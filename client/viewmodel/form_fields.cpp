// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/form_fields.h"

#include "client/viewmodel/words.h"
#include "common/domain/phone.h"
#include "common/domain/phone_display.h"
#include "common/domain/plate.h"
#include "common/domain/registration.h"
#include "common/domain/vin.h"
#include "common/schema/record.h"
#include "common/schema/validate.h"

namespace vorfahrt::client::viewmodel {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Kind = schema::Violation::Kind;

const google::protobuf::Descriptor* descriptorOf(FieldName::Record record) {
    switch (record) {
        case FieldName::Record::Contact: return record::ContactPoint::descriptor();
        case FieldName::Record::Vehicle: return record::Vehicle::descriptor();
        case FieldName::Record::Customer: break;
    }
    return record::Customer::descriptor();
}

// The message that holds the leaf; the part of a composite value that is not there is its default.
const Message& holder(const Message& record, const FieldName& field) {
    const Message* at = &record;
    for (std::size_t i = 0; i + 1 < field.path.size(); ++i) {
        at = &at->GetReflection()->GetMessage(*at, field.path[i]);
    }
    return *at;
}

Message& mutableHolder(Message& record, const FieldName& field) {
    Message* at = &record;
    for (std::size_t i = 0; i + 1 < field.path.size(); ++i) {
        at = at->GetReflection()->MutableMessage(at, field.path[i]);
    }
    return *at;
}

std::string textOf(const Message& record, const FieldName& field) {
    const Message& at = holder(record, field);
    const auto* reflection = at.GetReflection();
    switch (field.leaf().cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING: return reflection->GetString(at, &field.leaf());
        case FieldDescriptor::CPPTYPE_UINT32: {
            const auto number = reflection->GetUInt32(at, &field.leaf());
            return number == 0 ? std::string() : std::to_string(number);
        }
        case FieldDescriptor::CPPTYPE_ENUM:
            return std::to_string(reflection->GetEnumValue(at, &field.leaf()));
        case FieldDescriptor::CPPTYPE_BOOL:
            return reflection->GetBool(at, &field.leaf()) ? "1" : "";
        default: return {};
    }
}

// "86.400 km"; nothing where it is no number.
std::optional<std::uint32_t> numberOf(QString text) {
    text.remove(QStringLiteral("km"));
    for (const QChar c : {QChar(u' '), QChar(u'.'), QChar(u','), QChar(0x00A0)}) {
        text.remove(c);
    }
    bool good = text.isEmpty();
    const uint number = text.isEmpty() ? 0 : text.toUInt(&good);
    return good ? std::optional<std::uint32_t>(number) : std::nullopt;
}

std::string stored(const FieldName& field, const QString& typed) {
    const bool lines = schema::ruleOf(&field.leaf()).format() == schema::Format::MULTILINE;
    const std::string text = (lines ? typed : typed.simplified()).toStdString();
    if (field.record != FieldName::Record::Vehicle) {
        return text;
    }
    if (field.is("plate")) {
        return domain::storedPlate(text);
    }
    if (field.is("vin")) {
        return domain::parseVin(text).text;
    }
    if (field.is("hsn")) {
        return domain::storedHsn(text);
    }
    if (field.is("tsn")) {
        return domain::storedTsn(text);
    }
    const bool month = field.is("next_inspection") || field.is("first_registration");
    return month ? domain::storedMonth(text) : text;
}

bool isMail(const Message& record) {
    return record.GetDescriptor() == record::ContactPoint::descriptor() &&
           static_cast<const record::ContactPoint&>(record).kind() == record::EMAIL_ADDRESS;
}

}  // namespace

std::optional<FieldName> FieldName::parse(const QString& name) {
    const QStringList parts = name.split(QLatin1Char('.'));
    FieldName out;
    int from = 1;
    if (parts.value(0) == QLatin1String("contact") || parts.value(0) == QLatin1String("vehicle")) {
        out.record = parts[0] == QLatin1String("contact") ? Record::Contact : Record::Vehicle;
        const auto id =
            RowId::fromBytes(QByteArray::fromHex(parts.value(1).toLatin1()).toStdString());
        if (!id || id->isNone()) {
            return std::nullopt;
        }
        out.id = *id;
        from = 2;
    } else if (parts.value(0) != QLatin1String("customer")) {
        return std::nullopt;
    }
    const auto* descriptor = descriptorOf(out.record);
    for (int i = from; i < parts.size(); ++i) {
        const auto* field =
            descriptor == nullptr ? nullptr : descriptor->FindFieldByName(parts[i].toStdString());
        if (field == nullptr || field->is_repeated()) {
            return std::nullopt;
        }
        out.path.push_back(field);
        descriptor = field->message_type();
    }
    return out.path.empty() ? std::nullopt : std::optional(out);
}

QString FieldName::contact(RowId id, const char* field) {
    return QStringLiteral("contact.%1.%2")
        .arg(QString::fromLatin1(QByteArray::fromStdString(id.bytes()).toHex()),
             QString::fromLatin1(field));
}

QString FieldName::vehicle(RowId id, const char* field) {
    return QStringLiteral("vehicle.%1.%2")
        .arg(QString::fromLatin1(QByteArray::fromStdString(id.bytes()).toHex()),
             QString::fromLatin1(field));
}

QString FormFields::show(const Message& record, const FieldName& field) {
    const std::string text = textOf(record, field);
    if (field.record == FieldName::Record::Contact && field.is("value") && !isMail(record)) {
        return qstr(domain::displayPhone(text));
    }
    if (field.record == FieldName::Record::Vehicle && field.is("plate")) {
        return qstr(domain::displayPlate(text));
    }
    return qstr(text);
}

void FormFields::put(Message& record, const FieldName& field, const QString& typed) {
    // An empty part does not make a composite value that was not there.
    if (field.path.size() > 1 && typed.isEmpty() && textOf(record, field).empty()) {
        return;
    }
    Message& at = mutableHolder(record, field);
    const auto* reflection = at.GetReflection();
    switch (field.leaf().cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            reflection->SetString(&at, &field.leaf(), stored(field, typed));
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            if (const auto number = numberOf(typed)) {
                reflection->SetUInt32(&at, &field.leaf(), *number);
            }
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            reflection->SetEnumValue(&at, &field.leaf(), typed.toInt());
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            reflection->SetBool(&at, &field.leaf(), !typed.isEmpty());
            break;
        default: break;
    }
    if (record.GetDescriptor() == record::Customer::descriptor() && field.is("company")) {
        auto& customer = static_cast<record::Customer&>(record);
        customer.set_kind(customer.company().empty() ? record::PERSON : record::COMPANY);
    }
}

QString FormFields::brokenRule(const Message& record, const FieldName& field) {
    const Message& at = holder(record, field);
    for (const schema::Violation& broken : schema::violations(at)) {
        if (broken.field != field.leaf().number()) {
            continue;
        }
        switch (broken.kind) {
            case Kind::Missing: return tr("This must not be empty.");
            case Kind::TooLong: {
                // The schema counts bytes: "ü" is two.
                const auto limit = schema::ruleOf(&field.leaf()).max_len();
                const auto over = static_cast<int>(textOf(record, field).size()) -
                                  static_cast<int>(limit == 0 ? 256 : limit);
                return tr("Too long by %n character(s).", nullptr, over);
            }
            case Kind::BadEncoding: return tr("This holds characters that cannot be stored.");
            case Kind::UnknownValue: return tr("This value is not known.");
            case Kind::BadFormat: break;
        }
        if (field.is("hsn")) {
            return tr("Four digits (2.1).");
        }
        if (field.is("tsn")) {
            return tr("Three characters (2.2).");
        }
        return tr("This is not allowed here.");
    }
    return {};
}

QString FormFields::warningOf(const Message& record, const FieldName& field) {
    const std::string text = textOf(record, field);
    if (text.empty()) {
        return {};
    }
    if (field.record == FieldName::Record::Contact) {
        const bool odd =
            field.is("value") && !isMail(record) && domain::parsePhone(text).e164.empty();
        return odd ? tr("No full number with area code.") : QString();
    }
    if (field.record != FieldName::Record::Vehicle) {
        return {};
    }
    if (field.is("plate")) {
        switch (domain::parsePlate(text).kind) {
            case domain::PlateKind::Ordinary: return {};
            case domain::PlateKind::Dealer: return tr("Dealer's plate (06).");
            case domain::PlateKind::ShortTerm: return tr("Short-term plate (03, 04).");
            case domain::PlateKind::Authority: return tr("Plate of an authority.");
            case domain::PlateKind::Unusual: return tr("Unusual plate.");
        }
    }
    if (field.is("vin") && !domain::parseVin(text).usual) {
        return text.size() < 17 ? tr("Short VIN, as of an old vehicle? Usual are 17 characters.")
                                : tr("I, O and Q are not used in a VIN.");
    }
    const bool month = field.is("next_inspection") || field.is("first_registration");
    return month && !domain::parseMonth(text) ? tr("Not a month such as 12/2026.") : QString();
}

FieldCheck FormFields::check(const Message& record, const FieldName& field, const QString& typed) {
    FieldCheck out;
    if (field.leaf().cpp_type() == FieldDescriptor::CPPTYPE_UINT32 && !numberOf(typed)) {
        out.error = tr("A number is needed.");
        return out;
    }
    out.error = brokenRule(record, field);
    const std::string text = textOf(record, field);
    if (out.error.isEmpty() && field.record == FieldName::Record::Contact && field.is("value") &&
        isMail(record) && !schema::looksLikeEmail(text)) {
        out.error = tr("Not an e-mail address.");
    }
    if (out.error.isEmpty()) {
        out.warning = warningOf(record, field);
    }
    return out;
}

}  // namespace vorfahrt::client::viewmodel
