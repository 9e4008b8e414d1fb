// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customer_view.h"

#include "client/ui/customers/customer_cards.h"
#include "client/ui/leads/lead_timeline.h"
#include "client/ui/shell/action_registry.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/timeline.h"
#include "client/viewmodel/words.h"
#include "common/domain/letter.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;
using viewmodel::Words;

constexpr int kMargin = 20;
constexpr int kBesideFrom = 860;
constexpr int kCardsWidth = 372;
enum Side { kData, kHistory };

}  // namespace

CustomerView::CustomerView(const Theme& theme, viewmodel::Customers& customers, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      customers_(customers) {
    setObjectName(QStringLiteral("customerView"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 14, 0, 0);
    column->setSpacing(0);
    makeHeader(*column);
    auto* body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    makeHistory();
    body->addWidget(history_, 1);
    cardColumn_ = new CardColumn(theme, Role::Window, this);
    cards_ = new CustomerCards(theme, customers, this);
    cardColumn_->column().addWidget(cards_);
    cardColumn_->column().addStretch();
    body->addWidget(cardColumn_);
    column->addLayout(body, 1);
    viewmodel::CustomerHistory& history = customers.history();
    connect(&history, &viewmodel::CustomerHistory::changed, this, &CustomerView::refreshHistory);
    connect(&history, &viewmodel::CustomerHistory::prepended, this, &CustomerView::addOlder);
    connect(&history, &viewmodel::CustomerHistory::noteLoaded, this, [this] {
        composer_->setText(customers_.history().note());
        showNoteState();
    });
    connect(&history.draft(), &viewmodel::Draft::saved, this, &CustomerView::showNoteState);
    connect(&customers.desk(), &viewmodel::Desk::statusChanged, this, &CustomerView::showNoteState);
    followTheme(*this, theme);
    composer_->setText(history.note());
    showNoteState();
    arrange();
}

void CustomerView::makeHeader(QVBoxLayout& column) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kMargin, 0, kMargin, 0);
    head->setSpacing(8);
    name_ = new ElidedLabel(theme_, QString(), TextStyle::DetailTitle, Role::TextPrimary, this);
    name_->setObjectName(QStringLiteral("customerName"));
    name_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    head->addWidget(name_);
    chip_ = new ChipLabel(theme_, {}, this);
    head->addWidget(chip_);
    head->addStretch(1);
    call_ = new Button(theme_, ButtonKind::Primary, tr("Call"), this);
    call_->setSymbol(icons::kNavPhone);
    mail_ = new Button(theme_, ButtonKind::Secondary, tr("Mail"), this);
    mail_->setSymbol(icons::kChannelEmail);
    edit_ = new Button(theme_, ButtonKind::Secondary, tr("Edit"), this);
    edit_->setSymbol(Icon::Pencil);
    for (Button* button : {call_, mail_, edit_}) {
        head->addWidget(button);
    }
    column.addLayout(head);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(kMargin, 4, kMargin, 12);
    about_ = new ElidedLabel(theme_, QString(), TextStyle::Body, Role::TextSecondary, this);
    about_->setObjectName(QStringLiteral("customerAbout"));
    line->addWidget(about_);
    column.addLayout(line);
    auto* notice = new QHBoxLayout;
    notice->setContentsMargins(kMargin, 0, kMargin, 8);
    stale_ = new InlineBanner(theme_, InlineBanner::Tone::Warning, icons::kStateWarning, this);
    stale_->setObjectName(QStringLiteral("customerStale"));
    stale_->hide();
    notice->addWidget(stale_);
    column.addLayout(notice);
    auto* choice = new QHBoxLayout;
    choice->setContentsMargins(kMargin, 0, kMargin, 8);
    side_ = new SegmentedControl(theme_, tr("What is shown"), {tr("Data"), tr("History")}, this);
    side_->setObjectName(QStringLiteral("customerSide"));
    side_->setCurrent(kData);
    choice->addWidget(side_);
    choice->addStretch();
    column.addLayout(choice);
    connect(side_, &SegmentedControl::currentChanged, this, &CustomerView::arrange);
}

void CustomerView::makeHistory() {
    history_ = new QWidget(this);
    auto* column = new QVBoxLayout(history_);
    column->setContentsMargins(0, 0, 0, 16);
    column->setSpacing(0);
    timeline_ = new Timeline(theme_, history_);
    timeline_->setObjectName(QStringLiteral("customerTimeline"));
    timeline_->setAccessibleName(tr("History"));
    column->addWidget(timeline_, 1);
    connect(timeline_, &Timeline::olderNeeded, this, [this] { customers_.history().loadOlder(); });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(18, 8, 18, 0);
    composer_ = new Composer(theme_, history_);
    composer_->setObjectName(QStringLiteral("customerComposer"));
    composer_->edit().setObjectName(QStringLiteral("customerNoteText"));
    composer_->edit().setAccessibleName(tr("Note"));
    composer_->sendButton().setObjectName(QStringLiteral("customerNoteSave"));
    composer_->setExtrasVisible(false);
    composer_->setChannels({{QStringLiteral("note"), tr("Note"), icons::kChannelNote, true, {}}});
    composer_->setChannel(QStringLiteral("note"));
    composer_->setPlaceholder(tr("Internal note, seen by colleagues only"));
    foot->addWidget(composer_);
    column->addLayout(foot);
    connect(composer_, &Composer::draftChanged, this, [this](const QString& text) {
        customers_.history().setNote(text);
        composer_->sendButton().setEnabled(!text.trimmed().isEmpty());
    });
    connect(composer_, &Composer::sendRequested, this, [this] { customers_.addNote(); });
}

void CustomerView::bind(const ActionRegistry& actions) {
    const auto put = [&](Button& button, const char* id) {
        QAction& action = *actions.action(QString::fromLatin1(id));
        ActionRegistry::bind(button, action);
        if (const QString cap = ActionRegistry::capText(action); !cap.isEmpty()) {
            button.setKeyCap(cap);
        }
    };
    put(*call_, "customer.call");
    put(*mail_, "customer.mail");
    put(*edit_, "customer.edit");
}

void CustomerView::refresh() {
    const auto& detail = customers_.detail();
    if (!detail) {
        return;
    }
    const QString name = customers_.name().isEmpty() ? tr("No name yet") : customers_.name();
    name_->setText(name);
    name_->setAccessibleName(name);
    QStringList about;
    const QString person = qstr(domain::personName(detail->customer));
    if (!detail->customer.company().empty() && !person.isEmpty()) {
        about << tr("Contact: %1").arg(person);
    }
    about << Words::addressLine(detail->customer.address());
    if (detail->customer.customer_since_year() != 0) {
        about << tr("Customer since %1").arg(detail->customer.customer_since_year());
    }
    about << tr("%n vehicle(s)", nullptr, static_cast<int>(detail->vehicles.size()));
    if (detail->customer.informal()) {
        about << tr("on first-name terms");
    }
    about.removeAll(QString());
    about_->setText(about.join(QStringLiteral("  ·  ")));
    about_->setAccessibleName(about.join(QStringLiteral(", ")));
    chip_->setLook({tr("waiting for the server"), ChipTone::Neutral, icons::kSyncPending});
    chip_->setAccessibleName(tr("Changes wait for the server"));
    chip_->setVisible(detail->pending);
    const ErrorCode error = customers_.readError();
    stale_->setText(tr("Not the newest state."), Words::readProblem(error));
    stale_->setVisible(error != ErrorCode::Ok);
    cards_->fill();
    if (shownName_ != name) {
        shownName_ = name;
        refreshHistory();
    }
}

// The reader's place stays.
void CustomerView::addOlder(int count) {
    const auto& all = customers_.history().items();
    const std::vector<replica::TimelineItem> older(all.begin(), all.begin() + count);
    timeline_->prependItems(
        LeadTimeline::items(older, customers_.name(), customers_.desk().viewer().user));
}

void CustomerView::refreshHistory() {
    auto items = LeadTimeline::items(customers_.history().items(), customers_.name(),
                                     customers_.desk().viewer().user);
    if (items.empty()) {
        TimelineItem none;
        none.kind = ui::TimelineKind::System;
        none.text = customers_.history().readError() == ErrorCode::Ok
                        ? tr("No contact yet.")
                        : Words::readProblem(customers_.history().readError());
        items.push_back(std::move(none));
    }
    timeline_->setItems(std::move(items));
}

void CustomerView::showNoteState() {
    const bool online = !customers_.desk().isOffline();
    composer_->setSendAction(online ? tr("Save") : tr("Pencil in"),
                             online ? Icon::Save : icons::kSyncPending,
                             tr("Ctrl") + QStringLiteral(" ↵"));
    composer_->sendButton().setAccessibleName(online ? tr("Save note") : tr("Pencil in note"));
    composer_->sendButton().setEnabled(!composer_->text().trimmed().isEmpty());
    const viewmodel::Draft& draft = customers_.history().draft();
    composer_->setDraftNote(draft.isEmpty() ? QString()
                            : draft.savedMs() == 0
                                ? tr("Draft saved")
                                : tr("Draft saved %1").arg(Words::clock(draft.savedMs())));
}

void CustomerView::focusNote() {
    side_->setCurrent(kHistory);
    arrange();
    composer_->edit().setFocus(Qt::ShortcutFocusReason);
}

int CustomerView::footHeight() const {
    constexpr int kGap = 24;
    return history_->isHidden() ? kGap : composer_->height() + kGap;
}

void CustomerView::arrange() {
    const bool beside = width() >= theme_.px(kBesideFrom);
    side_->setVisible(!beside);
    history_->setVisible(beside || side_->current() == kHistory);
    cardColumn_->setVisible(beside || side_->current() == kData);
    cardColumn_->setMinimumWidth(beside ? theme_.px(kCardsWidth) : 0);
    cardColumn_->setMaximumWidth(beside ? theme_.px(kCardsWidth) : QWIDGETSIZE_MAX);
}

void CustomerView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void CustomerView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter(painter, theme_).fill(rect(), Role::Surface);
}

}  // namespace vorfahrt::client::ui
