// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/marks.h"
#include "client/ui/widgets/navigation_rail.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/ui/widgets/timeline.h"
#include "client/ui/widgets/toast.h"
#include "tests/ui/gallery/sample_leads.h"
#include "tests/ui/gallery/shots.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace vorfahrt::test {
namespace {

using namespace vorfahrt::client::ui;

// A plain ground in a role, for panes that have no widget of their own yet.
class Pane final : public QWidget {
public:
    Pane(const Theme& theme, Role role)
        : theme_(theme),
          role_(role) {
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_).fill(rect(), role_);
    }

private:
    const Theme& theme_;
    Role role_;
};

NavigationRail* rail(const ShotContext& context) {
    auto* rail = new NavigationRail(context.theme);
    const auto add = [&](const char* id, const char* english, const char* german, Icon icon) {
        rail->addEntry(
            {QString::fromUtf8(id), context.text(english, german), icon, std::nullopt, QString()});
    };
    add("overview", "Overview", "Übersicht", icons::kNavOverview);
    add("leads", "Leads", "Verkaufschancen", icons::kNavLeads);
    add("cases", "Cases", "Fälle", icons::kNavCases);
    add("inbox", "Inbox", "Posteingang", icons::kNavInbox);
    add("dates", "Appointments", "Termine", icons::kNavAppointments);
    add("phone", "Phone", "Telefon", icons::kNavPhone);
    add("customers", "Customers", "Kunden", icons::kNavCustomers);
    add("vehicles", "Vehicles", "Fahrzeuge", icons::kNavVehicles);
    add("agents", "Search agents", "Suchagenten", icons::kNavSearchAgents);
    add("reports", "Reports", "Controlling", icons::kNavReports);
    rail->setCount(QStringLiteral("leads"), 9);
    rail->setCount(QStringLiteral("cases"), 3);
    rail->setCount(QStringLiteral("inbox"), 12);
    rail->setCount(QStringLiteral("agents"), 3);
    rail->setCurrent(QStringLiteral("leads"));
    rail->addHeading(context.text("My views", "Meine Ansichten"));
    rail->addEntry({QStringLiteral("v1"), context.text("Due today", "Heute fällig"), std::nullopt,
                    Role::Chart6, QString()});
    rail->addEntry({QStringLiteral("v2"), context.text("Test drives", "Probefahrten"), std::nullopt,
                    Role::Chart1, QString()});
    rail->addEntry({QStringLiteral("v3"),
                    context.text("Electric unanswered", "Elektro ohne Antwort"), std::nullopt,
                    Role::Chart4, QString()});
    rail->setCount(QStringLiteral("v1"), 5);
    rail->setCount(QStringLiteral("v2"), 3);
    rail->setCount(QStringLiteral("v3"), 2);
    rail->addFoot();
    rail->addEntry({QStringLiteral("help"), context.text("Help and keys", "Hilfe und Tastatur"),
                    icons::kNavHelp, std::nullopt, QStringLiteral("F1")});
    rail->addEntry({QStringLiteral("settings"), context.text("Settings", "Einstellungen"),
                    icons::kNavSettings, std::nullopt, QString()});
    return rail;
}

QWidget* topBar(const ShotContext& context, bool offline) {
    const Theme& theme = context.theme;
    auto* bar = new Pane(theme, Role::Surface);
    bar->setFixedHeight(52);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 0, 16, 0);
    row->setSpacing(8);
    auto* site = new StatusButton(theme, QStringLiteral("Autohaus Brandt & Söhne"));
    site->setSymbol(Icon::Building2);
    site->setDetail(QStringLiteral("Hamburg-Wandsbek"));
    row->addWidget(site);
    row->addStretch();
    row->addWidget(new SearchBox(theme,
                                 context.text("Search: name, phone, plate, VIN, text …",
                                              "Suchen: Name, Telefon, Kennzeichen, FIN, Text …"),
                                 {context.text("Ctrl", "Strg"), QStringLiteral("K")}),
                   3);
    row->addStretch();
    auto* pill = new SyncPill(theme);
    if (offline) {
        pill->setState(SyncState::Offline, context.text("7 waiting", "7 warten"),
                       QStringLiteral("10:21"));
    } else {
        pill->setState(SyncState::Synced, context.text("2 s ago", "vor 2 s"));
    }
    row->addWidget(pill);
    auto* headset = new StatusButton(theme, context.text("Headset ready", "Headset bereit"));
    headset->setSymbol(icons::kSourceCallCentre);
    row->addWidget(headset);
    auto* presence = new StatusButton(theme, context.text("Available", "Verfügbar"));
    presence->setDot(Role::PresenceAvailable);
    presence->setFramed(true);
    row->addWidget(presence);
    row->addWidget(new IconButton(theme, Icon::Bell, context.text("Notices", "Hinweise")));
    row->addWidget(new Avatar(theme, QStringLiteral("Jonas Martens"), size::kAvatar));
    return bar;
}

QWidget* listPane(const ShotContext& context, bool offline) {
    const Theme& theme = context.theme;
    auto* pane = new Pane(theme, Role::Surface);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 8);
    head->setSpacing(6);
    head->addWidget(new Label(theme, context.text("Leads", "Verkaufschancen"), TextStyle::PaneTitle,
                              Role::TextPrimary));
    head->addWidget(new Label(theme, QStringLiteral("18"), TextStyle::CardTitle, Role::TextMuted));
    head->addStretch();
    head->addWidget(new IconButton(theme, icons::kActionFilter, context.text("Filter", "Filter")));
    head->addWidget(new IconButton(theme, icons::kActionSort, context.text("Sort", "Sortieren")));
    auto* fresh = new Button(theme, ButtonKind::Primary, context.text("New", "Neu"));
    fresh->setSize(ButtonSize::Small);
    fresh->setSymbol(icons::kActionNew);
    fresh->setKeyCap(QStringLiteral("N"));
    head->addWidget(fresh);
    column->addLayout(head);
    auto* tabs = new ViewTabs(theme);
    tabs->addView(context.text("My open", "Meine offenen"), 18);
    tabs->addView(context.text("All", "Alle"), 64);
    tabs->addView(context.text("Team used cars", "Team Gebrauchtwagen"), 27);
    tabs->addView(QStringLiteral("Elektro"), 11);
    tabs->addView(context.text("Waiting for customer", "Wartet auf Kunde"), 6);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(16, 0, 16, 10);
    tabRow->addWidget(tabs);
    column->addLayout(tabRow);
    auto* chips = new QHBoxLayout;
    chips->setContentsMargins(16, 0, 16, 10);
    chips->setSpacing(6);
    const auto chip = [&](const char* english, const char* german, std::optional<int> count,
                          bool urgent) {
        auto* widget = new FilterChip(theme, context.text(english, german));
        widget->setCount(count, urgent);
        chips->addWidget(widget);
        return widget;
    };
    chip("All", "Alle", std::nullopt, false)->setChecked(true);
    chip("To claim", "Zum Übernehmen", 4, false);
    chip("Overdue", "Überfällig", 1, true);
    chip("Today", "Heute", 5, false);
    chip("Waiting", "Wartet auf Kunde", 6, false);
    chips->addStretch();
    column->addLayout(chips);
    if (offline) {
        auto* note = new InlineBanner(theme, InlineBanner::Tone::Warning, icons::kSyncOffline);
        note->setText(
            context.text("You are offline.", "Sie arbeiten offline."),
            context.text("Claims are pencilled in and confirmed once connected.",
                         "Übernahmen werden vorgemerkt und erst mit Verbindung bestätigt."));
        auto* noteRow = new QHBoxLayout;
        noteRow->setContentsMargins(16, 0, 16, 10);
        noteRow->addWidget(note);
        column->addLayout(noteRow);
    }
    column->addWidget(new LeadListHeader(theme));
    auto* list = new LeadListView(theme);
    auto* model = new SampleLeads(context, offline);
    model->setParent(list);
    list->setModel(model);
    list->setCurrentIndex(model->index(7));
    if (!offline) {
        list->setHoveredForPicture(model->index(1));
    }
    column->addWidget(list, 1);
    return pane;
}

QWidget* detailPane(const ShotContext& context, bool offline) {
    const Theme& theme = context.theme;
    auto* pane = new Pane(theme, Role::Surface);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 14, 0, 16);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(20, 0, 20, 0);
    head->setSpacing(10);
    head->addWidget(new Label(theme, QStringLiteral("Sabine Krüger"), TextStyle::DetailTitle,
                              Role::TextPrimary));
    head->addWidget(
        new ChipLabel(theme, {context.text("Reserved until 27 Nov", "Reserviert bis Fr 27.11."),
                              ChipTone::Warning, Icon::Lock}));
    head->addStretch();
    auto* call = new Button(theme, ButtonKind::Primary, context.text("Call", "Anrufen"));
    call->setSymbol(icons::kNavPhone);
    call->setKeyCap(QStringLiteral("F6"));
    call->setEnabled(!offline);
    head->addWidget(call);
    auto* date = new Button(theme, ButtonKind::Secondary, context.text("Appointment", "Termin"));
    date->setSymbol(icons::kActionAppointment);
    head->addWidget(date);
    auto* close = new Button(theme, ButtonKind::Secondary, context.text("Close", "Abschließen"));
    close->setSymbol(icons::kActionClose);
    head->addWidget(close);
    head->addWidget(new IconButton(theme, icons::kActionMore, context.text("More", "Mehr")));
    column->addLayout(head);
    auto* about = new Label(theme,
                            QStringLiteral("VW Passat Variant 2.0 TDI Elegance  ·  31.480 €  ·  EZ "
                                           "05/2023, 38.200 km  ·  Nr. 26-1184"),
                            TextStyle::Body, Role::TextSecondary);
    about->setContentsMargins(20, 0, 20, 12);
    column->addWidget(about);
    auto* stages = new StageBar(theme);
    using State = StageBar::State;
    stages->setStages({{context.text("New", "Neu"), State::Done},
                       {context.text("Contacted", "Kontaktiert"), State::Done},
                       {context.text("Test drive", "Probefahrt"), State::Done},
                       {context.text("Offer", "Angebot"), State::Current},
                       {context.text("Negotiation", "Verhandlung"), State::Open},
                       {context.text("Closing", "Abschluss"), State::Open}});
    auto* next = new NextStepBar(theme);
    next->setStep({context.text("Call back about the trade-in", "Rückruf zur Inzahlungnahme"),
                   context.text("at 11:00", "um 11:00"),
                   context.text("In 18 minutes · promised on Monday, 18:04 by WhatsApp",
                                "In 18 Minuten · zugesagt am Montag, 18:04 per WhatsApp")});
    auto* wide = new QVBoxLayout;
    wide->setContentsMargins(20, 0, 20, 8);
    wide->setSpacing(27);
    wide->addWidget(stages);
    wide->addWidget(next);
    column->addLayout(wide);
    auto* timeline = new Timeline(theme);
    timeline->setItems(sampleTimeline(context));
    column->addWidget(timeline, 1);
    auto* composer = new Composer(theme);
    composer->setChannels(
        {{QStringLiteral("note"), context.text("Note", "Notiz"), icons::kChannelNote, true,
          QString()},
         {QStringLiteral("mail"), QStringLiteral("E-Mail"), icons::kChannelEmail, true, QString()},
         {QStringLiteral("sms"), QStringLiteral("SMS"), icons::kChannelSms, false,
          context.text("No consent", "Keine Einwilligung")},
         {QStringLiteral("whatsapp"), QStringLiteral("WhatsApp"), icons::kChannelWhatsapp, true,
          QString()},
         {QStringLiteral("call"), context.text("Call", "Anruf"), icons::kNavPhone, true,
          QString()}});
    composer->setChannel(QStringLiteral("whatsapp"));
    composer->setText(
        context.text("Dear Mrs Krüger, the Passat is reserved for you until Friday.",
                     "Guten Tag Frau Krüger, der Passat ist für Sie bis Freitag reserviert. Für "
                     "Ihren Golf können wir Ihnen 11.200 € anbieten – die Bewertung liegt im "
                     "Anhang. Passt es Ihnen, wenn ich um 11 Uhr kurz anrufe?"));
    composer->setDraftNote(context.text("Draft saved 10:42", "Entwurf gesichert 10:42"));
    composer->setNotice(
        {context.text("Reply window 7 h 16 min left", "Antwortfenster noch 7 Std. 16 min"),
         ChipTone::Success, icons::kSyncPending});
    if (offline) {
        composer->setSendAction(context.text("Queue", "Vormerken"), icons::kSyncPending,
                                context.text("Ctrl ↵", "Strg ↵"));
        composer->setNotice({context.text("Sent once connected", "Wird gesendet, sobald verbunden"),
                             ChipTone::Warning, icons::kSyncOffline});
    }
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(18, 8, 18, 0);
    foot->addWidget(composer);
    column->addLayout(foot);
    composer->edit().setObjectName(QStringLiteral("shotFocus"));
    return pane;
}

QWidget* contextPane(const ShotContext& context) {
    const Theme& theme = context.theme;
    auto* pane = new Pane(theme, Role::Window);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(12);
    auto* person = new ContextCard(theme, Icon::User, QStringLiteral("Sabine Krüger"));
    person->setLink(context.text("Open", "Öffnen"));
    person->addLine(Icon::Smartphone, QStringLiteral("+49 171 3920045"),
                    context.text("preferred", "bevorzugt"));
    person->addLine(icons::kNavPhone, QStringLiteral("+49 40 66969214"),
                    context.text("private", "privat"));
    person->addLine(icons::kChannelEmail, QStringLiteral("s.krueger@example.org"));
    person->addLine(Icon::MapPin, QStringLiteral("Tannenstieg 14, 22043 Hamburg"));
    auto* consent = new QHBoxLayout;
    consent->setContentsMargins(0, 4, 0, 0);
    consent->setSpacing(5);
    consent->addWidget(new ChipLabel(
        theme, {context.text("Phone", "Telefon"), ChipTone::Success, icons::kActionDone}));
    consent->addWidget(
        new ChipLabel(theme, {QStringLiteral("E-Mail"), ChipTone::Success, icons::kActionDone}));
    consent->addWidget(
        new ChipLabel(theme, {QStringLiteral("SMS"), ChipTone::Neutral, icons::kStateBlocked}));
    consent->addStretch();
    person->body().addLayout(consent);
    column->addWidget(person);
    auto* cars = new ContextCard(theme, icons::kNavVehicles, context.text("Vehicles", "Fahrzeuge"));
    cars->setCount(2);
    cars->setLink(context.text("Add", "Hinzufügen"));
    cars->body().addWidget(new Label(theme, QStringLiteral("VW Golf Variant 1.5 TSI"),
                                     TextStyle::BodyStrong, Role::TextPrimary));
    cars->body().addWidget(new Label(theme, QStringLiteral("EZ 04/2019 · 86.400 km · HU 04/2027"),
                                     TextStyle::Meta, Role::TextSecondary));
    auto* plates = new QHBoxLayout;
    plates->setSpacing(6);
    plates->addWidget(new PlateLabel(theme, QStringLiteral("HH-SK 4817")));
    plates->addWidget(new ChipLabel(
        theme, {context.text("Trade-in 11,200 €", "Inzahlungnahme 11.200 €"), ChipTone::Accent}));
    plates->addStretch();
    cars->body().addLayout(plates);
    cars->addRule();
    cars->body().addWidget(new Label(theme, QStringLiteral("VW up! 1.0 · Zweitwagen"),
                                     TextStyle::BodyStrong, Role::TextPrimary));
    cars->body().addWidget(new PlateLabel(theme, QStringLiteral("HH-KR 93")));
    column->addWidget(cars);
    auto* none =
        new ContextCard(theme, icons::kNavAppointments, context.text("Appointments", "Termine"));
    none->setCount(0);
    none->setLink(context.text("New appointment", "Neuer Termin"));
    none->setEmpty(context.text("No appointment.", "Kein Termin vereinbart."));
    column->addWidget(none);
    column->addWidget(
        new EmptyState(theme, icons::kNavLeads,
                       context.text("Nothing to claim. New enquiries appear here at once.",
                                    "Nichts zu übernehmen. Neue Anfragen erscheinen hier sofort."),
                       QString()));
    column->addWidget(new SkeletonRows(theme, 3, size::kRowLead));
    column->addStretch();
    pane->setFixedWidth(352);
    return pane;
}

std::unique_ptr<QWidget> desk(const ShotContext& context, bool offline) {
    const Theme& theme = context.theme;
    auto page = std::make_unique<QWidget>();
    auto* all = new QHBoxLayout(page.get());
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(rail(context));
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(topBar(context, offline));
    auto* split = new Splitter(theme);
    split->addWidget(listPane(context, offline));
    split->addWidget(detailPane(context, offline));
    split->addWidget(contextPane(context));
    split->setStretchFactor(1, 1);
    split->setSizes({600, 748, 352});
    right->addWidget(split, 1);
    all->addLayout(right, 1);
    if (offline) {
        auto* toasts = new ToastHost(theme, split->widget(1));
        toasts->setBottomMargin(220);
        toasts->show({ToastTone::Success,
                      context.text("Lead closed", "Verkaufschance abgeschlossen"),
                      QStringLiteral("1")});
    }
    return page;
}

std::unique_ptr<QWidget> login(const ShotContext& context) {
    const Theme& theme = context.theme;
    auto page = std::make_unique<QWidget>();
    auto* halves = new QHBoxLayout(page.get());
    halves->setContentsMargins(0, 0, 0, 0);
    halves->setSpacing(0);
    halves->addWidget(new LoginBackground(theme), 41);
    auto* right = new QWidget;
    halves->addWidget(right, 55);
    auto* form = new QVBoxLayout(right);
    form->setContentsMargins(340, 290, 340, 40);
    form->setSpacing(0);
    form->addWidget(new Label(theme, context.text("Sign in", "Anmelden"), TextStyle::PageTitle,
                              Role::TextPrimary));
    form->addSpacing(8);
    form->addWidget(new Label(theme, QStringLiteral("Autohaus Brandt & Söhne"), TextStyle::Reading,
                              Role::TextSecondary));
    form->addSpacing(20);
    auto* name = new TextField(theme, context.text("User name", "Benutzername"));
    name->setTall(true);
    name->setLeadingIcon(Icon::User);
    name->edit().setText(QStringLiteral("jonas.martens"));
    form->addWidget(name);
    auto* password = new TextField(theme, context.text("Password", "Kennwort"));
    password->setTall(true);
    password->setLeadingIcon(Icon::Lock);
    password->setPassword();
    password->edit().setText(QStringLiteral("0123456789"));
    password->setHint(context.text("Caps lock is on", "Die Feststelltaste ist aktiv"),
                      Icon::ArrowBigUp);
    form->addWidget(password);
    form->addSpacing(12);
    auto* enter = new Button(theme, ButtonKind::Primary, context.text("Sign in", "Anmelden"));
    enter->setSize(ButtonSize::Login);
    enter->setKeyCap(QStringLiteral("↵"));
    form->addWidget(enter);
    form->addSpacing(10);
    auto* other = new Button(theme, ButtonKind::Secondary,
                             context.text("Another business", "Anderer Betrieb"));
    other->setSize(ButtonSize::Login);
    other->setSymbol(icons::kNavBusinesses);
    form->addWidget(other);
    form->addStretch();
    return page;
}

}  // namespace

void registerDeskShots(ShotRegistry& registry) {
    registry.registerShot(QStringLiteral("desk"), QSize(1920, 1080),
                          [](const ShotContext& context) { return desk(context, false); });
    registry.registerShot(QStringLiteral("desk-offline"), QSize(1920, 1080),
                          [](const ShotContext& context) { return desk(context, true); });
    registry.registerShot(QStringLiteral("login"), QSize(1920, 1080), login);
}

}  // namespace vorfahrt::test
