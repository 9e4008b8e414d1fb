// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/search_preview.h"

#include "client/viewmodel/words.h"
#include "common/domain/lead_status.h"
#include "common/domain/plate.h"

namespace vorfahrt::client::viewmodel {
namespace {

constexpr qsizetype kMaxContacts = 4;
constexpr qsizetype kMaxPlates = 4;
constexpr qsizetype kMaxOpen = 3;

}  // namespace

SearchPreview::SearchPreview(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    connect(&desk, &Desk::stageChanged, this, [this] { show(std::nullopt); });
}

void SearchPreview::clear() {
    customer_.reset();
    title_.clear();
    about_.clear();
    facts_.clear();
    plates_.clear();
    open_.clear();
    phone_.clear();
    email_.clear();
}

void SearchPreview::show(const std::optional<model::SearchEntry>& entry) {
    const QByteArray key = entry && !entry->heading ? entry->key : QByteArray();
    if (key == key_) {
        return;
    }
    key_ = key;
    const CustomerId id = !key.isEmpty() && entry->hit ? entry->hit->customer : CustomerId();
    const bool same = customer_ && customer_->id == id;
    const auto known = customer_;
    clear();
    if (!key.isEmpty()) {
        tellEntry(*entry);
    }
    if (same) {
        tellCustomer(*known);
    } else if (!id.isNone()) {
        desk_.reader().ask(
            QStringLiteral("search.preview"), this,
            [viewer = desk_.viewer(), id](replica::Reader& reader) {
                return reader.customer(viewer, id);
            },
            [this, key](const std::optional<replica::CustomerDetail>& detail) {
                if (detail && key == key_) {
                    tellCustomer(*detail);
                    Q_EMIT changed();
                }
            });
    }
    Q_EMIT changed();
}

// What the line itself says; stays where nothing is known of a customer.
void SearchPreview::tellEntry(const model::SearchEntry& entry) {
    title_ = entry.title.text;
    about_ = entry.detail.text;
    if (!entry.command.isEmpty()) {
        about_ = Search::sectionName(Search::Section::Commands);
        if (!entry.badge.text.isEmpty()) {
            facts_.append({tr("Key"), entry.badge.text});
        }
    } else if (entry.section == Search::Section::Leads && entry.hit) {
        facts_.append({tr("Status"), Words::status(entry.hit->status)});
        facts_.append({tr("Received"), Words::moment(desk_.nowMs(), entry.hit->atMs)});
    } else if (entry.section == Search::Section::Activities && entry.hit) {
        facts_.append({tr("Time"), Words::moment(desk_.nowMs(), entry.hit->atMs)});
    }
}

void SearchPreview::addContacts(const replica::CustomerDetail& detail) {
    for (const auto& point : detail.contactPoints) {
        const QString value = qstr(point.value.value());
        const bool mail = point.value.kind() == record::EMAIL_ADDRESS;
        QString& first = mail ? email_ : phone_;
        if (first.isEmpty() || point.value.preferred()) {
            first = value;
        }
        if (facts_.size() < kMaxContacts) {
            const QString label = qstr(point.value.label());
            facts_.append(
                {label.isEmpty() ? Words::contactKind(point.value.kind()) : label, value});
        }
    }
    const QString address = Words::addressLine(detail.customer.address());
    if (!address.isEmpty()) {
        facts_.append({tr("Address"), address});
    }
}

void SearchPreview::tellCustomer(const replica::CustomerDetail& detail) {
    customer_ = detail;
    title_ = qstr(replica::displayName(detail.customer));
    about_ = detail.customer.customer_since_year() != 0
                 ? tr("Customer since %1").arg(detail.customer.customer_since_year())
                 : tr("Customer");
    facts_.clear();
    addContacts(detail);
    for (const auto& vehicle : detail.vehicles) {
        if (!vehicle.value.plate().empty() && plates_.size() < kMaxPlates) {
            plates_ << qstr(domain::displayPlate(vehicle.value.plate()));
        }
    }
    for (const replica::LeadRow& lead : detail.leads) {
        if (domain::isClosed(lead.status) || open_.size() >= kMaxOpen) {
            continue;
        }
        const bool promised = !lead.nextStep.empty();
        open_.append({promised ? qstr(lead.nextStep) : qstr(lead.wish),
                      promised ? Words::moment(desk_.nowMs(), lead.nextStepMs) : QString(),
                      promised});
    }
}

}  // namespace vorfahrt::client::viewmodel
