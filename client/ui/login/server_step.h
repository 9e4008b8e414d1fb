// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/login/login_step.h"
#include "client/viewmodel/server_choice.h"

namespace vorfahrt::client::ui {

// Address of the server, then its certificate to be compared and pinned.
class ServerStep final : public LoginStep {
    Q_OBJECT

public:
    ServerStep(const Theme& theme, viewmodel::ServerChoice& choice, QWidget* parent = nullptr);

private:
    void refresh();
    void go();

    viewmodel::ServerChoice& choice_;
    TextField* address_;
    TextField* expected_;
    InlineBanner* changed_;
    QWidget* compare_;
    Label* asked_;
    Label* digits_;
    Label* before_;
};

}  // namespace vorfahrt::client::ui
