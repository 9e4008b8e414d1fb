// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/key_editor.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

bool isModifier(int key) {
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt ||
           key == Qt::Key_AltGr || key == Qt::Key_Meta || key == Qt::Key_CapsLock ||
           key == Qt::Key_unknown || key == 0;
}

}  // namespace

KeyField::KeyField(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setObjectName(QStringLiteral("keyField"));
    setAccessibleName(tr("New key"));
    setFocusPolicy(Qt::StrongFocus);
    // The registry leaves all keys to it.
    setProperty("takesKeys", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize KeyField::sizeHint() const {
    return {theme_.px(180), theme_.px(size::kControl)};
}

bool KeyField::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void KeyField::keyPressEvent(QKeyEvent* event) {
    event->accept();
    if (isModifier(event->key())) {
        return;
    }
    // The keypad is no other key.
    const QKeyCombination chord(event->modifiers() & ~Qt::KeypadModifier,
                                static_cast<Qt::Key>(event->key()));
    if (chord == QKeyCombination(Qt::Key_Return) || chord == QKeyCombination(Qt::Key_Enter)) {
        Q_EMIT accepted();
        return;
    }
    if (chord == QKeyCombination(Qt::Key_Escape)) {
        Q_EMIT cancelled();
        return;
    }
    const bool second = key_.count() == 1 && key_[0] == QKeyCombination(Qt::Key_G);
    key_ = second ? QKeySequence(key_[0], chord) : QKeySequence(chord);
    setAccessibleDescription(ActionRegistry::keyText(key_));
    update();
    Q_EMIT keyChanged();
}

void KeyField::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.box(rect(), Role::Surface, hasFocus() ? Role::FocusRing : Role::BorderControl,
              theme_.px(radius::kControl), hasFocus() ? stroke::kFocus : 1);
    qreal x = theme_.px(space::kS5);
    if (key_.isEmpty()) {
        paint.text(QRectF(x, 0, width() - 2 * x, height()), tr("Press the new key"),
                   TextStyle::Body, Role::TextMuted);
        return;
    }
    for (const QString& cap : ActionRegistry::capText(ActionRegistry::keyText(key_))
                                  .split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QSize wanted = keyCapSize(theme_, cap);
        paintKeyCap(paint,
                    QRectF(x, std::round((height() - wanted.height()) / 2.0), wanted.width(),
                           wanted.height()),
                    cap, KeyCapGround::Surface);
        x += wanted.width() + theme_.px(space::kS2);
    }
}

KeyEditor::KeyEditor(const Theme& theme, ActionRegistry& actions, const QString& id,
                     QWidget* parent)
    : QWidget(parent),
      actions_(actions),
      id_(id),
      field_(new KeyField(theme, this)),
      problem_(new Label(theme, QString(), TextStyle::Meta, Role::DangerText, this)) {
    setObjectName(QStringLiteral("keyEditor"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 8);
    column->setSpacing(6);
    column->addWidget(field_);
    problem_->setObjectName(QStringLiteral("keyProblem"));
    problem_->setWordWrap(true);
    column->addWidget(problem_);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    const auto add = [&](ButtonKind kind, const QString& text, const char* name) {
        auto* button = new Button(theme, kind, text, this);
        button->setSize(ButtonSize::Small);
        button->setObjectName(QString::fromLatin1(name));
        row->addWidget(button);
        return button;
    };
    connect(add(ButtonKind::Primary, tr("Take over"), "keySave"), &QAbstractButton::clicked, this,
            &KeyEditor::save);
    connect(add(ButtonKind::Secondary, tr("First key"), "keyReset"), &QAbstractButton::clicked,
            this, [this] {
                actions_.resetKey(id_);
                Q_EMIT finished();
            });
    connect(add(ButtonKind::Quiet, tr("Cancel"), "keyCancel"), &QAbstractButton::clicked, this,
            &KeyEditor::finished);
    row->addStretch();
    column->addLayout(row);
    problem_->hide();
    connect(field_, &KeyField::keyChanged, this, &KeyEditor::check);
    connect(field_, &KeyField::accepted, this, &KeyEditor::save);
    connect(field_, &KeyField::cancelled, this, &KeyEditor::finished);
}

void KeyEditor::check() {
    // After G a second key follows.
    const QKeySequence& key = field_->key();
    const bool half = key.count() == 1 && key[0] == QKeyCombination(Qt::Key_G);
    const QString problem = half ? QString() : actions_.keyProblem(id_, key);
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    field_->setAccessibleDescription(ActionRegistry::keyText(key) + QLatin1Char(' ') + problem);
}

void KeyEditor::save() {
    const QString problem = actions_.setKey(id_, field_->key());
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    if (problem.isEmpty()) {
        Q_EMIT finished();
    } else {
        field_->setFocus(Qt::OtherFocusReason);
    }
}

}  // namespace vorfahrt::client::ui
