// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/desk_window.h"
#include "client/app/options.h"
#include "client/app/settings.h"
#include "client/app/state_keeper.h"
#include "client/app/sync_port.h"
#include "client/keys/system_key_store.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"

#include <QApplication>
#include <QHostInfo>
#include <QLocale>
#include <QTextStream>
#include <QTranslator>

#include <memory>

namespace {

using namespace vorfahrt;
using namespace vorfahrt::client;

constexpr int kUsageError = 2;

ui::Theme::Mode themeMode(const QString& name) {
    return name == QStringLiteral("dark")     ? ui::Theme::Mode::Dark
           : name == QStringLiteral("system") ? ui::Theme::Mode::System
                                              : ui::Theme::Mode::Light;
}

// Texts and formats of one language; German is the default.
void setLanguage(QTranslator& translator, const QString& language) {
    QCoreApplication::removeTranslator(&translator);
    if (translator.load(QStringLiteral(":/translations/vorfahrt_") + language)) {
        QCoreApplication::installTranslator(&translator);
    }
    QLocale::setDefault(
        QLocale(language == QStringLiteral("en") ? QLocale::English : QLocale::German));
}

// The composition root: makes everything once and ties it together.
class DeskApp final {
public:
    DeskApp(QApplication& app, app::Options options, app::Settings settings,
            QTranslator& translator)
        : options_(std::move(options)),
          settings_(std::move(settings)),
          translator_(translator),
          theme_(app),
          thread_({.dataDir = options_.dataDir,
                   .server = options_.server,
                   .fingerprint = options_.fingerprint,
                   .deviceName = QHostInfo::localHostName(),
                   .keyStore = keys::makeSystemKeyStore()}),
          port_(thread_),
          desk_(port_, reader_, clock_, random_),
          signIn_(desk_, options_.serverName),
          leads_(desk_),
          customers_(desk_),
          inbox_(desk_),
          tray_(desk_),
          keeper_(options_.dataDir, desk_) {
        theme_.setZoom(settings_.zoom);
        theme_.setReducedMotion(settings_.reducedMotion);
        theme_.setMode(themeMode(settings_.theme));
        QObject::connect(&desk_, &viewmodel::Desk::stageChanged, &desk_, [this] {
            if (!desk_.login().isEmpty() && desk_.login() != settings_.lastAccount) {
                settings_.lastAccount = desk_.login();
                settings_.save(options_.dataDir);
            }
        });
    }

    void start() {
        open();
        thread_.start();
    }
    void finish() {
        leads_.detail().flushDraft();
        keeper_.flush();
        settings_.save(options_.dataDir);
    }

private:
    void open() {
        auto window = std::make_unique<app::DeskWindow>(
            theme_, app::ViewModels{desk_, signIn_, leads_, customers_, inbox_, tray_},
            settings_.language, settings_.lastAccount);
        keeper_.attach(*window);
        QObject::connect(
            window.get(), &app::DeskWindow::languageChosen, window.get(),
            [this](const QString& language) { changeLanguage(language); }, Qt::QueuedConnection);
        QObject::connect(window.get(), &app::DeskWindow::themeChosen, window.get(),
                         [this](const QString& theme) { settings_.theme = theme; });
        QObject::connect(window.get(), &app::DeskWindow::zoomChosen, window.get(),
                         [this](int percent) { settings_.zoom = percent; });
        QObject::connect(window.get(), &app::DeskWindow::reducedMotionChosen, window.get(),
                         [this](bool reduced) { settings_.reducedMotion = reduced; });
        window->show();
        if (window_) {
            window_.release()->deleteLater();
        }
        window_ = std::move(window);
    }

    void changeLanguage(const QString& language) {
        settings_.language = language;
        setLanguage(translator_, language);
        settings_.save(options_.dataDir);
        open();
    }

    app::Options options_;
    app::Settings settings_;
    QTranslator& translator_;
    ui::Theme theme_;
    SystemClock clock_;
    SystemRandom random_;
    sync::SyncThread thread_;
    app::SyncPort port_;
    model::ReplicaReader reader_;
    viewmodel::Desk desk_;
    viewmodel::SignIn signIn_;
    viewmodel::Leads leads_;
    viewmodel::Customers customers_;
    viewmodel::Inbox inbox_;
    viewmodel::Tray tray_;
    app::StateKeeper keeper_;
    std::unique_ptr<app::DeskWindow> window_;
};

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
    DeskApp desk(application, std::move(options), std::move(settings), translator);
    desk.start();
    const int code = QApplication::exec();
    desk.finish();
    return code;
}
