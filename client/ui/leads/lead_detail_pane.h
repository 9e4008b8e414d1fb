// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/leads.h"

#include <QWidget>

class QStackedLayout;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class ActionRegistry;
class Button;
class ChipLabel;
class ClosePanel;
class Composer;
class ElidedLabel;
class IconButton;
class InlineBanner;
class Label;
class Menu;
class NextStepBar;
class StageBar;
class StepPanel;
class ReadErrorState;
class Timeline;

// Middle pane of the leads: header, stages, next step or notice, history, composer. Shows what the
// view model holds and nothing else.
class LeadDetailPane final : public QWidget {
    Q_OBJECT

public:
    LeadDetailPane(const Theme& theme, viewmodel::Leads& leads, QWidget* parent = nullptr);

    // Called once, after the page has made its actions.
    void bind(const ActionRegistry& actions);
    void openClosePanel();
    void openStepPanel();
    void closePanels();
    bool hasOpenPanel() const;
    void focusNote();
    void saveNote();
    Composer& composer() { return *composer_; }
    // Height that toasts must leave free.
    int footHeight() const;

Q_SIGNALS:
    void refreshed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void makeHeader(QVBoxLayout& column);
    void makeMiddle(QVBoxLayout& column);
    void makeComposer(QVBoxLayout& column);
    viewmodel::Desk::Done closeWhenStored();
    void refresh();
    void refreshHeader();
    void refreshNotice();
    void refreshStages();
    void refreshStep();
    void refreshComposer();
    void refreshTimeline();
    void showDraftState();
    void tick();
    void stageChosen(int index);

    const Theme& theme_;
    viewmodel::Leads& leads_;
    viewmodel::LeadDetail& lead_;
    QStackedLayout* stack_;
    ElidedLabel* title_ = nullptr;
    ChipLabel* chip_ = nullptr;
    ElidedLabel* about_ = nullptr;
    Button* claim_ = nullptr;
    Button* step_ = nullptr;
    Button* close_ = nullptr;
    IconButton* more_ = nullptr;
    Menu* menu_ = nullptr;
    ReadErrorState* unreadable_ = nullptr;
    StageBar* stages_ = nullptr;
    NextStepBar* next_ = nullptr;
    InlineBanner* notice_ = nullptr;
    ClosePanel* closePanel_ = nullptr;
    StepPanel* stepPanel_ = nullptr;
    Timeline* timeline_ = nullptr;
    QWidget* foot_ = nullptr;
    Composer* composer_ = nullptr;
};

}  // namespace vorfahrt::client::ui
