// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/notification_center.h"

#include "client/ui/widgets/toast.h"

#include <QApplication>
#include <QEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace vorfahrt::client::app {
namespace {

const QString kLeadsPage = QStringLiteral("leads");

bool takesText(const QObject* object) {
    return qobject_cast<const QLineEdit*>(object) != nullptr ||
           qobject_cast<const QTextEdit*>(object) != nullptr ||
           qobject_cast<const QPlainTextEdit*>(object) != nullptr;
}

}  // namespace

NotificationCenter::NotificationCenter(ui::Theme& theme, viewmodel::Notifier& notifier,
                                       viewmodel::Leads& leads, Announcer& announcer,
                                       const Clock& clock, QObject* parent)
    : QObject(parent),
      theme_(theme),
      notifier_(notifier),
      leads_(leads),
      announcer_(announcer),
      clock_(clock) {
    notifier.setPresence([this] { return presence(); });
    connect(&notifier, &viewmodel::Notifier::countChanged, this, &NotificationCenter::showCounts);
    connect(&notifier, &viewmodel::Notifier::settingsChanged, this,
            &NotificationCenter::showCounts);
    connect(&notifier, &viewmodel::Notifier::toast, this, [this](const QString& text, LeadId) {
        if (toasts_) {
            toasts_->show({.tone = ui::ToastTone::Info, .text = text, .undoId = {}});
        }
    });
    connect(&notifier, &viewmodel::Notifier::system, &announcer, &Announcer::showMessage);
    connect(&notifier, &viewmodel::Notifier::sound, &announcer, &Announcer::play);
    connect(&announcer, &Announcer::opened, this, &NotificationCenter::open);
    qApp->installEventFilter(this);
}

void NotificationCenter::attach(DeskWindow& window) {
    window_ = &window;
    // At the foot of the list: composer and send row stay free.
    toasts_ = new ui::ToastHost(theme_, &window.pageArea());
    window.setNotifications(notifier_.settings());
    showCounts();
}

bool NotificationCenter::eventFilter(QObject* watched, QEvent* event) {
    const bool types =
        (event->type() == QEvent::KeyPress || event->type() == QEvent::InputMethod) &&
        takesText(watched);
    if (types) {
        typedAt_ = clock_.steady();
    }
    return QObject::eventFilter(watched, event);
}

viewmodel::Notifier::Presence NotificationCenter::presence() const {
    const bool typing = typedAt_ && (clock_.steady() - *typedAt_).count() < kTypingMs;
    const bool asked = QApplication::activePopupWidget() != nullptr ||
                       QApplication::activeModalWidget() != nullptr;
    return {.inFront = window_ && window_->isActiveWindow() && !window_->isMinimized(),
            .busy = typing || asked};
}

void NotificationCenter::showCounts() {
    const viewmodel::NotificationSettings& settings = notifier_.settings();
    const int count = notifier_.count();
    announcer_.setTrayVisible(settings.tray);
    announcer_.showTrayCount(settings.tray ? count : 0, count == 0
                                                            ? tr("Nothing to claim")
                                                            : tr("%n lead(s) to claim", "", count));
    announcer_.showTaskbarCount(settings.taskbar ? count : 0);
}

void NotificationCenter::open(LeadId lead) {
    if (!window_) {
        return;
    }
    if (window_->isMinimized()) {
        window_->showNormal();
    }
    window_->show();
    window_->raise();
    window_->activateWindow();
    if (!lead.isNone()) {
        window_->go(kLeadsPage);
        leads_.choose(lead);
    }
}

}  // namespace vorfahrt::client::app
