// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/marks.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "tests/ui/gallery/shots.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace vorfahrt::test {
namespace {

using namespace vorfahrt::client::ui;

struct Sheet {
    const ShotContext& context;
    QVBoxLayout* column;

    const Theme& theme() const { return context.theme; }
    QHBoxLayout* row(const char* title) {
        column->addWidget(new Label(context.theme, QString::fromUtf8(title), TextStyle::MetaStrong,
                                    Role::TextMuted));
        auto* line = new QHBoxLayout;
        line->setSpacing(12);
        column->addLayout(line);
        return line;
    }
};

void addButtons(Sheet& sheet) {
    const Theme& theme = sheet.theme();
    for (const ButtonKind kind :
         {ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Quiet, ButtonKind::Danger}) {
        QHBoxLayout* row = sheet.row("Button");
        const auto make = [&](const QString& text) {
            auto* button = new Button(theme, kind, text);
            row->addWidget(button);
            return button;
        };
        make(sheet.context.text("Claim", "Übernehmen"))->setKeyCap(QStringLiteral("Ü"));
        make(sheet.context.text("Call", "Anrufen"))->setSymbol(icons::kNavPhone);
        auto* small = make(sheet.context.text("New", "Neu"));
        small->setSize(ButtonSize::Small);
        small->setSymbol(icons::kActionNew);
        small->setKeyCap(QStringLiteral("N"));
        auto* busy = make(sheet.context.text("Send", "Senden"));
        busy->setSymbol(icons::kActionSend);
        busy->setKeyCap(QStringLiteral("Strg ↵"));
        busy->setBusy(true);
        auto* off = make(sheet.context.text("Call", "Anrufen"));
        off->setSymbol(icons::kNavPhone);
        off->setKeyCap(QStringLiteral("F6"));
        off->setEnabled(false);
        make(sheet.context.text("Save and send", "Speichern und senden"))
            ->setSize(ButtonSize::Login);
        row->addStretch();
    }
}

void addChips(Sheet& sheet) {
    const Theme& theme = sheet.theme();
    QHBoxLayout* row = sheet.row("Chip");
    row->addWidget(new ChipLabel(theme, {sheet.context.text("Contacted", "Kontaktiert")}));
    row->addWidget(new ChipLabel(theme, {sheet.context.text("New", "Neu"), ChipTone::Accent}));
    row->addWidget(new ChipLabel(
        theme, {sheet.context.text("Phone", "Telefon"), ChipTone::Success, icons::kActionDone}));
    row->addWidget(new ChipLabel(theme, {sheet.context.text("pencilled in", "vorgemerkt"),
                                         ChipTone::Warning, icons::kSyncPending}));
    row->addWidget(
        new ChipLabel(theme, {sheet.context.text("Urgent", "Dringend"), ChipTone::Danger}));
    row->addWidget(new KeyCap(theme, QStringLiteral("Strg")));
    row->addWidget(new KeyCap(theme, QStringLiteral("K")));
    row->addWidget(new PlateLabel(theme, QStringLiteral("HH-SK 4817")));
    row->addWidget(new Avatar(theme, QStringLiteral("Sabine Krüger"), size::kAvatar));
    row->addWidget(new BrandMark(theme, true, Role::TextPrimary));
    row->addStretch();
    row = sheet.row("FilterChip");
    auto* all = new FilterChip(theme, sheet.context.text("All", "Alle"));
    all->setChecked(true);
    row->addWidget(all);
    auto* open = new FilterChip(theme, sheet.context.text("To claim", "Zum Übernehmen"));
    open->setCount(4);
    row->addWidget(open);
    auto* late = new FilterChip(theme, sheet.context.text("Overdue", "Überfällig"));
    late->setCount(1, true);
    row->addWidget(late);
    auto* none = new FilterChip(theme, sheet.context.text("Today", "Heute"));
    none->setCount(0);
    row->addWidget(none);
    row->addWidget(
        new SegmentedControl(theme, QStringLiteral("Richtung"),
                             {sheet.context.text("Day", "Tag"), sheet.context.text("Week", "Woche"),
                              sheet.context.text("Month", "Monat")}));
    row->addStretch();
}

void addFields(Sheet& sheet) {
    const Theme& theme = sheet.theme();
    QHBoxLayout* row = sheet.row("TextField");
    auto* name = new TextField(theme, sheet.context.text("User name", "Benutzername"));
    name->setTall(true);
    name->setLeadingIcon(Icon::User);
    name->edit().setText(QStringLiteral("jonas.martens"));
    row->addWidget(name);
    auto* password = new TextField(theme, sheet.context.text("Password", "Kennwort"));
    password->setTall(true);
    password->setLeadingIcon(Icon::Lock);
    password->setPassword();
    password->edit().setText(QStringLiteral("0123456789"));
    password->setHint(sheet.context.text("Caps lock is on", "Die Feststelltaste ist aktiv"),
                      Icon::ArrowBigUp);
    row->addWidget(password);
    auto* wrong = new TextField(theme, sheet.context.text("Phone", "Telefon"));
    wrong->edit().setText(QStringLiteral("+49 40 66"));
    wrong->setError(sheet.context.text("Too short", "Nummer ist zu kurz"));
    row->addWidget(wrong);
    auto* off = new TextField(theme, sheet.context.text("Site", "Standort"));
    off->edit().setText(QStringLiteral("Hamburg-Wandsbek"));
    off->setEnabled(false);
    row->addWidget(off);
    sheet.row("SearchBox")
        ->addWidget(new SearchBox(theme, sheet.context.text("Search", "Suchen: Name, Telefon …"),
                                  {QStringLiteral("Strg"), QStringLiteral("K")}));
}

std::unique_ptr<QWidget> controls(const ShotContext& context) {
    auto page = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(page.get());
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    Sheet sheet{context, column};
    addButtons(sheet);
    addChips(sheet);
    auto* tabs = new ViewTabs(context.theme);
    tabs->addView(context.text("My open", "Meine offenen"), 18);
    tabs->addView(context.text("All", "Alle"), 64);
    tabs->addView(context.text("Team used cars", "Team Gebrauchtwagen"), 27);
    tabs->addView(QStringLiteral("Elektro"), 11);
    tabs->addView(context.text("Waiting for the customer", "Wartet auf Kunde"), 6);
    tabs->setFixedWidth(567);
    sheet.row("ViewTabs")->addWidget(tabs, 0, Qt::AlignLeft);
    addFields(sheet);
    column->addStretch();
    return page;
}

}  // namespace

void registerGalleryShots(ShotRegistry& registry) {
    registry.registerShot(QStringLiteral("controls"), QSize(1100, 860), controls);
}

}  // namespace vorfahrt::test
