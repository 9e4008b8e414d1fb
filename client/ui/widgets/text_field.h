// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>
#include <QLineEdit>

#include <optional>

namespace vorfahrt::client::ui {

class IconButton;
class Label;

// Input with its label above and one line of room below for a hint or an error, so that an error
// moves nothing. The edge is painted here, the QLineEdit inside has none.
class TextField final : public QWidget {
    Q_OBJECT

public:
    TextField(const Theme& theme, const QString& label, QWidget* parent = nullptr);

    QLineEdit& edit() { return *edit_; }
    QString text() const { return edit_->text(); }
    void setLeadingIcon(Icon icon);
    // 32 px, or 44 px at sign-in.
    void setTall(bool tall);
    // Hides what is typed and adds the eye that shows it.
    void setPassword();
    void setError(const QString& text);
    void setHint(const QString& text, std::optional<Icon> icon = std::nullopt);
    // A second thing on the hint line, right-aligned (for example a link).
    void setHintAction(QWidget* action);
    void setReadOnly(bool readOnly);
    // Where the hint or the error stands, and how much of it its lines need; for tests.
    QRectF belowRect() const;
    qreal belowHeight() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool hasSign() const { return !error_.isEmpty() || hintIcon_.has_value(); }
    QRect frameRect() const;
    void place();

    const Theme& theme_;
    Label* label_;
    QLineEdit* edit_;
    IconButton* eye_ = nullptr;
    QWidget* hintAction_ = nullptr;
    std::optional<Icon> icon_;
    std::optional<Icon> hintIcon_;
    QString error_;
    QString hint_;
    bool tall_ = false;
};

// Search box of the top bar: looks like a field, and opens the search window when it is pressed.
class SearchBox final : public QAbstractButton {
    Q_OBJECT

public:
    SearchBox(const Theme& theme, const QString& placeholder, const QStringList& keys,
              QWidget* parent = nullptr);
    // Caps at the right; none: no cap.
    void setKeys(const QStringList& keys);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const Theme& theme_;
    QStringList keys_;
    FocusRing* ring_ = new FocusRing(this);
};

// The line above a list that filters it while one types; the cap names the key that leads there.
class FilterField final : public QWidget {
    Q_OBJECT

public:
    FilterField(const Theme& theme, const QString& placeholder, const QString& key,
                QWidget* parent = nullptr);
    QLineEdit& edit() { return *edit_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Theme& theme_;
    QLineEdit* edit_;
    QStringList keys_;
};

}  // namespace vorfahrt::client::ui
