// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>
#include <QFrame>
#include <QSplitter>

#include <optional>

class QVBoxLayout;
class QHBoxLayout;

namespace vorfahrt::client::ui {

class Label;

// Words that act: no ground, accent colour, underlined under the mouse.
class LinkButton final : public QAbstractButton {
    Q_OBJECT

public:
    LinkButton(const Theme& theme, const QString& text, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
};

// Card of the context column: picture, title, count and one link; the page fills the body.
class ContextCard final : public QFrame {
    Q_OBJECT

public:
    ContextCard(const Theme& theme, std::optional<Icon> icon, const QString& title,
                QWidget* parent = nullptr);
    void setCount(std::optional<int> count);
    // A red bar at the left: something was refused.
    void setAlert();
    void setLink(const QString& text);
    LinkButton& link() { return *link_; }
    QVBoxLayout& body() { return *body_; }
    // A line with a picture, a text and a muted remark at the right.
    // The remark, to be changed later; null where there is none.
    Label* addLine(Icon icon, const QString& text, const QString& remark = QString());
    void addRule();
    // Replaces the body by one muted line.
    void setEmpty(const QString& text);

Q_SIGNALS:
    void linkTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    bool alert_ = false;
    Label* count_;
    LinkButton* link_;
    QVBoxLayout* body_;
};

// Splitter between list, detail and context: 5 px to grip, 1 px to see; double click resets.
class Splitter final : public QSplitter {
    Q_OBJECT

public:
    explicit Splitter(const Theme& theme, QWidget* parent = nullptr);
    void setResetSizes(const QList<int>& sizes) { resetSizes_ = sizes; }

Q_SIGNALS:
    // A person moved it; empty: back to the first widths.
    void widthsChosen(const QList<int>& sizes);

protected:
    QSplitterHandle* createHandle() override;

private:
    friend class SplitterRule;
    const Theme& theme_;
    QList<int> resetSizes_;
};

}  // namespace vorfahrt::client::ui
