// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/form_fields.h"

#include <QByteArray>

namespace vorfahrt::client::viewmodel {

// Insides of CustomerForm, shared by its two files.

inline const QString kLastName = QStringLiteral("customer.last_name");
inline const QString kCompany = QStringLiteral("customer.company");

// Of the record that a field belongs to.
[[nodiscard]] inline QByteArray keyOf(const FieldName& field) {
    return QByteArray::number(static_cast<int>(field.record)) +
           QByteArray::fromStdString(field.id.bytes());
}

template <class T>
[[nodiscard]] const T& as(const google::protobuf::Message& record) {
    return static_cast<const T&>(record);
}

}  // namespace vorfahrt::client::viewmodel
