// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/page_parts.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/status.h"
#include "client/viewmodel/words.h"

#include <QAccessible>
#include <QLayout>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

constexpr int kSkeletonAfterMs = 200;
constexpr int kSkeletonRows = 6;

}  // namespace

Ground::Ground(const Theme& theme, Role role, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      role_(role) {
    followTheme(*this, theme);
}

void Ground::setRule(bool rule) {
    rule_ = rule;
    update();
}

void Ground::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), role_);
    if (rule_) {
        paint.hairline(QPointF(0, height() - 1), QPointF(width(), height() - 1));
    }
}

CardColumn::CardColumn(const Theme& theme, Role role, QWidget* parent)
    : QScrollArea(parent) {
    auto* ground = new Ground(theme, role);
    column_ = new QVBoxLayout(ground);
    column_->setContentsMargins(14, 14, 14, 14);
    column_->setSpacing(12);
    setWidget(ground);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
}

void clearLayout(QLayout& layout) {
    while (QLayoutItem* item = layout.takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            clearLayout(*inner);
        }
        delete item;
    }
}

ReadErrorState::ReadErrorState(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      banner_(new InlineBanner(theme, InlineBanner::Tone::Danger, icons::kStateWarning, this)) {
    setObjectName(QStringLiteral("readError"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(banner_);
    auto* retry = new Button(theme, ButtonKind::Secondary, tr("Read again"), this);
    retry->setObjectName(QStringLiteral("readAgain"));
    retry->setSize(ButtonSize::Small);
    retry->setSymbol(icons::kActionRetry);
    auto* row = new QHBoxLayout;
    row->addWidget(retry);
    row->addStretch();
    column->addLayout(row);
    connect(retry, &QAbstractButton::clicked, this, &ReadErrorState::retryRequested);
    hide();
}

void ReadErrorState::setError(ErrorCode error) {
    if (shown_ == error) {
        return;
    }
    shown_ = error;
    setVisible(error != ErrorCode::Ok);
    if (error != ErrorCode::Ok) {
        const QString sentence = viewmodel::Words::readProblem(error);
        banner_->setText({}, sentence);
        banner_->setAccessibleName(sentence);
        QAccessibleEvent alert(banner_, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

ListStates::ListStates(const Theme& theme, QWidget* list, int designRowHeight, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      list_(list),
      skeleton_(new SkeletonRows(theme, kSkeletonRows, designRowHeight, this)),
      error_(new ReadErrorState(theme, this)),
      column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    column_->addWidget(error_);
    column_->addWidget(skeleton_, 0, Qt::AlignTop);
    column_->addWidget(list_, 1);
    skeleton_->hide();
    connect(error_, &ReadErrorState::retryRequested, this, &ListStates::retryRequested);
    QTimer::singleShot(kSkeletonAfterMs, this, [this] {
        if (!loaded_ && error_->isHidden()) {
            list_->hide();
            skeleton_->show();
        }
    });
}

void ListStates::setEmpty(Icon icon, const QString& sentence, const QString& action) {
    if (empty_ != nullptr && shownSentence_ == sentence) {
        return;
    }
    const bool visible = empty_ != nullptr && empty_->isVisibleTo(this);
    delete empty_;
    shownSentence_ = sentence;
    auto* state = new EmptyState(theme_, icon, sentence, action, this);
    state->setContentsMargins(8, 4, 8, 4);
    connect(state, &EmptyState::actionTriggered, this, &ListStates::actionTriggered);
    column_->insertWidget(0, state, 0, Qt::AlignTop);
    state->setVisible(visible);
    empty_ = state;
}

void ListStates::setError(ErrorCode error) {
    error_->setError(error);
    if (error != ErrorCode::Ok) {
        skeleton_->hide();
        list_->show();
    }
}

void ListStates::show(bool loaded, bool empty) {
    loaded_ = loaded;
    if (loaded) {
        skeleton_->hide();
    }
    if (empty_ != nullptr) {
        empty_->setVisible(loaded && empty);
    }
    list_->setVisible(!skeleton_->isVisibleTo(this));
}

}  // namespace vorfahrt::client::ui
