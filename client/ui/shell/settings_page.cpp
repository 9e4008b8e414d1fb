// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/settings_page.h"

#include "client/ui/shell/notification_card.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/tabs.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace vorfahrt::client::ui {
namespace {

constexpr int kCardWidth = 560;
constexpr std::array kZooms{90, 100, 115, 130, 150};

}  // namespace

SettingsPage::SettingsPage(Theme& theme, const QString& language, QWidget* parent)
    : QWidget(parent),
      theme_(theme) {
    setObjectName(QStringLiteral("settingsPage"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* cards = new CardColumn(theme, Role::Window, this);
    outer->addWidget(cards);
    cards->column().setContentsMargins(20, 16, 20, 20);
    cards->column().addWidget(
        new Label(theme, tr("Settings"), TextStyle::PaneTitle, Role::TextPrimary));
    auto* look = new ContextCard(theme, std::nullopt, tr("Look and language"));
    look->setMaximumWidth(kCardWidth);
    cards->column().addWidget(look);
    notifications_ = new NotificationCard(theme);
    notifications_->setMaximumWidth(kCardWidth);
    cards->column().addWidget(notifications_);
    cards->column().addStretch();
    connect(notifications_, &NotificationCard::chosen, this, &SettingsPage::notificationsChosen);
    const auto line = [&](const QString& name, SegmentedControl* control) {
        auto* row = new QHBoxLayout;
        row->addWidget(new Label(theme, name, TextStyle::Body, Role::TextPrimary));
        row->addStretch();
        row->addWidget(control);
        look->body().addLayout(row);
    };
    themes_ =
        new SegmentedControl(theme, tr("Theme"), {tr("Light"), tr("Dark"), tr("As in the system")});
    themes_->setCurrent(static_cast<int>(theme.mode()));
    line(tr("Theme"), themes_);
    auto* languages = new SegmentedControl(theme, tr("Language"),
                                           {QStringLiteral("Deutsch"), QStringLiteral("English")});
    languages->setCurrent(language == QStringLiteral("en") ? 1 : 0);
    line(tr("Language"), languages);
    QStringList sizes;
    for (const int zoom : kZooms) {
        sizes << QStringLiteral("%1 %").arg(zoom);
    }
    auto* zooms = new SegmentedControl(theme, tr("Text size"), sizes);
    const auto* current = std::find(kZooms.begin(), kZooms.end(), theme.zoom());
    zooms->setCurrent(current == kZooms.end() ? 1 : static_cast<int>(current - kZooms.begin()));
    line(tr("Text size"), zooms);
    auto* motion = new SegmentedControl(theme, tr("Motion"), {tr("On"), tr("Off")});
    motion->setObjectName(QStringLiteral("motion"));
    motion->setCurrent(theme.reducedMotion() ? 1 : 0);
    line(tr("Motion"), motion);
    auto* keys = new Button(theme, ButtonKind::Secondary, tr("See and change keys"));
    keys->setObjectName(QStringLiteral("settingsKeys"));
    auto* keyRow = new QHBoxLayout;
    keyRow->addWidget(new Label(theme, tr("Keyboard"), TextStyle::Body, Role::TextPrimary));
    keyRow->addStretch();
    keyRow->addWidget(keys);
    look->body().addLayout(keyRow);
    connect(keys, &QAbstractButton::clicked, this, &SettingsPage::keysRequested);
    connect(motion, &SegmentedControl::currentChanged, this, [this](int index) {
        theme_.setReducedMotion(index == 1);
        Q_EMIT reducedMotionChosen(index == 1);
    });
    connect(themes_, &SegmentedControl::currentChanged, this, &SettingsPage::themeChosen);
    connect(languages, &SegmentedControl::currentChanged, this, [this](int index) {
        Q_EMIT languageChosen(index == 1 ? QStringLiteral("en") : QStringLiteral("de"));
    });
    connect(zooms, &SegmentedControl::currentChanged, this,
            [this](int index) { Q_EMIT zoomChosen(kZooms.at(static_cast<std::size_t>(index))); });
    connect(&theme, &Theme::changed, this,
            [this] { themes_->setCurrent(static_cast<int>(theme_.mode())); });
}

void SettingsPage::setNotifications(const viewmodel::NotificationSettings& settings) {
    notifications_->setSettings(settings);
}

}  // namespace vorfahrt::client::ui
