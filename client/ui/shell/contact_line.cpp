// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/contact_line.h"

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/viewmodel/system_contact.h"
#include "client/viewmodel/words.h"
#include "common/domain/phone_display.h"

#include <QHBoxLayout>
#include <QPainter>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;

Icon iconOf(record::ContactKind kind) {
    switch (kind) {
        case record::EMAIL_ADDRESS: return icons::kChannelEmail;
        case record::MOBILE: return Icon::Smartphone;
        default: return icons::kNavPhone;
    }
}

}  // namespace

ContactLine::ContactLine(const Theme& theme, const record::ContactPoint& point, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      icon_(iconOf(point.kind())),
      link_(nullptr),
      row_(new QHBoxLayout(this)) {
    const bool mail = point.kind() == record::EMAIL_ADDRESS;
    const QString shown = qstr(mail ? point.value() : domain::displayPhone(point.value()));
    link_ = new LinkButton(theme, shown, this);
    link_->setObjectName(mail ? QStringLiteral("contactMail") : QStringLiteral("contactCall"));
    const QString does = mail ? tr("Write to %1").arg(shown) : tr("Call %1").arg(shown);
    link_->setToolTip(does);
    link_->setAccessibleName(does);
    link_->setEnabled(viewmodel::SystemContact::isPossible(point));
    row_->setContentsMargins(theme.px(24), 0, 0, 0);
    row_->setSpacing(8);
    row_->addWidget(link_);
    row_->addStretch();
    const QString remark = point.preferred() ? tr("preferred") : qstr(point.label());
    if (!remark.isEmpty()) {
        row_->addWidget(new Label(theme, remark, TextStyle::Meta, Role::TextMuted, this));
    }
    connect(link_, &QAbstractButton::clicked, this, &ContactLine::triggered);
    followTheme(*this, theme);
}

void ContactLine::add(QWidget* widget) {
    row_->addWidget(widget);
}

void ContactLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.icon(icon_, QPointF(theme_.px(8), height() / 2.0), iconsize::kDefault,
               Role::TextSecondary);
}

}  // namespace vorfahrt::client::ui
