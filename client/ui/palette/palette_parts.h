// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>

namespace vorfahrt::client::ui {

// The cap "Esc" that closes the window when it is clicked.
class CapButton final : public QAbstractButton {
    Q_OBJECT

public:
    CapButton(const Theme& theme, const QString& cap, const QString& name,
              QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
};

// The keys of the search window, and that it asks this computer alone. What does not fit is left
// out from the right, whole hints at a time.
class PaletteFoot final : public QWidget {
    Q_OBJECT

public:
    explicit PaletteFoot(const Theme& theme, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Hint {
        QStringList caps;
        QString words;
    };
    qreal widthOf(const Hint& hint) const;

    const Theme& theme_;
    QList<Hint> hints_;
    QString where_;
};

// Thin, at the upper edge of the results: older data is still being taken in. It stands still: how
// much is left is not known here.
class IndexBar final : public QWidget {
    Q_OBJECT

public:
    explicit IndexBar(const Theme& theme, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {100, 2}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace vorfahrt::client::ui
