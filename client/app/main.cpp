// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/desk_app.h"
#include "client/keys/system_key_store.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"

#include <QApplication>
#include <QLocale>
#include <QTextStream>
#include <QTranslator>

namespace {

using namespace vorfahrt;
using namespace vorfahrt::client;

constexpr int kUsageError = 2;

// Texts and formats of one language; German is the default.
void setLanguage(QTranslator& translator, const QString& language) {
    QCoreApplication::removeTranslator(&translator);
    if (translator.load(QStringLiteral(":/translations/vorfahrt_") + language)) {
        QCoreApplication::installTranslator(&translator);
    }
    QLocale::setDefault(
        QLocale(language == QStringLiteral("en") ? QLocale::English : QLocale::German));
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("vorfahrt"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.2.0"));
    ui::installTimelineAccessibility();
    ui::installStageAccessibility();

    QTranslator translator;
    setLanguage(translator, QStringLiteral("de"));
    app::Options options = app::Options::parse(QCoreApplication::arguments());
    if (!options.answer.isEmpty()) {
        QTextStream(stdout) << options.answer;
        return 0;
    }
    if (!options.problem.isEmpty()) {
        QTextStream(stderr) << options.problem << '\n';
        return kUsageError;
    }
    app::Settings settings = app::Settings::load(options.dataDir);
    if (!options.language.isEmpty()) {
        settings.language = options.language;
    }
    if (!options.theme.isEmpty()) {
        settings.theme = options.theme;
    }
    setLanguage(translator, settings.language);
    app::DeskApp desk(application, std::move(options), std::move(settings),
                      {.keyStore = keys::makeSystemKeyStore(),
                       .setLanguage = [&translator](const QString& language) {
                           setLanguage(translator, language);
                       }});
    desk.start();
    const int code = QApplication::exec();
    desk.finish();
    return code;
}
