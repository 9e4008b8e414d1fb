// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/navigation_rail.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/ui/widgets/timeline.h"
#include "client/ui/widgets/toast.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QTranslator>

using namespace vorfahrt::client::ui;

namespace {

// Grey-scale independent check that a rectangle of a picture is not of one colour.
bool hasInk(const QImage& image, const QRect& rect) {
    const QRgb first = image.pixel(rect.topLeft());
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            if (image.pixel(x, y) != first) {
                return true;
            }
        }
    }
    return false;
}

LeadRow maskedRow() {
    LeadRow row;
    row.masked = true;
    row.claimable = true;
    row.region = QStringLiteral("Raum Stade");
    row.vehicle = QStringLiteral("Audi A4");
    row.status = QStringLiteral("Neu");
    row.deadline = QStringLiteral("04:51");
    return row;
}

QStandardItemModel* leadModel(const LeadRow& row, QObject* parent) {
    auto* model = new QStandardItemModel(parent);
    auto* item = new QStandardItem;
    item->setData(QVariant::fromValue(row), kLeadRowRole);
    model->appendRow(item);
    return model;
}

}  // namespace

class WidgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        theme_ = std::make_unique<Theme>(*qApp);
        theme_->setReducedMotion(true);
        installTimelineAccessibility();
    }

    void busyKeepsWidthAndIgnoresClicks_data() {
        QTest::addColumn<bool>("icon");
        QTest::addColumn<QString>("key");
        QTest::newRow("plain") << false << QString();
        QTest::newRow("icon") << true << QString();
        QTest::newRow("key") << false << QStringLiteral("F6");
        QTest::newRow("both") << true << QStringLiteral("F6");
    }

    void busyKeepsWidthAndIgnoresClicks() {
        QFETCH(bool, icon);
        QFETCH(QString, key);
        Button button(*theme_, ButtonKind::Primary, QStringLiteral("Speichern und senden"));
        if (icon) {
            button.setSymbol(icons::kActionSend);
        }
        button.setKeyCap(key);
        button.resize(button.sizeHint());
        const QSize before = button.sizeHint();
        QSignalSpy clicks(&button, &QAbstractButton::clicked);
        QTest::mouseClick(&button, Qt::LeftButton);
        button.setBusy(true);
        QCOMPARE(button.sizeHint(), before);
        QCOMPARE(button.text(), QStringLiteral("Speichern und senden"));
        QTest::mouseClick(&button, Qt::LeftButton);
        QTest::keyClick(&button, Qt::Key_Space);
        QCOMPARE(clicks.count(), 1);
    }

    void longGermanLabelsFit_data() {
        QTest::addColumn<QString>("text");
        for (const char* word :
             {"Zulassungsbescheinigung", "Finanzierungsanfrage", "Werkstattersatzwagen",
              "Übernehmen", "Speichern und senden", "Kennwort vergessen?"}) {
            QTest::newRow(word) << QString::fromUtf8(word);
        }
    }

    void longGermanLabelsFit() {
        QFETCH(QString, text);
        for (const int zoom : {90, 100, 125, 150}) {
            theme_->setZoom(zoom);
            Button button(*theme_, ButtonKind::Primary, text);
            const qreal needed = theme_->textWidth(TextStyle::BodyStrong, text);
            QVERIFY(button.sizeHint().width() >= needed + 2 * theme_->px(space::kS5));
            QVERIFY(button.sizeHint().height() >= theme_->line(TextStyle::Body));
            QVERIFY(button.minimumSizeHint().width() == button.sizeHint().width());
        }
        theme_->setZoom(100);
    }

    void hitAreasAreLargeEnough() {
        const Theme& theme = *theme_;
        const IconButton icon(theme, icons::kActionMore, QStringLiteral("Mehr"));
        const FilterChip chip(theme, QStringLiteral("Alle"));
        const SyncPill pill(theme);
        const std::vector<const QWidget*> all{&icon, &chip, &pill};
        for (const QWidget* widget : all) {
            QVERIFY(widget->sizeHint().width() >= size::kHitMin);
            QVERIFY(widget->sizeHint().height() >= size::kHitMin);
            QVERIFY(!QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget))
                         ->text(QAccessible::Name)
                         .isEmpty());
        }
    }

    void leadRowSaysOneSentence() {
        LeadRow row;
        row.customer = QStringLiteral("Sabine Krüger");
        row.vehicle = QStringLiteral("VW Passat Variant");
        row.status = QStringLiteral("Angebot");
        row.deadline = QStringLiteral("11:00");
        row.deadlineNote = QStringLiteral("in 18 min");
        QCOMPARE(accessibleSentence(row),
                 QStringLiteral("Sabine Krüger, VW Passat Variant, Angebot, due 11:00, in 18 min"));
        row.provisional = true;
        QVERIFY(accessibleSentence(row).contains(QStringLiteral("not confirmed")));
    }

    void maskNeverShowsTheCustomer() {
        LeadRow row = maskedRow();
        const QString silent = accessibleSentence(row);
        QVERIFY(silent.contains(QStringLiteral("hidden")));
        LeadListView list(*theme_);
        list.resize(600, 60);
        list.setModel(leadModel(row, &list));
        const QImage hidden = list.grab().toImage();
        // Even a view model that forgets to blank the name must not get it on the screen.
        row.customer = QStringLiteral("Sabine Krüger");
        QCOMPARE(accessibleSentence(row), silent);
        list.setModel(leadModel(row, &list));
        QCOMPARE(list.grab().toImage(), hidden);
    }

    void claimButtonOnlyUnderTheMouse() {
        LeadListView list(*theme_);
        list.resize(600, 60);
        list.setModel(leadModel(maskedRow(), &list));
        QSignalSpy claims(&list, &LeadListView::claimRequested);
        QSignalSpy opened(&list, &QAbstractItemView::clicked);
        const QModelIndex index = list.model()->index(0, 0);
        const QRect button = list.rows().claimRect(list.visualRect(index));
        const QImage quiet = list.grab().toImage();
        list.setHoveredForPicture(index);
        QVERIFY(list.grab().toImage() != quiet);
        QVERIFY(hasInk(list.grab().toImage(), button));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(claims.count(), 1);
        QCOMPARE(opened.count(), 0);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(120, 20));
        QCOMPARE(claims.count(), 1);
        QCOMPARE(opened.count(), 1);
    }

    void groupHeadersToggle() {
        LeadListView list(*theme_);
        list.resize(600, 60);
        auto* model = new QStandardItemModel(&list);
        auto* item = new QStandardItem;
        item->setData(QVariant::fromValue(LeadGroup{QStringLiteral("Jetzt dran"), 5, true, true,
                                                    QString(), QString()}),
                      kLeadGroupRole);
        model->appendRow(item);
        list.setModel(model);
        QCOMPARE(list.visualRect(model->index(0, 0)).height(), size::kGroupHeader);
        QSignalSpy toggled(&list, &LeadListView::groupToggled);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(60, 10));
        list.setCurrentIndex(model->index(0, 0));
        QTest::keyClick(&list, Qt::Key_Space);
        QCOMPARE(toggled.count(), 2);
    }

    void timelineIsAListForScreenReaders() {
        Timeline timeline(*theme_);
        timeline.resize(600, 200);
        std::vector<TimelineItem> items(60);
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i].kind = TimelineKind::Incoming;
            items[i].author = QStringLiteral("Sabine Krüger");
            items[i].time = QStringLiteral("15:52");
            items[i].text = QStringLiteral("Nachricht %1").arg(i);
        }
        timeline.setItems(items);
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&timeline);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 60);
        QAccessibleInterface* last = list->child(59);
        QCOMPARE(last->role(), QAccessible::ListItem);
        QCOMPARE(last->text(QAccessible::Name),
                 QStringLiteral("Sabine Krüger, 15:52, Nachricht 59"));
        QCOMPARE(list->indexOfChild(last), 59);
        QVERIFY(!last->state().offscreen);
        QVERIFY(list->child(0)->state().offscreen);
        QCOMPARE(list->child(60), nullptr);
    }

    void prependingKeepsTheReadersPlace() {
        Timeline timeline(*theme_);
        timeline.resize(600, 200);
        std::vector<TimelineItem> items(20);
        for (TimelineItem& item : items) {
            item.kind = TimelineKind::Note;
            item.text = QStringLiteral("x");
        }
        timeline.setItems(items);
        const QRect before = timeline.itemRect(19);
        timeline.prependItems(std::vector<TimelineItem>(items.begin(), items.begin() + 7));
        QCOMPARE(timeline.items().size(), std::size_t{27});
        QVERIFY(std::abs(timeline.itemRect(26).top() - before.top()) <= 1);
    }

    void composerKeepsTheTextOfEachChannel() {
        Composer composer(*theme_);
        composer.setChannels({{QStringLiteral("note"), QStringLiteral("Notiz"), icons::kChannelNote,
                               true, QString()},
                              {QStringLiteral("mail"), QStringLiteral("E-Mail"),
                               icons::kChannelEmail, true, QString()}});
        QSignalSpy drafts(&composer, &Composer::draftChanged);
        QSignalSpy channels(&composer, &Composer::channelChanged);
        composer.setText(QStringLiteral("Entwurf"));
        QCOMPARE(drafts.count(), 0);
        composer.setChannel(QStringLiteral("mail"));
        QCOMPARE(channels.count(), 1);
        QCOMPARE(composer.text(), QStringLiteral("Entwurf"));
        QTest::keyClicks(&composer.edit(), QStringLiteral("!"));
        QCOMPARE(drafts.count(), 1);
    }

    void toastsAreThreeAtMost() {
        QWidget page;
        page.resize(800, 600);
        ToastHost host(*theme_, &page);
        for (int i = 0; i < 5; ++i) {
            host.show({ToastTone::Success, QStringLiteral("Abgeschlossen"), QString::number(i)});
        }
        QCOMPARE(host.shownCount(), ToastHost::kMaxShown);
        QCOMPARE(host.waitingCount(), 2);
        QSignalSpy undone(&host, &ToastHost::undoRequested);
        host.findChildren<Button*>().first()->click();
        QCOMPARE(undone.count(), 1);
        QCOMPARE(host.shownCount(), ToastHost::kMaxShown);
        QCOMPARE(host.waitingCount(), 1);
    }

    void tabsOverflowIntoTheMenu() {
        ViewTabs tabs(*theme_);
        for (int i = 0; i < 8; ++i) {
            tabs.addView(QStringLiteral("Gebrauchtwagen %1").arg(i), i);
        }
        tabs.resize(400, tabs.sizeHint().height());
        tabs.show();
        QVERIFY(tabs.isTabVisible(0));
        QVERIFY(!tabs.isTabVisible(7));
        tabs.setCurrentIndex(7);
        QVERIFY(tabs.isTabVisible(7));
    }

    void errorMovesNothing() {
        TextField field(*theme_, QStringLiteral("Telefon"));
        const QSize before = field.sizeHint();
        field.setError(QStringLiteral("Nummer ist zu kurz"));
        QCOMPARE(field.sizeHint(), before);
        QCOMPARE(field.edit().accessibleDescription(), QStringLiteral("Nummer ist zu kurz"));
        QCOMPARE(field.edit().accessibleName(), QStringLiteral("Telefon"));
    }

    void germanIsApplied() {
        QTranslator german;
        QVERIFY(german.load(QStringLiteral(":/translations/vorfahrt_de.qm")));
        QVERIFY(QApplication::installTranslator(&german));
        const SyncPill pill(*theme_);
        QCOMPARE(pill.text(), QStringLiteral("Abgeglichen"));
        QVERIFY(
            accessibleSentence(maskedRow()).startsWith(QStringLiteral("Kundendaten verborgen")));
        QApplication::removeTranslator(&german);
    }

    void railCollapsesAndKeepsItsChoice() {
        NavigationRail rail(*theme_);
        rail.addEntry({QStringLiteral("leads"), QStringLiteral("Verkaufschancen"), icons::kNavLeads,
                       std::nullopt, QString()});
        rail.setCurrent(QStringLiteral("leads"));
        QCOMPARE(rail.sizeHint().width(), size::kRailExpanded);
        rail.setCollapsed(true);
        QCOMPARE(rail.sizeHint().width(), size::kRailCollapsed);
        QCOMPARE(rail.current(), QStringLiteral("leads"));
    }

private:
    std::unique_ptr<Theme> theme_;
};

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
