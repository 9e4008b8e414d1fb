// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/theme.h"

#include "client/ui/theme/icon_data.h"
#include "client/ui/theme/icon_painter.h"
#include "client/ui/theme/theme_painter.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QRawFont>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include <cmath>
#include <set>

using namespace vorfahrt::client::ui;

namespace {

double channel(double value) {
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

// WCAG 2.1 relative luminance.
double luminance(QRgb color) {
    const QColor c = QColor::fromRgb(color);
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

double contrast(QRgb a, QRgb b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

// White on black, as Windows has it.
SystemLook contrastLook() {
    SystemLook look;
    look.highContrast = true;
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button}) {
        look.palette.setColor(role, QColor(Qt::black));
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        look.palette.setColor(role, QColor(Qt::white));
        look.palette.setColor(QPalette::Disabled, role, QColor(Qt::green));
    }
    look.palette.setColor(QPalette::Highlight, QColor(Qt::cyan));
    look.palette.setColor(QPalette::HighlightedText, QColor(Qt::black));
    return look;
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastOfListedPairs_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void contrastOfListedPairs() {
        QFETCH(bool, dark);
        const Tokens& tokens = dark ? kDarkTokens : kLightTokens;
        QVERIFY(kContrastPairs.size() >= 146);
        for (const ContrastPair& pair : kContrastPairs) {
            const auto front = static_cast<std::size_t>(pair.foreground);
            const auto back = static_cast<std::size_t>(pair.background);
            const double ratio = contrast(tokens.color.at(front), tokens.color.at(back));
            QVERIFY2(ratio >= pair.minimum, qPrintable(QStringLiteral("%1 on %2: %3")
                                                           .arg(QLatin1String(kRoleNames.at(front)),
                                                                QLatin1String(kRoleNames.at(back)))
                                                           .arg(ratio)));
        }
    }

    // Few colours, all of the system's: what is text on a ground must be so in them as well.
    void highContrastTakesTheSystemsColours() {
        Theme theme(*qApp);
        const QColor plain = theme.color(Role::AccentFill);
        SystemLook look = contrastLook();
        theme.setSystem(look);
        for (const ContrastPair& pair : kContrastPairs) {
            const double ratio =
                contrast(theme.color(pair.foreground).rgb(), theme.color(pair.background).rgb());
            QVERIFY2(ratio >= pair.minimum,
                     kRoleNames.at(static_cast<std::size_t>(pair.foreground)));
        }
        QCOMPARE(qApp->palette().color(QPalette::Window), look.palette.color(QPalette::Window));
        QCOMPARE(theme.edge(), 2);
        QVERIFY(qApp->styleSheet().contains(QStringLiteral("border: 2px solid")));
        look.highContrast = false;
        theme.setSystem(look);
        QCOMPARE(theme.color(Role::AccentFill), plain);
        QCOMPARE(theme.edge(), 1);
    }

    void asInTheSystemFollowsIt() {
        Theme theme(*qApp);
        theme.setMode(Theme::Mode::System);
        SystemLook look = theme.system();
        look.dark = true;
        theme.setSystem(look);
        QVERIFY(theme.isDark());
        look.dark = false;
        theme.setSystem(look);
        QVERIFY(!theme.isDark());
        theme.setMode(Theme::Mode::Light);
        look.dark = true;
        theme.setSystem(look);
        QVERIFY(!theme.isDark());
    }

    void motionIsOffWhereTheSystemSaysSo() {
        Theme theme(*qApp);
        QVERIFY(theme.duration(motion::kNormal) > 0);
        SystemLook look = theme.system();
        look.reducedMotion = true;
        theme.setSystem(look);
        QCOMPARE(theme.duration(motion::kNormal), 0);
    }

    void hairlinesAreOneDevicePixel_data() {
        QTest::addColumn<qreal>("scale");
        for (const qreal scale : {1.0, 1.25, 1.5, 2.0}) {
            QTest::newRow(qPrintable(QString::number(scale))) << scale;
        }
    }

    void hairlinesAreOneDevicePixel() {
        QFETCH(qreal, scale);
        Theme theme(*qApp);
        QImage picture((QSizeF(40, 40) * scale).toSize(), QImage::Format_RGB32);
        picture.setDevicePixelRatio(scale);
        picture.fill(theme.color(Role::Surface));
        QPainter painter(&picture);
        // Pixels that the scaling maps between two of the device.
        ThemePainter(painter, theme).hairline(QPointF(0, 7), QPointF(40, 7), Role::TextPrimary);
        ThemePainter(painter, theme).hairline(QPointF(9, 20), QPointF(9, 40), Role::TextPrimary);
        painter.end();
        const auto inked = [&](bool down, int at, int from) {
            int pixels = 0;
            const QRgb ground = theme.color(Role::Surface).rgb();
            for (int i = from; i < (down ? picture.height() : picture.width()); ++i) {
                pixels += (down ? picture.pixel(at, i) : picture.pixel(i, at)) != ground ? 1 : 0;
            }
            return pixels;
        };
        QCOMPARE(inked(true, picture.width() - 1, 0), 1);
        QCOMPARE(inked(false, picture.height() - 1, 0), 1);
    }

    void tokensAreComplete() {
        std::set<std::string> names;
        for (std::size_t i = 0; i < kRoleCount; ++i) {
            names.insert(kRoleNames.at(i));
            QCOMPARE(qAlpha(kLightTokens.color.at(i)), 255);
            QCOMPARE(qAlpha(kDarkTokens.color.at(i)), 255);
        }
        QCOMPARE(names.size(), kRoleCount);
        for (const TypeSpec& spec : kTypeSpecs) {
            QVERIFY(spec.px >= 10 && spec.line >= spec.px);
        }
    }

    void fontsResolveToTheirOwnFiles() {
        Theme theme(*qApp);
        for (std::size_t i = 0; i < kTextStyleCount; ++i) {
            const QFont& font = theme.font(static_cast<TextStyle>(i));
            const QRawFont raw = QRawFont::fromFont(font);
            QVERIFY2(raw.isValid(), kTextStyleNames.at(i));
            QCOMPARE(raw.familyName(), font.family());
            QCOMPARE(raw.weight(), kTypeSpecs.at(i).weight);
        }
    }

    void figuresAreTabular() {
        Theme theme(*qApp);
        for (std::size_t i = 0; i < kTextStyleCount; ++i) {
            const auto style = static_cast<TextStyle>(i);
            const qreal ones = theme.textWidth(style, QStringLiteral("111.111"));
            const qreal eights = theme.textWidth(style, QStringLiteral("808.480"));
            QVERIFY2(std::abs(ones - eights) < 0.01, kTextStyleNames.at(i));
        }
    }

    void iconsAreCompleteAndInsideTheGrid() {
        for (std::size_t i = 0; i < kIconCount; ++i) {
            const QPainterPath& path = iconPath(static_cast<Icon>(i));
            QVERIFY2(!path.isEmpty(), kIconData.at(i).name);
            const QRectF box = path.boundingRect();
            QVERIFY2(QRectF(0, 0, 24, 24).contains(box) && box.width() + box.height() > 3,
                     kIconData.at(i).name);
        }
    }

    void iconsTakeTheColourOfTheRole() {
        Theme theme(*qApp);
        const QImage blue = theme.icon(Icon::Check, 24, Role::AccentFill, 2.0)
                                .toImage()
                                .convertToFormat(QImage::Format_ARGB32);
        QCOMPARE(blue.size(), QSize(48, 48));
        bool found = false;
        for (int y = 0; y < blue.height(); ++y) {
            for (int x = 0; x < blue.width(); ++x) {
                found = found || blue.pixel(x, y) == theme.color(Role::AccentFill).rgba();
            }
        }
        QVERIFY(found);
    }

    void changeRepaintsLiveAndScales() {
        Theme theme(*qApp);
        QSignalSpy changed(&theme, &Theme::changed);
        const int body = theme.font(TextStyle::Body).pixelSize();
        theme.setMode(Theme::Mode::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(qApp->palette().color(QPalette::Base), theme.color(Role::Surface));
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
        theme.setZoom(200);
        QCOMPARE(theme.zoom(), Theme::kMaxZoom);
        QVERIFY(theme.font(TextStyle::Body).pixelSize() > body);
        QCOMPARE(changed.count(), 2);
        theme.setReducedMotion(true);
        QCOMPARE(theme.duration(motion::kSlow), 0);
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
