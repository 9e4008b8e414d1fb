// SPDX-License-Identifier: GPL-3.0-or-later
// The components of the design in all their states, without a world behind them.
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/navigation_rail.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"
#include "client/ui/widgets/toast.h"
#include "tests/ui/gallery/shots.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace vorfahrt::test {
namespace {

using namespace vorfahrt::client::ui;

// A button in a state that needs a mouse or a key: painted, as a row of a list paints it.
class PaintedButton final : public QWidget {
public:
    PaintedButton(const Theme& theme, ButtonLook look)
        : theme_(theme),
          look_(std::move(look)) {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        followTheme(*this, theme);
    }
    QSize sizeHint() const override { return buttonSize(theme_, look_); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        paintButton(paint, rect(), look_);
    }

private:
    const Theme& theme_;
    ButtonLook look_;
};

struct Column {
    const ShotContext& context;
    QVBoxLayout* layout;

    const Theme& theme() const { return context.theme; }
    QString text(const char* english, const char* german) const {
        return context.text(english, german);
    }
    void title(const char* english, const char* german) {
        layout->addWidget(new Label(context.theme, text(english, german), TextStyle::MetaStrong,
                                    Role::TextMuted));
    }
    QHBoxLayout* row() {
        auto* line = new QHBoxLayout;
        line->setSpacing(12);
        layout->addLayout(line);
        return line;
    }
};

void addButtonStates(Column& column) {
    for (const ButtonKind kind :
         {ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Quiet, ButtonKind::Danger}) {
        QHBoxLayout* row = column.row();
        ButtonLook look;
        look.kind = kind;
        look.icon = icons::kActionSend;
        look.keyCap = QStringLiteral("F6");
        const auto put = [&](const QString& text, auto change) {
            ButtonLook state = look;
            state.text = text;
            change(state);
            row->addWidget(new PaintedButton(column.theme(), state));
        };
        put(column.text("Rest", "Ruhe"), [](ButtonLook&) {});
        put(column.text("Mouse", "Maus"), [](ButtonLook& state) { state.hovered = true; });
        put(column.text("Pressed", "Gedrückt"), [](ButtonLook& state) { state.pressed = true; });
        put(column.text("Focus", "Fokus"), [](ButtonLook& state) { state.focused = true; });
        put(column.text("Busy", "Läuft"), [](ButtonLook& state) { state.busy = true; });
        put(column.text("Off", "Gesperrt"), [](ButtonLook& state) { state.enabled = false; });
        row->addStretch();
    }
}

void addChoices(Column& column) {
    QHBoxLayout* row = column.row();
    const auto check = [&](const QString& text, Qt::CheckState state, bool enabled) {
        auto* box = new QCheckBox(text);
        box->setTristate(state == Qt::PartiallyChecked);
        box->setCheckState(state);
        box->setEnabled(enabled);
        row->addWidget(box);
    };
    check(column.text("Unticked", "Nicht gewählt"), Qt::Unchecked, true);
    check(column.text("Ticked", "Gewählt"), Qt::Checked, true);
    check(column.text("Partly", "Teilweise"), Qt::PartiallyChecked, true);
    check(column.text("Off", "Gesperrt"), Qt::Checked, false);
    row->addStretch();
    row = column.row();
    auto* group = new QWidget;
    auto* inner = new QHBoxLayout(group);
    inner->setContentsMargins(0, 0, 0, 0);
    for (const bool on : {true, false}) {
        auto* radio = new QRadioButton(on ? column.text("This one", "Dieser Standort")
                                          : column.text("All of them", "Alle Standorte"));
        radio->setChecked(on);
        inner->addWidget(radio);
    }
    auto* off = new QRadioButton(column.text("Off", "Gesperrt"));
    off->setEnabled(false);
    inner->addWidget(off);
    row->addWidget(group);
    row->addStretch();
    row = column.row();
    for (const bool enabled : {true, false}) {
        auto* combo = new QComboBox;
        combo->addItems({column.text("Used cars", "Gebrauchtwagen"), column.text("New", "Neu")});
        combo->setAccessibleName(column.text("Department", "Abteilung"));
        combo->setEnabled(enabled);
        row->addWidget(combo);
        auto* date = new QDateTimeEdit(QDateTime(QDate(2026, 11, 27), QTime(16, 0)));
        date->setCalendarPopup(true);
        date->setDisplayFormat(QStringLiteral("dd.MM.yyyy HH:mm"));
        date->setAccessibleName(column.text("Until", "Bis"));
        date->setEnabled(enabled);
        row->addWidget(date);
    }
    row->addStretch();
}

void addStates(Column& column) {
    QHBoxLayout* row = column.row();
    const auto pill = [&](SyncState state, const QString& detail, int count = 0) {
        auto* widget = new SyncPill(column.theme());
        widget->setState(state, detail, QStringLiteral("10:21"), count);
        row->addWidget(widget);
    };
    pill(SyncState::Synced, {});
    pill(SyncState::Syncing, QStringLiteral("7"));
    pill(SyncState::Offline, {});
    pill(SyncState::Conflict, {}, 1);
    pill(SyncState::Rejected, {}, 2);
    row->addStretch();
    for (const InlineBanner::Tone tone :
         {InlineBanner::Tone::Info, InlineBanner::Tone::Warning, InlineBanner::Tone::Danger}) {
        auto* banner = new InlineBanner(column.theme(), tone, icons::kStateInfo);
        banner->setText(column.text("You are working offline.", "Sie arbeiten offline."),
                        column.text("Everything is stored on this computer.",
                                    "Alles ist auf diesem Gerät gesichert."));
        column.layout->addWidget(banner);
    }
    column.layout->addWidget(new EmptyState(
        column.theme(), icons::kNavLeads,
        column.text("No match with these filters.", "Kein Treffer mit diesen Filtern."),
        column.text("Reset the filters", "Filter zurücksetzen")));
    auto* error = new ReadErrorState(column.theme());
    error->setError(ErrorCode::Corrupt);
    column.layout->addWidget(error);
    column.layout->addWidget(new SkeletonRows(column.theme(), 2, size::kRowLead));
}

LeadRow leadRow(const Column& column, const char* customer) {
    LeadRow row;
    row.source = {std::nullopt, QStringLiteral("m")};
    row.customer = QString::fromUtf8(customer);
    row.vehicle = QStringLiteral("VW Passat Variant 2.0 TDI Elegance");
    row.status = column.text("Offer", "Angebot");
    row.age = column.text("2 d", "2 Tage");
    row.deadline = QStringLiteral("11:00");
    row.deadlineNote = column.text("in 18 min", "in 18 min");
    return row;
}

void addRows(Column& column) {
    auto* model = new QStandardItemModel(column.layout);
    const auto put = [&](const QVariant& value, int role) {
        auto* item = new QStandardItem;
        item->setData(value, role);
        model->appendRow(item);
    };
    const auto lead = [&](const LeadRow& row) { put(QVariant::fromValue(row), kLeadRowRole); };
    put(QVariant::fromValue(
            LeadGroup{column.text("Next", "Jetzt dran"), 7, false, true, QString(), QString()}),
        kLeadGroupRole);
    LeadRow row = leadRow(column, "Familie Öztürk");
    row.deadlineTone = DeadlineTone::Overdue;
    row.deadlineNote = column.text("overdue", "überfällig");
    lead(row);
    lead(leadRow(column, "Sabine Krüger"));
    row = leadRow(column, "");
    row.masked = true;
    row.claimable = true;
    row.region = QStringLiteral("Raum Stade");
    row.deadline = QStringLiteral("04:51");
    row.deadlineNote.clear();
    row.ringShare = 0.8;
    lead(row);
    row.ringShare = 0.35;
    row.deadline = QStringLiteral("01:48");
    lead(row);
    row.ringShare = 0.1;
    row.deadline = QStringLiteral("00:36");
    row.claiming = true;
    lead(row);
    row.claiming = false;
    row.claimable = false;
    row.ringShare.reset();
    row.provisional = true;
    row.deadline = column.text("noted", "vorgemerkt");
    row.deadlineNote = column.text("not confirmed", "nicht bestätigt");
    row.deadlineTone = DeadlineTone::Soon;
    lead(row);
    row.provisional = false;
    row.takenBy = QStringLiteral("Murat Aydın");
    row.takenOpacity = 0.6;
    lead(row);
    row = leadRow(column, "Dr. Thomas Reimann");
    row.freshness = 1.0;
    lead(row);
    auto* header = new LeadListHeader(column.theme());
    column.layout->addWidget(header);
    auto* list = new LeadListView(column.theme());
    list->setModel(model);
    list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setMinimumHeight(column.theme().px(size::kGroupHeader + 8 * size::kRowLead));
    list->setCurrentIndex(model->index(2, 0));
    list->setHoveredForPicture(model->index(3, 0));
    column.layout->addWidget(list);
}

void addWork(Column& column) {
    auto* stages = new StageBar(column.theme());
    using State = StageBar::State;
    stages->setStages({{column.text("New", "Neu"), State::Done},
                       {column.text("Contact", "Kontakt"), State::Done},
                       {column.text("Offer", "Angebot"), State::Current},
                       {column.text("Deal", "Abschluss"), State::Open}});
    column.layout->addWidget(stages);
    auto* next = new NextStepBar(column.theme());
    next->setStep({column.text("Call back", "Rückruf zur Inzahlungnahme"),
                   column.text("at 11:00", "um 11:00"), column.text("in 18 min", "in 18 min")});
    column.layout->addWidget(next);
    auto* timeline = new Timeline(column.theme());
    std::vector<TimelineItem> items;
    const auto put = [&](TimelineKind kind, const char* text, Delivery delivery) {
        TimelineItem item;
        item.kind = kind;
        item.id = QString::number(items.size());
        item.author = QStringLiteral("Jonas Martens");
        item.time = QStringLiteral("17:12");
        item.text = QString::fromUtf8(text);
        item.delivery = delivery;
        items.push_back(item);
    };
    put(TimelineKind::Day, "Montag, 23. November", Delivery::None);
    put(TimelineKind::Incoming, "Ist der Passat noch verfügbar?", Delivery::None);
    put(TimelineKind::Outgoing, "Ihr Angebot über 31.480 €.", Delivery::Read);
    put(TimelineKind::Outgoing, "Gern, bis morgen.", Delivery::Failed);
    put(TimelineKind::Note, "Golf bewertet: 11.200 €.", Delivery::None);
    put(TimelineKind::Call, "Probefahrt vereinbart", Delivery::None);
    put(TimelineKind::System, "Angebot → Verhandlung", Delivery::None);
    timeline->setItems(items);
    timeline->setAccessibleName(column.text("History", "Verlauf"));
    timeline->setMinimumHeight(column.theme().px(400));
    column.layout->addWidget(timeline);
}

std::unique_ptr<QWidget> sheet(const ShotContext& context, void (*fill)(Column&)) {
    auto page = std::make_unique<QWidget>();
    auto* layout = new QVBoxLayout(page.get());
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    Column column{context, layout};
    fill(column);
    layout->addStretch();
    return page;
}

std::unique_ptr<QWidget> toasts(const ShotContext& context) {
    auto page = std::make_unique<QWidget>();
    page->setMinimumSize(context.theme.px(640), context.theme.px(260));
    auto* host = new ToastHost(context.theme, page.get());
    const auto show = [&](ToastTone tone, const char* english, const char* german, bool undo) {
        host->show(
            {tone, context.text(english, german), undo ? QStringLiteral("undo") : QString()});
    };
    show(ToastTone::Success, "Lead closed.", "Verkaufschance abgeschlossen.", true);
    show(ToastTone::Info, "Two new leads.", "Zwei neue Verkaufschancen.", false);
    show(ToastTone::Warning, "Not confirmed yet.", "Noch nicht bestätigt.", false);
    show(ToastTone::Info, "Copied.", "Kopiert.", false);
    show(ToastTone::Info, "Saved.", "Gespeichert.", false);
    return page;
}

}  // namespace

void registerComponentShots(ShotRegistry& registry) {
    const auto add = [&](const char* name, QSize size, void (*fill)(Column&)) {
        registry.registerShot(QString::fromLatin1(name), size,
                              [fill](const ShotContext& context) { return sheet(context, fill); });
    };
    add("component-buttons", QSize(900, 260), addButtonStates);
    add("component-choices", QSize(900, 200), addChoices);
    add("component-states", QSize(900, 620), addStates);
    add("component-rows", QSize(640, 520), addRows);
    add("component-work", QSize(760, 640), addWork);
    registry.registerShot(QStringLiteral("component-toasts"), QSize(640, 260), toasts);
}

}  // namespace vorfahrt::test
