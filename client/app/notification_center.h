// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/app/announcer.h"
#include "client/app/desk_window.h"
#include "client/viewmodel/notifier.h"

#include <QPointer>

namespace vorfahrt::client::ui {
class ToastHost;
}

namespace vorfahrt::client::app {

// Ties what is to be told to where it is shown: toasts in the window while it is in front, else
// messages of the operating system; counts on icon and taskbar. It knows whether somebody types. It
// never raises the window or moves the focus; only a person's click does. GUI thread.
class NotificationCenter final : public QObject {
    Q_OBJECT

public:
    static constexpr std::int64_t kTypingMs = 2'000;

    NotificationCenter(ui::Theme& theme, viewmodel::Notifier& notifier, viewmodel::Leads& leads,
                       Announcer& announcer, const Clock& clock, QObject* parent = nullptr);

    // Another window after a change of the language.
    void attach(DeskWindow& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] viewmodel::Notifier::Presence presence() const;
    void showCounts();
    void open(LeadId lead);

    ui::Theme& theme_;
    viewmodel::Notifier& notifier_;
    viewmodel::Leads& leads_;
    Announcer& announcer_;
    const Clock& clock_;
    QPointer<DeskWindow> window_;
    QPointer<ui::ToastHost> toasts_;
    std::optional<Millis> typedAt_;
};

}  // namespace vorfahrt::client::app
