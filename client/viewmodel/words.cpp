// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/words.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
const QString kDot = QStringLiteral(" · ");
constexpr QChar kNoBreak(0x00A0);

QDateTime local(std::int64_t ms) {
    return QDateTime::fromMSecsSinceEpoch(ms);
}

std::int64_t roundedUp(std::int64_t value, std::int64_t unit) {
    return (value + unit - 1) / unit;
}

}  // namespace

QString Words::status(record::LeadStatus status) {
    switch (status) {
        case record::NEW: return tr("New", "lead status");
        case record::CONTACTED: return tr("Contacted", "lead status");
        case record::TEST_DRIVE: return tr("Test drive", "lead status");
        case record::OFFER: return tr("Offer", "lead status");
        case record::NEGOTIATION: return tr("Negotiation", "lead status");
        case record::WON: return tr("Won", "lead status");
        case record::LOST: return tr("Lost", "lead status");
        case record::INVALID: return tr("Invalid", "lead status");
        default: return {};
    }
}

QString Words::source(const replica::LeadRow& row) {
    if (!row.sourceName.empty()) {
        return qstr(row.sourceName);
    }
    return tr("Unknown source");
}

QString Words::role(record::Role role) {
    switch (role) {
        case record::SALES: return tr("Sales");
        case record::MANAGER: return tr("Manager");
        case record::ADMIN: return tr("Administrator");
        default: return {};
    }
}

QString Words::contactKind(record::ContactKind kind) {
    switch (kind) {
        case record::EMAIL_ADDRESS: return tr("E-mail");
        case record::PHONE: return tr("Phone");
        case record::MOBILE: return tr("Mobile");
        default: return tr("Contact");
    }
}

QString Words::clock(std::int64_t ms) {
    return local(ms).toString(QStringLiteral("HH:mm"));
}

QString Words::shortDay(std::int64_t ms) {
    const QDateTime at = local(ms);
    const QLocale locale;
    QString day = locale.standaloneDayName(at.date().dayOfWeek(), QLocale::ShortFormat);
    day.remove(QLatin1Char('.'));
    //: short date after a short weekday: "Wed 25 Nov"
    return day + kNoBreak + locale.toString(at.date(), tr("d MMM", "date format"));
}

QString Words::longDay(std::int64_t ms) {
    //: date format of the separators in a timeline
    return QLocale().toString(local(ms).date(), tr("dddd, d MMMM", "date format"));
}

QString Words::moment(std::int64_t nowMs, std::int64_t ms) {
    if (local(nowMs).date() == local(ms).date()) {
        return clock(ms);
    }
    return tr("%1, %2", "day, time").arg(shortDay(ms), clock(ms));
}

QString Words::age(std::int64_t nowMs, std::int64_t thenMs) {
    const std::int64_t passed = nowMs - thenMs;
    if (passed < kMinute) {
        return tr("just now", "age of a lead");
    }
    if (passed < kHour) {
        return tr("%1 min", "age").arg(passed / kMinute);
    }
    if (passed < kDay) {
        return tr("%1 h", "age").arg(passed / kHour);
    }
    return tr("%n day(s)", "age", static_cast<int>(passed / kDay));
}

QString Words::countdown(std::int64_t leftMs) {
    const std::int64_t left = std::max<std::int64_t>(0, roundedUp(leftMs, kSecond));
    if (left < 3600) {
        return QStringLiteral("%1:%2")
            .arg(left / 60, 2, 10, QLatin1Char('0'))
            .arg(left % 60, 2, 10, QLatin1Char('0'));
    }
    const QString hours =
        QStringLiteral("%1:%2").arg(left / 3600).arg(left / 60 % 60, 2, 10, QLatin1Char('0'));
    return tr("%1 h", "countdown in hours").arg(hours);
}

DueWords Words::due(std::int64_t nowMs, std::int64_t dueMs) {
    if (dueMs == 0) {
        return {};
    }
    const bool today = local(nowMs).date() == local(dueMs).date();
    if (dueMs < nowMs) {
        return {today ? clock(dueMs) : shortDay(dueMs), tr("overdue"), DueTone::Overdue};
    }
    if (dueMs - nowMs <= kHour) {
        return {clock(dueMs), tr("in %1 min").arg(roundedUp(dueMs - nowMs, kMinute)),
                DueTone::Soon};
    }
    if (today) {
        return {clock(dueMs), tr("today"), DueTone::Normal};
    }
    return {shortDay(dueMs), clock(dueMs), DueTone::Normal};
}

std::int64_t Words::endOfDay(std::int64_t nowMs) {
    return local(nowMs).date().addDays(1).startOfDay().toMSecsSinceEpoch();
}

QString Words::money(std::int64_t cents) {
    const QLocale locale;
    const bool whole = cents % 100 == 0;
    const QString figure = whole ? locale.toString(static_cast<qlonglong>(cents / 100))
                                 : locale.toString(static_cast<double>(cents) / 100.0, 'f', 2);
    return figure + kNoBreak + QChar(0x20AC);
}

QString Words::wishLine(const record::VehicleWish& wish) {
    QStringList parts{qstr(replica::displayWish(wish))};
    if (wish.price_cents() > 0) {
        parts << money(wish.price_cents());
    }
    if (!wish.first_registration().empty()) {
        parts << tr("reg. %1", "first registration").arg(qstr(wish.first_registration()));
    }
    if (wish.mileage_km() > 0) {
        parts << tr("%1 km").arg(QLocale().toString(wish.mileage_km()));
    }
    parts.removeAll(QString());
    return parts.join(kDot);
}

QString Words::vehicleName(const record::Vehicle& vehicle) {
    return qstr(vehicle.make() + ' ' + vehicle.model()).trimmed();
}

QString Words::vehicleLine(const record::Vehicle& vehicle) {
    QStringList parts;
    if (!vehicle.first_registration().empty()) {
        parts << tr("reg. %1", "first registration").arg(qstr(vehicle.first_registration()));
    }
    if (vehicle.mileage_km() > 0) {
        parts << tr("%1 km").arg(QLocale().toString(vehicle.mileage_km()));
    }
    if (!vehicle.next_inspection().empty()) {
        parts << tr("inspection %1").arg(qstr(vehicle.next_inspection()));
    }
    return parts.join(kDot);
}

QString Words::addressLine(const record::Address& address) {
    const QString town = qstr(address.postcode() + ' ' + address.city()).trimmed();
    QStringList parts{qstr(address.street()), town};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString Words::refusal(ErrorCode code) {
    switch (code) {
        case ErrorCode::StaleToken:
            return tr("This lead has another owner by now. Your text is kept here.");
        case ErrorCode::RejectedState:
            return tr("This lead has been closed by now. Your text is kept here.");
        case ErrorCode::Invalid:
            return tr("One of the values is not allowed. Correct it and save again.");
        case ErrorCode::Forbidden:
        case ErrorCode::NotFound:
            return tr("You have no right to change this any more. Your text is kept here.");
        case ErrorCode::Duplicate: return tr("This was saved already.");
        case ErrorCode::Cascade:
            return tr("An earlier change that this one builds on was rejected.");
        case ErrorCode::NoSpace:
            return tr("The disk of this computer is full. Free some space, then save again.");
        case ErrorCode::Unsupported:
            return tr("The server is older than this program and does not know this change.");
        default: return tr("The change was not accepted. Your text is kept here.");
    }
}

QString Words::readProblem(ErrorCode code) {
    switch (code) {
        case ErrorCode::Corrupt:
            return tr(
                "The data file on this computer is damaged. Nothing was deleted. Start the "
                "program again; if it cannot open the file then, it puts it aside and loads the "
                "data anew.");
        case ErrorCode::NoSpace:
            return tr(
                "The disk of this computer is full. Nothing was lost. Free some space and "
                "read again.");
        case ErrorCode::NewerSchema:
            return tr(
                "The data on this computer were written by a newer version of the "
                "program. Install the newer version; nothing was changed.");
        default:
            return tr(
                "The data on this computer could not be read. Nothing was lost. Read again; "
                "if this stays, start the program again.");
    }
}

}  // namespace vorfahrt::client::viewmodel
