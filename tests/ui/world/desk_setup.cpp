// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/world/desk_setup.h"

#include "common/base/assert.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

namespace vorfahrt::test {
namespace {

constexpr int kSettleMs = 10'000;
// Turns of the event loop, of at least a millisecond each: longer than the frame that changes wait
// for, and not shorter on a machine that is busy with something else.
constexpr int kQuietTurns = 40;

}  // namespace

DeskSetup::DeskSetup(DeskWorld& world)
    : desk(world.port(), reader, world.clock(), world.random()),
      signIn(desk, QStringLiteral("desk.example.org:8443")),
      leads(desk),
      customers(desk),
      inbox(desk),
      tray(desk),
      account(desk),
      server(probe, client::viewmodel::serverUrl(QStringLiteral("desk.example.org:8443")),
             QByteArray(32, '\x5a')) {
    desk.setLinkOpener([this](const QUrl& link) {
        links << link;
        return opens;
    });
}

std::unique_ptr<client::app::DeskWindow> DeskSetup::makeWindow(client::ui::Theme& theme,
                                                               const QString& language) {
    auto window = std::make_unique<client::app::DeskWindow>(
        theme,
        client::app::ViewModels{desk, signIn, leads, customers, inbox, tray, account, server},
        language, QStringLiteral("jonas.martens"));
    window->resize(1920, 1080);
    return window;
}

void DeskSetup::settle() {
    const QDeadlineTimer limit(kSettleMs);
    for (int quiet = 0; quiet < kQuietTurns; ++quiet) {
        VF_ASSERT(!limit.hasExpired());
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (!reader.idle()) {
            quiet = 0;
        }
        QThread::msleep(1);
    }
}

}  // namespace vorfahrt::test
