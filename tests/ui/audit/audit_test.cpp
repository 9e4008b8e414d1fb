// SPDX-License-Identifier: GPL-3.0-or-later
// Each check of the audit finds the fault it is for, and nothing on a page without fault.
#include "tests/ui/audit/audit.h"

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/text_block.h"
#include "tests/ui/audit/languages.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTest>

using namespace vorfahrt;
using namespace vorfahrt::client::ui;

namespace {

// Paints one text by the painter of the house.
class Sign final : public QWidget {
public:
    Sign(const Theme& theme, const QRectF& room, const QString& text, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          room_(room),
          text_(text) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        paint.text(room_, text_, TextStyle::Body, Role::TextPrimary);
        if (twice_) {
            paint.textAt(QPointF(room_.left() + 3, room_.center().y() + 4),
                         QStringLiteral("darüber"), TextStyle::Body, Role::TextPrimary);
        }
    }

public:
    bool twice_ = false;

private:
    const Theme& theme_;
    QRectF room_;
    QString text_;
};

}  // namespace

class AuditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme_ = std::make_unique<Theme>(*qApp); }
    void init() {
        page_ = std::make_unique<QWidget>();
        page_->resize(400, 300);
    }
    void cleanup() { page_.reset(); }

    void aPageWithoutFaultHasNoFindings() {
        auto* row = new QHBoxLayout(page_.get());
        row->addWidget(
            new Label(*theme_, QStringLiteral("Zwei Wörter"), TextStyle::Body, Role::TextPrimary));
        row->addWidget(new Button(*theme_, ButtonKind::Primary, QStringLiteral("Übernehmen")));
        row->addWidget(new IconButton(*theme_, Icon::X, QStringLiteral("Schließen")));
        row->addWidget(new FilterChip(*theme_, QStringLiteral("Alle")));
        page_->show();
        QCOMPARE(test::auditGeometry(*page_), QStringList());
        QCOMPARE(test::auditTexts(*page_, *theme_), QStringList());
        QCOMPARE(test::auditNames(*page_), QStringList());
        QCOMPARE(test::auditTabOrder(*page_), QStringList());
    }

    void overlappingSiblingsAreFound() {
        place<QWidget>({0, 0, 60, 60});
        QWidget* upper = place<QWidget>({40, 40, 60, 60});
        finds(test::auditGeometry(*page_), "overlap");
        upper->setProperty(test::kLiesOver, true);
        QCOMPARE(test::auditGeometry(*page_), QStringList());
    }

    void whatIsOutsideItsParentIsFound() {
        place<QWidget>({380, 0, 60, 60});
        finds(test::auditGeometry(*page_), "outside");
    }

    void contentOfAScrollAreaMayBeLong() {
        auto* area = place<QScrollArea>({0, 0, 100, 100});
        auto* content = new QWidget;
        content->resize(80, 500);
        area->setWidget(content);
        page_->show();
        QCOMPARE(test::auditGeometry(*page_), QStringList());
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        content->resize(300, 500);
        finds(test::auditGeometry(*page_), "outside");
    }

    void smallHitAreasAreFound() {
        place<QPushButton>({0, 0, 60, 20})->setText(QStringLiteral("Ok"));
        finds(test::auditGeometry(*page_), "small");
    }

    void aLabelThatIsCutIsFound_data() {
        QTest::addColumn<bool>("wraps");
        QTest::addColumn<QSize>("size");
        QTest::newRow("too narrow") << false << QSize(60, 30);
        QTest::newRow("too low") << false << QSize(300, 8);
        QTest::newRow("too few lines") << true << QSize(90, 20);
        QTest::newRow("a word too long") << true << QSize(40, 200);
    }

    void aLabelThatIsCutIsFound() {
        QFETCH(bool, wraps);
        QFETCH(QSize, size);
        const QString text = QStringLiteral("Zulassungsbescheinigung liegt vor");
        auto* label = new QLabel(text, page_.get());
        label->setWordWrap(wraps);
        label->setGeometry(QRect(QPoint(), size));
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "clipped");
        label->setToolTip(text);
        QCOMPARE(test::auditTexts(*page_, *theme_), QStringList());
    }

    void anElidedTextWithoutTooltipIsFound() {
        const QString text = QStringLiteral("Zulassungsbescheinigung");
        auto* sign = new Sign(*theme_, {0, 0, 60, 20}, text, page_.get());
        sign->resize(100, 24);
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "clipped");
        sign->setToolTip(text);
        QCOMPARE(test::auditTexts(*page_, *theme_), QStringList());
        sign->setToolTip(QStringLiteral("Zulassung"));
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "clipped");
    }

    void aTextDrawnOutsideIsFound() {
        auto* sign = new Sign(*theme_, {50, 0, 200, 20}, QStringLiteral("Übernehmen"), page_.get());
        sign->resize(100, 24);
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "clipped");
    }

    void textOverTextIsFound() {
        auto* sign = new Sign(*theme_, {0, 0, 90, 20}, QStringLiteral("Ansicht"), page_.get());
        sign->resize(100, 24);
        QCOMPARE(test::auditTexts(*page_, *theme_), QStringList());
        sign->twice_ = true;
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "overlap");
    }

    void textUnderAWidgetIsFound() {
        auto* sign = new Sign(*theme_, {0, 0, 90, 20}, QStringLiteral("Ansicht"), page_.get());
        sign->resize(100, 24);
        auto* over = new QWidget(sign);
        over->setGeometry(20, 0, 40, 24);
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "covered");
    }

    void aBlockCutToItsLinesIsFound() {
        class Block final : public QWidget {
        public:
            Block(const Theme& theme, QWidget* parent)
                : QWidget(parent),
                  theme_(theme) {}
            void paintEvent(QPaintEvent*) override {
                QPainter painter(this);
                ThemePainter paint(painter, theme_);
                TextBlock text({{QStringLiteral("Rückruf zur Inzahlungnahme am Freitag")}});
                text.layout(theme_, 100, 1);
                text.draw(paint, {});
            }
            const Theme& theme_;
        };
        auto* block = new Block(*theme_, page_.get());
        block->resize(120, 40);
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "clipped");
    }

    void fieldsThatAreCutAreFound() {
        auto* line = place<QLineEdit>({0, 0, 80, 30});
        line->setPlaceholderText(QStringLiteral("Suchen: Name, Telefon, Kennzeichen"));
        auto* text = place<QPlainTextEdit>({0, 40, 80, 30});
        text->setPlaceholderText(QStringLiteral("Notiz, die niemand ganz lesen kann"));
        auto* combo = place<QComboBox>({0, 80, 80, 30});
        combo->addItem(QStringLiteral("Zulassungsbescheinigung"));
        auto* check = place<QCheckBox>({0, 120, 80, 30});
        check->setText(QStringLiteral("Zulassungsbescheinigung"));
        const QStringList findings = test::auditTexts(*page_, *theme_);
        QCOMPARE(findings.filter(QStringLiteral("clipped")).size(), 4);
    }

    void rowsSayInTheirTooltipWhatTheyCut() {
        auto* list = new LeadListView(*theme_, page_.get());
        list->setGeometry(0, 0, 300, 60);
        auto* model = new QStandardItemModel(list);
        auto* item = new QStandardItem;
        LeadRow row;
        row.customer =
            QStringLiteral("Ein sehr langer Name, der in keine Zeile passt, GmbH und Co");
        item->setData(QVariant::fromValue(row), kLeadRowRole);
        model->appendRow(item);
        list->setModel(model);
        page_->show();
        QCOMPARE(test::auditTexts(*page_, *theme_), QStringList());
        // The same row under a delegate that says nothing.
        class Mute final : public QStyledItemDelegate {
        public:
            explicit Mute(LeadRowDelegate& rows)
                : rows_(rows) {}
            void paint(QPainter* painter, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const override {
                rows_.paint(painter, option, index);
            }
            QSize sizeHint(const QStyleOptionViewItem& option,
                           const QModelIndex& index) const override {
                return rows_.sizeHint(option, index);
            }
            LeadRowDelegate& rows_;
        } mute(list->rows());
        list->setItemDelegate(&mute);
        page_->show();
        finds(test::auditTexts(*page_, *theme_), "clipped");
        list->setItemDelegate(&list->rows());
    }

    void missingNamesAreFound() {
        auto* icon = new IconButton(*theme_, Icon::X, QString(), page_.get());
        icon->resize(30, 30);
        page_->show();
        const QStringList findings = test::auditNames(*page_);
        finds(findings, "no name");
        finds(findings, "no tooltip");
        icon->setAccessibleName(QStringLiteral("Schließen"));
        icon->setToolTip(QStringLiteral("Schließen"));
        QCOMPARE(test::auditNames(*page_), QStringList());
        place<QLineEdit>({0, 40, 80, 30});
        finds(test::auditNames(*page_), "no name");
    }

    void aWrongTabOrderIsFound() {
        auto* second = place<QLineEdit>({0, 40, 80, 30});
        auto* first = place<QLineEdit>({0, 0, 80, 30});
        place<QLineEdit>({0, 80, 80, 30});
        finds(test::auditTabOrder(*page_), "tab order");
        QWidget::setTabOrder(first, second);
        QCOMPARE(test::auditTabOrder(*page_), QStringList());
    }

    void aPaneEnteredTwiceIsFound() {
        auto* splitter = place<QSplitter>({0, 0, 400, 300});
        auto* left = new QWidget;
        auto* right = new QWidget;
        splitter->addWidget(left);
        splitter->addWidget(right);
        auto* upper = new QLineEdit(left);
        upper->setGeometry(0, 0, 80, 30);
        auto* lower = new QLineEdit(left);
        lower->setGeometry(0, 40, 80, 30);
        auto* other = new QLineEdit(right);
        other->setGeometry(0, 0, 80, 30);
        for (QWidget* field : {upper, lower, other}) {
            field->show();
        }
        QWidget::setTabOrder(upper, lower);
        QWidget::setTabOrder(lower, other);
        QCOMPARE(test::auditTabOrder(*page_), QStringList());
        // Qt 6.4 leaves the last two of a chain as they are: the end of this one is a third.
        place<QLineEdit>({0, 0, 1, 1})->setFocusPolicy(Qt::NoFocus);
        QWidget::setTabOrder(other, lower);
        finds(test::auditTabOrder(*page_), "entered twice");
        QWidget::setTabOrder(other, upper);
        finds(test::auditTabOrder(*page_), "comes before");
    }

    void foreignWordsAreFound() {
        class German final : public test::RecordingTranslator {
            QString look(const char*, const char* source, const char*, int) const override {
                return qstrcmp(source, "Claim the lead") == 0
                           ? QStringLiteral("Die Verkaufschance übernehmen")
                           : QString();
            }
        };
        const German german;
        german.translate("Page", "Claim the lead", nullptr, -1);
        german.translate("Page", "Release", nullptr, -1);
        QCOMPARE(german.missing(), std::set<QString>{QStringLiteral("Page: Release")});
        const QStringList texts{QStringLiteral("Verkaufschance"), QStringLiteral("&Claim it")};
        QCOMPARE(test::textsWithWords(texts, german.foreignWords()).size(), 1);
    }

    void pseudoTextsAreLongerAndKeepTheirPlaces() {
        const QString text = test::pseudo(QStringLiteral("Claimed by %1, %n entries"));
        QVERIFY(text.size() >= 25 * 14 / 10);
        QVERIFY(text.contains(QStringLiteral("%1")) && text.contains(QStringLiteral("%n")));
        QVERIFY(text.startsWith(QLatin1Char('[')) && text.endsWith(QLatin1Char(']')));
        QVERIFY(!text.contains(QStringLiteral("entries")));
    }

    void paintedTextsAreSeen() {
        new FilterChip(*theme_, QStringLiteral("Alle"), page_.get());
        page_->show();
        QVERIFY(test::visibleTexts(*page_, *theme_).contains(QStringLiteral("Alle")));
    }

private:
    template <class T>
    T* place(const QRect& at) {
        auto* widget = new T(page_.get());
        widget->setGeometry(at);
        page_->show();
        widget->show();
        return widget;
    }
    void finds(const QStringList& findings, const char* what) {
        QVERIFY2(!findings.filter(QString::fromLatin1(what)).isEmpty(),
                 qPrintable(findings.join(QLatin1Char('\n'))));
    }

    std::unique_ptr<Theme> theme_;
    std::unique_ptr<QWidget> page_;
};

QTEST_MAIN(AuditTest)
#include "audit_test.moc"
