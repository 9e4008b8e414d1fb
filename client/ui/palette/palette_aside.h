// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/viewmodel/search_preview.h"

#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

// Something that can be done with the chosen line.
struct PaletteAction {
    QString id;
    QString text;
    Icon icon = Icon::Check;
    friend bool operator==(const PaletteAction&, const PaletteAction&) = default;
};

// Beside the results: whom the chosen line is about, what is open, and what can be done with it.
class PaletteAside final : public QWidget {
    Q_OBJECT

public:
    static constexpr qsizetype kMaxActions = 5;

    PaletteAside(const Theme& theme, viewmodel::SearchPreview& preview, QWidget* parent = nullptr);

    // At most kMaxActions; the n-th has Alt+n.
    void setActions(const QList<PaletteAction>& actions);
    const QList<PaletteAction>& actions() const { return actions_; }
    void focusFirst();
    bool hasFocusInside() const;

Q_SIGNALS:
    void triggered(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fillAbout();
    void fillActions();

    const Theme& theme_;
    viewmodel::SearchPreview& preview_;
    QVBoxLayout* about_;
    QVBoxLayout* actionColumn_;
    QList<PaletteAction> actions_;
    QList<QWidget*> buttons_;
};

}  // namespace vorfahrt::client::ui
