// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/lead_context.h"

#include "client/ui/shell/contact_line.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/shell/sync_tray.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/viewmodel/words.h"
#include "common/domain/plate.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;
using viewmodel::Words;

}  // namespace

LeadContext::LeadContext(const Theme& theme, viewmodel::LeadDetail& lead, viewmodel::Tray& tray,
                         QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      lead_(lead) {
    setObjectName(QStringLiteral("leadContext"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* cards = new CardColumn(theme, Role::Window, this);
    outer->addWidget(cards);
    tray_ = new SyncTray(theme, tray, this);
    cards->column().addWidget(tray_);
    tray_->hide();
    cards_ = new QVBoxLayout;
    cards_->setSpacing(12);
    cards->column().addLayout(cards_);
    cards->column().addStretch();
    connect(tray_, &SyncTray::closeRequested, this, [this] { setTrayOpen(false); });
    connect(&lead, &viewmodel::LeadDetail::changed, this, &LeadContext::fill);
    fill();
}

void LeadContext::setTrayOpen(bool open) {
    tray_->setVisible(open);
}

bool LeadContext::isTrayOpen() const {
    return tray_->isVisibleTo(this);
}

void LeadContext::fill() {
    clearLayout(*cards_);
    if (!lead_.lead()) {
        return;
    }
    addCustomer();
    if (lead_.customer()) {
        addVehicles();
    }
}

void LeadContext::addCustomer() {
    const auto& customer = lead_.customer();
    if (!customer) {
        auto* card = new ContextCard(theme_, Icon::User, tr("Customer"), this);
        card->setEmpty(!lead_.isHidden()             ? tr("No customer yet.")
                       : lead_.ownerName().isEmpty() ? tr("Hidden until the claim.")
                                                     : tr("Visible to the owner only."));
        cards_->addWidget(card);
        return;
    }
    auto* card =
        new ContextCard(theme_, Icon::User, qstr(replica::displayName(customer->customer)), this);
    card->setObjectName(QStringLiteral("customerCard"));
    card->setLink(tr("Open"));
    const CustomerId id = customer->id;
    connect(card, &ContextCard::linkTriggered, this, [this, id] { Q_EMIT customerRequested(id); });
    for (const auto& point : customer->contactPoints) {
        auto* line = new ContactLine(theme_, point.value, card);
        connect(line, &ContactLine::triggered, this, [this, value = point.value] {
            lead_.contact(&value, value.kind() == record::EMAIL_ADDRESS);
        });
        card->body().addWidget(line);
    }
    const QString address = Words::addressLine(customer->customer.address());
    if (!address.isEmpty()) {
        card->addLine(Icon::MapPin, address);
    }
    if (customer->customer.customer_since_year() != 0) {
        card->addLine(icons::kChannelSystem,
                      tr("Customer since %1").arg(customer->customer.customer_since_year()));
    }
    if (customer->pending) {
        card->addLine(icons::kSyncPending, tr("Changes wait for the server"));
    }
    cards_->addWidget(card);
}

void LeadContext::addVehicles() {
    auto vehicles = lead_.customer()->vehicles;
    const std::string tradeIn = lead_.lead()->lead.trade_in_id();
    std::stable_partition(vehicles.begin(), vehicles.end(), [&](const auto& vehicle) {
        return !tradeIn.empty() && vehicle.id.bytes() == tradeIn;
    });
    auto* card = new ContextCard(theme_, icons::kNavVehicles, tr("Vehicles"), this);
    card->setCount(static_cast<int>(vehicles.size()));
    if (vehicles.empty()) {
        card->setEmpty(tr("No vehicle known."));
    }
    bool first = true;
    for (const auto& vehicle : vehicles) {
        if (!first) {
            card->addRule();
        }
        first = false;
        card->body().addWidget(new ElidedLabel(theme_, Words::vehicleName(vehicle.value),
                                               TextStyle::BodyStrong, Role::TextPrimary, this));
        const QString about = Words::vehicleLine(vehicle.value);
        if (!about.isEmpty()) {
            card->body().addWidget(
                new ElidedLabel(theme_, about, TextStyle::Meta, Role::TextSecondary, this));
        }
        auto* marks = new QHBoxLayout;
        marks->setSpacing(6);
        if (!vehicle.value.plate().empty()) {
            marks->addWidget(
                new PlateLabel(theme_, qstr(domain::displayPlate(vehicle.value.plate())), this));
        }
        if (!tradeIn.empty() && vehicle.id.bytes() == tradeIn) {
            marks->addWidget(new ChipLabel(theme_, {tr("Trade-in"), ChipTone::Accent}, this));
        }
        marks->addStretch();
        card->body().addLayout(marks);
    }
    cards_->addWidget(card);
}

}  // namespace vorfahrt::client::ui
