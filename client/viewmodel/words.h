// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "common/base/error.h"

#include <QCoreApplication>
#include <QString>

namespace vorfahrt::client::viewmodel {

enum class DueTone { None, Normal, Soon, Overdue };

// A due time in two short lines: "11:00" and "in 18 min".
struct DueWords {
    QString text;
    QString note;
    DueTone tone = DueTone::None;
};

[[nodiscard]] inline QString qstr(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// How values are said: times, money, states and errors in the language of the desk (design,
// section 10). Times are UTC milliseconds and shown in local time. Pure but for locale and
// translator.
class Words {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::viewmodel::Words)

public:
    static QString status(record::LeadStatus status);
    static QString source(const replica::LeadRow& row);
    static QString role(record::Role role);
    static QString contactKind(record::ContactKind kind);

    static QString clock(std::int64_t ms);     // 11:00
    static QString shortDay(std::int64_t ms);  // Mi 25.11.
    static QString longDay(std::int64_t ms);   // Montag, 23. November
    // "09:20" on the day of nowMs, else with the day before it.
    static QString moment(std::int64_t nowMs, std::int64_t ms);
    static QString age(std::int64_t nowMs, std::int64_t thenMs);
    static QString countdown(std::int64_t leftMs);  // 01:48, 3:05 h
    static DueWords due(std::int64_t nowMs, std::int64_t dueMs);
    static std::int64_t endOfDay(std::int64_t nowMs);

    static QString money(std::int64_t cents);
    // "VW Passat Variant · 31.480 € · EZ 05/2023 · 38.200 km"
    static QString wishLine(const record::VehicleWish& wish);
    static QString vehicleName(const record::Vehicle& vehicle);
    static QString vehicleLine(const record::Vehicle& vehicle);
    static QString addressLine(const record::Address& address);

    // What happened, and what to do; never a code.
    static QString refusal(ErrorCode code);
    // The data on this computer could not be read: what is safe, and what to do.
    static QString readProblem(ErrorCode code);
};

}  // namespace vorfahrt::client::viewmodel
