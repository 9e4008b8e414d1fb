// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/navigation_rail.h"

#include "client/ui/widgets/focus_ring.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"

#include <QHBoxLayout>
#include <QKeyEvent>

namespace vorfahrt::client::ui {

class NavigationRail::Entry final : public QAbstractButton {
public:
    Entry(const Theme& theme, RailEntry entry, NavigationRail* rail)
        : QAbstractButton(rail),
          theme_(theme),
          entry_(std::move(entry)),
          rail_(rail) {
        setText(entry_.text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        followTheme(*this, theme);
        describe();
    }

    const RailEntry& entry() const { return entry_; }

    void setCount(std::optional<int> count) {
        count_ = count;
        describe();
        update();
    }

    void describe() {
        setAccessibleName(
            count_ ? NavigationRail::tr("%1, %n entries", nullptr, *count_).arg(entry_.text)
                   : entry_.text);
        QString tip = entry_.text;
        if (!entry_.key.isEmpty()) {
            tip += QStringLiteral(" (%1)").arg(entry_.key);
        }
        setToolTip(rail_->isCollapsed() ? tip : QString());
    }

    QSize sizeHint() const override {
        return {theme_.px(size::kHitMin),
                theme_.px(entry_.dot ? size::kRailView : size::kRailItem)};
    }

protected:
    void nextCheckState() override {}

    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const bool on = isChecked();
        const qreal corner = theme_.px(radius::kControl);
        if (on) {
            paint.box(rect(), Role::Surface, Role::BorderHairline, corner);
        } else if (underMouse()) {
            paint.box(rect(), Role::RowHover, corner);
        }
        if (rail_->isCollapsed()) {
            paintCollapsed(paint, on);
        } else {
            paintWide(paint, on);
        }
        if (ring_->visible()) {
            paint.focusRing(rect(), corner);
        }
    }

private:
    void paintMark(ThemePainter& paint, const QPointF& centre, int side, bool on) const {
        if (entry_.dot) {
            const qreal dot = theme_.px(8);
            paint.box(QRectF(centre.x() - dot / 2, centre.y() - dot / 2, dot, dot), *entry_.dot,
                      dot / 2);
        } else if (entry_.icon) {
            paint.icon(*entry_.icon, centre, side, on ? Role::AccentText : Role::TextSecondary);
        }
    }

    void paintCollapsed(ThemePainter& paint, bool on) const {
        paintMark(paint, QRectF(rect()).center(), iconsize::kNavCollapsed, on);
        if (count_.value_or(0) > 0) {
            const QString text = *count_ > 99 ? QStringLiteral("99+") : QString::number(*count_);
            const qreal wide =
                std::max<qreal>(theme_.px(15), theme_.textWidth(TextStyle::Badge, text) + 8);
            const QRectF badge(width() - wide - 1, 0, wide, theme_.px(15));
            paint.box(badge, Role::AccentFill, badge.height() / 2);
            paint.text(badge, text, TextStyle::Badge, Role::OnAccent, Qt::AlignCenter);
        }
    }

    void paintWide(ThemePainter& paint, bool on) const {
        const qreal middle = height() / 2.0;
        paintMark(paint, QPointF(theme_.px(19), middle), iconsize::kNav, on);
        qreal right = width() - theme_.px(10);
        if (!entry_.key.isEmpty() && theme_.keyCapsVisible() && !count_ && rail_->showsKey(*this)) {
            const QSize cap = keyCapSize(theme_, entry_.key);
            right -= cap.width();
            paintKeyCap(
                paint,
                QRectF(right, std::round(middle - cap.height() / 2.0), cap.width(), cap.height()),
                entry_.key, KeyCapGround::Surface);
        }
        if (count_) {
            const QString text = QString::number(*count_);
            right -= theme_.textWidth(TextStyle::MetaStrong, text);
            paint.text(QRectF(right, 0, width(), height()), text,
                       on ? TextStyle::MetaStrong : TextStyle::Meta,
                       on ? Role::AccentText : Role::TextSecondary);
        }
        const qreal left = theme_.px(entry_.dot ? 36 : 38);
        paint.text(QRectF(left, 0, right - left - theme_.px(space::kS2), height()), entry_.text,
                   on ? TextStyle::BodyStrong : TextStyle::BodyMedium,
                   on ? Role::TextPrimary : Role::TextSecondary);
    }

    const Theme& theme_;
    RailEntry entry_;
    NavigationRail* rail_;
    FocusRing* ring_ = new FocusRing(this);
    std::optional<int> count_;
};

NavigationRail::NavigationRail(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      column_(new QVBoxLayout(this)),
      brand_(new BrandMark(theme, true, Role::TextPrimary, this)) {
    setAccessibleName(tr("Workspaces"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    column_->setContentsMargins(8, 13, 9, 8);
    column_->setSpacing(2);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(6, 0, 0, 18);
    top->addWidget(brand_);
    top->addStretch();
    column_->addLayout(top);
    followTheme(*this, theme);
}

void NavigationRail::addEntry(const RailEntry& entry) {
    auto* button = new Entry(theme_, entry, this);
    entries_.push_back(button);
    column_->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, id = entry.id] { Q_EMIT chosen(id); });
}

void NavigationRail::addHeading(const QString& text) {
    auto* label = new Label(theme_, text, TextStyle::MetaMedium, Role::TextSecondary, this);
    label->setContentsMargins(10, 14, 0, 6);
    headings_.push_back(label);
    column_->addWidget(label);
}

void NavigationRail::addFoot() {
    column_->addStretch();
}

NavigationRail::Entry* NavigationRail::find(const QString& id) const {
    for (Entry* entry : entries_) {
        if (entry->entry().id == id) {
            return entry;
        }
    }
    return nullptr;
}

bool NavigationRail::showsKey(const Entry& entry) const {
    // Only the help entry earns its cap: the two-key paths of the workspaces are in the tooltips.
    return entry.entry().key.size() <= 2;
}

void NavigationRail::setCount(const QString& id, std::optional<int> count) {
    if (Entry* entry = find(id)) {
        entry->setCount(count);
    }
}

void NavigationRail::setCurrent(const QString& id) {
    for (Entry* entry : entries_) {
        entry->setChecked(entry->entry().id == id);
    }
}

QString NavigationRail::current() const {
    for (Entry* entry : entries_) {
        if (entry->isChecked()) {
            return entry->entry().id;
        }
    }
    return {};
}

void NavigationRail::setCollapsed(bool collapsed) {
    collapsed_ = collapsed;
    brand_->setNameVisible(!collapsed);
    for (QWidget* heading : headings_) {
        heading->setVisible(!collapsed);
    }
    for (Entry* entry : entries_) {
        entry->describe();
    }
    updateGeometry();
    update();
}

QSize NavigationRail::sizeHint() const {
    return {theme_.px(collapsed_ ? size::kRailCollapsed : size::kRailExpanded), theme_.px(480)};
}

void NavigationRail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.fill(rect(), Role::Rail);
    paint.hairline(QPointF(width() - 1, 0), QPointF(width() - 1, height()));
}

void NavigationRail::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    for (std::size_t i = 0; step != 0 && i < entries_.size(); ++i) {
        if (entries_[i]->hasFocus()) {
            const std::size_t count = entries_.size();
            entries_[(i + count + static_cast<std::size_t>(step)) % count]->setFocus(
                Qt::TabFocusReason);
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

}  // namespace vorfahrt::client::ui
