// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/close_panel.h"

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/tab_order.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/viewmodel/words.h"
#include "common/domain/lead_status.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <array>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::Words;

constexpr std::array kOutcomes{record::WON, record::LOST, record::INVALID};

void paintPanel(QWidget& panel, const Theme& theme) {
    QPainter painter(&panel);
    ThemePainter(painter, theme)
        .box(QRectF(panel.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Role::SurfaceSunken,
             Role::BorderHairline, theme.px(radius::kCard));
}

QHBoxLayout* buttonRow(const Theme& theme, Button* confirm, Button* cancel) {
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.px(8));
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(confirm);
    tabBehind(*cancel, *confirm);
    return row;
}

}  // namespace

ClosePanel::ClosePanel(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      outcome_(new SegmentedControl(
          theme, tr("Outcome"),
          {Words::status(record::WON), Words::status(record::LOST), Words::status(record::INVALID)},
          this)),
      reason_(new TextField(theme, tr("Reason"), this)),
      confirm_(new Button(theme, ButtonKind::Primary, tr("Close lead"), this)) {
    setObjectName(QStringLiteral("closePanel"));
    setAccessibleName(tr("Close lead"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(
        new Label(theme, tr("How did it end?"), TextStyle::CardTitle, Role::TextPrimary, this));
    outcome_->setObjectName(QStringLiteral("closeOutcome"));
    column->addWidget(outcome_, 0, Qt::AlignLeft);
    reason_->edit().setObjectName(QStringLiteral("closeReason"));
    reason_->edit().setMaxLength(200);
    column->addWidget(reason_);
    confirm_->setObjectName(QStringLiteral("closeConfirm"));
    auto* cancel = new Button(theme, ButtonKind::Quiet, tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("closeCancel"));
    column->addLayout(buttonRow(theme, confirm_, cancel));
    connect(confirm_, &QAbstractButton::clicked, this, &ClosePanel::confirm);
    connect(cancel, &QAbstractButton::clicked, this, &ClosePanel::cancelled);
    connect(&reason_->edit(), &QLineEdit::returnPressed, this, &ClosePanel::confirm);
    connect(&reason_->edit(), &QLineEdit::textEdited, this, [this] { reason_->setError({}); });
    connect(outcome_, &SegmentedControl::currentChanged, this, [this] { reason_->setError({}); });
    followTheme(*this, theme);
}

void ClosePanel::start() {
    outcome_->setCurrent(0);
    reason_->edit().clear();
    reason_->setError({});
    outcome_->setFocus(Qt::OtherFocusReason);
}

record::LeadStatus ClosePanel::status() const {
    return kOutcomes.at(static_cast<std::size_t>(std::max(0, outcome_->current())));
}

void ClosePanel::confirm() {
    if (domain::needsReason(status()) && reason_->text().trimmed().isEmpty()) {
        reason_->setError(tr("Say in a few words why."));
        reason_->edit().setFocus(Qt::OtherFocusReason);
        return;
    }
    Q_EMIT finished(static_cast<int>(status()), reason_->text());
}

void ClosePanel::paintEvent(QPaintEvent*) {
    paintPanel(*this, theme_);
}

void ClosePanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT cancelled();
        return;
    }
    QWidget::keyPressEvent(event);
}

StepPanel::StepPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      text_(new TextField(theme, tr("What comes next"), this)),
      due_(new QDateTimeEdit(this)) {
    setObjectName(QStringLiteral("stepPanel"));
    setAccessibleName(tr("Next step"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    text_->edit().setObjectName(QStringLiteral("stepText"));
    text_->edit().setMaxLength(120);
    column->addWidget(text_);
    column->addWidget(
        new Label(theme, tr("Until"), TextStyle::MetaMedium, Role::TextSecondary, this));
    due_->setObjectName(QStringLiteral("stepDue"));
    due_->setAccessibleName(tr("Until"));
    due_->setCalendarPopup(true);
    due_->setDisplayFormat(tr("ddd d MMM yyyy, HH:mm", "date and time to edit"));
    auto* confirm = new Button(theme, ButtonKind::Primary, tr("Save"), this);
    confirm->setObjectName(QStringLiteral("stepConfirm"));
    auto* cancel = new Button(theme, ButtonKind::Quiet, tr("Cancel"), this);
    auto* row = buttonRow(theme, confirm, cancel);
    row->insertWidget(0, due_);
    column->addLayout(row);
    connect(confirm, &QAbstractButton::clicked, this, &StepPanel::confirm);
    connect(cancel, &QAbstractButton::clicked, this, &StepPanel::cancelled);
    connect(&text_->edit(), &QLineEdit::returnPressed, this, &StepPanel::confirm);
    connect(&text_->edit(), &QLineEdit::textEdited, this, [this] { text_->setError({}); });
    followTheme(*this, theme);
}

void StepPanel::start(const QString& text, std::int64_t dueMs) {
    text_->edit().setText(text);
    text_->setError({});
    due_->setDateTime(QDateTime::fromMSecsSinceEpoch(dueMs));
    text_->edit().setFocus(Qt::OtherFocusReason);
    text_->edit().selectAll();
}

void StepPanel::confirm() {
    if (text_->text().trimmed().isEmpty()) {
        text_->setError(tr("Say in a few words what comes next."));
        return;
    }
    Q_EMIT finished(text_->text().trimmed(), due_->dateTime().toMSecsSinceEpoch());
}

void StepPanel::paintEvent(QPaintEvent*) {
    paintPanel(*this, theme_);
}

void StepPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT cancelled();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace vorfahrt::client::ui
