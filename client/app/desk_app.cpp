// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/desk_app.h"

#include "client/app/notification_memory.h"
#include "client/app/tls_probe.h"
#include "client/ui/theme/system_look.h"

#include <QApplication>
#include <QDesktopServices>
#include <QHostInfo>

#include <chrono>

namespace vorfahrt::client::app {
namespace {

ui::Theme::Mode themeMode(const QString& name) {
    return name == QStringLiteral("dark")     ? ui::Theme::Mode::Dark
           : name == QStringLiteral("system") ? ui::Theme::Mode::System
                                              : ui::Theme::Mode::Light;
}

bool isByAPerson(QEvent::Type type) {
    return type == QEvent::KeyPress || type == QEvent::MouseButtonPress ||
           type == QEvent::MouseMove || type == QEvent::Wheel || type == QEvent::TouchBegin ||
           type == QEvent::TabletPress;
}

// The command line goes before what was chosen in the window.
Settings withServer(Settings settings, const Options& options) {
    if (!options.server.isEmpty()) {
        settings.server = viewmodel::serverName(options.server);
        settings.fingerprint = options.fingerprint;
    }
    return settings;
}

}  // namespace

DeskApp::DeskApp(QApplication& app, Options options, Settings settings, Parts parts)
    : app_(app),
      options_(std::move(options)),
      settings_(withServer(std::move(settings), options_)),
      parts_(std::move(parts)),
      theme_(app),
      thread_({.dataDir = options_.dataDir,
               .server = viewmodel::serverUrl(settings_.server),
               .fingerprint = settings_.fingerprint,
               .deviceName = QHostInfo::localHostName(),
               .transport = options_.transport,
               .keyStore = parts_.keyStore,
               .passwordCost = parts_.passwordCost}),
      port_(thread_),
      probe_(std::make_unique<TlsProbe>()),
      desk_(port_, reader_, clock_, random_),
      signIn_(desk_, settings_.server),
      server_(*probe_, viewmodel::serverUrl(settings_.server), settings_.fingerprint),
      account_(desk_),
      leads_(desk_),
      customers_(desk_),
      inbox_(desk_),
      tray_(desk_),
      keeper_(options_.dataDir, desk_),
      notifier_(desk_, clock_, notificationMemory(options_.dataDir)),
      announcer_(theme_),
      notifications_(theme_, notifier_, leads_, announcer_, clock_) {
    notifier_.setSettings(settings_.notifications);
    connect(&announcer_, &Announcer::quit, &app_, &QApplication::quit);
    theme_.setZoom(settings_.zoom);
    theme_.setReducedMotion(settings_.reducedMotion);
    theme_.setMode(themeMode(settings_.theme));
    desk_.setLinkOpener([](const QUrl& link) { return QDesktopServices::openUrl(link); });
    // Who changes the system's settings comes back from another window.
    connect(&app_, &QGuiApplication::applicationStateChanged, &theme_,
            [this, started = theme_.system().palette](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive) {
                    theme_.setSystem(ui::readSystemLook(started));
                }
            });
    connect(&desk_, &viewmodel::Desk::leaving, &keeper_, &StateKeeper::flush);
    connect(&desk_, &viewmodel::Desk::stageChanged, this, &DeskApp::stageChanged);
    connect(&server_, &viewmodel::ServerChoice::chosen, this, &DeskApp::takeServer);
    idle_.setSingleShot(true);
    connect(&idle_, &QTimer::timeout, this, [this] {
        if (desk_.stage() == viewmodel::Desk::Stage::Working) {
            desk_.leave(viewmodel::Desk::Left::Locked);
        }
    });
    app_.installEventFilter(this);
}

DeskApp::~DeskApp() {
    app_.removeEventFilter(this);
}

void DeskApp::start() {
    open();
    thread_.start();
}

void DeskApp::finish() {
    leads_.detail().flushDraft();
    customers_.form().draft().flush();
    customers_.history().draft().flush();
    keeper_.flush();
    settings_.save(options_.dataDir);
}

void DeskApp::stageChanged() {
    if (!desk_.login().isEmpty() && desk_.login() != settings_.lastAccount) {
        settings_.lastAccount = desk_.login();
        settings_.save(options_.dataDir);
    }
    planLock();
    if (desk_.stage() != viewmodel::Desk::Stage::SignedOut) {
        worked_ = true;
    } else if (worked_) {
        worked_ = false;
        // Not within the signal: widgets of the old window are still on the stack.
        QMetaObject::invokeMethod(this, &DeskApp::open, Qt::QueuedConnection);
    }
}

void DeskApp::open() {
    const QString account = signIn_.wanted().isEmpty() ? settings_.lastAccount : signIn_.wanted();
    auto window = std::make_unique<DeskWindow>(
        theme_, ViewModels{desk_, signIn_, leads_, customers_, inbox_, tray_, account_, server_},
        settings_.language, account);
    window->setLockMinutes(settings_.lockMinutes);
    keeper_.attach(*window);
    connect(
        window.get(), &DeskWindow::languageChosen, this,
        [this](const QString& language) { changeLanguage(language); }, Qt::QueuedConnection);
    connect(window.get(), &DeskWindow::themeChosen, this,
            [this](const QString& theme) { settings_.theme = theme; });
    connect(window.get(), &DeskWindow::zoomChosen, this,
            [this](int percent) { settings_.zoom = percent; });
    connect(window.get(), &DeskWindow::reducedMotionChosen, this,
            [this](bool reduced) { settings_.reducedMotion = reduced; });
    connect(window.get(), &DeskWindow::lockMinutesChosen, this, [this](int minutes) {
        settings_.lockMinutes = minutes;
        settings_.save(options_.dataDir);
        planLock();
    });
    connect(window.get(), &DeskWindow::notificationsChosen, this,
            [this](const viewmodel::NotificationSettings& chosen) {
                settings_.notifications = chosen;
                settings_.save(options_.dataDir);
                notifier_.setSettings(chosen);
            });
    notifications_.attach(*window);
    window->show();
    if (window_) {
        window_->hide();
        window_.release()->deleteLater();
    }
    window_ = std::move(window);
}

void DeskApp::takeServer(const QUrl& url, const QByteArray& fingerprint) {
    settings_.server = viewmodel::serverName(url);
    settings_.fingerprint = fingerprint;
    settings_.save(options_.dataDir);
    port_.setServer(url, fingerprint);
    signIn_.setServerName(settings_.server);
}

void DeskApp::changeLanguage(const QString& language) {
    settings_.language = language;
    parts_.setLanguage(language);
    settings_.save(options_.dataDir);
    announcer_.retranslate();
    open();
}

void DeskApp::planLock() {
    if (settings_.lockMinutes > 0 && desk_.stage() == viewmodel::Desk::Stage::Working) {
        idle_.start(std::chrono::minutes(settings_.lockMinutes));
    } else {
        idle_.stop();
    }
}

bool DeskApp::eventFilter(QObject* watched, QEvent* event) {
    if (idle_.isActive() && isByAPerson(event->type())) {
        planLock();
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace vorfahrt::client::app
