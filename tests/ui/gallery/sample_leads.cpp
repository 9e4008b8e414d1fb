// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery/sample_leads.h"

namespace vorfahrt::test {

using namespace vorfahrt::client::ui;

namespace {

QString utf(const char* text) {
    return QString::fromUtf8(text);
}

SourceTile tile(Icon icon) {
    return {icon, QString()};
}
SourceTile letter(const char* text) {
    return {std::nullopt, utf(text)};
}

LeadRow open(SourceTile source, const char* customer, const char* vehicle, const QString& status,
             const QString& age, const char* deadline, const QString& note,
             DeadlineTone tone = DeadlineTone::Normal) {
    LeadRow row;
    row.source = std::move(source);
    row.customer = utf(customer);
    row.vehicle = utf(vehicle);
    row.status = status;
    row.age = age;
    row.deadline = utf(deadline);
    row.deadlineNote = note;
    row.deadlineTone = tone;
    return row;
}

LeadRow masked(SourceTile source, const QString& region, const char* vehicle, const QString& status,
               const QString& age, const char* deadline, qreal share) {
    LeadRow row = open(std::move(source), "", vehicle, status, age, deadline, QString());
    row.masked = true;
    row.claimable = true;
    row.region = region;
    row.statusTone = ChipTone::Accent;
    row.ringShare = share;
    return row;
}

}  // namespace

SampleLeads::SampleLeads(const ShotContext& context, bool offline) {
    const auto t = [&](const char* english, const char* german) {
        return context.text(english, german);
    };
    const QString fresh = t("New", "Neu");
    const QString contacted = t("Contacted", "Kontaktiert");
    const QString offer = t("Offer", "Angebot");
    const QString drive = t("Test drive", "Probefahrt");
    const QString talks = t("Negotiation", "Verhandlung");
    const auto days = [&](int n) { return QStringLiteral("%1 ").arg(n) + t("days", "Tage"); };
    const auto area = [&](const char* name) {
        return t("Area", "Raum") + QLatin1Char(' ') + utf(name);
    };
    LeadGroup claim{t("To claim", "Zum Übernehmen"),
                    4,
                    false,
                    false,
                    t("Customer data after the claim", "Kundendaten nach Übernahme"),
                    utf("Ü")};
    if (offline) {
        claim.note = t("As of 10:21", "Stand 10:21");
        claim.noteKey.clear();
    }
    lines_.emplace_back(claim);
    lines_.emplace_back(masked(tile(icons::kSourceCallCentre), area("Hamburg"),
                               "VW Caddy Cargo Maxi · Gewerbe", fresh, QStringLiteral("5 min"),
                               "00:36", 0.12));
    lines_.emplace_back(masked(tile(icons::kSourceHomepage), area("Lüneburg"),
                               "Škoda Octavia Combi 2.0 TDI Style", fresh, QStringLiteral("3 min"),
                               "01:48", 0.36));
    if (offline) {
        auto& row = std::get<LeadRow>(lines_.back());
        row.provisional = true;
        row.claimable = false;
        row.ringShare.reset();
        row.deadline = t("pencilled in", "vorgemerkt");
        row.deadlineNote = t("not confirmed", "nicht bestätigt");
        row.deadlineTone = DeadlineTone::Soon;
        auto& first = std::get<LeadRow>(lines_[1]);
        first.ringShare.reset();
        first.deadline = t("open", "offen");
        first.deadlineNote = t("as of 10:21", "Stand 10:21");
    }
    lines_.emplace_back(masked(letter("m"), area("Hamburg"), "VW ID.4 Pro Performance · EZ 03/2024",
                               fresh, QStringLiteral("1 min"), "03:12", 0.64));
    lines_.emplace_back(masked(letter("A"), area("Stade"), "Audi A4 Avant 40 TDI S line", fresh,
                               t("now", "gerade"), "04:51", 0.97));
    if (offline) {
        auto& row = std::get<LeadRow>(lines_.back());
        row.takenBy = QStringLiteral("Martina Albers");
        row.takenOpacity = 0.6;
    }
    lines_.emplace_back(LeadGroup{t("Next", "Jetzt dran"), 5, false, true, QString(), QString()});
    lines_.emplace_back(open(tile(icons::kSourceHomepage), "Familie Öztürk",
                             "VW T-Roc 1.5 TSI Move", contacted, t("1 day", "1 Tag"), "10:15",
                             t("overdue", "überfällig"), DeadlineTone::Overdue));
    lines_.emplace_back(open(letter("A"), "Sabine Krüger", "VW Passat Variant 2.0 TDI Elegance",
                             offer, days(2), "11:00", t("in 18 min", "in 18 min"),
                             DeadlineTone::Soon));
    lines_.emplace_back(open(letter("m"), "Dr. Thomas Reimann", "Cupra Born e-Boost 58 kWh", drive,
                             days(3), "14:30", t("today", "heute")));
    lines_.emplace_back(open(tile(icons::kSourceCallCentre), "Petersen Haustechnik GmbH",
                             "2 × VW Caddy Cargo 2.0 TDI", talks, days(6), "16:00",
                             t("today", "heute")));
    lines_.emplace_back(open(tile(icons::kSourceWalkIn), "Jana Weiß", "VW Polo 1.0 TSI Life",
                             contacted, days(2), "17:30", t("today", "heute")));
    lines_.emplace_back(
        LeadGroup{t("In progress", "In Bearbeitung"), 9, false, false, QString(), QString()});
    lines_.emplace_back(open(letter("m"), "Oliver Sandmann", "Škoda Enyaq 85 Sportline", offer,
                             days(4), "Mi 25.11.", QStringLiteral("09:00")));
    lines_.emplace_back(open(tile(icons::kSourceTrackedCall), "Birgit Claussen",
                             "VW Tiguan 2.0 TDI R-Line", drive, days(5), "Mi 25.11.",
                             QStringLiteral("15:30")));
    lines_.emplace_back(open(tile(icons::kSourceWhatsapp), "Mehmet Yıldırım",
                             "VW Golf 8 Variant 1.5 eTSI", contacted, days(3), "Do 26.11.",
                             QStringLiteral("10:00")));
    lines_.emplace_back(open(letter("A"), "Katharina von Rahden", "Audi Q4 e-tron 45", offer,
                             days(8), "Do 26.11.", QStringLiteral("14:00")));
    lines_.emplace_back(open(tile(icons::kSourceHomepage), "Ralf Dittmer",
                             "VW Multivan 1.4 eHybrid", contacted, days(2), "Fr 27.11.",
                             QStringLiteral("11:30")));
    lines_.emplace_back(open(tile(icons::kSourceEmail), "Pflegedienst Alsterblick",
                             "3 × VW up! gebraucht", talks, days(11), "Fr 27.11.",
                             QStringLiteral("13:00")));
}

QVariant SampleLeads::data(const QModelIndex& index, int role) const {
    const Line& line = lines_.at(static_cast<std::size_t>(index.row()));
    if (const auto* group = std::get_if<LeadGroup>(&line)) {
        if (role == kLeadGroupRole) {
            return QVariant::fromValue(*group);
        }
        return role == Qt::AccessibleTextRole ? QVariant(accessibleSentence(*group)) : QVariant();
    }
    const auto& row = std::get<LeadRow>(line);
    if (role == kLeadRowRole) {
        return QVariant::fromValue(row);
    }
    return role == Qt::AccessibleTextRole ? QVariant(accessibleSentence(row)) : QVariant();
}

std::vector<TimelineItem> sampleTimeline(const ShotContext& context) {
    const auto t = [&](const char* english, const char* german) {
        return context.text(english, german);
    };
    std::vector<TimelineItem> items;
    const auto add = [&](TimelineKind kind, std::optional<Icon> icon, const char* author,
                         const QString& meta, const char* time, const QString& text) {
        TimelineItem item;
        item.kind = kind;
        item.icon = icon;
        item.author = utf(author);
        item.meta = meta;
        item.time = utf(time);
        item.text = text;
        items.push_back(std::move(item));
    };
    add(TimelineKind::Day, std::nullopt, "", QString(), "",
        t("Sunday, 22 November", "Sonntag, 22. November"));
    add(TimelineKind::Incoming, icons::kChannelEmail, "Sabine Krüger",
        t("Enquiry through AutoScout24", "Anfrage über AutoScout24"), "15:52",
        t("Hello, is the Passat Variant still available? I would like to trade in my Golf Variant "
          "(2019).",
          "Guten Tag, ist der Passat Variant noch verfügbar? Ich würde meinen Golf Variant (2019) "
          "gern in Zahlung geben."));
    add(TimelineKind::System, Icon::UserCheck, "", QString(), "15:54",
        t("Claimed by you after 2 min · rule “Used cars Wandsbek”",
          "Von Ihnen übernommen nach 2 min · Regel „Gebrauchtwagen Wandsbek“"));
    add(TimelineKind::Day, std::nullopt, "", QString(), "",
        t("Monday, 23 November", "Montag, 23. November"));
    add(TimelineKind::Call, icons::kChannelCallOut, "Jonas Martens", t("Call", "Anruf"), "09:20",
        t("Test drive agreed, finance over 48 months wanted",
          "Probefahrt vereinbart, Finanzierung über 48 Monate gewünscht"));
    items.back().lead = QStringLiteral("4:12 min");
    items.back().chip = ChipLook{t("Reached", "Erreicht"), ChipTone::Success};
    add(TimelineKind::System, icons::kChannelTestDrive, "", QString(), "16:45",
        t("Test drive done · 24 km · form signed",
          "Probefahrt durchgeführt · 24 km · Protokoll unterschrieben"));
    add(TimelineKind::Outgoing, icons::kChannelEmail, "Jonas Martens",
        t("E-mail · read 17:31", "E-Mail · gelesen 17:31"), "17:12",
        t("Your offer of 31,480 € including winter wheels, valid until 30 November 2026.",
          "Ihr Angebot über 31.480 € inkl. Winterräder, gültig bis 30.11.2026."));
    items.back().attachment = QStringLiteral("Angebot 26-1184.pdf");
    items.back().attachmentSize = QStringLiteral("212 KB");
    add(TimelineKind::Incoming, icons::kChannelWhatsapp, "Sabine Krüger",
        QStringLiteral("WhatsApp"), "17:58",
        t("Thanks, looks good. What do I get for the Golf? I can be reached from 11 tomorrow.",
          "Danke, sieht gut aus! Was bekomme ich für den Golf? Morgen ab 11 bin ich erreichbar."));
    add(TimelineKind::Outgoing, icons::kChannelWhatsapp, "Jonas Martens",
        QStringLiteral("WhatsApp"), "18:04",
        t("I will have the Golf valued and call you tomorrow at 11.",
          "Gern, ich lasse den Golf bewerten und rufe Sie morgen um 11 Uhr an."));
    items.back().delivery = Delivery::Waiting;
    items.back().deliveryText = t("waits for the connection", "wartet auf Verbindung");
    add(TimelineKind::Note, icons::kChannelNote, "Murat Aydın", t("Internal note", "Interne Notiz"),
        "08:55",
        t("Golf valued at 11,200 €. Service book complete, stone chip in the windscreen (180 € "
          "deducted).",
          "Golf bewertet: 11.200 €. Scheckheft lückenlos, Steinschlag Frontscheibe (mit 180 € "
          "berücksichtigt)."));
    return items;
}

}  // namespace vorfahrt::test
