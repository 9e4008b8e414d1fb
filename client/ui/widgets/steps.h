// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QWidget>

#include <vector>

namespace vorfahrt::client::ui {

class Button;

// Stages of a sale, side by side: done, current, open. A click asks nothing, the page offers undo.
class StageBar final : public QWidget {
    Q_OBJECT

public:
    enum class State : std::uint8_t { Done, Current, Open };
    struct Stage {
        QString name;
        State state = State::Open;
    };

    explicit StageBar(const Theme& theme, QWidget* parent = nullptr);
    void setStages(std::vector<Stage> stages);
    const std::vector<Stage>& stages() const { return stages_; }
    QRect stageRect(int index) const { return cell(index).toRect(); }
    int stageAt(const QPointF& at) const;
    // Where the arrow keys stand.
    int focusedStage() const { return focused_; }
    void press(int index);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stageChosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QRectF cell(int index) const;
    void moveFocus(int index);
    void describe();

    const Theme& theme_;
    std::vector<Stage> stages_;
    int hovered_ = -1;
    int focused_ = 0;
};

// Makes each stage an object of its own for screen readers: name, state, place, press. Once per
// process, before the first bar is shown.
void installStageAccessibility();

// What was promised next, with its two actions. Hidden while nothing is promised.
class NextStepBar final : public QWidget {
    Q_OBJECT

public:
    struct Step {
        QString what;    // "Call back about the trade-in"
        QString when;    // "at 11:00"
        QString detail;  // "in 18 minutes, promised on Monday, 18:04 by WhatsApp"
    };

    explicit NextStepBar(const Theme& theme, QWidget* parent = nullptr);
    void setStep(const Step& step);
    void clear();
    QSize sizeHint() const override;

Q_SIGNALS:
    void snoozeRequested();
    void doneRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    Step step_;
    Button* snooze_;
    Button* done_;
};

}  // namespace vorfahrt::client::ui
