// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/app/desk_window.h"

#include <QObject>
#include <QPointer>

namespace vorfahrt::client::app {

// Stores where the person is within a second, so that it survives a crash, and brings a window back
// to it. GUI thread; made after the view models, outlives the windows.
class StateKeeper final : public QObject {
    Q_OBJECT

public:
    StateKeeper(std::filesystem::path dataDir, viewmodel::Desk& desk, QObject* parent = nullptr);

    // From now on this window: gets its place, and the rest once somebody works.
    void attach(DeskWindow& window);
    // Writes what is not written yet.
    void flush();

private:
    void stageChanged();

    std::filesystem::path dataDir_;
    viewmodel::Desk& desk_;
    QPointer<DeskWindow> window_;
    AccountId account_;  // whose state is in the window; none: nobody's
    DeskState saved_;
    QByteArray savedGeometry_;
};

}  // namespace vorfahrt::client::app
