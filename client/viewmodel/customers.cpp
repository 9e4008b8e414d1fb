// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/customers.h"

#include "client/viewmodel/system_contact.h"
#include "client/viewmodel/words.h"
#include "common/schema/record.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kFilterAfterMs = 60;

}  // namespace

Customers::Customers(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk),
      list_(desk.reader()),
      history_(desk),
      form_(desk) {
    filterTimer_.setSingleShot(true);
    filterTimer_.setInterval(kFilterAfterMs);
    connect(&filterTimer_, &QTimer::timeout, this, [this] { list_.setFilter(filter_); });
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
    if (form_.mode() == CustomerForm::Mode::Edit) {
        form_.close();
    }
    history_.open(customer);
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
                if (detail_) {
                    form_.update(*detail_);
                }
                Q_EMIT changed();
            }
        });
}

void Customers::apply(const replica::ChangeSet& changes) {
    list_.apply(changes);
    if (id_.isNone()) {
        return;
    }
    const auto touches = [&](const char* table) {
        return changes.touches(schema::recordByTable(table)->number);
    };
    if (touches("customer") || touches("contact_point") || touches("vehicle") || touches("lead") ||
        changes.trayChanged) {
        reload();
    }
    if (touches("activity") || touches("lead") || touches("user") || changes.trayChanged) {
        history_.reload();
    }
}

QString Customers::name() const {
    return detail_ ? qstr(replica::displayName(detail_->customer)) : QString();
}

void Customers::setFilter(const QString& text) {
    filter_ = text.simplified();
    filterTimer_.start();
}

void Customers::addNote() {
    if (detail_) {
        history_.addNote(*detail_);
    }
}

bool Customers::canContact(bool mail) const {
    return detail_ && SystemContact::best(detail_->contactPoints, mail) != nullptr;
}

void Customers::contact(const record::ContactPoint* point, bool mail) {
    const record::ContactPoint* chosen =
        point != nullptr || !detail_ ? point : SystemContact::best(detail_->contactPoints, mail);
    if (chosen != nullptr && detail_) {
        SystemContact::start(desk_, id_, {}, detail_->customer.site_id(), *chosen);
    }
}

std::vector<ConsentFor> Customers::consentsOf(record::ContactKind kind) {
    switch (kind) {
        case record::EMAIL_ADDRESS: return {ConsentFor::AdsEmail, ConsentFor::Contract};
        case record::MOBILE:
            return {ConsentFor::AdsCall, ConsentFor::AdsSms, ConsentFor::AdsWhatsapp,
                    ConsentFor::Contract};
        default: return {ConsentFor::AdsCall, ConsentFor::Contract};
    }
}

const record::Consent& Customers::consent(const record::ContactPoint& point, ConsentFor what) {
    switch (what) {
        case ConsentFor::AdsCall: return point.ads_call();
        case ConsentFor::AdsSms: return point.ads_sms();
        case ConsentFor::AdsWhatsapp: return point.ads_whatsapp();
        case ConsentFor::AdsEmail: return point.ads_email();
        case ConsentFor::Contract: break;
    }
    return point.contract();
}

void Customers::setConsent(RowId id, ConsentFor what, record::ConsentState state,
                           const QString& source) {
    if (!detail_) {
        return;
    }
    const auto item =
        std::ranges::find(detail_->contactPoints, id, &replica::Item<record::ContactPoint>::id);
    if (item == detail_->contactPoints.end() || consent(item->value, what).state() == state) {
        return;
    }
    record::Consent consent;
    consent.set_state(state);
    consent.set_source(source.simplified().toStdString());
    consent.set_at_ms(desk_.nowMs());
    consent.set_recorded_by(desk_.viewer().user.bytes());
    record::ContactPoint after = item->value;
    switch (what) {
        case ConsentFor::AdsCall: *after.mutable_ads_call() = consent; break;
        case ConsentFor::AdsSms: *after.mutable_ads_sms() = consent; break;
        case ConsentFor::AdsWhatsapp: *after.mutable_ads_whatsapp() = consent; break;
        case ConsentFor::AdsEmail: *after.mutable_ads_email() = consent; break;
        case ConsentFor::Contract: *after.mutable_contract() = consent; break;
    }
    if (const auto edit = command::editContactPoint(desk_.viewer(), *item, after)) {
        desk_.perform(*edit, tr("Consent noted."));
    }
}

}  // namespace vorfahrt::client::viewmodel
