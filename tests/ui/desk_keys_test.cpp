// SPDX-License-Identifier: GPL-3.0-or-later
// Everything has a key and a name: the stages one by one, the sync, the menus.
#include "client/ui/widgets/menu.h"
#include "client/ui/widgets/steps.h"
#include "tests/ui/world/desk_fixture.h"

#include <QAbstractButton>
#include <QAccessible>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskKeysTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void stagesHaveNamesPlacesAndPress();
    void stagesAreMovedByKeys();
    void stagesOfAColleagueAreNotPressed();
    void syncIsAskedForByKeyAndLink();
    void menuHasShadowAndMotion_data();
    void menuHasShadowAndMotion();

private:
    record::LeadStatus status() { return setup_->leads.detail().lead()->row.status; }
};

void DeskKeysTest::stagesHaveNamesPlacesAndPress() {
    open();
    choose(sample_.mine);
    auto* bar = child<ui::StageBar>("stageBar");
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(bar);
    QVERIFY(face != nullptr);
    QCOMPARE(face->childCount(), 6);
    QCOMPARE(face->text(QAccessible::Name), QStringLiteral("Stufe: Angebot"));
    QAccessibleInterface* stage = face->child(4);
    QCOMPARE(stage->text(QAccessible::Name), QStringLiteral("Verhandlung"));
    QCOMPARE(stage->text(QAccessible::Description), QStringLiteral("offen"));
    QCOMPARE(stage->role(), QAccessible::Button);
    QVERIFY(face->child(3)->state().checked);
    QCOMPARE(face->indexOfChild(stage), 4);
    QCOMPARE(face->childAt(stage->rect().center().x(), stage->rect().center().y()), stage);
    for (int i = 1; i < 6; ++i) {
        QVERIFY(face->child(i)->rect().left() > face->child(i - 1)->rect().right() - 1);
    }
    // The place that the name has is the place to click.
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->mapFromGlobal(stage->rect().center()));
    setup_->settle();
    QCOMPARE(status(), record::NEGOTIATION);
    QAccessibleActionInterface* actions = face->child(2)->actionInterface();
    QVERIFY(actions != nullptr);
    actions->doAction(QAccessibleActionInterface::pressAction());
    setup_->settle();
    QCOMPARE(status(), record::TEST_DRIVE);
}

void DeskKeysTest::stagesAreMovedByKeys() {
    open();
    choose(sample_.mine);
    auto* bar = child<ui::StageBar>("stageBar");
    bar->setFocus(Qt::TabFocusReason);
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(bar);
    QTest::keyClick(bar, Qt::Key_Right);
    QVERIFY(face->child(4)->state().focused);
    QCOMPARE(status(), record::OFFER);
    QTest::keyClick(bar, Qt::Key_Return);
    setup_->settle();
    QCOMPARE(status(), record::NEGOTIATION);
    QTest::keyClick(bar, Qt::Key_Home);
    QTest::keyClick(bar, Qt::Key_Right);
    QTest::keyClick(bar, Qt::Key_Enter, Qt::KeypadModifier);
    setup_->settle();
    QCOMPARE(status(), record::CONTACTED);
    // The last one asks for the outcome.
    QTest::keyClick(bar, Qt::Key_End);
    QTest::keyClick(bar, Qt::Key_Space);
    setup_->settle();
    QVERIFY(child<QWidget>("closePanel")->isVisible());
}

void DeskKeysTest::stagesOfAColleagueAreNotPressed() {
    open();
    choose(sample_.toClaim);
    auto* bar = child<ui::StageBar>("stageBar");
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(bar);
    QVERIFY(face->child(1)->state().disabled);
    face->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    setup_->settle();
    QCOMPARE(status(), record::NEW);
}

void DeskKeysTest::syncIsAskedForByKeyAndLink() {
    open();
    world_->goOffline();
    setup_->settle();
    QTest::keyClick(&list(), Qt::Key_F5);
    QCOMPARE(world_->port().syncWishes, 1);
    auto* link = child<QAbstractButton>("syncNow");
    QVERIFY(link != nullptr);
    click(link);
    QCOMPARE(world_->port().syncWishes, 2);
}

void DeskKeysTest::menuHasShadowAndMotion_data() {
    QTest::addColumn<bool>("reduced");
    QTest::newRow("with motion") << false;
    QTest::newRow("reduced motion") << true;
}

void DeskKeysTest::menuHasShadowAndMotion() {
    QFETCH(bool, reduced);
    open();
    choose(sample_.mine);
    theme_->setReducedMotion(reduced);
    QTest::mouseClick(child<QAbstractButton>("leadMore"), Qt::LeftButton);
    auto* menu = child<ui::Menu>("leadMenu");
    QVERIFY(menu->isVisible());
    QCOMPARE(menu->isMoving(), !reduced);
    QTRY_VERIFY(!menu->isMoving());
    QCOMPARE(menu->windowOpacity(), 1.0);
    theme_->setReducedMotion(true);
    // The box is below the button; the shadow lies outside of it.
    auto* more = child<QWidget>("leadMore");
    QCOMPARE(menu->mapToGlobal(menu->boxRect().topLeft()).y(),
             more->mapToGlobal(QPoint(0, more->height())).y() + 4);
    const QImage shown = menu->grab().toImage().convertToFormat(QImage::Format_ARGB32);
    const QRect inner = menu->boxRect();
    QCOMPARE(qAlpha(shown.pixel(0, 0)), 0);
    const int below = qAlpha(shown.pixel(inner.center().x(), inner.bottom() + 4));
    QVERIFY2(below > 0 && below < 120, qPrintable(QString::number(below)));
    QVERIFY(qAlpha(shown.pixel(inner.topLeft())) < 255);
    QCOMPARE(qAlpha(shown.pixel(inner.center())), 255);
    // By keys: down and Enter.
    QTest::keyClick(menu, Qt::Key_Down);
    QVERIFY(menu->activeAction() != nullptr);
    QTest::keyClick(menu, Qt::Key_Escape);
    QVERIFY(!menu->isVisible());
}

QTEST_MAIN(DeskKeysTest)
#include "desk_keys_test.moc"
