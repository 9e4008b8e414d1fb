// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/edit_journal.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

namespace vorfahrt::test {
namespace {

QStringList tagsIn(const QString& text) {
    static const QRegularExpression kTag(QStringLiteral("k[0-9]{6}z"));
    QStringList out;
    auto matches = kTag.globalMatch(text);
    while (matches.hasNext()) {
        out.append(matches.next().captured());
    }
    return out;
}

QString textOf(const QJsonObject& object, QLatin1String field) {
    return object.value(field).toString();
}

// Protobuf's JSON has bytes in base64.
QString idIn(const QJsonObject& object, QLatin1String field) {
    return QString::fromLatin1(QByteArray::fromBase64(textOf(object, field).toLatin1()).toHex());
}

// Absent is the first value of the enum.
QString statusOf(const QJsonObject& lead) {
    const QString status = textOf(lead, QLatin1String("status"));
    return status.isEmpty() ? QStringLiteral("NEW") : status;
}

QString joined(const QStringList& texts) {
    return texts.join(QLatin1Char(' '));
}

}  // namespace

Dump::Dump(const QStringList& lines) {
    for (const QString& line : lines) {
        const QJsonObject row = QJsonDocument::fromJson(line.toUtf8()).object();
        rows_.push_back({textOf(row, QLatin1String("table")), textOf(row, QLatin1String("id")),
                         row.value(QLatin1String("main")).toObject(),
                         row.value(QLatin1String("private")).toObject()});
    }
}

const Dump::Row* Dump::find(const QString& table, const QString& id) const {
    const auto it = std::ranges::find_if(
        rows_, [&](const Row& row) { return row.table == table && row.id == id; });
    return it == rows_.end() ? nullptr : &*it;
}

const Dump::Row* Dump::findBy(const QString& table, const QString& field,
                              const QString& text) const {
    const Row* found = nullptr;
    for (const Row& row : rows_) {
        if (row.table == table && row.main.value(field).toString() == text) {
            if (found != nullptr) {
                return nullptr;
            }
            found = &row;
        }
    }
    return found;
}

QHash<QString, int> Dump::tags() const {
    QHash<QString, int> out;
    for (const Row& row : rows_) {
        QStringList found;
        if (row.table == QLatin1String("lead")) {
            const QJsonDocument wish(row.main.value(QLatin1String("wish")).toObject());
            found = tagsIn(QString::fromUtf8(wish.toJson()));
            found.removeDuplicates();
        } else if (row.table == QLatin1String("activity")) {
            found = tagsIn(textOf(row.main, QLatin1String("text")));
        } else if (row.table == QLatin1String("customer")) {
            found = tagsIn(textOf(row.main, QLatin1String("last_name")) + QLatin1Char(' ') +
                           textOf(row.main, QLatin1String("note")));
        } else if (row.table == QLatin1String("contact_point")) {
            found = tagsIn(textOf(row.main, QLatin1String("value")));
        }
        for (const QString& tag : found) {
            ++out[tag];
        }
    }
    return out;
}

int Dump::moves(const QString& lead) const {
    return static_cast<int>(std::ranges::count_if(rows_, [&](const Row& row) {
        return row.table == QLatin1String("activity") &&
               textOf(row.main, QLatin1String("kind")) == QLatin1String("STATUS_CHANGE") &&
               idIn(row.main, QLatin1String("lead_id")) == lead;
    }));
}

QString EditJournal::newTag() {
    return QStringLiteral("k%1z").arg(nextTag_++, 6, 10, QLatin1Char('0'));
}

int EditJournal::add(Kind kind, const QString& tag, const QString& row) {
    const int move = kind == Kind::Move ? movesOf(row) + 1 : 0;
    edits_.push_back({nextNumber_, kind, tag, row, move, false});
    return nextNumber_++;
}

std::size_t EditJournal::index(int number) const {
    const auto it = std::ranges::lower_bound(edits_, number, {}, &Edit::number);
    return static_cast<std::size_t>(it - edits_.begin());
}

void EditJournal::markDurable(int number) {
    const std::size_t at = index(number);
    if (at < edits_.size() && edits_[at].number == number) {
        edits_[at].durable = true;
    }
}

QString EditJournal::noteOf(const QString& customer) const {
    QStringList tags;
    for (const Edit& edit : edits_) {
        if (edit.kind == Kind::CustomerNote && edit.row == customer) {
            tags.append(edit.tag);
        }
    }
    return joined(tags);
}

QString EditJournal::stage(int move) {
    static const std::array kStages{QStringLiteral("CONTACTED"), QStringLiteral("TEST_DRIVE"),
                                    QStringLiteral("OFFER"), QStringLiteral("NEGOTIATION")};
    return move == 0 ? QStringLiteral("NEW")
                     : kStages.at(static_cast<std::size_t>(move - 1) % kStages.size());
}

int EditJournal::movesOf(const QString& lead) const {
    return static_cast<int>(std::ranges::count_if(
        edits_, [&](const Edit& edit) { return edit.kind == Kind::Move && edit.row == lead; }));
}

bool EditJournal::isIn(const Edit& edit, const Dump& dump, const QHash<QString, int>& tags) const {
    return edit.kind == Kind::Move ? dump.moves(edit.row) >= edit.move : tags.contains(edit.tag);
}

QStringList EditJournal::settle(const Dump& dump) {
    const QHash<QString, int> tags = dump.tags();
    QStringList complaints;
    std::vector<Edit> kept;
    bool missing = false;
    for (const Edit& edit : edits_) {
        if (edit.kind == Kind::Mail) {
            kept.push_back(edit);
            continue;
        }
        const QString what = QStringLiteral("edit %1 %2").arg(edit.number).arg(edit.tag);
        if (edit.durable) {
            kept.push_back(edit);
            if (!isIn(edit, dump, tags)) {
                complaints.append(what + QStringLiteral(" was durable and is gone"));
            }
        } else if (!isIn(edit, dump, tags)) {
            missing = true;
        } else {
            kept.push_back(edit);
            kept.back().durable = true;
            if (missing) {
                complaints.append(what + QStringLiteral(" is there, an earlier one is not"));
            }
        }
    }
    edits_ = std::move(kept);
    return complaints;
}

void EditJournal::checkLead(const QString& lead, const Dump& dump, QStringList& complaints) const {
    const int moves = movesOf(lead);
    const Dump::Row* row = dump.find(QStringLiteral("lead"), lead);
    if (row == nullptr) {
        complaints.append(QStringLiteral("lead %1 is missing").arg(lead));
        return;
    }
    if (statusOf(row->main) != stage(moves)) {
        complaints.append(QStringLiteral("lead %1 is %2 and not %3")
                              .arg(lead, statusOf(row->main), stage(moves)));
    }
    if (dump.moves(lead) != moves) {
        complaints.append(QStringLiteral("lead %1 was moved %2 times and not %3 times")
                              .arg(lead)
                              .arg(dump.moves(lead))
                              .arg(moves));
    }
}

QStringList EditJournal::check(const Dump& dump) const {
    QHash<QString, int> tags = dump.tags();
    QStringList complaints;
    QSet<QString> leads;
    QSet<QString> customers;
    for (const Edit& edit : edits_) {
        if (edit.kind == Kind::Move) {
            leads.insert(edit.row);
            continue;
        }
        if (edit.kind == Kind::CustomerNote) {
            customers.insert(edit.row);
        }
        const int found = tags.take(edit.tag);
        if (found != 1) {
            complaints.append(QStringLiteral("edit %1 %2 is there %3 times")
                                  .arg(edit.number)
                                  .arg(edit.tag)
                                  .arg(found));
        }
    }
    for (auto it = tags.cbegin(); it != tags.cend(); ++it) {
        complaints.append(QStringLiteral("%1 is there and was never committed").arg(it.key()));
    }
    for (const QString& lead : leads) {
        checkLead(lead, dump, complaints);
    }
    for (const QString& customer : customers) {
        const Dump::Row* row = dump.find(QStringLiteral("customer"), customer);
        const QString note = row == nullptr ? QString() : textOf(row->main, QLatin1String("note"));
        if (note != noteOf(customer)) {
            complaints.append(QStringLiteral("note of customer %1 differs").arg(customer));
        }
    }
    return complaints;
}

int EditJournal::count(Kind kind) const {
    return static_cast<int>(std::ranges::count(edits_, kind, &Edit::kind));
}

}  // namespace vorfahrt::test
