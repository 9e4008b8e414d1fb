// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/search_list_model.h"
#include "client/ui/theme/theme_painter.h"

#include <QListView>
#include <QStyledItemDelegate>

#include <functional>

namespace vorfahrt::client::ui {

// Paints headings, hits (46 px) and commands (36 px) of the search window, with what matched on a
// marked ground. GUI thread.
class PaletteDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using IconOf = std::function<Icon(const QString& command)>;

    PaletteDelegate(const Theme& theme, IconOf iconOf, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
    // Where a click chooses the row and shows its actions, instead of opening it.
    QRect moreRect(const QRect& row) const;

private:
    void paintMark(ThemePainter& paint, const QRectF& row, const model::SearchEntry& entry) const;
    // Returns the left edge of what stands at the right.
    qreal paintRight(ThemePainter& paint, const QRectF& row, const model::SearchEntry& entry,
                     bool selected, bool hovered) const;

    const Theme& theme_;
    IconOf iconOf_;
};

// The results. The focus stays in the field: arrows come from there.
class PaletteList final : public QListView {
    Q_OBJECT

public:
    PaletteList(const Theme& theme, PaletteDelegate::IconOf iconOf, QWidget* parent = nullptr);

    // By lines that can be chosen; stays at the ends.
    void step(int by);
    void toEnd(bool last);
    void pageBy(int pages);
    void choose(int row);
    int chosen() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

Q_SIGNALS:
    void opened(int row);
    void actionsRequested(int row);
    void currentRowChanged(int row);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    bool isLine(int row) const;

    PaletteDelegate* delegate_;
};

}  // namespace vorfahrt::client::ui
