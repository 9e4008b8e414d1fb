// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/contrast_colors.h"

namespace vorfahrt::client::ui {
namespace {

bool isFill(Role role) {
    switch (role) {
        case Role::AccentFill:
        case Role::AccentFillHover:
        case Role::AccentFillPressed:
        case Role::Brand:
        case Role::SuccessFill:
        case Role::WarningFill:
        case Role::DangerFill:
        case Role::FocusRing: return true;
        default: return role >= Role::Dealer1 && role <= Role::Dealer8;
    }
}

bool isOnFill(Role role) {
    switch (role) {
        case Role::OnAccent:
        case Role::OnBrand:
        case Role::OnSuccess:
        case Role::OnWarning:
        case Role::OnDanger:
        case Role::OnDealer: return true;
        default: return false;
    }
}

bool isGround(Role role) {
    switch (role) {
        case Role::AccentSoft:
        case Role::SuccessSoft:
        case Role::WarningSoft:
        case Role::DangerSoft:
        case Role::NoteSoft:
        case Role::BubbleIn:
        case Role::BubbleOut:
        case Role::Highlight:
        case Role::Tooltip:
        case Role::Scrim:
        case Role::ChartTrack:
        case Role::LoginPanel:
        case Role::LoginPanelShape:
        case Role::PlateBg:
        case Role::PlateBand: return true;
        default: return role <= Role::RowSelectedInactive;
    }
}

}  // namespace

QColor contrastColor(const QPalette& system, Role role) {
    if (isFill(role)) {
        return system.color(QPalette::Active, QPalette::Highlight);
    }
    if (isOnFill(role)) {
        return system.color(QPalette::Active, QPalette::HighlightedText);
    }
    if (isGround(role)) {
        return system.color(QPalette::Active, QPalette::Window);
    }
    if (role == Role::TextDisabled || role == Role::Mask) {
        return system.color(QPalette::Disabled, QPalette::WindowText);
    }
    return system.color(QPalette::Active, QPalette::WindowText);
}

}  // namespace vorfahrt::client::ui
