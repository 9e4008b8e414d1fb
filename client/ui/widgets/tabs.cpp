// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/tabs.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/menu.h"

#include <QHBoxLayout>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kMoreWidth = 36;

// A choice of the segmented control.
class Segment final : public QAbstractButton {
public:
    Segment(const Theme& theme, const QString& text, QWidget* parent)
        : QAbstractButton(parent),
          theme_(theme) {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        followTheme(*this, theme);
    }

    QSize sizeHint() const override {
        return {static_cast<int>(std::ceil(theme_.textWidth(TextStyle::BodyMedium, text()))) +
                    2 * theme_.px(space::kS6),
                theme_.px(size::kControlSmall)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const qreal corner = theme_.px(radius::kControl) - 1;
        const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
        if (isChecked()) {
            paint.box(box, Role::AccentFill, corner);
        } else if (underMouse()) {
            paint.box(box, Role::RowHover, corner);
        }
        paint.text(rect(), text(), TextStyle::BodyMedium,
                   isChecked() ? Role::OnAccent : Role::TextSecondary, Qt::AlignCenter);
        if (ring_->visible()) {
            paint.focusRing(rect(), corner + 1);
        }
    }

private:
    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
};

}  // namespace

ViewTabs::ViewTabs(const Theme& theme, QWidget* parent)
    : QTabBar(parent),
      theme_(theme),
      more_(new IconButton(theme, icons::kActionMore, tr("More views"), this)) {
    setMovable(true);
    setUsesScrollButtons(false);
    setDrawBase(false);
    setExpanding(false);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Saved views"));
    followTheme(*this, theme);
    connect(more_, &QAbstractButton::clicked, this, &ViewTabs::showMenu);
    connect(this, &QTabBar::currentChanged, this, &ViewTabs::fit);
}

int ViewTabs::addView(const QString& name, std::optional<int> count) {
    const int index = addTab(name);
    setCount(index, count);
    return index;
}

void ViewTabs::setCount(int index, std::optional<int> count) {
    setTabData(index, count ? QVariant(*count) : QVariant());
    setAccessibleTabName(
        index, count ? tr("%1, %n entries", nullptr, *count).arg(tabText(index)) : tabText(index));
    fit();
    update();
}

QSize ViewTabs::tabSizeHint(int index) const {
    qreal width = theme_.textWidth(TextStyle::BodyStrong, tabText(index));
    if (tabData(index).isValid()) {
        width += theme_.px(space::kS3) +
                 theme_.textWidth(TextStyle::Meta, QString::number(tabData(index).toInt()));
    }
    return {static_cast<int>(std::ceil(width)) + 2 * theme_.px(space::kS5), theme_.px(size::kTab)};
}

QSize ViewTabs::sizeHint() const {
    return {theme_.px(320), theme_.px(size::kTab)};
}

QSize ViewTabs::minimumSizeHint() const {
    return {theme_.px(160), theme_.px(size::kTab)};
}

void ViewTabs::fit() {
    if (fitting_) {
        return;
    }
    fitting_ = true;
    int needed = 0;
    for (int i = 0; i < count(); ++i) {
        needed += tabSizeHint(i).width();
    }
    const bool overflow = needed > width();
    int room = width() - (overflow ? theme_.px(kMoreWidth) : 0);
    // The current view always stays in sight; the others fill up from the left.
    if (overflow && currentIndex() >= 0) {
        room -= tabSizeHint(currentIndex()).width();
    }
    for (int i = 0; i < count(); ++i) {
        bool visible = true;
        if (overflow && i != currentIndex()) {
            room -= tabSizeHint(i).width();
            visible = room >= 0;
        }
        setTabVisible(i, visible);
    }
    more_->setVisible(overflow);
    int right = 0;
    for (int i = 0; i < count(); ++i) {
        if (isTabVisible(i)) {
            right = std::max(right, tabRect(i).right() + 1);
        }
    }
    more_->setGeometry(right + theme_.px(space::kS2), theme_.px(1), theme_.px(size::kControl),
                       theme_.px(size::kControl));
    fitting_ = false;
}

void ViewTabs::showMenu() {
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 0; i < count(); ++i) {
        if (!isTabVisible(i)) {
            QAction* action = menu->addAction(accessibleTabName(i));
            connect(action, &QAction::triggered, this, [this, i] { setCurrentIndex(i); });
        }
    }
    menu->openAt(*more_, Qt::LeftEdge);
}

void ViewTabs::resizeEvent(QResizeEvent* event) {
    QTabBar::resizeEvent(event);
    fit();
}

void ViewTabs::tabLayoutChange() {
    fit();
}

void ViewTabs::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.hairline(QPointF(0, height() - 1), QPointF(width(), height() - 1));
    for (int i = 0; i < count(); ++i) {
        if (!isTabVisible(i)) {
            continue;
        }
        const QRectF tab = tabRect(i);
        const bool current = i == currentIndex();
        QRectF inner = tab.adjusted(theme_.px(space::kS5), 0, 0, 0);
        const bool hover = tab.contains(mapFromGlobal(QCursor::pos())) && underMouse();
        const qreal width =
            paint.text(inner, tabText(i), current ? TextStyle::BodyStrong : TextStyle::BodyMedium,
                       current || hover ? Role::TextPrimary : Role::TextSecondary);
        if (tabData(i).isValid()) {
            inner.setLeft(inner.left() + width + theme_.px(space::kS3));
            paint.text(inner, QString::number(tabData(i).toInt()), TextStyle::Meta,
                       Role::TextMuted);
        }
        if (current) {
            paint.fill(QRectF(tab.left(), height() - 2, tab.width(), 2), Role::AccentFill);
            if (ring_->visible()) {
                paint.focusRing(tab.adjusted(1, 2, -1, -4), theme_.px(radius::kChip));
            }
        }
    }
}

SegmentedControl::SegmentedControl(const Theme& theme, const QString& name,
                                   const QStringList& choices, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(*this, theme);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    group_.setExclusive(true);
    for (int i = 0; i < choices.size(); ++i) {
        auto* segment = new Segment(theme, choices.at(i), this);
        group_.addButton(segment, i);
        row->addWidget(segment);
    }
    setCurrent(0);
    connect(&group_, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            Q_EMIT currentChanged(id);
        }
    });
}

void SegmentedControl::setCurrent(int index) {
    if (QAbstractButton* segment = group_.button(index)) {
        segment->setChecked(true);
    }
}

void SegmentedControl::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter(painter, theme_)
        .box(rect(), Role::Surface, Role::BorderStrong, theme_.px(radius::kControl));
}

}  // namespace vorfahrt::client::ui
