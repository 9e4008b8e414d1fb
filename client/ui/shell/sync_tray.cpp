// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/sync_tray.h"

#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/flow_layout.h"
#include "client/ui/widgets/label.h"
#include "client/viewmodel/tray_words.h"
#include "client/viewmodel/words.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::TrayKind;
using viewmodel::Words;

constexpr std::size_t kMaxShown = 30;

Icon iconOf(TrayKind kind) {
    switch (kind) {
        case TrayKind::Note: return icons::kChannelNote;
        case TrayKind::Status: return Icon::Pencil;
        case TrayKind::Release: return icons::kActionForward;
        case TrayKind::Customer: return Icon::User;
        case TrayKind::Contact: return icons::kNavPhone;
        case TrayKind::Vehicle: return icons::kNavVehicles;
        case TrayKind::Lead: return icons::kActionSchedule;
        case TrayKind::Intake: return icons::kNavInbox;
        case TrayKind::Other: break;
    }
    return icons::kSyncPending;
}

// One waiting change: picture, words, time and its state as a chip.
class PendingLine final : public QWidget {
public:
    PendingLine(const Theme& theme, const replica::TrayItem& item, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          icon_(iconOf(viewmodel::kindOf(item))),
          title_(viewmodel::trayTitle(item)),
          time_(Words::clock(item.editTimeMs)) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(26, 4, 0, 4);
        row->setSpacing(8);
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(
            new ElidedLabel(theme, title_, TextStyle::BodyMedium, Role::TextPrimary, this));
        words->addWidget(new Label(theme, time_, TextStyle::Meta, Role::TextMuted, this));
        row->addLayout(words, 1);
        row->addWidget(new ChipLabel(
            theme, {SyncTray::tr("waiting"), ChipTone::Neutral, icons::kSyncPending}, this));
        setAccessibleName(SyncTray::tr("%1, %2, waiting").arg(title_, time_));
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .icon(icon_, QPointF(theme_.px(9), height() / 2.0), iconsize::kDefault,
                  Role::TextSecondary);
    }

private:
    const Theme& theme_;
    Icon icon_;
    QString title_;
    QString time_;
};

// What was typed, on a quiet ground, selectable.
class Quote final : public QWidget {
public:
    Quote(const Theme& theme, const QString& text, QWidget* parent)
        : QWidget(parent),
          theme_(theme) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(10, 6, 10, 6);
        auto* label = new Label(theme, text, TextStyle::Body, Role::TextPrimary, this);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(label);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .box(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Role::SurfaceSunken,
                 Role::BorderHairline, theme_.px(radius::kControl));
    }

private:
    const Theme& theme_;
};

}  // namespace

SyncTray::SyncTray(const Theme& theme, viewmodel::Tray& tray, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      tray_(tray) {
    setObjectName(QStringLiteral("syncTray"));
    setAccessibleName(tr("Sync"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    // Many changes in a row are shown once.
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &SyncTray::fill);
    connect(&tray, &viewmodel::Tray::changed, this, &SyncTray::changed);
    connect(&tray.desk(), &viewmodel::Desk::statusChanged, this, &SyncTray::changed);
    connect(&tray.desk(), &viewmodel::Desk::tick, this, [this] {
        if (retry_ != nullptr) {
            retry_->setText(retryWords());
        }
    });
    fill();
}

void SyncTray::setCanClose(bool canClose) {
    canClose_ = canClose;
    fill();
}

// What nobody sees costs nothing: a bulk sync changes the status many times a second.
void SyncTray::changed() {
    stale_ = true;
    if (isVisible() && !soon_.isActive()) {
        soon_.start();
    }
}

void SyncTray::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (stale_) {
        fill();
    }
}

// Of the button in here that has the focus; empty where none has.
QString SyncTray::focusedName() const {
    const QWidget* focused = window()->focusWidget();
    return focused != nullptr && isAncestorOf(focused) && focused->hasFocus()
               ? focused->objectName() + focused->accessibleName()
               : QString();
}

// Incoming data replaces the cards, and never moves the focus.
void SyncTray::focusAgain(const QString& name) {
    if (name.isEmpty()) {
        return;
    }
    QAbstractButton* next = nullptr;
    for (auto* button : body_->findChildren<QAbstractButton*>()) {
        if (!button->isVisibleTo(this)) {
            continue;
        }
        if (button->objectName() + button->accessibleName() == name) {
            next = button;
            break;
        }
        next = next == nullptr ? button : next;
    }
    if (next != nullptr) {
        next->setFocus(Qt::OtherFocusReason);
    }
}

QString SyncTray::retryWords() const {
    const std::int64_t left = tray_.desk().retryInMs();
    return left > 0 ? tr("in %1 s").arg((left + 999) / 1000) : tr("now");
}

void SyncTray::fill() {
    stale_ = false;
    const QString focused = focusedName();
    QWidget* old = body_;
    body_ = new QWidget(this);
    column_ = new QVBoxLayout(body_);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(12);
    retry_ = nullptr;
    addState();
    if (tray_.readError() != ErrorCode::Ok) {
        auto* error = new ReadErrorState(theme_, this);
        error->setError(tray_.readError());
        connect(error, &ReadErrorState::retryRequested, &tray_, &viewmodel::Tray::reload);
        column_->addWidget(error);
    }
    addRejected();
    addPending();
    layout()->addWidget(body_);
    body_->show();
    focusAgain(focused);
    // Last, so that the focus never passes to something else.
    if (old != nullptr) {
        old->hide();
        old->deleteLater();
    }
}

void SyncTray::addState() {
    const viewmodel::Desk& desk = tray_.desk();
    const sync::SyncStatus& status = desk.status();
    auto* card = new ContextCard(theme_, !desk.isOffline() ? icons::kSyncOk : icons::kSyncOffline,
                                 tr("Sync"), this);
    card->setLink(!desk.isOffline() ? tr("Close") : tr("Try now"));
    card->link().setObjectName(!desk.isOffline() ? QStringLiteral("closeTray")
                                                 : QStringLiteral("syncNow"));
    connect(card, &ContextCard::linkTriggered, this,
            !desk.isOffline() ? &SyncTray::closeRequested : &SyncTray::syncRequested);
    if (!desk.isOffline()) {
        card->addLine(Icon::Server, tr("Connected"), Words::clock(status.lastContactMs));
    } else {
        const QString why = status.trouble == sync::Trouble::WrongCertificate
                                ? tr("Wrong certificate")
                            : status.trouble == sync::Trouble::LoginNeeded ? tr("Sign-in needed")
                            : !status.wantsOnline                          ? tr("Offline as chosen")
                                                  : tr("Server not reachable");
        card->addLine(Icon::ServerOff, why,
                      tr("since %1").arg(Words::clock(desk.offlineSinceMs())));
        if (status.retryInMs > 0) {
            retry_ = card->addLine(icons::kActionRetry, tr("Next try"), retryWords());
        }
    }
    card->addLine(icons::kSyncLocal, tr("Everything is stored on this computer"));
    if (canClose_ && desk.isOffline()) {
        auto* close = new LinkButton(theme_, tr("Close"), this);
        close->setObjectName(QStringLiteral("closeTray"));
        connect(close, &QAbstractButton::clicked, this, &SyncTray::closeRequested);
        card->body().addWidget(close);
    }
    column_->addWidget(card);
}

// The first card counts what the pill counts; what was looked at stays until it is dealt with.
void SyncTray::addRejected() {
    addRejectedCard(tr("Rejected"), "rejectedCard", false);
    addRejectedCard(tr("Rejected, looked at"), "rejectedSeenCard", true);
}

void SyncTray::addRejectedCard(const QString& title, const char* name, bool seen) {
    const auto& all = tray_.rejected();
    const auto count =
        std::count_if(all.begin(), all.end(), [&](const auto& item) { return item.seen == seen; });
    if (count == 0) {
        return;
    }
    auto* card = new ContextCard(theme_, icons::kSyncRejected, title, this);
    card->setObjectName(QString::fromLatin1(name));
    if (!seen) {
        card->setAlert();
    }
    card->setCount(static_cast<int>(count));
    bool first = true;
    for (const replica::TrayItem& item : all) {
        if (item.seen != seen) {
            continue;
        }
        if (!first) {
            card->addRule();
        }
        first = false;
        addRejectedItem(card->body(), item);
    }
    column_->addWidget(card);
}

void SyncTray::addRejectedItem(QVBoxLayout& into, const replica::TrayItem& item) {
    const QString title = viewmodel::trayTitle(item);
    auto* head = new Label(theme_, title, TextStyle::BodyStrong, Role::TextPrimary, this);
    head->setWordWrap(true);
    into.addWidget(head);
    auto* why = new Label(theme_, Words::refusal(static_cast<ErrorCode>(item.code)),
                          TextStyle::Meta, Role::TextSecondary, this);
    why->setWordWrap(true);
    into.addWidget(why);
    const QString typed = viewmodel::typedText(item);
    if (!typed.isEmpty()) {
        into.addWidget(new Quote(theme_, typed, this));
    }
    constexpr int kGap = 6;
    auto* row = new FlowLayout(kGap);
    const auto add = [&](const QString& text, const char* name) {
        auto* button = new Button(theme_, ButtonKind::Secondary, text, this);
        button->setSize(ButtonSize::Small);
        button->setObjectName(QString::fromLatin1(name));
        button->setAccessibleName(tr("%1: %2").arg(text, title));
        row->addWidget(button);
        return button;
    };
    if (tray_.canRetry(item)) {
        connect(add(tr("Send again"), "retryRejected"), &QAbstractButton::clicked, this,
                [this, item] { tray_.retry(item); });
    }
    if (!typed.isEmpty()) {
        connect(add(tr("Copy"), "copyRejected"), &QAbstractButton::clicked, this,
                [this, typed, item] {
                    QGuiApplication::clipboard()->setText(typed);
                    tray_.markSeen(item);
                });
    }
    auto* discard = add(tr("Discard"), "discardRejected");
    discard->setKind(ButtonKind::Quiet);
    connect(discard, &QAbstractButton::clicked, this, [this, item] { tray_.discard(item); });
    into.addLayout(row);
}

void SyncTray::addPending() {
    auto* card = new ContextCard(theme_, icons::kSyncBusy, tr("Waiting"), this);
    card->setObjectName(QStringLiteral("pendingCard"));
    // All of them, also those beyond what the list holds: the number of the pill.
    const int waiting =
        std::max(tray_.desk().status().pending, static_cast<int>(tray_.pending().size()));
    card->setCount(waiting);
    if (tray_.pending().empty()) {
        card->setEmpty(tr("Everything has reached the server."));
    }
    std::size_t shown = 0;
    // The newest first.
    for (auto item = tray_.pending().rbegin(); item != tray_.pending().rend(); ++item) {
        if (++shown > kMaxShown) {
            const int rest = waiting - static_cast<int>(kMaxShown);
            card->body().addWidget(new Label(theme_, tr("and %n more", "changes", rest),
                                             TextStyle::Meta, Role::TextMuted, this));
            break;
        }
        if (shown > 1) {
            card->addRule();
        }
        card->body().addWidget(new PendingLine(theme_, *item, this));
    }
    column_->addWidget(card);
}

}  // namespace vorfahrt::client::ui
