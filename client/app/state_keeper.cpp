// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/state_keeper.h"

#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

namespace vorfahrt::client::app {
namespace {

constexpr QSize kFirstSize(1440, 900);
constexpr int kGrip = 120;  // of the title bar, to take the window by

// Enough of the upper edge lies on a screen that is there now.
bool isReachable(const QRect& frame) {
    const QRect bar(frame.left(), frame.top(), frame.width(), kGrip / 4);
    const auto screens = QGuiApplication::screens();
    return std::any_of(screens.begin(), screens.end(), [&](const QScreen* screen) {
        const QRect seen = screen->availableGeometry().intersected(bar);
        return seen.width() >= kGrip && seen.height() >= bar.height() / 2;
    });
}

}  // namespace

StateKeeper::StateKeeper(std::filesystem::path dataDir, viewmodel::Desk& desk, QObject* parent)
    : QObject(parent),
      dataDir_(std::move(dataDir)),
      desk_(desk) {
    desk.setTenantMemory(
        [this](AccountId account) { return DeskState::load(dataDir_, account).tenant; });
    connect(&desk, &viewmodel::Desk::stageChanged, this, &StateKeeper::stageChanged);
    connect(&desk, &viewmodel::Desk::tick, this, &StateKeeper::flush);
}

void StateKeeper::attach(DeskWindow& window) {
    flush();
    window_ = &window;
    account_ = {};
    savedGeometry_ = loadGeometry(dataDir_);
    if (savedGeometry_.isEmpty() || !window.restoreGeometry(savedGeometry_)) {
        window.resize(kFirstSize);
    }
    if (!isReachable(window.frameGeometry())) {
        window.move(QGuiApplication::primaryScreen()->availableGeometry().topLeft());
    }
    stageChanged();
}

void StateKeeper::stageChanged() {
    if (window_ == nullptr || desk_.stage() != viewmodel::Desk::Stage::Working) {
        account_ = {};
        return;
    }
    if (account_ == desk_.account().id && saved_.tenant == desk_.viewer().tenant) {
        return;
    }
    account_ = desk_.account().id;
    saved_ = DeskState::load(dataDir_, account_);
    DeskState wanted = saved_;
    if (wanted.tenant != desk_.viewer().tenant && !wanted.tenant.isNone()) {
        // Of another business.
        wanted.lead = {};
        wanted.customer = {};
    }
    window_->restore(wanted);
    flush();
}

void StateKeeper::flush() {
    if (window_ == nullptr) {
        return;
    }
    if (const QByteArray geometry = window_->saveGeometry(); geometry != savedGeometry_) {
        savedGeometry_ = geometry;
        saveGeometry(dataDir_, geometry);
    }
    if (account_.isNone()) {
        return;
    }
    if (DeskState state = window_->state(); !(state == saved_)) {
        saved_ = std::move(state);
        saved_.save(dataDir_, account_, desk_.nowMs());
    }
}

}  // namespace vorfahrt::client::app
