// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QLabel>

namespace vorfahrt::client::ui {

// Plain text in a style and role of the tokens; follows theme and zoom. Never interprets markup.
class Label final : public QLabel {
    Q_OBJECT

public:
    Label(const Theme& theme, const QString& text, TextStyle style, Role role,
          QWidget* parent = nullptr);
    void setRole(Role role);

protected:
    // A line that does not fit is cut with an ellipsis and has its text as tooltip.
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    const Theme& theme_;
    TextStyle style_;
    Role role_;
};

// One line cut at its end, with the full text as tooltip while it does not fit.
class ElidedLabel final : public QWidget {
    Q_OBJECT

public:
    ElidedLabel(const Theme& theme, const QString& text, TextStyle style, Role role,
                QWidget* parent = nullptr);
    void setText(const QString& text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateToolTip();

    const Theme& theme_;
    QString text_;
    TextStyle style_;
    Role role_;
};

}  // namespace vorfahrt::client::ui
