// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/notifications.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr std::size_t kMaxRanges = 8;  // of a day

std::optional<int> parseMinute(const QString& text) {
    const QStringList parts = text.trimmed().split(u':');
    bool hourIsNumber = false;
    bool minuteIsNumber = false;
    if (parts.size() != 2 || parts[0].size() > 2 || parts[1].size() != 2) {
        return std::nullopt;
    }
    const int hour = parts[0].toInt(&hourIsNumber);
    const int minute = parts[1].toInt(&minuteIsNumber);
    const bool valid = hourIsNumber && minuteIsNumber && hour >= 0 && minute >= 0 && minute < 60 &&
                       (hour < 24 || (hour == 24 && minute == 0));
    return valid ? std::optional(hour * 60 + minute) : std::nullopt;
}

QString minuteText(int minute) {
    return QStringLiteral("%1:%2")
        .arg(minute / 60, 2, 10, QLatin1Char('0'))
        .arg(minute % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace

bool NotificationSettings::isQuiet(int weekday, int minute) const {
    if (!quiet || weekday < 0 || weekday >= kDays) {
        return false;
    }
    const auto& today = hours[static_cast<std::size_t>(weekday)];
    const auto& yesterday = hours[static_cast<std::size_t>((weekday + kDays - 1) % kDays)];
    const auto now = [minute](const QuietRange& range) {
        return minute >= range.from && (range.to <= range.from || minute < range.to);
    };
    const auto since = [minute](const QuietRange& range) {
        return range.to <= range.from && minute < range.to;
    };
    return std::ranges::any_of(today, now) || std::ranges::any_of(yesterday, since);
}

QString quietText(const std::vector<QuietRange>& ranges) {
    QStringList out;
    for (const QuietRange& range : ranges) {
        out << minuteText(range.from) + u'-' + minuteText(range.to);
    }
    return out.join(QStringLiteral(", "));
}

std::optional<std::vector<QuietRange>> parseQuiet(const QString& text) {
    std::vector<QuietRange> out;
    if (text.trimmed().isEmpty()) {
        return out;
    }
    const QStringList parts = text.split(u',');
    if (static_cast<std::size_t>(parts.size()) > kMaxRanges) {
        return std::nullopt;
    }
    for (const QString& part : parts) {
        // People write a dash of any length.
        QString range = part;
        range.replace(QChar(0x2013), u'-');
        const QStringList ends = range.split(u'-');
        const auto from = ends.size() == 2 ? parseMinute(ends[0]) : std::nullopt;
        const auto to = ends.size() == 2 ? parseMinute(ends[1]) : std::nullopt;
        if (!from || !to || *from == kDayMinutes) {
            return std::nullopt;
        }
        out.push_back({.from = *from, .to = *to});
    }
    return out;
}

void NotificationDecider::reset(std::optional<std::set<LeadId>> known) {
    hasLooked_ = known.has_value();
    known_ = known ? std::move(*known) : std::set<LeadId>();
    waiting_.clear();
    lastMs_.reset();
}

void NotificationDecider::look(const std::vector<Notice>& claimable,
                               const std::vector<Notice>& takenBack) {
    std::set<LeadId> now;
    for (const Notice& notice : claimable) {
        if (now.size() < kMaxKnown) {
            now.insert(notice.lead);
        }
    }
    // Somebody was faster: there is nothing to tell any more.
    std::erase_if(waiting_, [&](const Notice& notice) {
        return notice.kind == NoticeKind::Lead && !now.contains(notice.lead);
    });
    std::set<LeadId> back;
    for (const Notice& notice : takenBack) {
        back.insert(notice.lead);
        if (settings_.takenBack) {
            waiting_.push_back(notice);
        }
    }
    if (hasLooked_ && settings_.leads) {
        for (const Notice& notice : claimable) {
            // What was taken back from this person is told as that.
            const bool isNew = now.contains(notice.lead) && !known_.contains(notice.lead) &&
                               !back.contains(notice.lead);
            if (isNew) {
                waiting_.push_back(notice);
            }
        }
    }
    if (waiting_.size() > kMaxKnown) {
        waiting_.erase(waiting_.begin(), waiting_.end() - static_cast<std::ptrdiff_t>(kMaxKnown));
    }
    hasLooked_ = true;
    known_ = std::move(now);
}

Decision NotificationDecider::decide(const Situation& situation) {
    Decision decision;
    if (waiting_.empty() || !situation.caughtUp) {
        return decision;
    }
    // In quiet hours nothing is told later either: the counts and the list say it.
    if (settings_.isQuiet(situation.weekday, situation.minute)) {
        waiting_.clear();
        return decision;
    }
    const bool tooSoon = lastMs_ && situation.steadyMs - *lastMs_ < kGapMs;
    if (situation.busy || tooSoon) {
        return decision;
    }
    const bool shown = situation.inFront ? settings_.toast : settings_.system;
    const auto way = situation.inFront ? Announcement::Way::Toast : Announcement::Way::System;
    for (const NoticeKind kind : {NoticeKind::TakenBack, NoticeKind::Lead}) {
        const auto count = std::ranges::count(waiting_, kind, &Notice::kind);
        if (count == 0 || !shown) {
            continue;
        }
        const auto newest =
            std::find_if(waiting_.rbegin(), waiting_.rend(),
                         [kind](const Notice& notice) { return notice.kind == kind; });
        decision.show.push_back(
            {.way = way, .kind = kind, .count = static_cast<int>(count), .notice = *newest});
    }
    decision.sound = settings_.sound;
    lastMs_ = situation.steadyMs;
    waiting_.clear();
    return decision;
}

}  // namespace vorfahrt::client::viewmodel
