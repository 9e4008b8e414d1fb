// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/lead_list_pane.h"

#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/new_rows_bar.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/tab_order.h"
#include "client/ui/widgets/tabs.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <array>

namespace vorfahrt::client::ui {
namespace {

using model::LeadFilter;
using model::LeadView;

constexpr std::array kFilters{LeadFilter::None, LeadFilter::ToClaim, LeadFilter::Overdue,
                              LeadFilter::Today, LeadFilter::TestDrive};
constexpr int kMargin = 16;
constexpr int kChipGap = 6;
// The pointer is away for good, not only on its way past the edge.
constexpr int kLetGoMs = 400;

}  // namespace

LeadListPane::LeadListPane(const Theme& theme, viewmodel::Leads& leads, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      leads_(leads),
      rows_(new LeadRows(leads, this)),
      list_(new LeadListView(theme, this)) {
    setObjectName(QStringLiteral("leadListPane"));
    list_->setObjectName(QStringLiteral("leadList"));
    // Before the view hears of it: the row that then becomes current was not chosen by anybody.
    connect(rows_, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { removing_ = true; });
    list_->setModel(rows_);
    connect(rows_, &QAbstractItemModel::rowsRemoved, this, [this] { removing_ = false; });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    tabs_ = new ViewTabs(theme, this);
    tabs_->setObjectName(QStringLiteral("leadViews"));
    tabs_->addView(tr("My open"), std::nullopt);
    tabs_->addView(tr("All"), std::nullopt);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(kMargin, 0, kMargin, 10);
    tabRow->addWidget(tabs_);
    column->addLayout(tabRow);
    column->addWidget(makeChips());
    offline_ = new InlineBanner(theme, InlineBanner::Tone::Warning, icons::kSyncOffline, this);
    offline_->setObjectName(QStringLiteral("offlineBanner"));
    offline_->setText(tr("You are working offline."),
                      tr("Claims are pencilled in and confirmed once there is a connection."));
    offline_->setAccessibleName(
        tr("You are working offline.") + QLatin1Char(' ') +
        tr("Claims are pencilled in and confirmed once there is a connection."));
    auto* note = new QHBoxLayout;
    note->setContentsMargins(kMargin, 0, kMargin, 10);
    note->addWidget(offline_);
    column->addLayout(note);
    header_ = new LeadListHeader(theme, this);
    column->addWidget(header_);
    list_->verticalScrollBar()->installEventFilter(this);
    states_ = new ListStates(theme, list_, size::kRowLead, this);
    column->addWidget(states_, 1);
    tabBehind(*this, *list_);
    connect(states_, &ListStates::retryRequested, this, [this] { leads_.list().reload(); });
    makeNewRows();
    connect(tabs_, &QTabBar::currentChanged, this,
            [this](int index) { leads_.setView(index == 0 ? LeadView::Mine : LeadView::All); });
    connect(states_, &ListStates::actionTriggered, this, [this] { setFilter(0); });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (const LeadId lead = current(); !removing_ && !lead.isNone()) {
            Q_EMIT leadChosen(lead);
        }
    });
    connect(list_, &LeadListView::claimRequested, this, [this](const QModelIndex& index) {
        Q_EMIT claimRequested(rows_->entryAt(index).row.id);
    });
    connect(list_, &LeadListView::groupToggled, this, [this](const QModelIndex& index) {
        leads_.list().toggle(rows_->entryAt(index).section);
    });
    connect(&leads, &viewmodel::Leads::changed, this, &LeadListPane::refresh);
    connect(&leads, &viewmodel::Leads::rowChanged, this, [this] { list_->viewport()->update(); });
    connect(&leads.desk(), &viewmodel::Desk::statusChanged, this, &LeadListPane::refresh);
    connect(&leads.desk(), &viewmodel::Desk::tick, this, &LeadListPane::repaintTimers);
    followTheme(*this, theme);
    refresh();
}

void LeadListPane::makeNewRows() {
    newRows_ = new NewRowsBar(theme_, list_);
    connect(newRows_, &QAbstractButton::clicked, this, &LeadListPane::takeIn);
    letGo_.setSingleShot(true);
    letGo_.setInterval(kLetGoMs);
    connect(&letGo_, &QTimer::timeout, this, [this] { leads_.list().setHolding(isInUse()); });
    list_->installEventFilter(this);
    connect(list_->verticalScrollBar(), &QScrollBar::valueChanged, this, &LeadListPane::followUse);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LeadListPane::followUse);
    fade_.setStartValue(1.0);
    fade_.setEndValue(0.0);
    connect(&fade_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        rows_->setFreshness(value.toReal());
        list_->viewport()->update();
    });
    connect(&fade_, &QVariantAnimation::finished, this, [this] { leads_.list().settleFresh(); });
}

// Pointer over the pane, scrolled, or keys on a chosen row.
bool LeadListPane::isInUse() const {
    return underMouse() || list_->verticalScrollBar()->value() > 0 ||
           (list_->hasFocus() && !current().isNone());
}

void LeadListPane::followUse() {
    if (isInUse()) {
        letGo_.stop();
        leads_.list().setHolding(true);
    } else if (!letGo_.isActive()) {
        letGo_.start();
    }
}

void LeadListPane::takeIn() {
    leads_.list().takeIn();
    list_->scrollToTop();
}

void LeadListPane::fadeFresh() {
    if (!leads_.list().hasFresh()) {
        return;
    }
    if (theme_.reducedMotion()) {
        leads_.list().settleFresh();
    } else if (fade_.state() != QAbstractAnimation::Running) {
        fade_.setDuration(motion::kHighlightFade);
        fade_.start();
    }
}

void LeadListPane::enterEvent(QEnterEvent* event) {
    QWidget::enterEvent(event);
    followUse();
}

void LeadListPane::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    followUse();
}

QWidget* LeadListPane::makeHead() {
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(kMargin, 2, kMargin, 8);
    row->setSpacing(8);
    auto* title = new Label(theme_, tr("Leads"), TextStyle::PaneTitle, Role::TextPrimary, head);
    title->setObjectName(QStringLiteral("pageTitle"));
    row->addWidget(title);
    count_ = new Label(theme_, QString(), TextStyle::CardTitle, Role::TextMuted, head);
    row->addWidget(count_);
    row->addStretch();
    return head;
}

QWidget* LeadListPane::makeChips() {
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(kMargin, 0, kMargin, 10);
    row->setSpacing(kChipGap);
    const std::array names{tr("All"), tr("To claim"), tr("Overdue"), tr("Today"),
                           tr("Test drive wanted")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto* chip = new FilterChip(theme_, names[i], bar);
        chip->setCheckable(true);
        chip->setObjectName(QStringLiteral("filter%1").arg(i));
        connect(chip, &QAbstractButton::clicked, this,
                [this, i] { setFilter(static_cast<int>(i)); });
        row->addWidget(chip);
        chips_.push_back(chip);
    }
    row->addStretch();
    chips_.front()->setChecked(true);
    return bar;
}

// The last filters go first where the list is narrow; their keys stay.
void LeadListPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    int left = width() - 2 * kMargin;
    for (FilterChip* chip : chips_) {
        left -= chip->sizeHint().width() + kChipGap;
        chip->setVisible(left + kChipGap >= 0);
    }
}

int LeadListPane::view() const {
    return tabs_->currentIndex();
}

void LeadListPane::setView(int index) {
    tabs_->setCurrentIndex(index);
}

void LeadListPane::setFilter(int index) {
    for (std::size_t i = 0; i < chips_.size(); ++i) {
        chips_[i]->setChecked(static_cast<int>(i) == index);
    }
    leads_.setFilter(kFilters.at(static_cast<std::size_t>(index)));
}

void LeadListPane::refresh() {
    const replica::Counts& counts = leads_.desk().counts();
    const model::LeadListModel& list = leads_.list();
    count_->setText(QString::number(list.view() == LeadView::Mine ? counts.mine : counts.allOpen));
    tabs_->setCount(0, counts.mine);
    tabs_->setCount(1, counts.allOpen);
    const model::LeadFilterCounts& filters = list.filterCounts();
    chips_[1]->setCount(filters.toClaim);
    chips_[2]->setCount(filters.overdue, filters.overdue > 0);
    chips_[3]->setCount(filters.today);
    chips_[4]->setCount(filters.testDrive);
    offline_->setVisible(leads_.desk().isOffline());
    if (list.filter() != LeadFilter::None) {
        states_->setEmpty(icons::kActionFilter, tr("No match with these filters."),
                          tr("Reset filters"));
    } else {
        states_->setEmpty(icons::kNavLeads,
                          tr("Nothing to claim. New enquiries appear here at once."), {});
    }
    const bool nothingToClaim =
        list.filter() == LeadFilter::None && filters.toClaim == 0 && list.rowCount() == 0;
    states_->show(list.loaded(), list.rowCount() == 0 || nothingToClaim);
    states_->setError(list.error());
    newRows_->setCount(list.heldCount());
    fadeFresh();
    list_->viewport()->update();
    // The chosen lead stays marked when it moves to another group.
    if (!leads_.chosen().isNone() && current() != leads_.chosen()) {
        if (list.rowOfLead(leads_.chosen()) >= 0) {
            show(leads_.chosen());
        } else {
            list_->selectionModel()->clear();
        }
    }
}

// Only the rows with a running timer, once a second.
void LeadListPane::repaintTimers() {
    const QRect view = list_->viewport()->rect();
    QModelIndex index = list_->indexAt(QPoint(1, 1));
    for (int row = std::max(0, index.row()); row < rows_->rowCount(); ++row) {
        index = rows_->index(row, 0);
        const QRect rect = list_->visualRect(index);
        if (rect.top() > view.bottom()) {
            return;
        }
        if (rows_->hasTimer(index)) {
            list_->viewport()->update(rect);
        }
    }
}

// The bar takes width from the rows; the names above them follow.
bool LeadListPane::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_) {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
            followUse();
        }
    } else if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        const QScrollBar* bar = list_->verticalScrollBar();
        header_->setRightInset(event->type() == QEvent::Show ? bar->sizeHint().width() : 0);
    }
    return QWidget::eventFilter(watched, event);
}

LeadId LeadListPane::current() const {
    const QModelIndex index = list_->currentIndex();
    if (!index.isValid() || rows_->entryAt(index).header) {
        return {};
    }
    return rows_->entryAt(index).row.id;
}

void LeadListPane::show(LeadId lead) {
    const int row = leads_.list().rowOfLead(lead);
    if (row >= 0) {
        const QSignalBlocker blocker(this);
        list_->setCurrentIndex(rows_->index(row, 0));
    }
}

void LeadListPane::step(int by) {
    const int rows = rows_->rowCount();
    const QModelIndex at = list_->currentIndex();
    int row = at.isValid() ? at.row() + by : (by > 0 ? 0 : rows - 1);
    while (row >= 0 && row < rows && rows_->entryAt(rows_->index(row, 0)).header) {
        row += by;
    }
    if (row >= 0 && row < rows) {
        list_->setCurrentIndex(rows_->index(row, 0));
    }
}

void LeadListPane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter(painter, theme_).fill(rect(), Role::Surface);
}

}  // namespace vorfahrt::client::ui
