// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>

namespace vorfahrt::client::ui {

// "3 new" over the top of a list: rows that wait until the pointer or the keys have left it. Lies
// over the list, so that its own coming moves nothing. Hidden while nothing waits.
class NewRowsBar final : public QAbstractButton {
    Q_OBJECT

public:
    NewRowsBar(const Theme& theme, QWidget* list);
    void setCount(int count);
    int count() const { return count_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
    int count_ = 0;
};

}  // namespace vorfahrt::client::ui
