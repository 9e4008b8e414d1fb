// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/status.h"
#include "client/viewmodel/desk.h"

#include <QAbstractButton>
#include <QAction>
#include <QElapsedTimer>
#include <QTimer>

namespace vorfahrt::client::ui {

class Label;
class Menu;
class SearchBox;

// Initials of who is signed in; opens the menu of the account.
class UserButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit UserButton(const Theme& theme, QWidget* parent = nullptr);
    void setName(const QString& name);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString name_;
};

// 52 px at the top: business and site, search, state of the sync, account.
class TopBar final : public QWidget {
    Q_OBJECT

public:
    TopBar(const Theme& theme, viewmodel::Desk& desk, QWidget* parent = nullptr);

    // Actions of the account menu; the bar does not own them.
    void setMenuActions(const QList<QAction*>& actions);
    // What a press on the search box does; its keys are the caps in the box.
    void setSearchAction(QAction& action);
    bool hasMenu() const;
    SyncPill& pill() { return *pill_; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void trayRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showNames();
    void statusChanged();
    void showStatus();

    const Theme& theme_;
    viewmodel::Desk& desk_;
    Label* business_;
    Label* site_;
    SearchBox* search_ = nullptr;
    SyncPill* pill_;
    UserButton* user_;
    Menu* menu_;
    QElapsedTimer shown_;
    QTimer later_;
};

}  // namespace vorfahrt::client::ui
