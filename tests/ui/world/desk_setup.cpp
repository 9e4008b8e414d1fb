// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/world/desk_setup.h"

#include "common/base/assert.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

namespace vorfahrt::test {
namespace {

constexpr int kSettleMs = 10'000;
// Longer than the frame that changes wait for.
constexpr int kQuietMs = 40;

}  // namespace

DeskSetup::DeskSetup(DeskWorld& world)
    : desk(world.port(), reader, world.clock(), world.random()),
      signIn(desk, QStringLiteral("desk.example.org:8443")),
      leads(desk),
      customers(desk),
      inbox(desk),
      tray(desk) {}

std::unique_ptr<client::app::DeskWindow> DeskSetup::makeWindow(client::ui::Theme& theme,
                                                               const QString& language) {
    auto window = std::make_unique<client::app::DeskWindow>(
        theme, client::app::ViewModels{desk, signIn, leads, customers, inbox, tray}, language,
        QStringLiteral("jonas.martens"));
    window->resize(1920, 1080);
    return window;
}

void DeskSetup::settle() {
    const QDeadlineTimer limit(kSettleMs);
    QDeadlineTimer quiet(kQuietMs);
    while (!quiet.hasExpired()) {
        VF_ASSERT(!limit.hasExpired());
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (!reader.idle()) {
            quiet.setRemainingTime(kQuietMs);
        }
        QThread::msleep(1);
    }
}

}  // namespace vorfahrt::test
