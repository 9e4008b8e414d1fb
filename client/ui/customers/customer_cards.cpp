// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customer_cards.h"

#include "client/ui/customers/consent_panel.h"
#include "client/ui/shell/contact_line.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/viewmodel/words.h"
#include "common/domain/letter.h"
#include "common/domain/plate.h"
#include "common/domain/registration.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::ConsentFor;
using viewmodel::qstr;
using viewmodel::Words;

// The day as it is here.
std::chrono::sys_days today(std::int64_t nowMs) {
    const QDate date = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    return std::chrono::sys_days(std::chrono::year_month_day(
        std::chrono::year(date.year()), std::chrono::month(static_cast<unsigned>(date.month())),
        std::chrono::day(static_cast<unsigned>(date.day()))));
}

ChipLook consentChip(ConsentFor what, record::ConsentState state) {
    const QString channel = ConsentPanel::channel(what);
    if (what == ConsentFor::Contract) {
        return {CustomerCards::tr("No contact wanted"), ChipTone::Danger, Icon::Ban};
    }
    switch (state) {
        case record::CONSENT_GRANTED: return {channel, ChipTone::Success, Icon::Check};
        case record::CONSENT_WITHDRAWN: return {channel, ChipTone::Danger, Icon::Ban};
        default:
            return {CustomerCards::tr("%1 open", "consent for a channel, not known").arg(channel),
                    ChipTone::Neutral};
    }
}

QString consentSentence(ConsentFor what, record::ConsentState state) {
    const QString channel = ConsentPanel::channel(what);
    if (what == ConsentFor::Contract) {
        return CustomerCards::tr("No contact wanted");
    }
    switch (state) {
        case record::CONSENT_GRANTED:
            return CustomerCards::tr("Advertising allowed: %1").arg(channel);
        case record::CONSENT_WITHDRAWN:
            return CustomerCards::tr("Advertising withdrawn: %1").arg(channel);
        default: return CustomerCards::tr("Advertising not allowed yet: %1").arg(channel);
    }
}

}  // namespace

CustomerCards::CustomerCards(const Theme& theme, viewmodel::Customers& customers, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      customers_(customers),
      column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("customerCards"));
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(12);
}

void CustomerCards::fill() {
    const QString source = panel_ ? panel_->source() : QString();
    const int focused = panel_ ? panel_->focusedChoice() : -1;
    panel_ = nullptr;
    clearLayout(*column_);
    if (!customers_.detail()) {
        return;
    }
    source_ = open_.isNone() ? QString() : source;
    addContacts();
    if (panel_ && focused >= 0) {
        // Once it is shown.
        QTimer::singleShot(0, panel_, [panel = panel_, focused] {
            if (QWidget* choice = panel->choice(focused)) {
                choice->setFocus(Qt::TabFocusReason);
            }
        });
    }
    addVehicles();
    addLeads();
    addNote();
    addLetter();
}

bool CustomerCards::closePanel() {
    if (open_.isNone()) {
        return false;
    }
    open_ = {};
    fill();
    return true;
}

void CustomerCards::addContacts() {
    const replica::CustomerDetail& detail = *customers_.detail();
    auto* card = new ContextCard(theme_, Icon::User, tr("Contact"), this);
    card->setObjectName(QStringLiteral("contactCard"));
    card->setLink(tr("Edit"));
    card->link().setAccessibleName(tr("Edit contact data"));
    connect(card, &ContextCard::linkTriggered, this, [this] { Q_EMIT editRequested({}); });
    int at = 0;
    for (const auto& point : detail.contactPoints) {
        auto* line = new ContactLine(theme_, point.value, card);
        auto* consents = new IconButton(theme_, Icon::ShieldCheck,
                                        tr("Consents for %1").arg(qstr(point.value.value())), line);
        consents->setObjectName(QStringLiteral("consents%1").arg(at++));
        consents->setSize(ButtonSize::Small);
        line->add(consents);
        card->body().addWidget(line);
        connect(line, &ContactLine::triggered, this, [this, value = point.value] {
            customers_.contact(&value, value.kind() == record::EMAIL_ADDRESS);
        });
        connect(consents, &QAbstractButton::clicked, this, [this, id = point.id] {
            open_ = open_ == id ? RowId() : id;
            fill();
            if (panel_) {
                QTimer::singleShot(0, panel_, &ConsentPanel::focusSource);
            }
        });
        addConsents(*card, point);
        if (open_ == point.id) {
            panel_ = new ConsentPanel(theme_, customers_, point, source_, card);
            connect(panel_, &ConsentPanel::closeRequested, this, [this] { closePanel(); });
            card->body().addWidget(panel_);
        }
    }
    const QString address = Words::addressLine(detail.customer.address());
    if (!address.isEmpty()) {
        card->addLine(Icon::MapPin, address);
    }
    if (detail.contactPoints.empty() && address.isEmpty()) {
        card->setEmpty(tr("No contact data yet."));
    }
    column_->addWidget(card);
}

void CustomerCards::addConsents(ContextCard& card,
                                const replica::Item<record::ContactPoint>& point) {
    auto* chips = new QHBoxLayout;
    chips->setContentsMargins(theme_.px(24), 0, 0, 4);
    chips->setSpacing(6);
    for (const ConsentFor what : viewmodel::Customers::consentsOf(point.value.kind())) {
        const record::ConsentState state = viewmodel::Customers::consent(point.value, what).state();
        if (what == ConsentFor::Contract && state != record::CONSENT_WITHDRAWN) {
            continue;
        }
        auto* chip = new ChipLabel(theme_, consentChip(what, state), &card);
        chip->setAccessibleName(consentSentence(what, state));
        chip->setToolTip(chip->accessibleName());
        chips->addWidget(chip);
    }
    chips->addStretch();
    card.body().addLayout(chips);
}

void CustomerCards::addLetter() {
    const record::Customer& customer = customers_.detail()->customer;
    auto* card = new ContextCard(theme_, Icon::FileText, tr("Letter"), this);
    card->setObjectName(QStringLiteral("letterCard"));
    card->setLink(tr("Copy"));
    card->link().setObjectName(QStringLiteral("letterCopy"));
    card->link().setAccessibleName(tr("Copy address and salutation"));
    connect(card, &ContextCard::linkTriggered, this, &CustomerCards::copyLetter);
    for (const std::string& line : domain::addressBlock(customer)) {
        card->body().addWidget(
            new ElidedLabel(theme_, qstr(line), TextStyle::Body, Role::TextPrimary, card));
    }
    card->body().addSpacing(4);
    card->body().addWidget(new ElidedLabel(theme_, qstr(domain::letterSalutation(customer)),
                                           TextStyle::Body, Role::TextSecondary, card));
    column_->addWidget(card);
}

void CustomerCards::copyLetter() {
    if (!customers_.detail()) {
        return;
    }
    const record::Customer& customer = customers_.detail()->customer;
    QStringList lines;
    for (const std::string& line : domain::addressBlock(customer)) {
        lines << qstr(line);
    }
    lines << QString() << qstr(domain::letterSalutation(customer));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void CustomerCards::addVehicles() {
    const replica::CustomerDetail& detail = *customers_.detail();
    auto* card = new ContextCard(theme_, icons::kNavVehicles, tr("Vehicles"), this);
    card->setObjectName(QStringLiteral("vehicleCard"));
    card->setCount(static_cast<int>(detail.vehicles.size()));
    card->setLink(tr("Add"));
    card->link().setObjectName(QStringLiteral("vehicleAdd"));
    card->link().setAccessibleName(tr("Add vehicle"));
    connect(card, &ContextCard::linkTriggered, this, &CustomerCards::vehicleRequested);
    if (detail.vehicles.empty()) {
        card->setEmpty(tr("No vehicle known."));
    }
    bool first = true;
    for (const auto& vehicle : detail.vehicles) {
        if (!first) {
            card->addRule();
        }
        first = false;
        addVehicle(*card, vehicle);
    }
    column_->addWidget(card);
}

void CustomerCards::addVehicle(ContextCard& card, const replica::Item<record::Vehicle>& item) {
    const record::Vehicle& vehicle = item.value;
    QString name = Words::vehicleName(vehicle);
    name = name.isEmpty() ? tr("Vehicle") : name;
    card.body().addWidget(
        new ElidedLabel(theme_, name, TextStyle::BodyStrong, Role::TextPrimary, &card));
    const auto line = [&](const QString& text) {
        if (!text.isEmpty()) {
            card.body().addWidget(
                new ElidedLabel(theme_, text, TextStyle::Meta, Role::TextSecondary, &card));
        }
    };
    record::Vehicle known = vehicle;
    known.clear_next_inspection();  // has a chip of its own
    line(Words::vehicleLine(known));
    if (!vehicle.vin().empty()) {
        line(tr("VIN %1").arg(qstr(vehicle.vin())));
    }
    if (!vehicle.hsn().empty() || !vehicle.tsn().empty()) {
        line(tr("HSN %1 · TSN %2")
                 .arg(vehicle.hsn().empty() ? QStringLiteral("–") : qstr(vehicle.hsn()),
                      vehicle.tsn().empty() ? QStringLiteral("–") : qstr(vehicle.tsn())));
    }
    auto* marks = new QHBoxLayout;
    marks->setSpacing(6);
    if (!vehicle.plate().empty()) {
        marks->addWidget(
            new PlateLabel(theme_, qstr(domain::displayPlate(vehicle.plate())), &card));
    }
    if (!vehicle.next_inspection().empty()) {
        const QString due = qstr(vehicle.next_inspection());
        ChipLook look{tr("HU %1").arg(due), ChipTone::Neutral};
        const auto state =
            domain::inspectionState(vehicle.next_inspection(), today(customers_.desk().nowMs()));
        if (state == domain::InspectionState::Soon) {
            look = {tr("HU due %1").arg(due), ChipTone::Warning, Icon::Clock};
        } else if (state == domain::InspectionState::Past) {
            look = {tr("HU overdue since %1").arg(due), ChipTone::Danger, Icon::TriangleAlert};
        }
        auto* chip = new ChipLabel(theme_, look, &card);
        chip->setObjectName(QStringLiteral("inspection"));
        chip->setAccessibleName(look.text);
        marks->addWidget(chip);
    }
    if (item.pending) {
        marks->addWidget(new ChipLabel(
            theme_, {tr("waiting for the server"), ChipTone::Neutral, icons::kSyncPending}, &card));
    }
    marks->addStretch();
    card.body().addLayout(marks);
}

void CustomerCards::addLeads() {
    const replica::CustomerDetail& detail = *customers_.detail();
    auto* card = new ContextCard(theme_, icons::kNavLeads, tr("Leads"), this);
    card->setObjectName(QStringLiteral("customerLeads"));
    card->setCount(static_cast<int>(detail.leads.size()));
    if (detail.leads.empty()) {
        card->setEmpty(tr("No lead that you may see."));
    }
    bool first = true;
    for (const replica::LeadRow& lead : detail.leads) {
        if (!first) {
            card->addRule();
        }
        first = false;
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        auto* link = new LinkButton(theme_, qstr(lead.wish), card);
        link->setObjectName(QStringLiteral("customerLead"));
        link->setToolTip(qstr(lead.wish));
        link->setAccessibleName(tr("Open lead: %1").arg(qstr(lead.wish)));
        connect(link, &QAbstractButton::clicked, this,
                [this, id = lead.id] { Q_EMIT leadRequested(id); });
        row->addWidget(link, 1);
        row->addWidget(new ChipLabel(theme_, {Words::status(lead.status)}, card));
        row->addWidget(new Label(theme_, Words::shortDay(lead.receivedMs), TextStyle::Meta,
                                 Role::TextMuted, card));
        card->body().addLayout(row);
    }
    column_->addWidget(card);
}

void CustomerCards::addNote() {
    const std::string& text = customers_.detail()->customer.note();
    if (text.empty()) {
        return;
    }
    auto* card = new ContextCard(theme_, icons::kChannelNote, tr("Note"), this);
    card->setLink(tr("Edit"));
    card->link().setAccessibleName(tr("Edit note"));
    connect(card, &ContextCard::linkTriggered, this,
            [this] { Q_EMIT editRequested(QStringLiteral("customer.note")); });
    auto* note = new Label(theme_, qstr(text), TextStyle::Body, Role::TextSecondary, card);
    note->setWordWrap(true);
    card->body().addWidget(note);
    column_->addWidget(card);
}

}  // namespace vorfahrt::client::ui
