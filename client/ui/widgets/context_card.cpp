// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/context_card.h"

#include "client/ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

class Picture final : public QWidget {
public:
    Picture(const Theme& theme, Icon icon, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          icon_(icon) {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        followTheme(*this, theme);
    }
    QSize sizeHint() const override {
        return {theme_.px(iconsize::kDefault), theme_.px(iconsize::kDefault)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .icon(icon_, QRectF(rect()).center(), iconsize::kDefault, Role::TextSecondary);
    }

private:
    const Theme& theme_;
    Icon icon_;
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

}  // namespace

class SplitterRule final : public QSplitterHandle {
public:
    SplitterRule(Qt::Orientation orientation, Splitter* splitter)
        : QSplitterHandle(orientation, splitter),
          splitter_(splitter) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, splitter_->theme_);
        if (orientation() == Qt::Horizontal) {
            paint.fill(QRectF(0, 0, width(), height()), Role::Surface);
            const qreal x = std::floor(width() / 2.0);
            paint.hairline(QPointF(x, 0), QPointF(x, height()));
        } else {
            const qreal y = std::floor(height() / 2.0);
            paint.hairline(QPointF(0, y), QPointF(width(), y));
        }
    }
    void mouseDoubleClickEvent(QMouseEvent*) override {
        if (!splitter_->resetSizes_.isEmpty()) {
            splitter_->setSizes(splitter_->resetSizes_);
            Q_EMIT splitter_->widthsChosen({});
        }
    }

private:
    Splitter* splitter_;
};

LinkButton::LinkButton(const Theme& theme, const QString& text, QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme) {
    setText(text);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize LinkButton::sizeHint() const {
    return {static_cast<int>(std::ceil(theme_.textWidth(TextStyle::MetaMedium, text()))) + 1,
            theme_.px(size::kHitMin)};
}

void LinkButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.text(rect(), text(), TextStyle::MetaMedium, Role::AccentText);
    if (underMouse()) {
        const qreal y = height() / 2.0 + theme_.px(7);
        paint.hairline(QPointF(0, y), QPointF(width(), y), Role::AccentText);
    }
    if (ring_->visible()) {
        paint.focusRing(rect(), theme_.px(radius::kChip));
    }
}

ContextCard::ContextCard(const Theme& theme, std::optional<Icon> icon, const QString& title,
                         QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      count_(new Label(theme, QString(), TextStyle::Body, Role::TextMuted, this)),
      link_(new LinkButton(theme, QString(), this)),
      body_(new QVBoxLayout) {
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(15, 10, 15, 14);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    if (icon) {
        head->addWidget(new Picture(theme, *icon, this));
    }
    auto* name = new ElidedLabel(theme, title, TextStyle::BodyStrong, Role::TextPrimary, this);
    name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    head->addWidget(name);
    head->addWidget(count_);
    head->addStretch();
    head->addWidget(link_);
    column->addLayout(head);
    body_->setSpacing(4);
    column->addLayout(body_);
    link_->hide();
    followTheme(*this, theme);
    connect(link_, &QAbstractButton::clicked, this, &ContextCard::linkTriggered);
}

void ContextCard::setCount(std::optional<int> count) {
    count_->setText(count ? QString::number(*count) : QString());
}

void ContextCard::setLink(const QString& text) {
    link_->setText(text);
    link_->setVisible(!text.isEmpty());
    link_->updateGeometry();
}

Label* ContextCard::addLine(Icon icon, const QString& text, const QString& remark) {
    Label* said = nullptr;
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->setContentsMargins(0, 2, 0, 2);
    row->addWidget(new Picture(theme_, icon, this));
    row->addWidget(new ElidedLabel(theme_, text, TextStyle::Body, Role::TextPrimary, this), 1);
    if (!remark.isEmpty()) {
        said = new Label(theme_, remark, TextStyle::Meta, Role::TextMuted, this);
        row->addWidget(said);
    }
    body_->addLayout(row);
    return said;
}

void ContextCard::addRule() {
    body_->addSpacing(4);
    body_->addWidget(new Rule(theme_, this));
    body_->addSpacing(4);
}

void ContextCard::setEmpty(const QString& text) {
    body_->addWidget(new Label(theme_, text, TextStyle::Meta, Role::TextMuted, this));
}

void ContextCard::setAlert() {
    alert_ = true;
    update();
}

void ContextCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const qreal corner = theme_.px(radius::kCard);
    paint.box(rect(), Role::Surface, Role::BorderHairline, corner);
    if (alert_) {
        painter.setClipRect(QRectF(0, 0, stroke::kAttentionBar, height()));
        paint.box(rect(), Role::DangerFill, corner);
    }
}

Splitter::Splitter(const Theme& theme, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent),
      theme_(theme) {
    setChildrenCollapsible(false);
    setHandleWidth(5);
    connect(this, &QSplitter::splitterMoved, this, [this] { Q_EMIT widthsChosen(sizes()); });
}

QSplitterHandle* Splitter::createHandle() {
    return new SplitterRule(orientation(), this);
}

}  // namespace vorfahrt::client::ui
