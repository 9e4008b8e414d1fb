// SPDX-License-Identifier: GPL-3.0-or-later
// One registry of actions: every action has a name, a group, a line in the list of keys and one in
// the search window; keys do not collide, can be changed, and are the person's own.
#include "client/app/state_keeper.h"
#include "client/ui/customers/customers_page.h"
#include "client/ui/palette/palette.h"
#include "client/ui/palette/palette_list.h"
#include "client/ui/shell/help_page.h"
#include "client/ui/shell/key_editor.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/text_field.h"
#include "tests/ui/world/desk_fixture.h"

#include <QLabel>
#include <QPlainTextEdit>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

class DeskActionsTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        begin();
    }
    void cleanup() {
        keeper_.reset();
        end();
    }

    void everyActionIsNamedAndListed();
    void keysDoNotCollide();
    void keysOfTheDesignAreThere_data();
    void keysOfTheDesignAreThere();
    void workspacesInsideTextWithControlG();
    void deskKeysWorkInsideText();
    void keyIsChangedByKeyboard();
    void keyIsChangedByMouseAndReset();
    void keysAreRefusedWithTheReason_data();
    void keysAreRefusedWithTheReason();
    void listOfKeysIsSearched();
    void keysAreKeptByPerson();

private:
    ui::ActionRegistry& registry() { return window_->actions(); }
    void openHelp() {
        QTest::keyClick(window_->focusWidget(), Qt::Key_F1);
        QCOMPARE(window_->page(), QStringLiteral("help"));
    }
    // A key of the list for one action.
    QAbstractButton* line(const char* id) {
        return child<QAbstractButton>(("key." + QByteArray(id)).constData());
    }
    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<app::StateKeeper> keeper_;
};

void DeskActionsTest::everyActionIsNamedAndListed() {
    world_->setRole(record::MANAGER);
    open();
    choose(sample_.mine);
    window_->customersPage().open(sample_.customer);
    setup_->settle();
    openHelp();
    window_->palette().openWith(QStringLiteral(">"));
    setup_->settle();
    QStringList offered;
    for (const auto& entry : window_->search().lines().entries()) {
        offered << entry.command;
    }
    int enabled = 0;
    for (const auto& entry : registry().entries()) {
        const QByteArray id = entry.action->objectName().toUtf8();
        QVERIFY2(!entry.action->text().isEmpty(), id);
        QVERIFY2(!entry.group.isEmpty(), id);
        QVERIFY2(id.contains('.') && !id.contains(' ') && !id.contains('/'), id);
        const auto* shown = line(id.constData());
        QVERIFY2(shown != nullptr, id);
        QVERIFY2(shown->accessibleName().contains(entry.action->text()), id);
        const bool search = id.startsWith("search.");
        const bool possible = entry.action->isEnabled() && entry.action->isVisible() && !search;
        QVERIFY2(offered.contains(QString::fromUtf8(id)) == possible, id);
        enabled += possible ? 1 : 0;
    }
    QVERIFY(enabled > 30);
    QCOMPARE(offered.size() - 1, enabled);  // and one heading
}

void DeskActionsTest::keysDoNotCollide() {
    open();
    const auto& entries = registry().entries();
    for (const auto& entry : entries) {
        for (const QKeySequence& key : entry.action->shortcuts()) {
            const QByteArray said = (entry.action->objectName() + QLatin1Char(' ') +
                                     key.toString(QKeySequence::PortableText))
                                        .toUtf8();
            for (int i = 0; i < key.count(); ++i) {
                const auto held = key[static_cast<uint>(i)].keyboardModifiers();
                const auto both = Qt::ControlModifier | Qt::AltModifier;
                QVERIFY2((held & both) != both, said);
                QVERIFY2(key[static_cast<uint>(i)].key() != Qt::Key_F10, said);
            }
            for (const auto& other : entries) {
                const bool meet = other.where == entry.where ||
                                  other.where->isAncestorOf(entry.where) ||
                                  entry.where->isAncestorOf(other.where);
                if (&other == &entry || !meet) {
                    continue;
                }
                for (const QKeySequence& taken : other.action->shortcuts()) {
                    QVERIFY2(key.matches(taken) == QKeySequence::NoMatch,
                             said + " and " + other.action->objectName().toUtf8());
                }
            }
        }
    }
}

void DeskActionsTest::keysOfTheDesignAreThere_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("key");
    const auto row = [](const char* id, const char* key) {
        QTest::newRow(id) << QString::fromLatin1(id) << QString::fromUtf8(key);
    };
    row("search.open", "Ctrl+K");
    row("search.commands", "Ctrl+Shift+P");
    row("go.leads", "G, V");
    row("go.inbox", "G, P");
    row("go.customers", "G, K");
    row("app.help", "F1");
    row("sync.now", "F5");
    row("pane.next", "Ctrl+F6");
    row("pane.previous", "Ctrl+Shift+F6");
    row("lead.context", "Ctrl+I");
    row("edit.undo", "Ctrl+Z");
    row("app.back", "Esc");
    row("list.down", "J");
    row("list.up", "K");
    row("lead.claim", "Ü");
    row("lead.stepDone", "E");
    row("lead.snooze", "S");
    row("lead.note", "Alt+N");
    row("lead.saveNote", "Ctrl+Return");
}

void DeskActionsTest::keysOfTheDesignAreThere() {
    QFETCH(QString, id);
    QFETCH(QString, key);
    open();
    const QAction* found = registry().action(id);
    QVERIFY(found != nullptr);
    QCOMPARE(found->shortcuts().constFirst().toString(QKeySequence::PortableText), key);
}

void DeskActionsTest::workspacesInsideTextWithControlG() {
    open();
    choose(sample_.mine);
    auto* note = child<QPlainTextEdit>("noteText");
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("gk"));
    QCOMPARE(window_->page(), QStringLiteral("leads"));
    QTest::keyClick(note, Qt::Key_G, Qt::ControlModifier);
    QTest::keyClick(note, Qt::Key_K);
    QCOMPARE(window_->page(), QStringLiteral("customers"));
    QCOMPARE(note->toPlainText(), QStringLiteral("gk"));
}

void DeskActionsTest::deskKeysWorkInsideText() {
    open();
    choose(sample_.mine);
    auto* note = child<QPlainTextEdit>("noteText");
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("eins zwei"));
    note->moveCursor(QTextCursor::Start);
    QTest::keyClick(note, Qt::Key_E, Qt::ControlModifier);
    QVERIFY(child<QWidget>("closePanel")->isVisible());
    QCOMPARE(note->toPlainText(), QStringLiteral("eins zwei"));
    // Ctrl+Z in a text takes the typing back, not the last action.
    note->setFocus();
    QTest::keyClick(note, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(note->toPlainText() != QStringLiteral("eins zwei"));
}

void DeskActionsTest::keyIsChangedByKeyboard() {
    open();
    openHelp();
    QAbstractButton* claim = line("lead.claim");
    claim->setFocus(Qt::TabFocusReason);
    QTest::keyClick(claim, Qt::Key_Return);
    auto* field = child<ui::KeyField>("keyField");
    QVERIFY(field != nullptr && field->hasFocus());
    QTest::keyClick(field, Qt::Key_M, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(ui::ActionRegistry::keyText(*action("lead.claim")), QStringLiteral("Strg+M"));
    setup_->settle();
    QVERIFY(line("lead.claim")->hasFocus());
    QVERIFY(line("lead.claim")->accessibleName().contains(QStringLiteral("Strg+M")));
    // The old key is dead, the new one works, and the button says it.
    window_->go(QStringLiteral("leads"));
    choose(sample_.toClaim);
    list().setFocus();
    QTest::keyClick(&list(), Qt::Key_U);
    QVERIFY(world_->port().claims.empty());
    QTest::keyClick(&list(), Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(world_->port().claims.size(), 1U);
    QCOMPARE(child<ui::Button>("lead.claim.button")->keyCap(), QStringLiteral("Strg M"));
    // Two keys in a row, and what they are inside a text.
    QVERIFY(registry()
                .setKey(QStringLiteral("app.settings"), QKeySequence(Qt::Key_G, Qt::Key_E))
                .isEmpty());
    QCOMPARE(action("app.settings")->shortcuts().size(), 2);
}

void DeskActionsTest::keyIsChangedByMouseAndReset() {
    open();
    openHelp();
    click(line("lead.close"));
    auto* field = child<ui::KeyField>("keyField");
    QTest::keyClick(field, Qt::Key_J, Qt::ControlModifier);
    click(child<QAbstractButton>("keySave"));
    QCOMPARE(ui::ActionRegistry::keyText(*action("lead.close")), QStringLiteral("Strg+J"));
    click(line("lead.close"));
    click(child<QAbstractButton>("keyReset"));
    QCOMPARE(ui::ActionRegistry::keyText(*action("lead.close")), QStringLiteral("Strg+E"));
    click(line("lead.close"));
    click(child<QAbstractButton>("keyCancel"));
    QVERIFY(child<ui::KeyField>("keyField") == nullptr ||
            !child<ui::KeyField>("keyField")->isVisible());
    QVERIFY(registry()
                .setKey(QStringLiteral("lead.close"), QKeySequence(Qt::CTRL | Qt::Key_J))
                .isEmpty());
    click(child<QAbstractButton>("keysReset"));
    QVERIFY(registry().changedKeys().isEmpty());
}

void DeskActionsTest::keysAreRefusedWithTheReason_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("word");
    QTest::newRow("AltGr") << "Ctrl+Alt+L" << "AltGr";
    QTest::newRow("Windows") << "F10" << "Windows";
    QTest::newRow("close") << "Alt+F4" << "Windows";
    QTest::newRow("arrow") << "Down" << "Listen";
    QTest::newRow("copy") << "Ctrl+C" << "Textfelder";
    QTest::newRow("same page") << "T" << "Nächsten Schritt";
    QTest::newRow("everywhere") << "Ctrl+K" << "Suchen";
    QTest::newRow("beginning of another") << "G" << "vergeben";
}

void DeskActionsTest::keysAreRefusedWithTheReason() {
    QFETCH(QString, key);
    QFETCH(QString, word);
    open();
    const QKeySequence wanted(key, QKeySequence::PortableText);
    const QString problem = registry().setKey(QStringLiteral("lead.close"), wanted);
    QVERIFY2(problem.contains(word), qPrintable(problem));
    QCOMPARE(ui::ActionRegistry::keyText(*action("lead.close")), QStringLiteral("Strg+E"));
    // And the editor says the same.
    openHelp();
    click(line("lead.close"));
    auto* field = child<ui::KeyField>("keyField");
    const QKeyCombination chord = wanted[0];
    QTest::keyClick(field, chord.key(), chord.keyboardModifiers());
    click(child<QAbstractButton>("keySave"));
    QVERIFY(child<QLabel>("keyProblem")->isVisible());
    QCOMPARE(child<QLabel>("keyProblem")->text(), problem);
}

void DeskActionsTest::listOfKeysIsSearched() {
    open();
    openHelp();
    auto* search = child<QLineEdit>("keySearch");
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("bernehmen"));
    QVERIFY(line("lead.claim")->isVisible());
    QVERIFY(!line("theme.dark")->isVisible());
    search->setText(QStringLiteral("strg e"));
    QVERIFY(line("lead.close")->isVisible());
    search->setText(QStringLiteral("zwiebelfisch"));
    QVERIFY(child<QWidget>("keysNothing")->isVisible());
}

void DeskActionsTest::keysAreKeptByPerson() {
    const std::filesystem::path dir = dir_->path().toStdU16String();
    const auto start = [&] {
        keeper_ = std::make_unique<app::StateKeeper>(dir, setup_->desk);
        window_ = setup_->makeWindow(*theme_);
        keeper_->attach(*window_);
        window_->show();
        world_->start();
        setup_->settle();
    };
    start();
    QVERIFY(registry()
                .setKey(QStringLiteral("lead.close"), QKeySequence(Qt::CTRL | Qt::Key_J))
                .isEmpty());
    keeper_->flush();
    keeper_.reset();
    window_.reset();
    setup_.reset();
    world_->port().close();
    world_->port().open(world_->file());
    setup_ = std::make_unique<DeskSetup>(*world_);
    start();
    QCOMPARE(ui::ActionRegistry::keyText(*action("lead.close")), QStringLiteral("Strg+J"));
    // Another person starts with the first keys.
    app::DeskState other = app::DeskState::load(dir, AccountId(world_->newId().uuid()));
    QVERIFY(other.keys.isEmpty());
    window_->restore(other);
    QCOMPARE(ui::ActionRegistry::keyText(*action("lead.close")), QStringLiteral("Strg+E"));
    // What is damaged or in conflict is left out.
    other.keys = {{QStringLiteral("lead.close"), QStringLiteral("Ctrl+K")},
                  {QStringLiteral("no.such"), QStringLiteral("Ctrl+J")},
                  {QStringLiteral("lead.step"), QStringLiteral("Ctrl+Nosuchkey")}};
    window_->restore(other);
    QVERIFY(registry().changedKeys().isEmpty());
}

QTEST_MAIN(DeskActionsTest)
#include "desk_actions_test.moc"
