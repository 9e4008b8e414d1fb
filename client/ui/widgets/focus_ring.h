// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFocusEvent>
#include <QObject>
#include <QWidget>

namespace vorfahrt::client::ui {

// True for the reasons after which a focus ring is shown on things that are clicked.
inline bool isKeyboardFocus(Qt::FocusReason reason) {
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
           reason == Qt::ShortcutFocusReason;
}

// Remembers how its widget got the focus, so that a click never draws a ring. A child of the
// widget; GUI thread.
class FocusRing final : public QObject {
public:
    explicit FocusRing(QWidget* widget)
        : QObject(widget),
          widget_(widget) {
        widget->installEventFilter(this);
    }
    bool visible() const { return keyboard_ && widget_->hasFocus(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == widget_ && event->type() == QEvent::FocusIn) {
            keyboard_ = isKeyboardFocus(static_cast<QFocusEvent*>(event)->reason());
        } else if (watched == widget_ && event->type() == QEvent::KeyPress) {
            keyboard_ = true;
        }
        return false;
    }

private:
    QWidget* widget_;
    bool keyboard_ = false;
};

}  // namespace vorfahrt::client::ui
