// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace vorfahrt::client::viewmodel {

// In minutes of the day on which it begins; where `to` is not later than `from`, it ends on the
// next day.
struct QuietRange {
    int from = 0;
    int to = 0;
    friend bool operator==(const QuietRange&, const QuietRange&) = default;
};

// What a person wants to be told, and how. Sound is never unasked.
struct NotificationSettings {
    static constexpr int kDays = 7;

    bool leads = true;      // a claimable lead of my sites
    bool takenBack = true;  // a lead that was mine went back to the pool
    bool toast = true;      // in the program, while it is in front
    bool system = true;     // of the operating system, while it is not
    bool tray = true;       // the icon beside the clock
    bool taskbar = true;    // the number on the taskbar
    bool sound = false;
    bool quiet = false;                                // the hours below hold
    std::array<std::vector<QuietRange>, kDays> hours;  // Monday first

    friend bool operator==(const NotificationSettings&, const NotificationSettings&) = default;

    // 0: Monday. minute: of that day, local time.
    [[nodiscard]] bool isQuiet(int weekday, int minute) const;
};

// "18:00-08:00,12:00-12:30" and back; nothing for what is not such a list.
[[nodiscard]] QString quietText(const std::vector<QuietRange>& ranges);
[[nodiscard]] std::optional<std::vector<QuietRange>> parseQuiet(const QString& text);

enum class NoticeKind { Lead, TakenBack };

// What may be told of a lead: its teaser. There is no field for anything of the customer.
struct Notice {
    NoticeKind kind = NoticeKind::Lead;
    LeadId lead;
    std::uint64_t number = 0;
    QString wish;
    QString site;
};

// How the desk stands when it is asked.
struct Situation {
    std::int64_t steadyMs = 0;
    int weekday = 0;  // 0: Monday
    int minute = 0;
    bool inFront = false;  // the window is active and not minimised
    bool busy = false;     // somebody types, a call rings, a dialog is open
    bool caughtUp = true;  // nothing of what happened while it was off is still on its way
};

struct Announcement {
    enum class Way { Toast, System };
    Way way = Way::Toast;
    NoticeKind kind = NoticeKind::Lead;
    int count = 1;
    Notice notice;  // the one; with a larger count the newest
};

struct Decision {
    std::vector<Announcement> show;
    bool sound = false;
};

// Decides what is told, when and how: never twice, never in a storm, never while somebody types,
// never in quiet hours, and nothing that was known in an earlier run. A value machine without
// clock, window or database.
class NotificationDecider {
public:
    static constexpr std::int64_t kGapMs = 5'000;  // between two announcements
    static constexpr std::size_t kMaxKnown = 2'000;

    explicit NotificationDecider(NotificationSettings settings = {})
        : settings_(std::move(settings)) {}

    void setSettings(NotificationSettings settings) { settings_ = std::move(settings); }
    [[nodiscard]] const NotificationSettings& settings() const { return settings_; }

    // Another person or business: what is claimable at the first look is known, unless an earlier
    // run remembered what it had seen.
    void reset(std::optional<std::set<LeadId>> known = {});
    // All that can be claimed now, and what was taken back since the last look.
    void look(const std::vector<Notice>& claimable, const std::vector<Notice>& takenBack);
    [[nodiscard]] Decision decide(const Situation& situation);

    // For the next run.
    [[nodiscard]] const std::set<LeadId>& known() const { return known_; }
    [[nodiscard]] bool hasWaiting() const { return !waiting_.empty(); }

private:
    NotificationSettings settings_;
    std::set<LeadId> known_;
    bool hasLooked_ = false;
    std::vector<Notice> waiting_;
    std::optional<std::int64_t> lastMs_;
};

}  // namespace vorfahrt::client::viewmodel
