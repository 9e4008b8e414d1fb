// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/lead_row.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace vorfahrt::client::ui {

// Paints lead rows (48 px) and group headers (30 px). Columns drop in the order age, status when
// the list gets narrow.
class LeadRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit LeadRowDelegate(const Theme& theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    // Where the claim button of a hovered row is.
    QRect claimRect(const QRect& row) const;
    // Key shown on the claim button and in the group header.
    void setClaimKey(const QString& key) { claimKey_ = key; }

private:
    struct Columns;
    Columns columns(const QRectF& row) const;
    qreal statusEnd(const Columns& at, const LeadRow& row) const;
    void paintGround(ThemePainter& paint, const QStyleOptionViewItem& option,
                     const LeadRow& row) const;
    void paintWho(ThemePainter& paint, const QRectF& rect, const Columns& at,
                  const LeadRow& row) const;
    void paintDeadline(ThemePainter& paint, const QRectF& rect, const Columns& at,
                       const LeadRow& row) const;
    void paintGroup(ThemePainter& paint, const QRectF& rect, const LeadGroup& group) const;

    const Theme& theme_;
    QString claimKey_ = QStringLiteral("Ü");
};

// Lead list: hover shows the claim button, a click on it claims without opening the row.
class LeadListView final : public QListView {
    Q_OBJECT

public:
    explicit LeadListView(const Theme& theme, QWidget* parent = nullptr);
    LeadRowDelegate& rows() { return *delegate_; }
    // Shows the row as if the mouse were over it; for pictures and tests.
    void setHoveredForPicture(const QModelIndex& index) { pictured_ = index; }
    QModelIndex picturedHover() const { return pictured_; }

Q_SIGNALS:
    void claimRequested(const QModelIndex& index);
    void groupToggled(const QModelIndex& index);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    LeadRowDelegate* delegate_;
    QPersistentModelIndex pictured_;
};

// Column names above the list, 28 px.
class LeadListHeader final : public QWidget {
    Q_OBJECT

public:
    explicit LeadListHeader(const Theme& theme, QWidget* parent = nullptr);
    // Width of the scroll bar below, so that the columns stay in line.
    void setRightInset(int pixels);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    int inset_ = 0;
};

}  // namespace vorfahrt::client::ui
