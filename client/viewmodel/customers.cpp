// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/customers.h"

#include "client/viewmodel/words.h"
#include "common/schema/record.h"

#include <algorithm>
#include <memory>

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
        list_.setViewer({});
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

std::vector<command::Command> Customers::editsOf(const CustomerForm& form) const {
    std::vector<command::Command> edits;
    if (const auto edit = command::editCustomer(desk_.viewer(), *detail_, form.customer)) {
        edits.push_back(*edit);
    }
    for (const CustomerForm::Contact& contact : form.contacts) {
        const std::string value = contact.value.trimmed().toStdString();
        const auto before =
            std::find_if(detail_->contactPoints.begin(), detail_->contactPoints.end(),
                         [&](const auto& point) { return point.id == contact.id; });
        if (value.empty()) {
            continue;
        }
        if (before == detail_->contactPoints.end()) {
            if (contact.isNew) {
                edits.push_back(command::addContactPoint(desk_.viewer(), *detail_, contact.id,
                                                         contact.kind, value));
            }
            continue;
        }
        record::ContactPoint after = before->value;
        after.set_value(value);
        after.set_kind(contact.kind);
        if (const auto edit = command::editContactPoint(desk_.viewer(), *before, after)) {
            edits.push_back(*edit);
        }
    }
    return edits;
}

void Customers::save(const CustomerForm& form) {
    if (!detail_ || saving_) {
        return;
    }
    const std::vector<command::Command> edits = editsOf(form);
    if (edits.empty()) {
        Q_EMIT saved();
        return;
    }
    saving_ = true;
    struct Progress {
        std::size_t left;
        bool ok = true;
    };
    auto progress = std::make_shared<Progress>(Progress{edits.size()});
    for (const command::Command& edit : edits) {
        desk_.perform(edit, edit.inverse ? tr("Customer saved.") : QString(), this,
                      [this, progress, id = id_](ErrorCode code) {
                          progress->ok = progress->ok && code == ErrorCode::Ok;
                          if (--progress->left > 0) {
                              return;
                          }
                          saving_ = false;
                          if (progress->ok && id == id_) {
                              Q_EMIT saved();
                          }
                      });
    }
}

}  // namespace vorfahrt::client::viewmodel
