// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/steps.h"

#include "client/ui/widgets/button.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>

namespace vorfahrt::client::ui {
namespace {

constexpr int kStageHeight = 26;
constexpr int kStageGap = 3;
constexpr int kNextHeight = 54;

}  // namespace

StageBar::StageBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

void StageBar::setStages(std::vector<Stage> stages) {
    stages_ = std::move(stages);
    describe();
    update();
}

void StageBar::describe() {
    for (const Stage& stage : stages_) {
        if (stage.state == State::Current) {
            setAccessibleName(tr("Stage: %1").arg(stage.name));
        }
    }
    if (focused_ < static_cast<int>(stages_.size())) {
        setAccessibleDescription(stages_[static_cast<std::size_t>(focused_)].name);
    }
}

QSize StageBar::sizeHint() const {
    return {theme_.px(560), theme_.px(kStageHeight)};
}

QSize StageBar::minimumSizeHint() const {
    return {theme_.px(240), theme_.px(kStageHeight)};
}

QRectF StageBar::cell(int index) const {
    const qreal gap = theme_.px(kStageGap);
    const auto count = static_cast<qreal>(stages_.size());
    const qreal width = (this->width() - gap * (count - 1)) / count;
    return {std::round(index * (width + gap)), 0, std::round(width), qreal(height())};
}

int StageBar::stageAt(const QPointF& at) const {
    for (int i = 0; i < static_cast<int>(stages_.size()); ++i) {
        if (cell(i).contains(at)) {
            return i;
        }
    }
    return -1;
}

void StageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const int last = static_cast<int>(stages_.size()) - 1;
    const qreal corner = theme_.px(radius::kControl);
    QPainterPath outline;
    outline.addRoundedRect(rect(), corner, corner);
    for (int i = 0; i <= last; ++i) {
        const Stage& stage = stages_[static_cast<std::size_t>(i)];
        const QRectF box = cell(i);
        // Only the two ends are round.
        painter.save();
        painter.setClipPath(outline);
        const bool hover = i == hovered_ && stage.state != State::Current;
        if (stage.state == State::Open) {
            paint.box(box, hover ? Role::RowHover : Role::SurfaceSunken, Role::BorderHairline,
                      i == last ? corner : 1);
            if (i == last) {
                paint.fill(QRectF(box.left() + 1, 1, corner, height() - 2),
                           hover ? Role::RowHover : Role::SurfaceSunken);
            }
        } else {
            paint.fill(box, stage.state == State::Current ? Role::AccentFill : Role::AccentSoft);
        }
        painter.restore();
        const Role ink = stage.state == State::Current ? Role::OnAccent
                         : stage.state == State::Done  ? Role::AccentText
                                                       : Role::TextMuted;
        const TextStyle style =
            stage.state == State::Current ? TextStyle::MetaStrong : TextStyle::MetaMedium;
        qreal content = theme_.textWidth(style, stage.name);
        const qreal mark = theme_.px(iconsize::kInline) + theme_.px(space::kS3);
        const bool check = stage.state == State::Done && content + mark < box.width() - 8;
        content += check ? mark : 0;
        qreal x = std::max(box.left() + 4, box.center().x() - content / 2);
        if (check) {
            paint.icon(icons::kActionDone,
                       QPointF(x + theme_.px(iconsize::kInline) / 2.0, box.center().y()),
                       iconsize::kInline, ink);
            x += mark;
        }
        paint.text(QRectF(x, 0, box.right() - x - 2, height()), stage.name, style, ink);
        if (hasFocus() && i == focused_) {
            paint.focusRing(box, theme_.px(radius::kChip));
        }
    }
}

void StageBar::mouseMoveEvent(QMouseEvent* event) {
    const int at = stageAt(event->position());
    if (at != hovered_) {
        hovered_ = at;
        setToolTip(at >= 0 ? stages_[static_cast<std::size_t>(at)].name : QString());
        update();
    }
}

void StageBar::leaveEvent(QEvent*) {
    hovered_ = -1;
    update();
}

void StageBar::mouseReleaseEvent(QMouseEvent* event) {
    const int at = stageAt(event->position());
    if (event->button() == Qt::LeftButton) {
        press(at);
    }
}

void StageBar::press(int index) {
    if (isEnabled() && index >= 0 && index < static_cast<int>(stages_.size())) {
        Q_EMIT stageChosen(index);
    }
}

void StageBar::moveFocus(int index) {
    focused_ = std::clamp(index, 0, std::max(0, static_cast<int>(stages_.size()) - 1));
    describe();
    update();
    QAccessibleEvent moved(this, QAccessible::Focus);
    moved.setChild(focused_);
    QAccessible::updateAccessibility(&moved);
}

void StageBar::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(stages_.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Left: moveFocus(focused_ - 1); break;
        case Qt::Key_Right: moveFocus(focused_ + 1); break;
        case Qt::Key_Home: moveFocus(0); break;
        case Qt::Key_End: moveFocus(last); break;
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter: press(focused_); break;
        default: QWidget::keyPressEvent(event); break;
    }
}

void StageBar::focusInEvent(QFocusEvent* event) {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        if (stages_[i].state == State::Current) {
            focused_ = static_cast<int>(i);
        }
    }
    describe();
    QWidget::focusInEvent(event);
}

NextStepBar::NextStepBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      snooze_(new Button(theme, ButtonKind::Secondary, tr("Snooze"), this)),
      done_(new Button(theme, ButtonKind::Secondary, tr("Done"), this)) {
    snooze_->setSize(ButtonSize::Small);
    snooze_->setSymbol(icons::kActionSnooze);
    done_->setSize(ButtonSize::Small);
    done_->setSymbol(icons::kActionDone);
    done_->setKeyCap(QStringLiteral("E"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 11, 0);
    row->setSpacing(12);
    row->addStretch();
    row->addWidget(snooze_);
    row->addWidget(done_);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
    connect(snooze_, &QAbstractButton::clicked, this, &NextStepBar::snoozeRequested);
    connect(done_, &QAbstractButton::clicked, this, &NextStepBar::doneRequested);
    clear();
}

void NextStepBar::setStep(const Step& step) {
    step_ = step;
    setAccessibleName(step.what + QLatin1Char(' ') + step.when + QStringLiteral(". ") +
                      step.detail);
    setVisible(true);
    update();
}

void NextStepBar::clear() {
    setVisible(false);
}

QSize NextStepBar::sizeHint() const {
    return {theme_.px(480), theme_.px(kNextHeight)};
}

void NextStepBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.box(rect(), Role::WarningSoft, Role::WarningBorder, theme_.px(radius::kCard));
    paint.diamond(QPointF(theme_.px(21), height() / 2.0), theme_.px(11), false);
    const qreal left = theme_.px(41);
    const qreal end = snooze_->x() - theme_.px(space::kS4);
    const qreal top = height() / 2.0 - theme_.px(17);
    QRectF first(left, top, end - left, theme_.line(TextStyle::Body));
    // The time is never cut.
    const qreal time = theme_.textWidth(TextStyle::Body, step_.when) + theme_.px(space::kS2) + 1;
    const qreal drawn = paint.text(first.adjusted(0, 0, -time, 0), step_.what,
                                   TextStyle::BodyStrong, Role::TextPrimary);
    first.setLeft(left + drawn + theme_.px(space::kS2));
    paint.text(first, step_.when, TextStyle::Body, Role::TextPrimary);
    paint.text(QRectF(left, first.bottom(), end - left, theme_.line(TextStyle::Meta)), step_.detail,
               TextStyle::Meta, Role::TextSecondary);
}

}  // namespace vorfahrt::client::ui
