// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/action_registry.h"
#include "client/ui/shell/list_page.h"
#include "client/ui/theme/theme.h"
#include "client/viewmodel/inbox.h"

class QPlainTextEdit;

namespace vorfahrt::client::ui {

class Button;
class InboxRows;
class Label;
class TextField;

// Messages that no rule understood: list, original text, "make a lead of it" or "not a lead".
class InboxPage final : public ListPage {
    Q_OBJECT

public:
    InboxPage(const Theme& theme, ActionRegistry& actions, viewmodel::Inbox& inbox,
              QWidget* parent = nullptr);
    bool back() override;

private:
    QWidget* makeDetail();
    QWidget* makeForm(QWidget* parent);
    void addActions();
    void refresh();
    void openForm();
    void convert();

    ActionRegistry& actions_;
    viewmodel::Inbox& inbox_;
    InboxRows* rows_;
    Label* subject_ = nullptr;
    Label* sender_ = nullptr;
    Label* reason_ = nullptr;
    Button* make_ = nullptr;
    Button* dismiss_ = nullptr;
    QWidget* form_ = nullptr;
    TextField* firstName_ = nullptr;
    TextField* lastName_ = nullptr;
    TextField* email_ = nullptr;
    TextField* phone_ = nullptr;
    TextField* wish_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
};

}  // namespace vorfahrt::client::ui
