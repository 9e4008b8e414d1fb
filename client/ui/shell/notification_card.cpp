// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/notification_card.h"

#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

constexpr int kColumns = 2;

}  // namespace

NotificationCard::NotificationCard(Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      card_(new ContextCard(theme, std::nullopt, tr("Notifications"))) {
    using Settings = viewmodel::NotificationSettings;
    setObjectName(QStringLiteral("notificationCard"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(card_);
    addSwitch("notifyLeads", tr("New leads"), &Settings::leads);
    addSwitch("notifyTakenBack", tr("Leads that went back"), &Settings::takenBack);
    addSwitch("notifyToast", tr("Note in the window"), &Settings::toast);
    addSwitch("notifySystem", tr("Note of the system in the background"), &Settings::system);
    addSwitch("notifyTray", tr("Icon beside the clock"), &Settings::tray);
    addSwitch("notifyTaskbar", tr("Number on the taskbar"), &Settings::taskbar);
    addSwitch("notifySound", tr("Sound"), &Settings::sound);
    addSwitch("notifyQuiet", tr("Quiet hours"), &Settings::quiet);
    hoursHost_ = new QWidget(this);
    auto* grid = new QGridLayout(hoursHost_);
    grid->setContentsMargins(0, 0, 0, 0);
    for (std::size_t day = 0; day < hours_.size(); ++day) {
        const int number = static_cast<int>(day);
        auto* field = new TextField(
            theme, QLocale().standaloneDayName(number + 1, QLocale::LongFormat), hoursHost_);
        field->setObjectName(QStringLiteral("quietHours%1").arg(number + 1));
        field->edit().setPlaceholderText(QStringLiteral("18:00-08:00"));
        hours_.at(day) = field;
        grid->addWidget(field, number / kColumns, number % kColumns);
        connect(&field->edit(), &QLineEdit::editingFinished, this,
                [this, day] { hoursTyped(day); });
    }
    card_->body().addWidget(hoursHost_);
    showHours();
}

void NotificationCard::addSwitch(const char* name, const QString& label,
                                 bool viewmodel::NotificationSettings::* member) {
    auto* row = new QHBoxLayout;
    row->addWidget(new Label(theme_, label, TextStyle::Body, Role::TextPrimary));
    row->addStretch();
    auto* control = new SegmentedControl(theme_, label, {tr("On"), tr("Off")});
    control->setObjectName(QString::fromLatin1(name));
    control->setCurrent(settings_.*member ? 0 : 1);
    row->addWidget(control);
    card_->body().addLayout(row);
    switches_.push_back({.control = control, .member = member});
    connect(control, &SegmentedControl::currentChanged, this, [this, member](int index) {
        if (settings_.*member == (index == 0)) {
            return;
        }
        settings_.*member = index == 0;
        showHours();
        Q_EMIT chosen(settings_);
    });
}

void NotificationCard::setSettings(const viewmodel::NotificationSettings& settings) {
    settings_ = settings;
    for (const Switch& one : switches_) {
        one.control->setCurrent(settings_.*(one.member) ? 0 : 1);
    }
    for (std::size_t day = 0; day < hours_.size(); ++day) {
        hours_.at(day)->edit().setText(viewmodel::quietText(settings_.hours.at(day)));
    }
    showHours();
}

void NotificationCard::showHours() {
    hoursHost_->setVisible(settings_.quiet);
}

void NotificationCard::hoursTyped(std::size_t day) {
    TextField& field = *hours_.at(day);
    auto ranges = viewmodel::parseQuiet(field.text());
    if (!ranges) {
        field.setError(tr("Write it as 18:00-08:00; the hours of before hold."));
        return;
    }
    field.setError({});
    if (*ranges == settings_.hours.at(day)) {
        return;
    }
    settings_.hours.at(day) = std::move(*ranges);
    field.edit().setText(viewmodel::quietText(settings_.hours.at(day)));
    Q_EMIT chosen(settings_);
}

}  // namespace vorfahrt::client::ui
