// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "common/schema/customer.pb.h"

#include <QWidget>

class QHBoxLayout;

namespace vorfahrt::client::ui {

class LinkButton;

// One way to reach a customer: picture, the number or address as a link that calls or writes, and a
// remark at the right. GUI thread.
class ContactLine final : public QWidget {
    Q_OBJECT

public:
    ContactLine(const Theme& theme, const record::ContactPoint& point, QWidget* parent = nullptr);
    LinkButton& link() { return *link_; }
    // At the right end.
    void add(QWidget* widget);

Q_SIGNALS:
    void triggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    Icon icon_;
    LinkButton* link_;
    QHBoxLayout* row_;
};

}  // namespace vorfahrt::client::ui
