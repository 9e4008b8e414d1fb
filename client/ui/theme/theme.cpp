// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/theme.h"

#include "client/ui/theme/contrast_colors.h"
#include "client/ui/theme/desk_style.h"
#include "client/ui/theme/icon_painter.h"
#include "client/ui/theme/text_probe.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QRegularExpression>
#include <QWidget>

#include <algorithm>

// Outside of any namespace: the resource symbols are global.
static void initThemeResources() {
    Q_INIT_RESOURCE(theme);
}

namespace vorfahrt::client::ui {
namespace {

constexpr int kIconCacheEntries = 1024;
constexpr int kElisionCacheEntries = 8192;

std::size_t index(TextStyle style) {
    return static_cast<std::size_t>(style);
}

}  // namespace

bool loadFonts() {
    initThemeResources();
    bool complete = true;
    for (const char* file : kFontFiles) {
        const QString path = QStringLiteral(":/fonts/") + QString::fromLatin1(file);
        complete = QFontDatabase::addApplicationFont(path) >= 0 && complete;
    }
    return complete;
}

Theme::Theme(QApplication& app, QObject* parent)
    : QObject(parent),
      app_(app),
      icons_(kIconCacheEntries),
      elisions_(kElisionCacheEntries) {
    loadFonts();
    system_ = readSystemLook(app.palette());
    app.setStyle(new DeskStyle(*this));
    rebuildFonts();
    apply();
}

Theme::~Theme() = default;

void Theme::setMode(Mode mode) {
    mode_ = mode;
    const bool dark = mode == Mode::Dark || (mode == Mode::System && system_.dark);
    tokens_ = dark ? &kDarkTokens : &kLightTokens;
    apply();
}

void Theme::setSystem(const SystemLook& system) {
    const bool same = system.dark == system_.dark && system.highContrast == system_.highContrast &&
                      system.palette == system_.palette;
    system_ = system;
    if (!same) {
        setMode(mode_);
    }
}

void Theme::setZoom(int percent) {
    const int clamped = std::clamp(percent, kMinZoom, kMaxZoom);
    if (clamped == zoom_) {
        return;
    }
    zoom_ = clamped;
    rebuildFonts();
    apply();
}

void Theme::setKeyCapsVisible(bool visible) {
    keyCapsVisible_ = visible;
    Q_EMIT changed();
}

QColor Theme::color(Role role) const {
    if (system_.highContrast) {
        return contrastColor(system_.palette, role);
    }
    return QColor::fromRgb(tokens_->color.at(static_cast<std::size_t>(role)));
}

QColor Theme::color(Role role, Alpha alpha) const {
    QColor value = color(role);
    value.setAlphaF(static_cast<float>(tokens_->alpha.at(static_cast<std::size_t>(alpha))));
    return value;
}

const QFont& Theme::font(TextStyle style) const {
    return fonts_.at(index(style));
}

const QFontMetricsF& Theme::metrics(TextStyle style) const {
    return *metrics_.at(index(style));
}

int Theme::line(TextStyle style) const {
    return px(kTypeSpecs.at(index(style)).line);
}

qreal Theme::textWidth(TextStyle style, const QString& text) const {
    return metrics(style).horizontalAdvance(text);
}

QString Theme::elided(TextStyle style, const QString& text, qreal width,
                      Qt::TextElideMode mode) const {
    const QString key =
        QStringLiteral("%1|%2|%3|").arg(index(style)).arg(int(width)).arg(mode) + text;
    if (const QString* hit = elisions_.object(key)) {
        return *hit;
    }
    // Half a pixel of slack: a label measured and laid out by the same metrics must never elide.
    auto* result = new QString(metrics(style).elidedText(text, mode, width + 0.5));
    const QString copy = *result;
    elisions_.insert(key, result);
    return copy;
}

QPixmap Theme::icon(Icon icon, int designSize, Role role, qreal devicePixelRatio) const {
    const QString key = QStringLiteral("%1|%2|%3|%4")
                            .arg(static_cast<int>(icon))
                            .arg(px(designSize))
                            .arg(static_cast<int>(role))
                            .arg(devicePixelRatio);
    if (const QPixmap* hit = icons_.object(key)) {
        return *hit;
    }
    const qreal side = px(designSize);
    auto pixmap = std::make_unique<QPixmap>(QSizeF(side, side).toSize() * devicePixelRatio);
    pixmap->setDevicePixelRatio(devicePixelRatio);
    pixmap->fill(Qt::transparent);
    QPainter painter(pixmap.get());
    paintIcon(painter, icon, QRectF(0, 0, side, side), color(role));
    painter.end();
    const QPixmap copy = *pixmap;
    icons_.insert(key, pixmap.release());
    return copy;
}

void Theme::rebuildFonts() {
    for (std::size_t i = 0; i < kTextStyleCount; ++i) {
        const TypeSpec& spec = kTypeSpecs.at(i);
        QFont font(QString::fromLatin1(spec.display ? kDisplayFamily : kTextFamily));
        font.setPixelSize(px(spec.px));
        font.setWeight(static_cast<QFont::Weight>(spec.weight));
        // Fractional advances: without them hinting rounds each glyph and the words look uneven.
        font.setHintingPreference(QFont::PreferNoHinting);
        fonts_.at(i) = font;
        metrics_.at(i).emplace(font);
    }
    elisions_.clear();
}

QString Theme::styleSheet() const {
    QFile file(QStringLiteral(":/themes/desk.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString sheet = QString::fromUtf8(file.readAll());
    for (std::size_t i = 0; i < kRoleCount; ++i) {
        sheet.replace(QStringLiteral("@%1@").arg(QLatin1String(kRoleNames.at(i))),
                      color(static_cast<Role>(i)).name());
    }
    sheet.replace(QStringLiteral("@edge@"), QString::number(edge()));
    static const QRegularExpression number(QStringLiteral("@(\\d+)@"));
    for (auto match = number.match(sheet); match.hasMatch(); match = number.match(sheet)) {
        sheet.replace(match.capturedStart(), match.capturedLength(),
                      QString::number(px(match.captured(1).toInt())));
    }
    return sheet;
}

void Theme::apply() {
    QPalette palette;
    for (const PaletteEntry& entry : kPaletteEntries) {
        palette.setColor(entry.group, entry.target, color(entry.role));
    }
    if (system_.highContrast) {
        palette = system_.palette;
    }
    icons_.clear();
    app_.setPalette(palette);
    app_.setFont(font(TextStyle::Body));
    app_.setStyleSheet(styleSheet());
    Q_EMIT changed();
}

void followTheme(QWidget& widget, const Theme& theme) {
    QObject::connect(&theme, &Theme::changed, &widget, [&widget] {
        widget.updateGeometry();
        widget.update();
    });
    explainCuts(widget, theme);
}

}  // namespace vorfahrt::client::ui
