// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/recents.h"

#include "client/viewmodel/words.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kMaxCount = 1000;
constexpr qsizetype kMaxCommandName = 60;
constexpr qsizetype kMaxText = 16 * 1024;

}  // namespace

Recents::Recents(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    connect(&desk, &Desk::stageChanged, this, &Recents::stageChanged);
    stageChanged();
}

QString Recents::key() const {
    return QStringLiteral("search/%1/recent").arg(qstr(tenant_.text()));
}

void Recents::stageChanged() {
    const bool works = desk_.stage() == Desk::Stage::Working;
    const TenantId now = works ? desk_.viewer().tenant : TenantId();
    if (now == tenant_) {
        return;
    }
    tenant_ = now;
    rows_.clear();
    commands_.clear();
    if (works) {
        read();
    }
    Q_EMIT changed();
}

void Recents::read() {
    desk_.reader().ask(
        QStringLiteral("search.recents"), this,
        [key = key().toStdString()](replica::Reader& reader) { return reader.draft(key); },
        [this, tenant = tenant_](const std::optional<std::string>& text) {
            if (text && tenant == tenant_) {
                take(qstr(*text));
                Q_EMIT changed();
            }
        });
}

// What was opened since the start is newer than what was stored.
void Recents::take(const QString& text) {
    for (const QString& line : text.left(kMaxText).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList words = line.split(QLatin1Char(' '));
        bool good = words.size() == 3;
        const int number = good ? words[1].toInt(&good) : 0;
        if (good && words[0] == QStringLiteral("row") && number >= 0 &&
            number <= static_cast<int>(replica::SearchGroup::Activities)) {
            const auto id =
                RowId::fromBytes(QByteArray::fromHex(words[2].toLatin1()).toStdString());
            const replica::SearchRef row{static_cast<replica::SearchGroup>(number),
                                         id.value_or(RowId())};
            if (id && !rows_.contains(row) && rows_.size() < kMaxRows) {
                rows_.append(row);
            }
        } else if (good && words[0] == QStringLiteral("ran") && number > 0) {
            const bool there = std::any_of(commands_.begin(), commands_.end(),
                                           [&](const Command& c) { return c.id == words[2]; });
            if (!there && commands_.size() < kMaxCommands) {
                commands_.append({words[2].left(kMaxCommandName), std::min(number, kMaxCount)});
            }
        }
    }
}

QString Recents::text() const {
    QString text;
    for (const replica::SearchRef& row : rows_) {
        text += QStringLiteral("row %1 %2\n")
                    .arg(static_cast<int>(row.group))
                    .arg(QString::fromLatin1(QByteArray::fromStdString(row.id.bytes()).toHex()));
    }
    for (const Command& command : commands_) {
        text += QStringLiteral("ran %1 %2\n").arg(command.count).arg(command.id);
    }
    return text;
}

void Recents::save() {
    desk_.port().saveDraft(key(), text());
    Q_EMIT changed();
}

void Recents::opened(const replica::SearchRef& row) {
    if (tenant_.isNone() || row.id.isNone() || (!rows_.isEmpty() && rows_.constFirst() == row)) {
        return;
    }
    rows_.removeAll(row);
    rows_.prepend(row);
    rows_.resize(std::min(rows_.size(), kMaxRows));
    save();
}

void Recents::ran(const QString& command) {
    if (tenant_.isNone() || command.isEmpty() || command.contains(QLatin1Char(' '))) {
        return;
    }
    const auto it = std::find_if(commands_.begin(), commands_.end(),
                                 [&](const Command& one) { return one.id == command; });
    Command used{command.left(kMaxCommandName), 1};
    if (it != commands_.end()) {
        used.count = std::min(it->count + 1, kMaxCount);
        commands_.erase(it);
    }
    commands_.prepend(used);
    commands_.resize(std::min(commands_.size(), kMaxCommands));
    save();
}

QStringList Recents::commands() const {
    QList<Command> sorted = commands_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Command& a, const Command& b) { return a.count > b.count; });
    QStringList ids;
    for (const Command& command : sorted) {
        ids << command.id;
    }
    return ids;
}

}  // namespace vorfahrt::client::viewmodel
