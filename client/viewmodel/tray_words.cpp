// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/tray_words.h"

#include "client/viewmodel/words.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/record.h"
#include "common/sync/mutator.h"

#include <QCoreApplication>
#include <QStringList>

namespace vorfahrt::client::viewmodel {
namespace {

struct TrayWords {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::viewmodel::TrayWords)
};

template <class T>
T parsed(const std::string& bytes) {
    T message;
    // Our own file wrote it; what is not readable shows as empty.
    if (!message.ParseFromString(bytes)) {
        message.Clear();
    }
    return message;
}

bool isTable(const replica::TrayItem& item, const char* table) {
    return item.table == schema::recordByTable(table)->number;
}

void collect(const google::protobuf::Message& message,
             const google::protobuf::FieldDescriptor* field, QStringList& into) {
    using Field = google::protobuf::FieldDescriptor;
    if (field->is_repeated()) {
        return;
    }
    const auto* reflection = message.GetReflection();
    if (field->type() == Field::TYPE_STRING) {
        into << qstr(reflection->GetString(message, field));
    } else if (field->cpp_type() == Field::CPPTYPE_MESSAGE &&
               reflection->HasField(message, field)) {
        const auto& inner = reflection->GetMessage(message, field);
        for (int i = 0; i < inner.GetDescriptor()->field_count(); ++i) {
            collect(inner, inner.GetDescriptor()->field(i), into);
        }
    }
}

QString textOfRecord(std::uint32_t table, const std::string& body, const std::vector<int>& fields) {
    const auto* info = schema::recordByNumber(table);
    if (info == nullptr) {
        return {};
    }
    const auto record = info->make();
    if (!record->ParseFromString(body)) {
        return {};
    }
    QStringList texts;
    for (const int number : fields) {
        if (const auto* field = info->descriptor->FindFieldByNumber(number)) {
            collect(*record, field, texts);
        }
    }
    texts.removeAll(QString());
    return texts.join(QStringLiteral(", "));
}

record::ActivityKind activityOf(const replica::TrayItem& item) {
    const auto args = parsed<wire::CreateArgs>(item.args);
    return parsed<record::Activity>(args.body()).kind();
}

}  // namespace

TrayKind kindOf(const replica::TrayItem& item) {
    if (item.name == sync::kLeadMove) {
        return TrayKind::Status;
    }
    if (item.name == sync::kLeadRelease) {
        return TrayKind::Release;
    }
    if (item.name == sync::kIntakeConvert || item.name == sync::kIntakeDismiss) {
        return TrayKind::Intake;
    }
    if (isTable(item, "activity")) {
        return TrayKind::Note;
    }
    if (isTable(item, "customer")) {
        return TrayKind::Customer;
    }
    if (isTable(item, "contact_point")) {
        return TrayKind::Contact;
    }
    if (isTable(item, "vehicle")) {
        return TrayKind::Vehicle;
    }
    return isTable(item, "lead") ? TrayKind::Lead : TrayKind::Other;
}

QString trayTitle(const replica::TrayItem& item) {
    const QString subject = item.title.empty() ? TrayWords::tr("unknown entry") : qstr(item.title);
    switch (kindOf(item)) {
        case TrayKind::Note:
            switch (activityOf(item)) {
                case record::MAIL_OPENED: return TrayWords::tr("Mail to %1").arg(subject);
                case record::DIALLED: return TrayWords::tr("Call to %1").arg(subject);
                case record::RETRACTION: return TrayWords::tr("Taken back: %1").arg(subject);
                default: return TrayWords::tr("Note for %1").arg(subject);
            }
        case TrayKind::Status: {
            const auto args = parsed<wire::LeadMoveArgs>(item.args);
            return TrayWords::tr("Status: %1 to “%2”").arg(subject, Words::status(args.to()));
        }
        case TrayKind::Release: return TrayWords::tr("Release: %1").arg(subject);
        case TrayKind::Customer: return TrayWords::tr("Customer data: %1").arg(subject);
        case TrayKind::Contact: return TrayWords::tr("Contact data: %1").arg(subject);
        case TrayKind::Vehicle: return TrayWords::tr("Vehicle: %1").arg(subject);
        case TrayKind::Lead: return TrayWords::tr("Next step: %1").arg(subject);
        case TrayKind::Intake:
            return item.name == sync::kIntakeConvert ? TrayWords::tr("New lead: %1").arg(subject)
                                                     : TrayWords::tr("Not a lead: %1").arg(subject);
        case TrayKind::Other: break;
    }
    return TrayWords::tr("Change: %1").arg(subject);
}

QString typedText(const replica::TrayItem& item) {
    if (item.name == sync::kCreate) {
        const auto args = parsed<wire::CreateArgs>(item.args);
        if (isTable(item, "activity")) {
            return qstr(parsed<record::Activity>(args.body()).text());
        }
        if (isTable(item, "contact_point")) {
            return qstr(parsed<record::ContactPoint>(args.body()).value());
        }
    }
    if (item.name == sync::kEdit) {
        const auto args = parsed<wire::EditArgs>(item.args);
        return textOfRecord(args.table(), args.body(),
                            {args.fields().begin(), args.fields().end()});
    }
    if (item.name == sync::kLeadMove) {
        return qstr(parsed<wire::LeadMoveArgs>(item.args).close_reason());
    }
    return {};
}

LeadId leadOfNote(const replica::TrayItem& item) {
    if (item.name != sync::kCreate || !isTable(item, "activity")) {
        return {};
    }
    const auto args = parsed<wire::CreateArgs>(item.args);
    return LeadId::fromBytes(parsed<record::Activity>(args.body()).lead_id()).value_or(LeadId());
}

}  // namespace vorfahrt::client::viewmodel
