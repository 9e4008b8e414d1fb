// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/leads_page.h"

#include "client/ui/leads/lead_context.h"
#include "client/ui/leads/lead_detail_pane.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/shell/layout.h"
#include "client/ui/shell/sync_tray.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/menu.h"
#include "client/ui/widgets/toast.h"

#include <QHBoxLayout>
#include <QTimer>

#include <algorithm>
#include <array>

namespace vorfahrt::client::ui {
namespace {

constexpr std::int64_t kSnoozeMs = 3'600'000;

}  // namespace

LeadsPage::LeadsPage(const Theme& theme, ActionRegistry& actions, viewmodel::Leads& leads,
                     viewmodel::Tray& tray, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      actions_(actions),
      leads_(leads),
      list_(new LeadListPane(theme, leads, this)),
      detail_(new LeadDetailPane(theme, leads, this)),
      context_(new LeadContext(theme, leads.detail(), tray, this)),
      splitter_(new Splitter(theme, this)),
      toasts_(nullptr) {
    setObjectName(QStringLiteral("leadsPage"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(splitter_);
    list_->setMinimumWidth(kMinList);
    detail_->setMinimumWidth(kMinDetail);
    context_->setMinimumWidth(kMinContext);
    splitter_->addWidget(list_);
    splitter_->addWidget(detail_);
    splitter_->addWidget(context_);
    splitter_->setStretchFactor(0, 0);
    splitter_->setStretchFactor(1, 1);
    splitter_->setStretchFactor(2, 0);
    splitter_->setChildrenCollapsible(false);
    connect(splitter_, &Splitter::widthsChosen, this, [this](const QList<int>& sizes) {
        if (sizes.isEmpty()) {
            widths_.remove(layoutClass_);
        } else {
            widths_.insert(layoutClass_, sizes);
        }
    });
    toasts_ = new ToastHost(theme, detail_);
    addActions();
    addListActions();
    detail_->bind(actions);
    connect(list_, &LeadListPane::leadChosen, this, [this](LeadId lead) { leads_.choose(lead); });
    connect(list_, &LeadListPane::claimRequested, this, [this](LeadId lead) {
        leads_.claim(lead);
        leads_.choose(lead);
    });
    connect(detail_, &LeadDetailPane::refreshed, this, &LeadsPage::updateActions);
    connect(context_, &LeadContext::customerRequested, this, &LeadsPage::customerRequested);
    connect(&context_->tray(), &SyncTray::syncRequested, &leads.desk(),
            [this] { leads_.desk().port().syncNow(); });
    connect(&leads.desk(), &viewmodel::Desk::performed, this, [this](const QString& text) {
        if (!isVisible()) {
            return;  // told on the page where it was done
        }
        toasts_->setBottomMargin(detail_->footHeight());
        toasts_->show({ToastTone::Success, text, QStringLiteral("undo")});
    });
    connect(toasts_, &ToastHost::undoRequested, this, [this] { leads_.desk().undo(); });
    connect(&leads.desk(), &viewmodel::Desk::statusChanged, this, &LeadsPage::followConnection);
    connect(&leads.desk(), &viewmodel::Desk::stageChanged, this, &LeadsPage::followConnection);
    followConnection();
    updateActions();
}

void LeadsPage::addActions() {
    const QString group = tr("Leads");
    const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys,
                         std::function<void()> run) {
        return actions_.add({QString::fromLatin1(id), text, group, std::move(keys)}, this,
                            std::move(run));
    };
    add("lead.claim", tr("Claim"), {QKeySequence(Qt::Key_Udiaeresis), QKeySequence(Qt::Key_U)},
        [this] { claim(); });
    add("lead.release", tr("Release"), {}, [this] { leads_.detail().release(); });
    add("lead.close", tr("Close lead"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
        [this] { detail_->openClosePanel(); });
    add("lead.step", tr("Set next step"), {QKeySequence(Qt::Key_T)},
        [this] { detail_->openStepPanel(); });
    add("lead.call", tr("Call the customer"), {QKeySequence(Qt::Key_F6)},
        [this] { leads_.detail().contact(nullptr, false); });
    add("lead.mail", tr("Write to the customer"), {QKeySequence(Qt::ALT | Qt::Key_M)},
        [this] { leads_.detail().contact(nullptr, true); });
    add("lead.stepDone", tr("Next step done"), {QKeySequence(Qt::Key_E)},
        [this] { leads_.detail().finishNextStep(); });
    add("lead.snooze", tr("Snooze by an hour"), {QKeySequence(Qt::Key_S)},
        [this] { leads_.detail().snooze(kSnoozeMs); });
    add("lead.note", tr("Write a note"), {QKeySequence(Qt::ALT | Qt::Key_N)},
        [this] { detail_->focusNote(); });
    add("lead.saveNote", tr("Save note"),
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)},
        [this] { detail_->saveNote(); });
    add("lead.context", tr("Show or hide the context"), {QKeySequence(Qt::CTRL | Qt::Key_I)},
        [this] { toggleContext(); });
}

void LeadsPage::addListActions() {
    const QString group = tr("List");
    actions_.add({QStringLiteral("list.down"), tr("Next lead"), group, {QKeySequence(Qt::Key_J)}},
                 this, [this] { list_->step(1); });
    actions_.add({QStringLiteral("list.up"), tr("Previous lead"), group, {QKeySequence(Qt::Key_K)}},
                 this, [this] { list_->step(-1); });
    actions_.add({QStringLiteral("list.takeIn"),
                  tr("Show new leads"),
                  group,
                  {QKeySequence(Qt::ALT | Qt::Key_0)}},
                 this, [this] { list_->takeIn(); });
    const std::array names{tr("All"), tr("To claim"), tr("Overdue"), tr("Today"),
                           tr("Test drive wanted")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int key = Qt::Key_1 + static_cast<int>(i);
        actions_.add({QStringLiteral("list.filter%1").arg(i),
                      tr("Filter: %1").arg(names[i]),
                      group,
                      {QKeySequence(Qt::ALT | static_cast<Qt::Key>(key))}},
                     this, [this, i] { list_->setFilter(static_cast<int>(i)); });
    }
}

// The chosen lead, else the first one that waits.
void LeadsPage::claim() {
    LeadId lead = leads_.detail().isClaimable() ? leads_.chosen() : list_->current();
    const int row = lead.isNone() ? -1 : leads_.list().rowOfLead(lead);
    const bool here = leads_.detail().isClaimable() ||
                      (row >= 0 && leads_.isClaimable(leads_.list().at(row).row));
    if (!here) {
        lead = leads_.nextToClaim();
    }
    if (!lead.isNone()) {
        leads_.claim(lead);
        leads_.choose(lead);
        list_->show(lead);
    }
}

void LeadsPage::updateActions() {
    const viewmodel::LeadDetail& lead = leads_.detail();
    const bool work = lead.mayWork();
    for (const char* id :
         {"lead.release", "lead.close", "lead.step", "lead.note", "lead.saveNote"}) {
        actions_.action(QString::fromLatin1(id))->setEnabled(work);
    }
    actions_.action(QStringLiteral("lead.call"))->setEnabled(lead.canContact(false));
    actions_.action(QStringLiteral("lead.mail"))->setEnabled(lead.canContact(true));
    const bool promised = work && !lead.lead()->row.nextStep.empty();
    actions_.action(QStringLiteral("lead.stepDone"))->setEnabled(promised);
    actions_.action(QStringLiteral("lead.snooze"))->setEnabled(promised);
}

// The tray opens by itself when the connection is lost, and goes again with its return unless
// somebody has to look at something.
void LeadsPage::followConnection() {
    const bool offline = leads_.desk().isOffline();
    if (offline == wasOffline_) {
        return;
    }
    wasOffline_ = offline;
    if (offline) {
        context_->setTrayOpen(true);
    } else if (leads_.desk().status().rejected == 0) {
        context_->setTrayOpen(false);
    }
}

void LeadsPage::openTray() {
    context_->setTrayOpen(!context_->isTrayOpen() || (drawer_ && !drawerOpen_));
    if (drawer_ && !drawerOpen_) {
        toggleContext();
    }
}

void LeadsPage::setWindowWidth(int width) {
    windowWidth_ = width;
    const int found = layoutClassOf(theme_, width);
    if (found == layoutClass_) {
        return;
    }
    layoutClass_ = found;
    const PageColumns& columns = kPageColumns[static_cast<std::size_t>(found)];
    contextWidth_ = theme_.px(columns.context);
    drawer_ = columns.drawer;
    drawerOpen_ = false;
    if (drawer_) {
        context_->setParent(this);
        context_->hide();
    } else {
        splitter_->addWidget(context_);
        splitter_->setStretchFactor(2, 0);
        context_->show();
    }
    const int list = listWidthOf(theme_, found, width, true);
    const QList<int> sizes{list, std::max(kMinDetail, width - list - contextWidth_), contextWidth_};
    splitter_->setSizes(sizes);
    splitter_->setResetSizes(sizes);
    applyWidths();
}

// List and context as they were chosen; the detail takes the rest.
void LeadsPage::applyWidths() {
    const QList<int> chosen = widths_.value(layoutClass_);
    if (chosen.isEmpty()) {
        return;
    }
    const int context = drawer_ ? 0 : chosen.value(2, contextWidth_);
    const int rest = std::max(kMinDetail, windowWidth_ - chosen[0] - context);
    splitter_->setSizes(drawer_ ? QList<int>{chosen[0], rest}
                                : QList<int>{chosen[0], rest, context});
}

void LeadsPage::setWidths(const QMap<int, QList<int>>& widths) {
    widths_ = widths;
    applyWidths();
}

void LeadsPage::toggleContext() {
    if (!drawer_) {
        context_->setVisible(!context_->isVisible());
        return;
    }
    drawerOpen_ = !drawerOpen_;
    context_->setVisible(drawerOpen_);
    placeDrawer();
    if (drawerOpen_) {
        comeIn(*context_, theme_, motion::kSlow);
    }
}

void LeadsPage::placeDrawer() {
    if (drawer_ && drawerOpen_) {
        context_->setGeometry(width() - contextWidth_, 0, contextWidth_, height());
        context_->raise();
    }
}

bool LeadsPage::back() {
    if (detail_->hasOpenPanel()) {
        detail_->closePanels();
        return true;
    }
    if (drawer_ && drawerOpen_) {
        toggleContext();
        return true;
    }
    if (detail_->composer().edit().hasFocus()) {
        list_->list().setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    return false;
}

void LeadsPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeDrawer();
}

}  // namespace vorfahrt::client::ui
