// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/marks.h"

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kRingStroke = 2;
constexpr int kPlateBand = 11;
constexpr int kMarkBox = 26;

Role ringRole(qreal share) {
    if (share > timer::kOkAbove) {
        return timer::kOkRing;
    }
    return share > timer::kSoonAbove ? timer::kSoonRing : timer::kLastRing;
}

}  // namespace

Role timerTextRole(qreal share) {
    if (share > timer::kOkAbove) {
        return timer::kOkText;
    }
    return share > timer::kSoonAbove ? timer::kSoonText : timer::kLastText;
}

void paintTimerRing(ThemePainter& paint, const QPointF& centre, qreal shareLeft) {
    const Theme& theme = paint.theme();
    const qreal width = theme.px(kRingStroke) + 0.5;
    const qreal side = theme.px(size::kTimerRing) - width - 1;
    const QRectF ring(centre.x() - side / 2, centre.y() - side / 2, side, side);
    QPainter& painter = paint.raw();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Role::BorderHairline), width));
    painter.drawEllipse(ring);
    const qreal share = std::clamp(shareLeft, 0.0, 1.0);
    painter.setPen(QPen(theme.color(ringRole(share)), width, Qt::SolidLine, Qt::FlatCap));
    // From twelve o'clock; Qt counts sixteenths of a degree against the clock.
    painter.drawArc(ring, 90 * 16, -static_cast<int>(std::lround(share * 360 * 16)));
}

void paintSourceTile(ThemePainter& paint, const QRectF& rect, const SourceTile& tile) {
    const Theme& theme = paint.theme();
    paint.box(rect, Role::SurfaceSunken, Role::BorderHairline, theme.px(radius::kControl));
    if (tile.icon) {
        paint.icon(*tile.icon, rect.center() + QPointF(0.01, 0.01), iconsize::kDefault,
                   Role::TextSecondary);
    } else {
        paint.text(rect, tile.letter, TextStyle::CardTitle, Role::TextSecondary, Qt::AlignCenter);
    }
}

void paintAvatar(ThemePainter& paint, const QRectF& rect, const QString& initials) {
    paint.box(rect, Role::AccentSoft, rect.height() / 2);
    paint.text(rect, initials,
               rect.height() > paint.theme().px(size::kAvatarSmall) ? TextStyle::MetaStrong
                                                                    : TextStyle::Badge,
               Role::AccentText, Qt::AlignCenter);
}

QString initialsOf(const QString& name) {
    const QStringList parts = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (parts.isEmpty()) {
        return {};
    }
    QString initials = parts.first().left(1);
    if (parts.size() > 1) {
        initials += parts.last().left(1);
    }
    return initials.toUpper();
}

Avatar::Avatar(const Theme& theme, const QString& name, int designSize, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      designSize_(designSize) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
    setName(name);
}

void Avatar::setName(const QString& name) {
    name_ = name;
    setAccessibleName(name);
    update();
}

QSize Avatar::sizeHint() const {
    return {theme_.px(designSize_), theme_.px(designSize_)};
}

void Avatar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintAvatar(paint, rect(), initialsOf(name_));
}

BrandMark::BrandMark(const Theme& theme, bool withName, Role nameRole, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      withName_(withName),
      nameRole_(nameRole) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("Vorfahrt"));
    followTheme(*this, theme);
}

void BrandMark::setNameVisible(bool visible) {
    withName_ = visible;
    updateGeometry();
    update();
}

QSize BrandMark::sizeHint() const {
    const int side = theme_.px(kMarkBox);
    const qreal name = theme_.textWidth(TextStyle::PaneTitle, accessibleName());
    return {withName_ ? side + theme_.px(space::kS5) + static_cast<int>(std::ceil(name)) : side,
            side};
}

void BrandMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const qreal side = theme_.px(kMarkBox);
    paint.diamond(QPointF(side / 2, height() / 2.0), side * 0.68, true);
    if (withName_) {
        paint.text(QRectF(side + theme_.px(space::kS5), 0, width(), height()), accessibleName(),
                   TextStyle::PaneTitle, nameRole_);
    }
}

QSize plateSize(const Theme& theme, const QString& plate) {
    const qreal text = theme.textWidth(TextStyle::MetaStrong, plate);
    return {theme.px(kPlateBand) + static_cast<int>(std::ceil(text)) + 2 * theme.px(space::kS2) +
                theme.px(space::kS2),
            theme.px(size::kPlateHeight)};
}

void paintPlate(ThemePainter& paint, const QRectF& rect, const QString& plate) {
    const Theme& theme = paint.theme();
    const qreal corner = theme.px(radius::kPlate);
    const qreal band = theme.px(kPlateBand);
    QPainter& painter = paint.raw();
    paint.box(rect, Role::PlateBg, Role::PlateBorder, corner);
    painter.save();
    QPainterPath clip;
    clip.addRoundedRect(rect.adjusted(1, 1, -1, -1), corner - 1, corner - 1);
    painter.setClipPath(clip);
    const QRectF left(rect.left(), rect.top(), band, rect.height());
    paint.fill(left, Role::PlateBand);
    painter.restore();
    painter.setFont(theme.font(TextStyle::Badge));
    QFont letter = painter.font();
    letter.setPixelSize(theme.px(8));
    painter.setFont(letter);
    painter.setPen(theme.color(Role::PlateBandText));
    painter.drawText(left.adjusted(1, 1, 0, 0), Qt::AlignCenter, QStringLiteral("D"));
    paint.text(rect.adjusted(band, 0, 0, 0), plate, TextStyle::MetaStrong, Role::PlateText,
               Qt::AlignCenter);
}

PlateLabel::PlateLabel(const Theme& theme, const QString& plate, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      plate_(plate) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Number plate %1").arg(plate));
    followTheme(*this, theme);
}

QSize PlateLabel::sizeHint() const {
    return plateSize(theme_, plate_);
}

void PlateLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintPlate(paint, rect(), plate_);
}

LoginBackground::LoginBackground(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    followTheme(*this, theme);
}

void LoginBackground::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::LoginPanel);
    // Proportions of the 820 x 1080 panel in the design; the sign keeps its size above the words.
    const qreal scale = std::min(width() / 820.0, height() / 1080.0);
    const QPointF centre(width() * 0.61, 410 * scale);
    painter.save();
    painter.translate(centre);
    painter.rotate(45);
    const auto square = [&](qreal edge, qreal corner, Role role) {
        const qreal side = edge * scale;
        paint.box(QRectF(-side / 2, -side / 2, side, side), role, corner * scale);
    };
    square(600, 80, Role::LoginPanelShape);
    square(396, 46, Role::OnLoginPanel);
    square(320, 34, Role::Brand);
    painter.restore();
    const qreal left = 72 * scale;
    paint.diamond(QPointF(left + 16 * scale, 73 * scale), 22 * scale, true);
    paint.textAt(QPointF(left + 48 * scale, 80 * scale), QStringLiteral("Vorfahrt"),
                 TextStyle::PageTitle, Role::OnLoginPanel);
    QFont big = theme_.font(TextStyle::DisplayTimer);
    big.setPixelSize(std::max(20, static_cast<int>(44 * scale)));
    painter.setFont(big);
    painter.setPen(theme_.color(Role::OnLoginPanel));
    const qreal bottom = height() - 190 * scale;
    painter.drawText(QPointF(left, bottom), tr("Whoever answers first"));
    painter.drawText(QPointF(left, bottom + 54 * scale), tr("has the right of way."));
    QFont small = theme_.font(TextStyle::Reading);
    small.setPixelSize(std::max(12, static_cast<int>(16 * scale)));
    painter.setFont(small);
    painter.setPen(theme_.color(Role::OnLoginPanelMuted));
    painter.drawText(QPointF(left, bottom + 100 * scale),
                     tr("Sales, service and phone in one place."));
}

}  // namespace vorfahrt::client::ui
