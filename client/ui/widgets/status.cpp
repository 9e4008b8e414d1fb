// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/status.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"

#include <QHBoxLayout>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

struct PillLook {
    Icon icon;
    Role ink;
    std::optional<Role> ground;
    Role border;
};

PillLook pillLook(SyncState state) {
    switch (state) {
        case SyncState::Synced:
            return {icons::kSyncOk, Role::SuccessText, std::nullopt, Role::SuccessBorder};
        case SyncState::Syncing:
            return {icons::kSyncBusy, Role::AccentText, std::nullopt, Role::AccentBorder};
        case SyncState::Offline:
            return {icons::kSyncOffline, Role::WarningText, Role::WarningSoft, Role::WarningBorder};
        case SyncState::Conflict:
            return {icons::kSyncConflict, Role::WarningText, Role::WarningSoft,
                    Role::WarningBorder};
        case SyncState::Rejected:
            return {icons::kSyncRejected, Role::DangerText, Role::DangerSoft, Role::DangerBorder};
    }
    return {icons::kSyncOk, Role::SuccessText, std::nullopt, Role::SuccessBorder};
}

struct BannerLook {
    Role ground;
    Role border;
    Role ink;
};

BannerLook bannerLook(InlineBanner::Tone tone) {
    switch (tone) {
        case InlineBanner::Tone::Info:
            return {Role::AccentSoft, Role::AccentBorder, Role::AccentText};
        case InlineBanner::Tone::Warning:
            return {Role::WarningSoft, Role::WarningBorder, Role::WarningText};
        case InlineBanner::Tone::Danger:
            return {Role::DangerSoft, Role::DangerBorder, Role::DangerText};
    }
    return {Role::AccentSoft, Role::AccentBorder, Role::AccentText};
}

constexpr int kPillPadding = 8;
constexpr int kBannerText = 36;

}  // namespace

SyncPill::SyncPill(const Theme& theme, QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme) {
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
    setState(SyncState::Synced, QString());
}

void SyncPill::setState(SyncState state, const QString& detail, const QString& since, int count) {
    state_ = state;
    detail_ = detail;
    switch (state) {
        case SyncState::Synced: setText(tr("In sync")); break;
        case SyncState::Syncing: setText(tr("Syncing")); break;
        case SyncState::Offline: setText(tr("Offline since %1").arg(since)); break;
        case SyncState::Conflict: setText(tr("%n conflicts", nullptr, count)); break;
        case SyncState::Rejected: setText(tr("%n rejected", nullptr, count)); break;
    }
    setAccessibleName(detail.isEmpty() ? text() : text() + QStringLiteral(", ") + detail);
    updateGeometry();
    update();
}

QSize SyncPill::sizeHint() const {
    qreal width = 2 * theme_.px(kPillPadding) + theme_.px(iconsize::kDefault) +
                  theme_.px(space::kS3) + theme_.textWidth(TextStyle::BodyMedium, text());
    if (!detail_.isEmpty()) {
        width += theme_.px(space::kS3) + theme_.textWidth(TextStyle::Body, detail_);
    }
    return {static_cast<int>(std::ceil(width)) + 1, theme_.px(30)};
}

void SyncPill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const PillLook look = pillLook(state_);
    const qreal corner = theme_.px(radius::kControl);
    if (look.ground) {
        paint.box(rect(), *look.ground, look.border, corner);
    } else if (underMouse()) {
        paint.box(rect(), isDown() ? Role::RowPressed : Role::RowHover, corner);
    }
    const qreal side = theme_.px(iconsize::kDefault);
    qreal x = theme_.px(kPillPadding);
    paint.icon(look.icon, QPointF(x + side / 2, height() / 2.0), iconsize::kDefault, look.ink);
    x += side + theme_.px(space::kS3);
    x += paint.text(QRectF(x, 0, width() - x, height()), text(), TextStyle::BodyMedium,
                    look.ground ? look.ink : Role::TextPrimary);
    x += theme_.px(space::kS3);
    paint.text(QRectF(x, 0, width() - x, height()), detail_, TextStyle::Body,
               look.ground ? look.ink : Role::TextMuted);
    if (ring_->visible()) {
        paint.focusRing(rect(), corner);
    }
}

StatusButton::StatusButton(const Theme& theme, const QString& text, QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme) {
    setText(text);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

void StatusButton::setSymbol(Icon icon) {
    icon_ = icon;
    updateGeometry();
    update();
}

void StatusButton::setDot(Role role) {
    dot_ = role;
    updateGeometry();
    update();
}

void StatusButton::setFramed(bool framed) {
    framed_ = framed;
    updateGeometry();
    update();
}

void StatusButton::setDetail(const QString& detail) {
    detail_ = detail;
    setAccessibleName(text() + QStringLiteral(", ") + detail);
    updateGeometry();
    update();
}

QSize StatusButton::sizeHint() const {
    qreal width = 2 * theme_.px(kPillPadding);
    if (detail_.isEmpty()) {
        width += theme_.textWidth(TextStyle::BodyMedium, text());
    } else {
        width += std::max(theme_.textWidth(TextStyle::BodyStrong, text()),
                          theme_.textWidth(TextStyle::Meta, detail_));
        width += theme_.px(space::kS10);
    }
    width += icon_ ? theme_.px(iconsize::kDefault) + theme_.px(space::kS3) : 0;
    width += dot_ ? theme_.px(space::kS8) : 0;
    width += framed_ ? theme_.px(space::kS9) + 1 : 0;
    return {static_cast<int>(std::ceil(width)) + 1,
            theme_.px(detail_.isEmpty() ? 30 : size::kControlLarge)};
}

void StatusButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const qreal corner = theme_.px(radius::kControl);
    if (framed_) {
        paint.box(rect(), underMouse() ? Role::RowHover : Role::Surface, Role::BorderStrong,
                  corner);
    } else if (underMouse()) {
        paint.box(rect(), Role::RowHover, corner);
    }
    const qreal middle = height() / 2.0;
    qreal x = theme_.px(kPillPadding);
    if (dot_) {
        const qreal dot = theme_.px(10);
        paint.box(QRectF(x, middle - dot / 2, dot, dot), *dot_, dot / 2);
        x += theme_.px(space::kS8);
    }
    if (icon_) {
        const qreal side = theme_.px(iconsize::kDefault);
        paint.icon(*icon_, QPointF(x + side / 2, middle), iconsize::kDefault, Role::TextSecondary);
        x += side + theme_.px(space::kS3);
    }
    if (detail_.isEmpty()) {
        paint.text(QRectF(x, 0, width() - x, height()), text(), TextStyle::BodyMedium,
                   Role::TextPrimary);
    } else {
        const qreal top = middle - theme_.px(17);
        const QRectF first(x, top, width() - x - theme_.px(space::kS9), theme_.px(18));
        paint.text(first, text(), TextStyle::BodyStrong, Role::TextPrimary);
        paint.text(first.translated(0, first.height()), detail_, TextStyle::Meta,
                   Role::TextSecondary);
        paint.icon(Icon::ChevronsUpDown, QPointF(width() - theme_.px(13), middle),
                   iconsize::kInline, Role::TextMuted);
    }
    if (framed_) {
        paint.icon(Icon::ChevronDown, QPointF(width() - theme_.px(15), middle), iconsize::kInline,
                   Role::TextMuted);
    }
    if (ring_->visible()) {
        paint.focusRing(rect(), corner);
    }
}

InlineBanner::InlineBanner(const Theme& theme, Tone tone, Icon icon, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      tone_(tone),
      icon_(icon) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    followTheme(*this, theme);
}

void InlineBanner::setText(const QString& strong, const QString& rest) {
    strong_ = strong;
    rest_ = rest;
    setAccessibleName((strong + QLatin1Char(' ') + rest).trimmed());
    updateGeometry();
    update();
}

TextBlock InlineBanner::block() const {
    std::vector<TextBlock::Part> parts;
    if (!strong_.isEmpty()) {
        parts.push_back({strong_, TextStyle::BodyStrong, Role::TextPrimary});
    }
    if (!rest_.isEmpty()) {
        const QString gap = parts.empty() ? QString() : QStringLiteral(" ");
        parts.push_back({gap + rest_, TextStyle::Body, Role::TextPrimary});
    }
    return TextBlock(std::move(parts));
}

int InlineBanner::heightForWidth(int width) const {
    TextBlock text = block();
    const qreal room = width - theme_.px(kBannerText) - theme_.px(space::kS6);
    return static_cast<int>(text.layout(theme_, room)) + 2 * theme_.px(space::kS4);
}

QSize InlineBanner::sizeHint() const {
    return {theme_.px(320), heightForWidth(theme_.px(320))};
}

void InlineBanner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const BannerLook look = bannerLook(tone_);
    paint.box(rect(), look.ground, look.border, theme_.px(radius::kControl));
    TextBlock text = block();
    const qreal tall =
        text.layout(theme_, width() - theme_.px(kBannerText) - theme_.px(space::kS6));
    paint.icon(icon_, QPointF(theme_.px(20), height() / 2.0), iconsize::kDefault, look.ink);
    text.draw(paint, QPointF(theme_.px(kBannerText), std::round((height() - tall) / 2)));
}

EmptyState::EmptyState(const Theme& theme, Icon icon, const QString& sentence,
                       const QString& action, QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 20, 16, 20);
    row->setSpacing(10);
    auto* picture = new QLabel(this);
    const auto tint = [picture, icon, &theme] {
        picture->setPixmap(theme.icon(icon, iconsize::kNavCollapsed, Role::TextMuted,
                                      picture->devicePixelRatioF()));
    };
    tint();
    connect(&theme, &Theme::changed, picture, tint);
    row->addWidget(picture);
    auto* words = new Label(theme, sentence, TextStyle::Body, Role::TextSecondary, this);
    words->setWordWrap(true);
    row->addWidget(words, 1);
    setAccessibleName(sentence);
    if (!action.isEmpty()) {
        auto* button = new Button(theme, ButtonKind::Secondary, action, this);
        button->setSize(ButtonSize::Small);
        row->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, &EmptyState::actionTriggered);
    }
}

SkeletonRows::SkeletonRows(const Theme& theme, int rows, int designRowHeight, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      rows_(rows),
      designRowHeight_(designRowHeight) {
    setAccessibleName(tr("Loading"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize SkeletonRows::sizeHint() const {
    return {theme_.px(360), rows_ * theme_.px(designRowHeight_)};
}

void SkeletonRows::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const qreal row = theme_.px(designRowHeight_);
    const qreal tile = theme_.px(size::kSourceTile);
    for (int i = 0; i < rows_; ++i) {
        const qreal top = i * row;
        const qreal middle = top + row / 2;
        paint.box(QRectF(theme_.px(16), middle - tile / 2, tile, tile), Role::RowSelectedInactive,
                  theme_.px(radius::kControl));
        const qreal left = theme_.px(56);
        // Widths differ from row to row, else the eye takes the placeholders for a table.
        const qreal room = std::max(0.0, width() - left - theme_.px(120));
        const qreal first = room * (0.40 + 0.07 * (i % 3));
        const qreal second = room * (0.62 - 0.08 * (i % 2));
        paint.box(QRectF(left, middle - theme_.px(11), first, theme_.px(8)),
                  Role::RowSelectedInactive, theme_.px(4));
        paint.box(QRectF(left, middle + theme_.px(4), second, theme_.px(7)),
                  Role::RowSelectedInactive, theme_.px(4));
        paint.hairline(QPointF(0, top + row - 1), QPointF(width(), top + row - 1));
    }
}

}  // namespace vorfahrt::client::ui
