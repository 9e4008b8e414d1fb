// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QAbstractButton>
#include <QButtonGroup>

#include <optional>
#include <vector>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class BrandMark;

struct RailEntry {
    QString id;
    QString text;
    std::optional<Icon> icon = std::nullopt;
    std::optional<Role> dot = std::nullopt;  // a saved view: colour instead of a picture
    QString key;                             // shown as a cap, named in the tooltip
};

// Workspaces and saved views: 216 px with words, 56 px with pictures and badges. Arrow keys move,
// Return opens.
class NavigationRail final : public QWidget {
    Q_OBJECT

public:
    explicit NavigationRail(const Theme& theme, QWidget* parent = nullptr);

    void addEntry(const RailEntry& entry);
    void addHeading(const QString& text);
    // Everything added later stands at the foot.
    void addFoot();
    void setCount(const QString& id, std::optional<int> count);
    void setCurrent(const QString& id);
    QString current() const;
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return collapsed_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Entry;
    Entry* find(const QString& id) const;
    bool showsKey(const Entry& entry) const;

    const Theme& theme_;
    QVBoxLayout* column_;
    BrandMark* brand_;
    std::vector<Entry*> entries_;
    std::vector<QWidget*> headings_;
    bool collapsed_ = false;
};

}  // namespace vorfahrt::client::ui
