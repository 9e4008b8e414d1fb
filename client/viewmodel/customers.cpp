// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/customers.h"

#include "client/viewmodel/words.h"
#include "common/schema/record.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {

Customers::Customers(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk),
      list_(desk.reader()) {
    connect(&desk, &Desk::stageChanged, this, &Customers::stageChanged);
    connect(&desk, &Desk::changed, this, &Customers::apply);
    connect(&list_, &model::CustomerListModel::pageLoaded, this, &Customers::changed);
    connect(&desk.reader(), &model::ReplicaReader::failed, this,
            [this](const QString& key, ErrorCode code) {
                if (key == QStringLiteral("customer.detail")) {
                    loading_ = false;
                    readError_ = code;
                    Q_EMIT changed();
                }
            });
    if (desk.stage() == Desk::Stage::Working) {
        stageChanged();
    }
}

void Customers::stageChanged() {
    if (desk_.stage() == Desk::Stage::Working) {
        list_.setViewer(desk_.viewer());
    } else {
        choose({});
    }
}

void Customers::choose(CustomerId customer) {
    if (id_ == customer) {
        return;
    }
    id_ = customer;
    detail_.reset();
    readError_ = ErrorCode::Ok;
    loading_ = !customer.isNone();
    Q_EMIT changed();
    if (!customer.isNone()) {
        reload();
    }
}

void Customers::reload() {
    desk_.reader().ask(
        QStringLiteral("customer.detail"), this,
        [viewer = desk_.viewer(), id = id_](replica::Reader& reader) {
            return reader.customer(viewer, id);
        },
        [this, id = id_](std::optional<replica::CustomerDetail> detail) {
            if (id == id_) {
                loading_ = false;
                detail_ = std::move(detail);
                readError_ = ErrorCode::Ok;
                Q_EMIT changed();
            }
        });
}

void Customers::apply(const replica::ChangeSet& changes) {
    list_.apply(changes);
    if (id_.isNone()) {
        return;
    }
    for (const char* table : {"customer", "contact_point", "vehicle", "lead"}) {
        if (changes.touches(schema::recordByTable(table)->number)) {
            reload();
            return;
        }
    }
}

QString Customers::name() const {
    return detail_ ? qstr(replica::displayName(detail_->customer)) : QString();
}

CustomerForm Customers::form() const {
    CustomerForm form;
    if (detail_) {
        form.customer = detail_->customer;
        for (const auto& point : detail_->contactPoints) {
            form.contacts.push_back({point.id, point.value.kind(), qstr(point.value.value())});
        }
    }
    return form;
}

void Customers::save(const CustomerForm& form) {
    if (!detail_) {
        return;
    }
    if (const auto edit = command::editCustomer(desk_.viewer(), *detail_, form.customer)) {
        desk_.perform(*edit, tr("Customer saved."));
    }
    for (const CustomerForm::Contact& contact : form.contacts) {
        const std::string value = contact.value.trimmed().toStdString();
        if (contact.id.isNone()) {
            if (!value.empty()) {
                desk_.perform(command::addContactPoint(desk_.viewer(), *detail_, desk_.newId(),
                                                       contact.kind, value));
            }
            continue;
        }
        const auto before =
            std::find_if(detail_->contactPoints.begin(), detail_->contactPoints.end(),
                         [&](const auto& point) { return point.id == contact.id; });
        if (before == detail_->contactPoints.end() || value.empty()) {
            continue;
        }
        record::ContactPoint after = before->value;
        after.set_value(value);
        after.set_kind(contact.kind);
        if (const auto edit = command::editContactPoint(desk_.viewer(), *before, after)) {
            desk_.perform(*edit, tr("Customer saved."));
        }
    }
    Q_EMIT saved();
}

}  // namespace vorfahrt::client::viewmodel
