// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/ui/widgets/text_field.h"
#include "tests/ui/gallery/shots.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace vorfahrt::test {
namespace {

using namespace vorfahrt::client::ui;

std::unique_ptr<QWidget> login(const ShotContext& context) {
    const Theme& theme = context.theme;
    auto page = std::make_unique<QWidget>();
    auto* halves = new QHBoxLayout(page.get());
    halves->setContentsMargins(0, 0, 0, 0);
    halves->setSpacing(0);
    halves->addWidget(new LoginBackground(theme), 41);
    auto* right = new QWidget;
    halves->addWidget(right, 55);
    auto* form = new QVBoxLayout(right);
    form->setContentsMargins(340, 290, 340, 40);
    form->setSpacing(0);
    form->addWidget(new Label(theme, context.text("Sign in", "Anmelden"), TextStyle::PageTitle,
                              Role::TextPrimary));
    form->addSpacing(8);
    form->addWidget(new Label(theme, QStringLiteral("Autohaus Brandt & Söhne"), TextStyle::Reading,
                              Role::TextSecondary));
    form->addSpacing(20);
    auto* name = new TextField(theme, context.text("User name", "Benutzername"));
    name->setTall(true);
    name->setLeadingIcon(Icon::User);
    name->edit().setText(QStringLiteral("jonas.martens"));
    form->addWidget(name);
    auto* password = new TextField(theme, context.text("Password", "Kennwort"));
    password->setTall(true);
    password->setLeadingIcon(Icon::Lock);
    password->setPassword();
    password->edit().setText(QStringLiteral("0123456789"));
    password->setHint(context.text("Caps lock is on", "Die Feststelltaste ist aktiv"),
                      Icon::ArrowBigUp);
    form->addWidget(password);
    form->addSpacing(12);
    auto* enter = new Button(theme, ButtonKind::Primary, context.text("Sign in", "Anmelden"));
    enter->setSize(ButtonSize::Login);
    enter->setKeyCap(QStringLiteral("↵"));
    form->addWidget(enter);
    form->addSpacing(10);
    auto* other = new Button(theme, ButtonKind::Secondary,
                             context.text("Another business", "Anderer Betrieb"));
    other->setSize(ButtonSize::Login);
    other->setSymbol(icons::kNavBusinesses);
    form->addWidget(other);
    form->addStretch();
    return page;
}

}  // namespace

void registerDeskShots(ShotRegistry& registry) {
    registry.registerShot(QStringLiteral("login"), QSize(1920, 1080), login);
}

}  // namespace vorfahrt::test
