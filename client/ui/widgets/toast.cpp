// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/toast.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/menu.h"
#include "client/ui/widgets/tab_order.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>

#include <algorithm>

namespace vorfahrt::client::ui {
namespace {

constexpr int kTickMs = 250;
constexpr int kMargin = 16;
constexpr int kGap = 8;
constexpr int kWordsMin = 120;

}  // namespace

class ToastHost::Toast final : public QWidget {
public:
    Toast(const Theme& theme, const ToastMessage& message, ToastHost* host)
        : QWidget(host),
          theme_(theme),
          tone_(message.tone),
          left_(message.undoId.isEmpty() ? motion::kToastStay : motion::kUndoStay) {
        setAccessibleName(message.text);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(theme.px(40), 4, theme.px(8), 4);
        row->setSpacing(12);
        auto* words =
            new Label(theme, message.text, TextStyle::BodyMedium, Role::TextPrimary, this);
        words->setMinimumWidth(theme.px(kWordsMin));
        row->addWidget(words, 1);
        if (!message.undoId.isEmpty()) {
            auto* undo = new Button(theme, ButtonKind::Quiet, ToastHost::tr("Undo"), this);
            undo->setSize(ButtonSize::Small);
            undo->setKeyCap(ToastHost::tr("Ctrl") + QStringLiteral(" Z"));
            row->addWidget(undo);
            QObject::connect(undo, &QAbstractButton::clicked, host,
                             [host, this, id = message.undoId] {
                                 Q_EMIT host->undoRequested(id);
                                 host->remove(this);
                             });
        }
        auto* close = new IconButton(theme, Icon::X, ToastHost::tr("Close"), this);
        close->setSize(ButtonSize::Small);
        row->addWidget(close);
        QObject::connect(close, &QAbstractButton::clicked, host,
                         [host, this] { host->remove(this); });
        followTheme(*this, theme);
    }

    // True when its time is over.
    bool pass(int milliseconds) {
        const QWidget* focus = focusWidget();
        const bool held = underMouse() || (focus != nullptr && focus->hasFocus());
        left_ -= held ? 0 : milliseconds;
        return left_ <= 0;
    }

    QSize sizeHint() const override {
        return {QWidget::sizeHint().width(), theme_.px(size::kControlLarge)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        paint.box(rect(), Role::SurfaceRaised, Role::BorderStrong, theme_.px(radius::kCard));
        const Icon icon = tone_ == ToastTone::Success   ? icons::kStatePass
                          : tone_ == ToastTone::Warning ? icons::kStateWarning
                                                        : icons::kStateInfo;
        const Role ink = tone_ == ToastTone::Success   ? Role::SuccessText
                         : tone_ == ToastTone::Warning ? Role::WarningText
                                                       : Role::AccentText;
        paint.icon(icon, QPointF(theme_.px(22), height() / 2.0), iconsize::kDefault, ink);
    }

private:
    const Theme& theme_;
    ToastTone tone_;
    int left_;
};

ToastHost::ToastHost(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setAccessibleName(tr("Notices"));
    parent->installEventFilter(this);
    QWidget::hide();
}

void ToastHost::show(const ToastMessage& message) {
    if (shownCount() >= kMaxShown) {
        waiting_.push_back(message);
        place();
        return;
    }
    auto* toast = new Toast(theme_, message, this);
    shown_.push_back(toast);
    toast->show();
    tabBehind(*parentWidget(), *toast);
    comeIn(*toast, theme_, motion::kNormal);
    QAccessibleEvent alert(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    if (!tick_.isActive()) {
        tick_.start(kTickMs, this);
    }
    place();
}

int ToastHost::shownCount() const {
    return static_cast<int>(shown_.size());
}

void ToastHost::setBottomMargin(int pixels) {
    bottomMargin_ = pixels;
    place();
}

void ToastHost::place() {
    if (shown_.empty()) {
        QWidget::hide();
        return;
    }
    int wide = 0;
    int tall = waiting_.empty() ? 0 : theme_.px(space::kS9);
    for (Toast* toast : shown_) {
        const int room = parentWidget()->width() - 2 * theme_.px(kMargin);
        const QSize wanted = toast->sizeHint().boundedTo(QSize(room, toast->sizeHint().height()));
        toast->setGeometry(0, tall, wanted.width(), wanted.height());
        wide = std::max(wide, wanted.width());
        tall += wanted.height() + theme_.px(kGap);
    }
    tall -= theme_.px(kGap);
    setGeometry(theme_.px(kMargin), parentWidget()->height() - bottomMargin_ - tall, wide, tall);
    QWidget::show();
    raise();
    update();
}

void ToastHost::remove(Toast* toast) {
    const auto at = std::find(shown_.begin(), shown_.end(), toast);
    if (at == shown_.end()) {
        return;
    }
    shown_.erase(at);
    toast->hide();
    toast->deleteLater();
    if (!waiting_.empty()) {
        const ToastMessage next = waiting_.front();
        waiting_.pop_front();
        show(next);
    }
    if (shown_.empty()) {
        tick_.stop();
    }
    place();
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void ToastHost::timerEvent(QTimerEvent*) {
    const std::deque<Toast*> now = shown_;
    for (Toast* toast : now) {
        if (toast->pass(kTickMs)) {
            remove(toast);
        }
    }
}

void ToastHost::paintEvent(QPaintEvent*) {
    if (waiting_.empty()) {
        return;
    }
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paint.text(QRectF(theme_.px(space::kS4), 0, width(), theme_.px(space::kS8)),
               QStringLiteral("+%1").arg(waitingCount()), TextStyle::MetaMedium, Role::TextMuted);
}

}  // namespace vorfahrt::client::ui
