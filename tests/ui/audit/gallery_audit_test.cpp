// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every page of the gallery in one language (VF_AUDIT_LANGUAGE: de, en or pseudo) at the
// sizes and zooms that the desk promises.
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"
#include "tests/ui/audit/audit.h"
#include "tests/ui/audit/languages.h"
#include "tests/ui/gallery/shots.h"

#include <QApplication>
#include <QMainWindow>
#include <QTest>

using namespace vorfahrt;
using namespace vorfahrt::client::ui;

namespace {

struct View {
    QSize size;
    int zoom;
};
constexpr int kTurns = 4;

constexpr const char* kAsserted[] = {"no name:", "no tooltip:", "no translation:", "untranslated:"};

// Words of sources that invented German data has as well, and the address of its server.
const std::set<QString> kNames{QStringLiteral("desk"), QStringLiteral("example"),
                               QStringLiteral("org"), QStringLiteral("min"), QStringLiteral("name"),
                               // of a car, a key, and words that both languages have
                               QStringLiteral("line"), QStringLiteral("esc"),
                               QStringLiteral("offline"), QStringLiteral("filter")};

constexpr View kViews[] = {{{1024, 700}, 100}, {{1280, 800}, 100},  {{1920, 1080}, 100},
                           {{1024, 700}, 125}, {{1920, 1080}, 150}, {{1280, 800}, 150}};

}  // namespace

class GalleryAuditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        language_ = qEnvironmentVariable("VF_AUDIT_LANGUAGE");
        if (language_ == QStringLiteral("pseudo")) {
            translator_ = std::make_unique<test::PseudoTranslator>();
        } else {
            translator_ = std::make_unique<test::RecordingTranslator>();
            QVERIFY(
                translator_->load(QStringLiteral(":/translations/vorfahrt_%1.qm").arg(language_)));
        }
        QVERIFY(QApplication::installTranslator(translator_.get()));
        // Invented data is German in all of them but one.
        german_ = language_ != QStringLiteral("en");
        QLocale::setDefault(german_ ? QLocale(QLocale::German) : QLocale(QLocale::English));
        theme_ = std::make_unique<Theme>(*qApp);
        theme_->setReducedMotion(true);
        installTimelineAccessibility();
        installStageAccessibility();
        test::registerGalleryShots(registry_);
        test::registerAppShots(registry_);
        test::registerComponentShots(registry_);
    }

    void page_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < registry_.pages().size(); ++i) {
            QTest::newRow(qPrintable(registry_.pages()[i].name)) << static_cast<int>(i);
        }
    }

    void page() {
        QFETCH(int, index);
        const test::ShotRegistry::Page& page = registry_.pages()[static_cast<std::size_t>(index)];
        theme_->setZoom(100);
        const std::unique_ptr<QWidget> widget = page.factory({*theme_, german_});
        QStringList findings;
        for (const View& view : kViews) {
            theme_->setZoom(view.zoom);
            // A sheet of components is as large as it needs; what has a window's size fits it.
            const bool sheet = qobject_cast<QMainWindow*>(widget.get()) == nullptr;
            widget->resize(sheet ? widget->sizeHint() : view.size);
            widget->show();
            // Layouts within layouts are told of a new font one after the other.
            for (int turn = 0; turn < kTurns; ++turn) {
                QCoreApplication::processEvents();
            }
            QStringList here = test::auditGeometry(*widget);
            here << test::auditTexts(*widget, *theme_) << test::auditNames(*widget)
                 << test::auditTabOrder(*widget);
            if (!sheet && widget->size() != view.size) {
                here << QStringLiteral("too large: the page needs %1x%2")
                            .arg(widget->width())
                            .arg(widget->height());
            }
            for (const QString& finding : here) {
                findings << QStringLiteral("%1x%2 at %3 %: %4")
                                .arg(view.size.width())
                                .arg(view.size.height())
                                .arg(view.zoom)
                                .arg(finding);
            }
        }
        texts_ << test::visibleTexts(*widget, *theme_);
        report(findings);
    }

    // After the pages: each text they asked for is translated, and none came by another way.
    void everyTextIsTranslated() {
        QStringList findings;
        // English is the source; its file holds the plurals alone.
        if (language_ != QStringLiteral("en")) {
            for (const QString& source : translator_->missing()) {
                findings << QStringLiteral("no translation: ") + source;
            }
            std::set<QString> words = translator_->foreignWords();
            for (const QString& name : kNames) {
                words.erase(name);
            }
            findings << test::textsWithWords(texts_, words);
        }
        findings.removeDuplicates();
        report(findings);
    }

private:
    static void report(const QStringList& findings) {
        qsizetype faults = 0;
        for (const QString& finding : findings) {
            qWarning("%s", qPrintable(finding));
            faults += isAsserted(finding) ? 1 : 0;
        }
        QVERIFY2(faults == 0, qPrintable(QStringLiteral("%1 findings").arg(faults)));
    }
    // The others are told, page by page, until no page has one.
    static bool isAsserted(const QString& finding) {
        for (const char* check : kAsserted) {
            if (finding.contains(QLatin1String(check))) {
                return true;
            }
        }
        return false;
    }

    QString language_;
    bool german_ = true;
    std::unique_ptr<test::RecordingTranslator> translator_;
    std::unique_ptr<Theme> theme_;
    test::ShotRegistry registry_;
    QStringList texts_;
};

QTEST_MAIN(GalleryAuditTest)
#include "gallery_audit_test.moc"
