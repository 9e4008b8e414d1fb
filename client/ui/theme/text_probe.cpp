// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/text_probe.h"

#include "client/ui/theme/theme.h"

#include <QHelpEvent>
#include <QImage>
#include <QPainter>
#include <QToolTip>
#include <QWidget>

namespace vorfahrt::client::ui {
namespace {

// Keeps what was cut, and takes the place of another probe while it does.
class Cuts final : public TextProbe {
public:
    explicit Cuts(const Theme& theme)
        : theme_(theme),
          before_(theme.textProbe()) {
        theme.setTextProbe(this);
    }
    ~Cuts() override { theme_.setTextProbe(before_); }
    Cuts(const Cuts&) = delete;
    Cuts& operator=(const Cuts&) = delete;

    void drawn(const QPainter&, const Drawn& text) override {
        if (text.text != text.shown) {
            cut_ << text.text;
        }
    }
    const QStringList& cut() const { return cut_; }

private:
    const Theme& theme_;
    TextProbe* before_;
    QStringList cut_;
};

// Answers the question for a tooltip with the texts that the widget could not show whole.
class CutToolTip final : public QObject {
public:
    CutToolTip(QWidget& widget, const Theme& theme)
        : QObject(&widget),
          widget_(widget),
          theme_(theme) {
        widget.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched != &widget_ || event->type() != QEvent::ToolTip) {
            return false;
        }
        const QStringList cut = cutTexts(theme_, [this](QPainter& painter) {
            widget_.render(&painter, QPoint(), QRegion(), QWidget::RenderFlags());
        });
        if (cut.isEmpty()) {
            return false;
        }
        QString text = cut.join(QLatin1Char('\n'));
        // Its own tooltip often tells the key as well.
        if (widget_.toolTip().contains(text)) {
            text = widget_.toolTip();
        } else if (!widget_.toolTip().isEmpty() && !text.contains(widget_.toolTip())) {
            text += QLatin1Char('\n') + widget_.toolTip();
        }
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text, &widget_);
        return true;
    }

private:
    QWidget& widget_;
    const Theme& theme_;
};

}  // namespace

QStringList cutTexts(const Theme& theme, const std::function<void(QPainter&)>& paint) {
    const Cuts cuts(theme);
    QImage nowhere(1, 1, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&nowhere);
    paint(painter);
    painter.end();
    QStringList cut = cuts.cut();
    cut.removeDuplicates();
    return cut;
}

void explainCuts(QWidget& widget, const Theme& theme) {
    new CutToolTip(widget, theme);
}

}  // namespace vorfahrt::client::ui
