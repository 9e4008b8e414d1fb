// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>

namespace vorfahrt::client::ui {

// Somebody who has signed in on this computer: initials, name, business. Checkable.
class PersonTile final : public QAbstractButton {
    Q_OBJECT

public:
    PersonTile(const Theme& theme, const QString& name, const QString& business,
               QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
    QString name_;
    QString business_;
};

}  // namespace vorfahrt::client::ui
