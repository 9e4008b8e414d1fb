// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/tokens_gen.h"

#include <QRectF>
#include <QStringList>

#include <functional>

class QPainter;
class QWidget;

namespace vorfahrt::client::ui {

class Theme;

// Hears of each text that is painted and not held by a widget of its own: rows, chips, bars. Tests
// find there what was cut or drawn over something else. Called on the GUI thread while painting.
class TextProbe {
public:
    struct Drawn {
        QString text;   // whole
        QString shown;  // as drawn; differs from text where it was elided
        QRectF ink;     // in the painter's coordinates
        Role role;
    };

    virtual ~TextProbe() = default;
    virtual void drawn(const QPainter& painter, const Drawn& text) = 0;
};

// The texts that are cut when this is painted, whole; what a delegate shows as its tooltip.
QStringList cutTexts(const Theme& theme, const std::function<void(QPainter&)>& paint);

// Gives the widget a tooltip with the texts it paints and has no room for, while it has not.
void explainCuts(QWidget& widget, const Theme& theme);

}  // namespace vorfahrt::client::ui
