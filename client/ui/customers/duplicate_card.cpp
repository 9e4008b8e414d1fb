// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/duplicate_card.h"

#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/viewmodel/words.h"
#include "common/domain/phone_display.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;

}  // namespace

DuplicateCard::DuplicateCard(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("duplicates"));
    column_->setContentsMargins(0, 0, 0, 0);
    show({});
}

void DuplicateCard::show(const std::vector<replica::DuplicateMatch>& matches) {
    clearLayout(*column_);
    auto* card = new ContextCard(theme_, Icon::Users, tr("Already a customer?"), this);
    if (matches.empty()) {
        card->setEmpty(tr("Nobody similar so far."));
    } else {
        card->setCount(static_cast<int>(matches.size()));
    }
    int at = 0;
    for (const replica::DuplicateMatch& match : matches) {
        if (at > 0) {
            card->addRule();
        }
        const QString name = qstr(match.row.name);
        auto* head = new QHBoxLayout;
        head->setSpacing(8);
        auto* title = new ElidedLabel(theme_, name, TextStyle::BodyStrong, Role::TextPrimary, card);
        head->addWidget(title, 1);
        auto* open = new LinkButton(theme_, tr("Open instead"), card);
        open->setObjectName(QStringLiteral("duplicate%1").arg(at));
        open->setAccessibleName(tr("Open %1 instead").arg(name));
        connect(open, &QAbstractButton::clicked, this,
                [this, id = match.row.id] { Q_EMIT openRequested(id); });
        head->addWidget(open);
        card->body().addLayout(head);
        QStringList about{qstr(match.row.city), qstr(domain::displayPhone(match.row.phone)),
                          qstr(match.row.email)};
        about.removeAll(QString());
        card->body().addWidget(new ElidedLabel(theme_, about.join(QStringLiteral(" · ")),
                                               TextStyle::Meta, Role::TextSecondary, card));
        auto* chips = new QHBoxLayout;
        chips->setSpacing(6);
        const auto chip = [&](const QString& text, ChipTone tone) {
            chips->addWidget(new ChipLabel(theme_, {text, tone}, card));
        };
        if (match.sameContact) {
            const bool mail = match.shared.find('@') != std::string::npos;
            chip(mail ? tr("Same address") : tr("Same number"), ChipTone::Warning);
        }
        if (match.samePlate) {
            chip(tr("Same plate"), ChipTone::Warning);
        }
        if (match.sameName) {
            chip(tr("Same name"), ChipTone::Neutral);
        } else if (match.soundsAlike) {
            chip(tr("Sounds alike"), ChipTone::Neutral);
        }
        chips->addStretch();
        card->body().addLayout(chips);
        ++at;
    }
    column_->addWidget(card);
    column_->addStretch();
}

}  // namespace vorfahrt::client::ui
