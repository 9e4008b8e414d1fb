// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/login_step.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/text_field.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {

LoginStep::LoginStep(const Theme& theme, const QString& title, const QString& subtitle,
                     QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      column_(new QVBoxLayout(this)),
      title_(new Label(theme, title, TextStyle::PageTitle, Role::TextPrimary, this)),
      subtitle_(new Label(theme, subtitle, TextStyle::Reading, Role::TextSecondary, this)) {
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    title_->setWordWrap(true);
    subtitle_->setWordWrap(true);
    column_->addWidget(title_);
    column_->addSpacing(4);
    column_->addWidget(subtitle_);
    column_->addSpacing(20);
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &LoginStep::backRequested);
}

void LoginStep::setTitle(const QString& title, const QString& subtitle) {
    title_->setText(title);
    subtitle_->setText(subtitle);
}

TextField* LoginStep::addField(const QString& label, const char* name, const QString& key,
                               QBoxLayout* where) {
    auto* field = new TextField(theme_, label, this);
    field->setTall(true);
    field->edit().setObjectName(QString::fromLatin1(name));
    (where != nullptr ? where : column_)->addWidget(field);
    fields_.push_back({field, key});
    connect(&field->edit(), &QLineEdit::returnPressed, this,
            [this, field] { enterPressed(field); });
    return field;
}

void LoginStep::removeField(TextField* field) {
    fields_.removeIf([field](const Field& one) { return one.field == field; });
}

void LoginStep::addButtons(const QString& next, const char* nextName) {
    column_->addSpacing(8);
    problem_ = new InlineBanner(theme_, InlineBanner::Tone::Warning, icons::kStateWarning, this);
    problem_->setObjectName(QStringLiteral("stepProblem"));
    problem_->hide();
    column_->addWidget(problem_);
    column_->addSpacing(8);
    next_ = new Button(theme_, ButtonKind::Primary, next, this);
    next_->setSize(ButtonSize::Login);
    next_->setKeyCap(QStringLiteral("↵"));
    next_->setObjectName(QString::fromLatin1(nextName));
    next_->setAutoDefault(true);  // Enter presses it, too
    column_->addWidget(next_);
    column_->addSpacing(8);
    back_ = new Button(theme_, ButtonKind::Secondary, tr("Back"), this);
    back_->setSize(ButtonSize::Login);
    back_->setKeyCap(tr("Esc"));
    back_->setObjectName(QStringLiteral("stepBack"));
    back_->setAutoDefault(true);
    column_->addWidget(back_);
    connect(next_, &QAbstractButton::clicked, this, &LoginStep::nextRequested);
    connect(back_, &QAbstractButton::clicked, this, &LoginStep::backRequested);
}

void LoginStep::enterPressed(TextField* field) {
    for (qsizetype i = 0; i < fields_.size(); ++i) {
        if (fields_.at(i).field != field) {
            continue;
        }
        for (qsizetype later = i + 1; later < fields_.size(); ++later) {
            if (fields_.at(later).field->isVisible()) {
                fields_.at(later).field->edit().setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
    Q_EMIT nextRequested();
}

void LoginStep::setErrors(const QMap<QString, QString>& errors) {
    QString wrong;
    TextField* first = nullptr;
    for (const Field& one : fields_) {
        const QString sentence = errors.value(one.key);
        one.field->setError(sentence);
        if (!sentence.isEmpty()) {
            wrong += one.key + QLatin1Char('\n');
            first = first == nullptr && one.field->isVisible() ? one.field : first;
        }
    }
    // Once: the same errors told again must not move the cursor.
    if (first != nullptr && wrong != wrong_) {
        first->edit().setFocus(Qt::TabFocusReason);
    }
    wrong_ = wrong;
    if (problem_ != nullptr) {
        problem_->setText({}, errors.value(QString()));
        problem_->setVisible(!errors.value(QString()).isEmpty());
    }
}

void LoginStep::setBusy(bool busy) {
    if (next_ != nullptr) {
        next_->setBusy(busy);
    }
}

void LoginStep::focusFirst() {
    for (const Field& one : fields_) {
        if (one.field->isVisible() && one.field->text().isEmpty()) {
            one.field->edit().setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    if (!fields_.isEmpty()) {
        fields_.constFirst().field->edit().setFocus(Qt::OtherFocusReason);
    }
}

void LoginStep::clear() {
    for (const Field& one : fields_) {
        one.field->edit().clear();
        one.field->setError({});
    }
}

void LoginStep::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    focusFirst();
}

}  // namespace vorfahrt::client::ui
