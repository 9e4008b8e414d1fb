// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

#include <QWidget>

class QVBoxLayout;

namespace vorfahrt::client::ui {

class ActionRegistry;
class Button;
class CardColumn;
class ChipLabel;
class Composer;
class CustomerCards;
class ElidedLabel;
class InlineBanner;
class SegmentedControl;
class Timeline;

// One customer from all sides: header, history with the note box, and the cards beside it, or
// behind a switch where the window is narrow. GUI thread.
class CustomerView final : public QWidget {
    Q_OBJECT

public:
    CustomerView(const Theme& theme, viewmodel::Customers& customers, QWidget* parent = nullptr);
    void bind(const ActionRegistry& actions);
    void refresh();
    CustomerCards& cards() { return *cards_; }
    Composer& composer() { return *composer_; }
    void focusNote();
    // Height that toasts must leave free.
    int footHeight() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void makeHeader(QVBoxLayout& column);
    void makeHistory();
    void refreshHistory();
    void addOlder(int count);
    void showNoteState();
    void arrange();

    const Theme& theme_;
    viewmodel::Customers& customers_;
    ElidedLabel* name_ = nullptr;
    ElidedLabel* about_ = nullptr;
    ChipLabel* chip_ = nullptr;
    Button* call_ = nullptr;
    Button* mail_ = nullptr;
    Button* edit_ = nullptr;
    InlineBanner* stale_ = nullptr;
    SegmentedControl* side_ = nullptr;
    QWidget* history_ = nullptr;
    Timeline* timeline_ = nullptr;
    Composer* composer_ = nullptr;
    CardColumn* cardColumn_ = nullptr;
    CustomerCards* cards_ = nullptr;
    QString shownName_;  // in the history
};

}  // namespace vorfahrt::client::ui
