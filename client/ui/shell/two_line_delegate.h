// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace vorfahrt::client::ui {

// Paints a row of two lines with a picture at the left and a remark at the right, from the roles
// below: customers and messages.
class TwoLineDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int kTitleRole = Qt::UserRole + 200;
    static constexpr int kSecondRole = Qt::UserRole + 201;
    static constexpr int kRightRole = Qt::UserRole + 202;
    static constexpr int kAvatarRole = Qt::UserRole + 203;  // a name; empty: a letter's picture
    static constexpr int kPendingRole = Qt::UserRole + 204;

    explicit TwoLineDelegate(const Theme& theme, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // The texts that the row cuts.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    const Theme& theme_;
};

}  // namespace vorfahrt::client::ui
