// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/server_step.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/text_field.h"

#include <QVBoxLayout>

namespace vorfahrt::client::ui {

ServerStep::ServerStep(const Theme& theme, viewmodel::ServerChoice& choice, QWidget* parent)
    : LoginStep(theme, tr("Connect with your server"),
                tr("Your administrator knows the address and the fingerprint."), parent),
      choice_(choice),
      address_(addField(tr("Server"), "serverAddress", QStringLiteral("address"))),
      expected_(addField(tr("Fingerprint, where you have it to paste"), "serverFingerprint",
                         QStringLiteral("expected"))),
      changed_(new InlineBanner(theme, InlineBanner::Tone::Danger, icons::kStateWarning, this)),
      compare_(new QWidget(this)),
      asked_(new Label(theme, QString(), TextStyle::Body, Role::TextPrimary, compare_)),
      digits_(new Label(theme, QString(), TextStyle::PaneTitle, Role::TextPrimary, compare_)),
      before_(new Label(theme, QString(), TextStyle::Body, Role::TextSecondary, compare_)) {
    setObjectName(QStringLiteral("serverStep"));
    address_->setLeadingIcon(Icon::Server);
    address_->edit().setText(viewmodel::serverName(choice.url()));
    address_->edit().setPlaceholderText(QStringLiteral("desk.example.org:4433"));
    changed_->setObjectName(QStringLiteral("certificateChanged"));
    column().addWidget(changed_);
    auto* lines = new QVBoxLayout(compare_);
    lines->setContentsMargins(0, 8, 0, 8);
    lines->setSpacing(8);
    asked_->setWordWrap(true);
    digits_->setObjectName(QStringLiteral("foundFingerprint"));
    before_->setObjectName(QStringLiteral("pinnedFingerprint"));
    for (Label* label : {asked_, digits_, before_}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::NoFocus);
        lines->addWidget(label);
    }
    column().addWidget(compare_);
    addButtons(tr("Connect"), "serverConnect");
    connect(this, &LoginStep::nextRequested, this, &ServerStep::go);
    connect(&address_->edit(), &QLineEdit::textEdited, this, [this] { choice_.forgetFound(); });
    connect(&expected_->edit(), &QLineEdit::textEdited, this, [this] { choice_.forgetFound(); });
    connect(&choice, &viewmodel::ServerChoice::changed, this, &ServerStep::refresh);
    refresh();
}

void ServerStep::go() {
    if (choice_.found().isEmpty()) {
        choice_.look(address_->text(), expected_->text());
    } else {
        choice_.pin();
    }
}

void ServerStep::refresh() {
    setErrors({{QStringLiteral("address"), choice_.addressError()},
               {QStringLiteral("expected"), choice_.expectedError()}});
    setBusy(choice_.isBusy());
    const bool found = !choice_.found().isEmpty();
    compare_->setVisible(found);
    asked_->setText(
        tr("The server shows this fingerprint. Compare it with the one of your "
           "administrator, group by group; go on only where they are the same."));
    digits_->setText(viewmodel::fingerprintText(choice_.found()));
    digits_->setAccessibleName(tr("Fingerprint %1").arg(digits_->text()));
    changed_->setVisible(choice_.hasChanged());
    changed_->setText(tr("The certificate has changed."),
                      tr("That is right where the server was set up anew. It can also be somebody "
                         "who stands between you and the server. Ask your administrator by "
                         "telephone before you go on."));
    before_->setVisible(choice_.hasChanged());
    before_->setText(tr("Known until now:\n%1").arg(viewmodel::fingerprintText(choice_.pinned())));
    next().setText(!found                 ? tr("Connect")
                   : choice_.hasChanged() ? tr("Trust the new certificate")
                                          : tr("They are the same"));
    next().setKeyCap(QStringLiteral("↵"));
    back().setVisible(choice_.isKnown() || found);
    if (found && isVisible()) {
        next().setFocus(Qt::OtherFocusReason);
    }
}

}  // namespace vorfahrt::client::ui
