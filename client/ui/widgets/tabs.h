// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QTabBar>

#include <optional>

namespace vorfahrt::client::ui {

class IconButton;

// Saved views over a list. What does not fit goes to the menu behind the three dots.
class ViewTabs final : public QTabBar {
    Q_OBJECT

public:
    explicit ViewTabs(const Theme& theme, QWidget* parent = nullptr);
    int addView(const QString& name, std::optional<int> count);
    void setCount(int index, std::optional<int> count);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void resizeEvent(QResizeEvent* event) override;
    void tabLayoutChange() override;

private:
    void fit();
    void showMenu();

    const Theme& theme_;
    IconButton* more_;
    bool fitting_ = false;
    FocusRing* ring_ = new FocusRing(this);
};

// One of a few choices, side by side. Arrow keys move, Space chooses.
class SegmentedControl final : public QWidget {
    Q_OBJECT

public:
    SegmentedControl(const Theme& theme, const QString& name, const QStringList& choices,
                     QWidget* parent = nullptr);
    int current() const { return group_.checkedId(); }
    void setCurrent(int index);

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QButtonGroup group_;
};

}  // namespace vorfahrt::client::ui
