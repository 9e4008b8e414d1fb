// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QBasicTimer>
#include <QWidget>

#include <deque>

namespace vorfahrt::client::ui {

enum class ToastTone : std::uint8_t { Info, Success, Warning };

struct ToastMessage {
    ToastTone tone = ToastTone::Info;
    QString text;
    // With an id the toast offers undo and stays 10 s instead of 6 s.
    QString undoId;
};

// Toasts at the bottom left of its parent: three at most, then "+2". Time stands still while the
// mouse or the focus is on one. Never the only copy of a message, never an error.
class ToastHost final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMaxShown = 3;

    ToastHost(const Theme& theme, QWidget* parent);
    void show(const ToastMessage& message);
    int shownCount() const;
    int waitingCount() const { return static_cast<int>(waiting_.size()); }
    // Distance to the lower edge of the parent, so that composer and send row stay free.
    void setBottomMargin(int pixels);

Q_SIGNALS:
    void undoRequested(const QString& undoId);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    class Toast;
    void place();
    void remove(Toast* toast);

    const Theme& theme_;
    std::deque<Toast*> shown_;
    std::deque<ToastMessage> waiting_;
    QBasicTimer tick_;
    int bottomMargin_ = 16;
};

}  // namespace vorfahrt::client::ui
