// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery/shots.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QPixmap>
#include <QTextStream>
#include <QTranslator>

namespace {

using vorfahrt::client::ui::Theme;
using vorfahrt::test::ShotContext;
using vorfahrt::test::ShotRegistry;

QSize parseSize(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('x'));
    return parts.size() == 2 ? QSize(parts.at(0).toInt(), parts.at(1).toInt()) : QSize();
}

bool draw(const ShotRegistry::Page& page, const ShotContext& context, QSize size,
          const QString& file) {
    const std::unique_ptr<QWidget> widget = page.factory(context);
    widget->resize(size.isValid() ? size : page.size);
    widget->show();
    widget->activateWindow();
    QApplication::processEvents();
    // A page names the widget that has the focus in its picture.
    if (auto* focus = widget->findChild<QWidget*>(QStringLiteral("shotFocus"))) {
        focus->setFocus();
        QApplication::processEvents();
    }
    QPixmap picture(widget->size() * widget->devicePixelRatioF());
    picture.setDevicePixelRatio(widget->devicePixelRatioF());
    picture.fill(context.theme.color(vorfahrt::client::ui::Role::Window));
    widget->render(&picture);
    return picture.save(file);
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("out"), QStringLiteral("folder"), QStringLiteral("dir"),
                        QStringLiteral("var/shots")},
                       {QStringLiteral("page"), QStringLiteral("one page"), QStringLiteral("name")},
                       {QStringLiteral("theme"), QStringLiteral("light or dark"),
                        QStringLiteral("theme"), QStringLiteral("light")},
                       {QStringLiteral("lang"), QStringLiteral("de or en"), QStringLiteral("lang"),
                        QStringLiteral("de")},
                       {QStringLiteral("zoom"), QStringLiteral("90 to 150"),
                        QStringLiteral("percent"), QStringLiteral("100")},
                       {QStringLiteral("size"), QStringLiteral("WxH"), QStringLiteral("size")}});
    parser.process(app);

    const QString language = parser.value(QStringLiteral("lang"));
    QTranslator translator;
    if (translator.load(QStringLiteral(":/translations/vorfahrt_") + language)) {
        QApplication::installTranslator(&translator);
    }
    QLocale::setDefault(QLocale(language));

    const QString themeName = parser.value(QStringLiteral("theme"));
    Theme theme(app);
    theme.setReducedMotion(true);
    theme.setZoom(parser.value(QStringLiteral("zoom")).toInt());
    theme.setMode(themeName == QStringLiteral("dark") ? Theme::Mode::Dark : Theme::Mode::Light);

    ShotRegistry registry;
    vorfahrt::test::registerGalleryShots(registry);
    vorfahrt::test::registerAppShots(registry);
    vorfahrt::test::registerComponentShots(registry);

    const QDir out(parser.value(QStringLiteral("out")));
    out.mkpath(QStringLiteral("."));
    const ShotContext context{theme, language == QStringLiteral("de")};
    int drawn = 0;
    for (const ShotRegistry::Page& page : registry.pages()) {
        if (parser.isSet(QStringLiteral("page")) &&
            parser.value(QStringLiteral("page")) != page.name) {
            continue;
        }
        const QString file =
            out.filePath(QStringLiteral("%1-%2-%3.png").arg(page.name, themeName, language));
        if (!draw(page, context, parseSize(parser.value(QStringLiteral("size"))), file)) {
            QTextStream(stderr) << "cannot write " << file << '\n';
            return 1;
        }
        QTextStream(stdout) << file << '\n';
        ++drawn;
    }
    return drawn > 0 ? 0 : 1;
}
