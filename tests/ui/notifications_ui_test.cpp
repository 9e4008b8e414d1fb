// SPDX-License-Identifier: GPL-3.0-or-later
// A new lead reaches whoever is at the desk, or away from it: in the right place, once, without the
// customer, without moving the focus; and the counts agree with the list.
#include "client/app/notification_center.h"
#include "client/app/notification_memory.h"
#include "client/app/settings.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/ui/widgets/toast.h"
#include "tests/ui/world/desk_fixture.h"

#include <QApplication>
#include <QLineEdit>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

namespace {

// What would be shown outside of the window.
class Recorder final : public app::Announcer {
public:
    struct Message {
        QString title;
        QString text;
        LeadId lead;
    };
    void showMessage(const QString& title, const QString& text, LeadId lead) override {
        messages.push_back({title, text, lead});
    }
    void play() override { ++tones; }
    void showTrayCount(int count, const QString& sentence) override {
        trayCount = count;
        tip = sentence;
    }
    void showTaskbarCount(int count) override { taskbarCount = count; }
    void setTrayVisible(bool visible) override { trayVisible = visible; }
    void click(LeadId lead) { Q_EMIT opened(lead); }

    std::vector<Message> messages;
    QString tip;
    int tones = 0;
    int trayCount = -1;
    int taskbarCount = -1;
    bool trayVisible = false;
};

}  // namespace

class NotificationsUiTest : public QObject, private DeskFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        recorder_.messages.clear();
        recorder_.tones = 0;
        begin();
        open();
        connectAll();
    }
    void cleanup() {
        center_.reset();
        notifier_.reset();
        end();
    }

    void inFrontItIsAToastAndTheFocusStays() {
        QWidget* focus = QApplication::focusWidget();
        QVERIFY(focus != nullptr);
        const LeadId lead = arrive("VW Polo");
        auto* toasts =
            window_->pageArea().findChild<ui::ToastHost*>({}, Qt::FindDirectChildrenOnly);
        QVERIFY(toasts != nullptr);
        QTRY_COMPARE(toasts->shownCount(), 1);
        QVERIFY(recorder_.messages.empty());
        QCOMPARE(QApplication::focusWidget(), focus);
        QVERIFY(setup_->leads.chosen() != lead);
    }

    void awayItIsAMessageOfTheSystemAndAClickOpensTheLead() {
        leave();
        const LeadId lead = arrive("VW Polo");
        QTRY_COMPARE(recorder_.messages.size(), std::size_t(1));
        const Recorder::Message message = recorder_.messages.front();
        QCOMPARE(message.title, QStringLiteral("Neue Verkaufschance"));
        QVERIFY2(message.text.contains(QStringLiteral("VW Polo")), qPrintable(message.text));
        QVERIFY(message.lead == lead);
        QCOMPARE(recorder_.tones, 0);  // no sound unasked
        QVERIFY(!window_->isActiveWindow());
        window_->go(QStringLiteral("settings"));
        recorder_.click(message.lead);
        QCOMPARE(window_->page(), QStringLiteral("leads"));
        QVERIFY(setup_->leads.chosen() == lead);
    }

    // Several at once are one message, which opens the window and no lead.
    void manyAreOne() {
        leave();
        for (int i = 0; i < 12; ++i) {
            put("VW Polo");
        }
        world_->flush();
        QTRY_COMPARE(recorder_.messages.size(), std::size_t(1));
        QCOMPARE(recorder_.messages.front().title, QStringLiteral("12 neue Verkaufschancen"));
        QVERIFY(recorder_.messages.front().lead.isNone());
    }

    void nothingWhileSomebodyTypes() {
        auto* field = new QLineEdit(window_.get());
        field->show();
        leave();
        QTest::keyClicks(field, QStringLiteral("Angebot"));
        const int before = setup_->desk.counts().unclaimed;
        arrive("VW Polo");
        QTRY_COMPARE(setup_->desk.counts().unclaimed, before + 1);
        QTRY_VERIFY(setup_->desk.reader().idle());
        QCoreApplication::processEvents();
        QVERIFY(recorder_.messages.empty());
        world_->clock().advance(Millis(app::NotificationCenter::kTypingMs));
        Q_EMIT setup_->desk.tick();
        QCOMPARE(recorder_.messages.size(), std::size_t(1));
    }

    void whatWasTakenBackIsToldWithoutTheCustomer() {
        leave();
        const int before = setup_->desk.counts().unclaimed;
        record::Lead lead = sample_.claimed(*world_, world_->me());
        const RowId id(sample_.toClaim.uuid());
        world_->moveToSite(id, lead, true);
        world_->flush();
        QTRY_COMPARE(setup_->desk.counts().unclaimed, before - 1);
        QTRY_VERIFY(setup_->desk.reader().idle());
        QCoreApplication::processEvents();
        lead.clear_owner_id();
        auto* event = lead.add_events();
        event->set_kind(record::RETURNED);
        event->set_at_ms(kSampleNowMs);
        world_->putTeaser(id, lead);
        world_->flush();
        QTRY_COMPARE(recorder_.messages.size(), std::size_t(1));
        const Recorder::Message message = recorder_.messages.front();
        QCOMPARE(message.title, QStringLiteral("Eine Verkaufschance ging zurück"));
        QVERIFY(message.text.contains(QStringLiteral("Caddy")));
        QVERIFY(!message.text.contains(QStringLiteral("Krüger")));
    }

    void countsAgreeWithTheList() {
        const int before = setup_->desk.counts().unclaimed;
        QVERIFY(before > 0);
        QCOMPARE(recorder_.trayCount, before);
        QCOMPARE(recorder_.taskbarCount, before);
        QCOMPARE(recorder_.tip, QStringLiteral("%1 Verkaufschancen zu übernehmen").arg(before));
        arrive("VW Polo");
        QTRY_COMPARE(recorder_.trayCount, before + 1);
        QCOMPARE(setup_->desk.counts().unclaimed, before + 1);
        QCOMPARE(setup_->leads.list().filterCounts().toClaim, before + 1);
        viewmodel::NotificationSettings settings;
        settings.taskbar = false;
        settings.tray = false;
        notifier_->setSettings(settings);
        QCOMPARE(recorder_.taskbarCount, 0);
        QVERIFY(!recorder_.trayVisible);
    }

    void anotherRunTellsOnlyWhatIsNew() {
        leave();
        arrive("VW Polo");
        QTRY_COMPARE(recorder_.messages.size(), std::size_t(1));
        QTRY_VERIFY(QFile::exists(dir_->filePath(QStringLiteral("notices.ini"))));
        recorder_.messages.clear();
        center_.reset();
        notifier_.reset();
        put("VW Up");
        world_->flush();
        connectAll();
        leave();
        QTRY_COMPARE(recorder_.messages.size(), std::size_t(1));
        QVERIFY(recorder_.messages.front().text.contains(QStringLiteral("VW Up")));
    }

    // By keyboard alone, and kept in the file.
    void settingsAreChosenAndKept() {
        QSignalSpy chosen(window_.get(), &app::DeskWindow::notificationsChosen);
        window_->go(QStringLiteral("settings"));
        auto* quiet = child<ui::SegmentedControl>("notifyQuiet");
        auto* monday = child<ui::TextField>("quietHours1");
        QVERIFY(quiet && monday);
        QVERIFY(!monday->isVisible());
        quiet->findChildren<QAbstractButton*>().at(0)->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY(monday->isVisible());
        monday->edit().setFocus();
        QTest::keyClicks(&monday->edit(), QStringLiteral("18-8"));
        QTest::keyClick(&monday->edit(), Qt::Key_Return);
        QVERIFY(monday->belowHeight() > 0);  // says how it is written
        monday->edit().selectAll();
        QTest::keyClicks(&monday->edit(), QStringLiteral("18:00-8:00"));
        QTest::keyClick(&monday->edit(), Qt::Key_Return);
        QCOMPARE(monday->text(), QStringLiteral("18:00-08:00"));
        const auto settings = qvariant_cast<viewmodel::NotificationSettings>(chosen.last().at(0));
        QVERIFY(settings.quiet);
        QVERIFY(settings.isQuiet(0, 19 * 60));
        app::Settings file;
        file.notifications = settings;
        file.notifications.hours[4] =
            viewmodel::parseQuiet(QStringLiteral("1:00-2:00,3:00-4:00")).value();
        file.save(dir_->path().toStdU16String());
        QVERIFY(app::Settings::load(dir_->path().toStdU16String()).notifications ==
                file.notifications);
    }

private:
    void connectAll() {
        notifier_ = std::make_unique<viewmodel::Notifier>(
            setup_->desk, world_->clock(), app::notificationMemory(dir_->path().toStdU16String()));
        center_ = std::make_unique<app::NotificationCenter>(*theme_, *notifier_, setup_->leads,
                                                            recorder_, world_->clock());
        center_->attach(*window_);
        QTRY_VERIFY(setup_->desk.reader().idle());
        QCoreApplication::processEvents();
    }
    void leave() {
        other_.show();
        other_.activateWindow();
        QTRY_VERIFY(!window_->isActiveWindow());
    }
    RowId put(const std::string& wish) {
        record::Lead lead = sample_.teaser;
        lead.set_number(lead.number() + 1000);
        lead.clear_wish();
        lead.mutable_wish()->set_model(wish);
        lead.clear_owner_id();
        const RowId id = world_->newId();
        world_->putTeaser(id, lead);
        return id;
    }
    LeadId arrive(const std::string& wish) {
        const RowId id = put(wish);
        world_->flush();
        return LeadId(id.uuid());
    }

    Recorder recorder_;
    QWidget other_;
    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<viewmodel::Notifier> notifier_;
    std::unique_ptr<app::NotificationCenter> center_;
};

QTEST_MAIN(NotificationsUiTest)
#include "notifications_ui_test.moc"
