// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "common/base/error.h"

#include <QAbstractScrollArea>
#include <QScrollArea>
#include <QWidget>

class QLayout;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class InlineBanner;

// A plain ground in a role.
class Ground final : public QWidget {
    Q_OBJECT

public:
    Ground(const Theme& theme, Role role, QWidget* parent = nullptr);
    // A hairline at the lower edge.
    void setRule(bool rule);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    Role role_;
    bool rule_ = false;
};

// A column of cards that scrolls when the window is low.
class CardColumn final : public QScrollArea {
    Q_OBJECT

public:
    CardColumn(const Theme& theme, Role role, QWidget* parent = nullptr);
    QVBoxLayout& column() { return *column_; }

private:
    QVBoxLayout* column_;
};

// Takes everything out of a layout and deletes the widgets when control returns.
void clearLayout(QLayout& layout);

// Data of this computer could not be read: what is safe, what to do, and a button to try again.
class ReadErrorState final : public QWidget {
    Q_OBJECT

public:
    explicit ReadErrorState(const Theme& theme, QWidget* parent = nullptr);
    // Hidden for Ok.
    void setError(ErrorCode error);

Q_SIGNALS:
    void retryRequested();

private:
    const Theme& theme_;
    ErrorCode shown_ = ErrorCode::Ok;
    InlineBanner* banner_;
};

// What stands in the place of a list: skeleton after 200 ms, empty state or the list itself.
class ListStates final : public QWidget {
    Q_OBJECT

public:
    ListStates(const Theme& theme, QWidget* list, int designRowHeight, QWidget* parent = nullptr);
    void setEmpty(Icon icon, const QString& sentence, const QString& action);
    void show(bool loaded, bool empty);
    // Above what was read before; Ok hides it.
    void setError(ErrorCode error);

Q_SIGNALS:
    void actionTriggered();
    void retryRequested();

private:
    const Theme& theme_;
    QWidget* list_;
    QWidget* skeleton_;
    ReadErrorState* error_;
    QWidget* empty_ = nullptr;
    QVBoxLayout* column_;
    QString shownSentence_;
    bool loaded_ = false;
};

}  // namespace vorfahrt::client::ui
