// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/help_page.h"

#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"

#include <QHBoxLayout>
#include <QMap>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

constexpr int kCardWidth = 420;
constexpr int kColumns = 2;

}  // namespace

HelpPage::HelpPage(const Theme& theme, const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      actions_(actions),
      cards_(new CardColumn(theme, Role::Window, this)) {
    setObjectName(QStringLiteral("helpPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(cards_);
    cards_->column().setContentsMargins(20, 16, 20, 20);
}

void HelpPage::showEvent(QShowEvent* event) {
    fill();
    QWidget::showEvent(event);
}

void HelpPage::fill() {
    clearLayout(cards_->column());
    cards_->column().addWidget(
        new Label(theme_, tr("Help and keys"), TextStyle::PaneTitle, Role::TextPrimary));
    auto* remark = new Label(theme_, tr("Single letters work outside text fields."),
                             TextStyle::Body, Role::TextSecondary);
    cards_->column().addWidget(remark);
    QStringList order;
    QMap<QString, QList<QAction*>> groups;
    for (const auto& [action, group] : actions_.entries()) {
        if (action->shortcuts().isEmpty()) {
            continue;
        }
        if (!groups.contains(group)) {
            order << group;
        }
        groups[group] << action;
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    QList<QVBoxLayout*> columns;
    for (int i = 0; i < kColumns; ++i) {
        columns << new QVBoxLayout;
        columns.last()->setSpacing(12);
        row->addLayout(columns.last());
    }
    for (qsizetype i = 0; i < order.size(); ++i) {
        auto* card = new ContextCard(theme_, std::nullopt, order[i]);
        card->setMaximumWidth(theme_.px(kCardWidth));
        for (QAction* action : groups[order[i]]) {
            auto* line = new QHBoxLayout;
            line->addWidget(new Label(theme_, action->text(), TextStyle::Body, Role::TextPrimary));
            line->addStretch();
            for (const QString& cap :
                 ActionRegistry::capText(*action).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                line->addWidget(new KeyCap(theme_, cap));
            }
            card->body().addLayout(line);
        }
        columns[i % kColumns]->addWidget(card);
    }
    for (QVBoxLayout* column : columns) {
        column->addStretch();
    }
    row->addStretch();
    cards_->column().addLayout(row);
    cards_->column().addStretch();
}

}  // namespace vorfahrt::client::ui
