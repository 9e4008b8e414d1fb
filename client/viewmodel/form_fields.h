// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/schema/customer.pb.h"

#include <QCoreApplication>
#include <QString>
#include <google/protobuf/message.h>

#include <optional>
#include <vector>

namespace vorfahrt::client::viewmodel {

// A text of a form by name: "customer.last_name", "customer.address.city", "contact.<id>.value",
// "vehicle.<id>.plate". The names are the fields of the schema, and are the names of drafts.
struct FieldName {
    enum class Record { Customer, Contact, Vehicle };
    Record record = Record::Customer;
    RowId id;  // none: the customer
    std::vector<const google::protobuf::FieldDescriptor*> path;

    static std::optional<FieldName> parse(const QString& name);
    static QString contact(RowId id, const char* field);
    static QString vehicle(RowId id, const char* field);
    const google::protobuf::FieldDescriptor& leaf() const { return *path.back(); }
    bool is(const char* field) const { return leaf().name() == field; }
};

// What is said below a field: an error keeps it from being stored, a warning does not (G-15, G-16).
struct FieldCheck {
    QString error;
    QString warning;
    friend bool operator==(const FieldCheck&, const FieldCheck&) = default;
};

// Text and record: how a field is shown, what is stored for a typed text, and what is wrong with
// it. Length, format and what is required come from the schema alone, counted as it counts. Pure
// but for the translator.
class FormFields {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::viewmodel::FormFields)

public:
    static QString show(const google::protobuf::Message& record, const FieldName& field);
    // As it is stored: without blanks at the ends, plates and codes in their form. What is no
    // number where one is needed changes nothing; check() says so.
    static void put(google::protobuf::Message& record, const FieldName& field,
                    const QString& typed);
    // record: with the typed text in it.
    static FieldCheck check(const google::protobuf::Message& record, const FieldName& field,
                            const QString& typed);

private:
    static QString brokenRule(const google::protobuf::Message& record, const FieldName& field);
    static QString warningOf(const google::protobuf::Message& record, const FieldName& field);
};

}  // namespace vorfahrt::client::viewmodel
