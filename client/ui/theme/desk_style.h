// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace vorfahrt::client::ui {

class Theme;

// Fusion with the desk's focus ring, check marks and metrics. Owned by the application; the theme
// outlives it.
class DeskStyle final : public QProxyStyle {
    Q_OBJECT

public:
    explicit DeskStyle(const Theme& theme);

    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;

private:
    void drawCheck(const QStyleOption& option, QPainter& painter, bool round) const;

    const Theme& theme_;
};

}  // namespace vorfahrt::client::ui
