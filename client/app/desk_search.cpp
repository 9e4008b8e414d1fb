// SPDX-License-Identifier: GPL-3.0-or-later
// The search window of the desk: which commands it offers, what a hit opens, what can be done with
// it, and what is remembered as opened.
#include "client/app/desk_window.h"
#include "client/ui/customers/customers_page.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/palette/palette.h"
#include "client/ui/shell/top_bar.h"

#include <QClipboard>
#include <QGuiApplication>

#include <array>

namespace vorfahrt::client::app {
namespace {

using viewmodel::Search;
using viewmodel::SearchCommand;

const QString kLeads = QStringLiteral("leads");
const QString kCustomers = QStringLiteral("customers");
const QString kOpen = QStringLiteral("row.open");
const QString kCopyPhone = QStringLiteral("row.copyPhone");
const QString kCopyEmail = QStringLiteral("row.copyEmail");

// Actions of the registry that make sense on a found customer or lead, the most wanted first;
// those that do not exist, or not for this row, are passed over.
constexpr std::array kOnCustomer{"customer.call", "customer.mail", "customer.newLead",
                                 "customer.edit"};
constexpr std::array kOnLead{"lead.claim", "lead.call", "lead.note", "lead.step", "lead.close"};

bool isOfLead(const Search::Target& target) {
    return target.section == Search::Section::Leads ||
           (target.section == Search::Section::Activities && !target.lead.isNone());
}

}  // namespace

void DeskWindow::makePalette() {
    palette_ = new ui::Palette(theme_, actions_, search_, preview_, this);
    search_.setCommands([this] { return commands(); });
    search_.setCanCreate([this] {
        const QAction* create = actions_.action(QStringLiteral("customer.new"));
        return create != nullptr && create->isEnabled();
    });
    palette_->setActionsOf(
        [this](const Search::Target& target, const viewmodel::SearchPreview& preview) {
            return actionsOf(target, preview);
        });
    topBar_->setSearchAction(*actions_.action(QStringLiteral("search.open")));
    connect(palette_, &ui::Palette::openRequested, this, &DeskWindow::openTarget);
    connect(palette_, &ui::Palette::actionRequested, this, &DeskWindow::runOn);
    connect(palette_, &ui::Palette::newCustomerRequested, this, [this](const QString& text) {
        go(kCustomers);
        customers_->startNew(text);
    });
    connect(&models_.customers, &viewmodel::Customers::changed, this, &DeskWindow::runWaiting);
    connect(&models_.leads.detail(), &viewmodel::LeadDetail::changed, this,
            &DeskWindow::runWaiting);
    connect(&models_.customers, &viewmodel::Customers::changed, this, &DeskWindow::rememberOpened);
    connect(&models_.leads.detail(), &viewmodel::LeadDetail::changed, this,
            &DeskWindow::rememberOpened);
}

// Everything that can be run just now, besides the search itself.
QList<SearchCommand> DeskWindow::commands() const {
    QList<SearchCommand> commands;
    for (const ui::ActionRegistry::Entry& entry : actions_.entries()) {
        const QString id = entry.action->objectName();
        if (entry.action->isEnabled() && entry.action->isVisible() &&
            !id.startsWith(QStringLiteral("search."))) {
            commands.append({id, entry.action->text(), ui::ActionRegistry::keyText(*entry.action)});
        }
    }
    return commands;
}

QString DeskWindow::pageOf(const QWidget* widget) const {
    for (auto it = byName_.begin(); it != byName_.end(); ++it) {
        if (it.value() == widget || it.value()->isAncestorOf(widget)) {
            return it.key();
        }
    }
    return {};
}

void DeskWindow::run(const QString& id) {
    const ui::ActionRegistry::Entry* entry = actions_.entry(id);
    if (entry == nullptr || !entry->action->isEnabled()) {
        return;
    }
    const QString page = pageOf(entry->where);
    if (!page.isEmpty() && page != page_) {
        go(page);
    }
    entry->action->trigger();
}

void DeskWindow::openCustomer(CustomerId customer) {
    go(kCustomers);
    customers_->open(customer);
}

void DeskWindow::openLead(LeadId lead) {
    go(kLeads);
    models_.leads.choose(lead);
    leads_->list().show(lead);
}

void DeskWindow::openTarget(const Search::Target& target) {
    if (!target.command.isEmpty()) {
        run(target.command);
    } else if (isOfLead(target)) {
        openLead(target.lead);
    } else if (!target.customer.isNone()) {
        openCustomer(target.customer);
    }
}

QList<ui::PaletteAction> DeskWindow::actionsOf(const Search::Target& target,
                                               const viewmodel::SearchPreview& preview) const {
    QList<ui::PaletteAction> list;
    if (!target.command.isEmpty() || target.create) {
        return list;
    }
    list.append({kOpen, tr("Open"), ui::Icon::CornerDownLeft});
    const auto add = [&](const auto& ids) {
        for (const char* id : ids) {
            if (const auto* entry = actions_.entry(QString::fromLatin1(id))) {
                list.append({QString::fromLatin1(id), entry->action->text(),
                             entry->icon.value_or(ui::Icon::ChevronRight)});
            }
        }
    };
    if (isOfLead(target)) {
        add(kOnLead);
    } else if (!target.customer.isNone()) {
        add(kOnCustomer);
    }
    if (!preview.phone().isEmpty()) {
        list.append({kCopyPhone, tr("Copy the number"), ui::icons::kActionCopy});
    }
    if (!preview.email().isEmpty()) {
        list.append({kCopyEmail, tr("Copy the e-mail address"), ui::icons::kActionCopy});
    }
    return list;
}

void DeskWindow::runOn(const Search::Target& target, const QString& id) {
    if (id == kCopyPhone || id == kCopyEmail) {
        QGuiApplication::clipboard()->setText(id == kCopyPhone ? preview_.phone()
                                                               : preview_.email());
        return;
    }
    openTarget(target);
    if (id != kOpen) {
        waiting_ = {isOfLead(target) ? CustomerId() : target.customer,
                    isOfLead(target) ? target.lead : LeadId(), id};
        runWaiting();
    }
}

// The row has been read, and its page knows what is allowed.
void DeskWindow::runWaiting() {
    if (waiting_.action.isEmpty()) {
        return;
    }
    const auto& customer = models_.customers.detail();
    const auto& lead = models_.leads.detail().lead();
    const bool other = waiting_.lead.isNone() ? models_.customers.chosen() != waiting_.customer
                                              : models_.leads.chosen() != waiting_.lead;
    const bool here = waiting_.lead.isNone() ? customer && customer->id == waiting_.customer
                                             : lead && lead->row.id == waiting_.lead;
    if (other) {
        waiting_ = {};
    } else if (here) {
        const QString id = std::exchange(waiting_, {}).action;
        run(id);
    }
}

void DeskWindow::rememberOpened() {
    const LeadId lead = models_.leads.detail().lead() ? models_.leads.chosen() : LeadId();
    const CustomerId customer =
        models_.customers.detail() ? models_.customers.chosen() : CustomerId();
    if (!lead.isNone() && lead != lastLead_) {
        search_.recents().opened({replica::SearchGroup::Leads, RowId(lead.uuid())});
    }
    if (!customer.isNone() && customer != lastCustomer_) {
        search_.recents().opened({replica::SearchGroup::Customers, RowId(customer.uuid())});
    }
    lastLead_ = lead;
    lastCustomer_ = customer;
}

}  // namespace vorfahrt::client::app
