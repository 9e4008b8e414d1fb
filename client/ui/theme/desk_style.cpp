// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/desk_style.h"

#include "client/ui/theme/theme.h"
#include "client/ui/theme/theme_painter.h"

#include <QStyleFactory>
#include <QStyleOption>

namespace vorfahrt::client::ui {
namespace {

constexpr int kMark = 16;

}  // namespace

DeskStyle::DeskStyle(const Theme& theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))),
      theme_(theme) {}

int DeskStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                           const QWidget* widget) const {
    switch (metric) {
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight: return theme_.px(kMark);
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing: return theme_.px(space::kS4);
        case PM_ScrollBarExtent: return theme_.px(12);
        case PM_SplitterWidth: return 5;
        case PM_TextCursorWidth: return 2;
        default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int DeskStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* data) const {
    switch (hint) {
        case SH_Widget_Animation_Duration: return theme_.duration(motion::kFast);
        case SH_EtchDisabledText:
        case SH_ItemView_ShowDecorationSelected: return 0;
        default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

void DeskStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                              QPainter* painter, const QWidget* widget) const {
    switch (element) {
        case PE_FrameFocusRect:
            ThemePainter(*painter, theme_).focusRing(option->rect, theme_.px(radius::kChip));
            return;
        case PE_IndicatorCheckBox: drawCheck(*option, *painter, false); return;
        case PE_IndicatorRadioButton: drawCheck(*option, *painter, true); return;
        default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void DeskStyle::drawCheck(const QStyleOption& option, QPainter& painter, bool round) const {
    ThemePainter paint(painter, theme_);
    const bool on = (option.state & State_On) != 0;
    const bool enabled = (option.state & State_Enabled) != 0;
    const bool hover = (option.state & State_MouseOver) != 0;
    const QRectF box(option.rect);
    const qreal corner = round ? box.height() / 2 : theme_.px(radius::kChip);
    if (!enabled) {
        paint.box(box, Role::SurfaceSunken, Role::BorderStrong, corner);
    } else if (on) {
        paint.box(box, hover ? Role::AccentFillHover : Role::AccentFill, corner);
    } else {
        paint.box(box, Role::Surface, hover ? Role::TextSecondary : Role::BorderControl, corner);
    }
    if (!on) {
        return;
    }
    const Role mark = enabled ? Role::OnAccent : Role::TextDisabled;
    if (round) {
        const qreal inset = box.width() * 0.31;
        paint.box(box.adjusted(inset, inset, -inset, -inset), mark, box.width());
    } else {
        paintIcon(painter, icons::kActionDone, box.adjusted(2, 2, -2, -2), theme_.color(mark));
    }
}

}  // namespace vorfahrt::client::ui
