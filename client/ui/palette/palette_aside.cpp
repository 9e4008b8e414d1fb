// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/palette/palette_aside.h"

#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/focus_ring.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kLabelWidth = 84;

// Picture, words and the key at the right.
class ActionButton final : public QAbstractButton {
public:
    ActionButton(const Theme& theme, const PaletteAction& action, int number, QWidget* parent)
        : QAbstractButton(parent),
          theme_(theme),
          icon_(action.icon),
          cap_(PaletteAside::tr("Alt %1").arg(number)) {
        setText(action.text);
        setObjectName(QStringLiteral("searchAction%1").arg(number));
        setAccessibleName(action.text);
        setToolTip(QStringLiteral("%1 (Alt+%2)").arg(action.text).arg(number));
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        followTheme(*this, theme);
    }
    QSize sizeHint() const override {
        return {theme_.px(220), theme_.px(size::kControl) + theme_.px(2)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const Role ground = isDown()       ? Role::RowPressed
                            : underMouse() ? Role::RowHover
                                           : Role::Surface;
        paint.box(rect(), ground, Role::BorderHairline, theme_.px(radius::kControl));
        const qreal middle = height() / 2.0;
        paint.icon(icon_, QPointF(theme_.px(20), middle), iconsize::kDefault, Role::TextSecondary);
        qreal right = width() - theme_.px(space::kS5);
        if (theme_.keyCapsVisible()) {
            const QSize cap = keyCapSize(theme_, cap_);
            right -= cap.width();
            paintKeyCap(
                paint,
                QRectF(right, std::round(middle - cap.height() / 2.0), cap.width(), cap.height()),
                cap_, KeyCapGround::Surface);
        }
        const qreal left = theme_.px(38);
        paint.text(QRectF(left, 0, right - left - theme_.px(space::kS3), height()), text(),
                   TextStyle::BodyMedium, Role::TextPrimary);
        if (ring_->visible()) {
            paint.focusRing(rect(), theme_.px(radius::kControl));
        }
    }
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            click();
            return;
        }
        // Arrows are the column's.
        if (event->key() == Qt::Key_Space) {
            QAbstractButton::keyPressEvent(event);
        } else {
            event->ignore();
        }
    }

private:
    const Theme& theme_;
    Icon icon_;
    QString cap_;
    FocusRing* ring_ = new FocusRing(this);
};

class Rule final : public QWidget {
public:
    Rule(const Theme& theme, QWidget* parent)
        : QWidget(parent),
          theme_(theme) {
        setFixedHeight(1);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_).hairline(QPointF(0, 0), QPointF(width(), 0));
    }

private:
    const Theme& theme_;
};

// A step with its picture: the diamond is what is next.
class StepLine final : public QWidget {
public:
    StepLine(const Theme& theme, const viewmodel::SearchPreview::Step& step, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          next_(step.next) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(theme.px(24), 2, 0, 2);
        row->addWidget(new ElidedLabel(
            theme,
            step.due.isEmpty() ? step.text : QStringLiteral("%1, %2").arg(step.text, step.due),
            TextStyle::Body, Role::TextPrimary, this));
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const QPointF centre(theme_.px(9), height() / 2.0);
        if (next_) {
            paint.diamond(centre, theme_.px(9), false);
        } else {
            paint.icon(icons::kNavLeads, centre, iconsize::kDefault, Role::TextSecondary);
        }
    }

private:
    const Theme& theme_;
    bool next_;
};

}  // namespace

PaletteAside::PaletteAside(const Theme& theme, viewmodel::SearchPreview& preview, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      preview_(preview),
      about_(new QVBoxLayout),
      actionColumn_(new QVBoxLayout) {
    setObjectName(QStringLiteral("searchAside"));
    setAccessibleName(tr("About the chosen line"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 18, 18, 18);
    column->setSpacing(12);
    about_->setSpacing(4);
    actionColumn_->setSpacing(6);
    column->addLayout(about_);
    column->addLayout(actionColumn_);
    column->addStretch();
    connect(&preview, &viewmodel::SearchPreview::changed, this, &PaletteAside::fillAbout);
    connect(&theme, &Theme::changed, this, [this] {
        fillAbout();
        fillActions();
    });
}

void PaletteAside::fillAbout() {
    clearLayout(*about_);
    if (preview_.isEmpty()) {
        return;
    }
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    if (preview_.isCustomer()) {
        head->addWidget(new Avatar(theme_, preview_.title(), size::kAvatarLarge, this), 0,
                        Qt::AlignTop);
    }
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(
        new ElidedLabel(theme_, preview_.title(), TextStyle::CardTitle, Role::TextPrimary, this));
    names->addWidget(
        new ElidedLabel(theme_, preview_.about(), TextStyle::Body, Role::TextSecondary, this));
    head->addLayout(names, 1);
    about_->addLayout(head);
    about_->addSpacing(8);
    for (const auto& fact : preview_.facts()) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        auto* label =
            new ElidedLabel(theme_, fact.label, TextStyle::Body, Role::TextSecondary, this);
        label->setFixedWidth(theme_.px(kLabelWidth));
        row->addWidget(label);
        row->addWidget(
            new ElidedLabel(theme_, fact.value, TextStyle::Body, Role::TextPrimary, this), 1);
        about_->addLayout(row);
    }
    if (!preview_.plates().isEmpty()) {
        auto* plates = new QHBoxLayout;
        plates->setContentsMargins(0, 4, 0, 4);
        plates->setSpacing(6);
        // Two fit beside each other in every width of the column.
        for (const QString& plate : preview_.plates().mid(0, 2)) {
            plates->addWidget(new PlateLabel(theme_, plate, this));
        }
        plates->addStretch();
        about_->addLayout(plates);
    }
    if (!preview_.open().isEmpty()) {
        about_->addSpacing(8);
        about_->addWidget(new Rule(theme_, this));
        about_->addSpacing(8);
        about_->addWidget(
            new Label(theme_, tr("Open"), TextStyle::MetaStrong, Role::TextSecondary, this));
        for (const auto& step : preview_.open()) {
            about_->addWidget(new StepLine(theme_, step, this));
        }
    }
}

void PaletteAside::setActions(const QList<PaletteAction>& actions) {
    if (actions_ != actions.mid(0, kMaxActions)) {
        actions_ = actions.mid(0, kMaxActions);
        fillActions();
    }
}

void PaletteAside::fillActions() {
    clearLayout(*actionColumn_);
    buttons_.clear();
    if (actions_.isEmpty()) {
        return;
    }
    actionColumn_->addWidget(new Rule(theme_, this));
    actionColumn_->addSpacing(4);
    actionColumn_->addWidget(
        new Label(theme_, tr("Actions"), TextStyle::MetaStrong, Role::TextSecondary, this));
    int number = 0;
    for (const PaletteAction& action : actions_) {
        auto* button = new ActionButton(theme_, action, ++number, this);
        connect(button, &QAbstractButton::clicked, this,
                [this, id = action.id] { Q_EMIT triggered(id); });
        actionColumn_->addWidget(button);
        buttons_.append(button);
    }
}

void PaletteAside::focusFirst() {
    if (!buttons_.isEmpty()) {
        buttons_.first()->setFocus(Qt::TabFocusReason);
    }
}

bool PaletteAside::hasFocusInside() const {
    return focusWidget() != nullptr && focusWidget()->hasFocus();
}

void PaletteAside::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    for (qsizetype i = 0; by != 0 && i < buttons_.size(); ++i) {
        if (buttons_[i]->hasFocus()) {
            const qsizetype next = std::clamp<qsizetype>(i + by, 0, buttons_.size() - 1);
            buttons_[next]->setFocus(Qt::TabFocusReason);
            return;
        }
    }
    event->ignore();
}

void PaletteAside::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::Window);
    paint.hairline(QPointF(0, 0), QPointF(0, height()));
}

}  // namespace vorfahrt::client::ui
