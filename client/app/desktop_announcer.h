// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/app/announcer.h"
#include "client/ui/theme/theme.h"

#include <QMenu>
#include <QSystemTrayIcon>

#include <memory>

namespace vorfahrt::client::app {

class SoundPlayer;

// The announcer of a real desktop. Where the system has no tray it shows nothing there; the window
// still has its toasts. GUI thread.
class DesktopAnnouncer final : public Announcer {
    Q_OBJECT

public:
    explicit DesktopAnnouncer(ui::Theme& theme, QObject* parent = nullptr);
    ~DesktopAnnouncer() override;

    void showMessage(const QString& title, const QString& text, LeadId lead) override;
    void play() override;
    void showTrayCount(int count, const QString& sentence) override;
    void showTaskbarCount(int count) override;
    void setTrayVisible(bool visible) override;
    // Texts of the menu in the language of now.
    void retranslate();

private:
    void paintIcon();

    ui::Theme& theme_;
    QSystemTrayIcon tray_;
    QMenu menu_;
    QAction* open_;
    QAction* quit_;
    int count_ = 0;
    LeadId last_;
    std::unique_ptr<SoundPlayer> sound_;
};

}  // namespace vorfahrt::client::app
