// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/world/desk_fixture.h"

#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"
#include "common/base/assert.h"

#include <QApplication>
#include <QtTest/QTest>

namespace vorfahrt::test {

using namespace vorfahrt::client;

void DeskFixture::prepare() {
    VF_ASSERT(german_.load(QStringLiteral(":/translations/vorfahrt_de.qm")));
    QApplication::installTranslator(&german_);
    QLocale::setDefault(QLocale(QLocale::German));
    theme_ = std::make_unique<ui::Theme>(*qApp);
    theme_->setReducedMotion(true);
    ui::installTimelineAccessibility();
    ui::installStageAccessibility();
}

void DeskFixture::begin() {
    world_ = std::make_unique<DeskWorld>(kSampleNowMs);
    sample_ = fillSample(*world_);
    setup_ = std::make_unique<DeskSetup>(*world_);
}

void DeskFixture::end() {
    window_.reset();
    setup_.reset();
    world_.reset();
}

void DeskFixture::open(bool online) {
    window_ = setup_->makeWindow(*theme_);
    window_->show();
    world_->start(online);
    setup_->settle();
    window_->activateWindow();
    VF_ASSERT(QTest::qWaitForWindowActive(window_.get()));
    list().setFocus();
}

void DeskFixture::restart(bool online) {
    window_.reset();
    setup_.reset();
    world_->port().close();
    world_->port().open(world_->file());
    setup_ = std::make_unique<DeskSetup>(*world_);
    open(online);
}

void DeskFixture::click(QWidget* widget) {
    VF_ASSERT(widget != nullptr && widget->isVisible());
    QTest::mouseClick(widget, Qt::LeftButton);
    setup_->settle();
}

void DeskFixture::choose(LeadId lead) {
    list().scrollTo(rowOf(lead));
    const QRect rect = list().visualRect(rowOf(lead));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                      QPoint(rect.left() + 200, rect.center().y()));
    setup_->settle();
    VF_ASSERT(setup_->leads.chosen() == lead);
}

}  // namespace vorfahrt::test
