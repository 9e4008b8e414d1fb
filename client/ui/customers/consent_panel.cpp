// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/consent_panel.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/viewmodel/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::ConsentFor;
using viewmodel::qstr;

}  // namespace

QString ConsentPanel::channel(ConsentFor what) {
    switch (what) {
        case ConsentFor::AdsCall: return tr("Calls");
        case ConsentFor::AdsSms: return tr("SMS");
        case ConsentFor::AdsWhatsapp: return tr("WhatsApp");
        case ConsentFor::AdsEmail: return tr("E-mail");
        case ConsentFor::Contract: break;
    }
    return tr("Contact at all");
}

ConsentPanel::ConsentPanel(const Theme& theme, viewmodel::Customers& customers,
                           const replica::Item<record::ContactPoint>& point, const QString& source,
                           QWidget* parent)
    : QWidget(parent),
      source_(new TextField(theme, tr("How it was said"), this)) {
    setObjectName(QStringLiteral("consentPanel"));
    setAccessibleName(tr("Consents"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(24), 2, 0, 6);
    column->setSpacing(4);
    source_->edit().setObjectName(QStringLiteral("consentSource"));
    source_->edit().setPlaceholderText(tr("by telephone, form of 12 Nov ..."));
    source_->edit().setMaxLength(100);
    source_->edit().setText(source);
    column->addWidget(source_);
    for (const ConsentFor what : viewmodel::Customers::consentsOf(point.value.kind())) {
        const bool contract = what == ConsentFor::Contract;
        const record::Consent& consent = viewmodel::Customers::consent(point.value, what);
        const QString title =
            contract ? tr("For offer and contract") : tr("Advertising: %1").arg(channel(what));
        column->addWidget(new Label(theme, title, TextStyle::MetaMedium, Role::TextPrimary, this));
        auto* choice = new SegmentedControl(
            theme, title,
            contract ? QStringList{tr("Allowed"), tr("Confirmed"), tr("Objected")}
                     : QStringList{tr("Unknown"), tr("Given"), tr("Withdrawn")},
            this);
        choice->setObjectName(QStringLiteral("consent%1").arg(static_cast<int>(what)));
        choice->setCurrent(static_cast<int>(consent.state()));
        column->addWidget(choice, 0, Qt::AlignLeft);
        if (consent.at_ms() != 0) {
            QString said = viewmodel::Words::shortDay(consent.at_ms());
            if (!consent.source().empty()) {
                said += QStringLiteral(" · ") + qstr(consent.source());
            }
            column->addWidget(new ElidedLabel(theme, said, TextStyle::Meta, Role::TextMuted, this));
        }
        connect(choice, &SegmentedControl::currentChanged, this,
                [this, &customers, id = point.id, what](int state) {
                    customers.setConsent(id, what, static_cast<record::ConsentState>(state),
                                         source_->text());
                });
    }
    auto* close = new Button(theme, ButtonKind::Quiet, tr("Close"), this);
    close->setObjectName(QStringLiteral("consentClose"));
    close->setSize(ButtonSize::Small);
    column->addWidget(close, 0, Qt::AlignLeft);
    connect(close, &QAbstractButton::clicked, this, &ConsentPanel::closeRequested);
}

QString ConsentPanel::source() const {
    return source_->text();
}

void ConsentPanel::focusSource() {
    source_->edit().setFocus(Qt::OtherFocusReason);
}

QWidget* ConsentPanel::choice(int what) const {
    auto* control = findChild<SegmentedControl*>(QStringLiteral("consent%1").arg(what));
    if (control == nullptr) {
        return nullptr;
    }
    const auto buttons = control->findChildren<QAbstractButton*>();
    return buttons.value(control->current());
}

int ConsentPanel::focusedChoice() const {
    for (const auto* control : findChildren<SegmentedControl*>()) {
        if (control->isAncestorOf(window()->focusWidget())) {
            return control->objectName().mid(7).toInt();
        }
    }
    return -1;
}

}  // namespace vorfahrt::client::ui
