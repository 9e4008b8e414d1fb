// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/lead_timeline.h"

#include "client/viewmodel/words.h"

#include <QDateTime>

namespace vorfahrt::client::ui {
namespace {

using Kind = replica::TimelineKind;
using viewmodel::qstr;
using viewmodel::Words;

Icon iconOf(Kind kind) {
    switch (kind) {
        case Kind::Note: return icons::kChannelNote;
        case Kind::MessageIn:
        case Kind::MessageOut:
        case Kind::Received: return icons::kChannelEmail;
        case Kind::Call:
        case Kind::Dialled: return icons::kChannelCallOut;
        case Kind::MailOpened: return icons::kChannelEmail;
        case Kind::Claimed:
        case Kind::OwnerChange: return Icon::UserCheck;
        case Kind::ClaimLost: return icons::kStateBlocked;
        case Kind::Released:
        case Kind::Returned: return Icon::Undo2;
        case Kind::PrivateSent: return icons::kStateReserved;
        case Kind::StatusChange: break;
    }
    return icons::kChannelSystem;
}

}  // namespace

QString LeadTimeline::eventText(const replica::TimelineItem& event, UserId me) {
    const bool mine = event.author == me;
    const QString who = event.authorName.empty() ? tr("Somebody") : qstr(event.authorName);
    switch (event.kind) {
        case Kind::Claimed: return mine ? tr("Claimed by you") : tr("Claimed by %1").arg(who);
        case Kind::ClaimLost:
            return mine ? tr("Your claim came second") : tr("Claim of %1 came second").arg(who);
        case Kind::Released: return mine ? tr("Released by you") : tr("Released by %1").arg(who);
        case Kind::Returned: return tr("Returned: nothing was recorded in time");
        case Kind::PrivateSent:
            return mine ? tr("Customer data sent to you") : tr("Customer data sent to %1").arg(who);
        case Kind::MailOpened:
            return mine ? tr("Mail to %1 started by you").arg(qstr(event.text))
                        : tr("Mail to %1 started by %2").arg(qstr(event.text), who);
        case Kind::Dialled:
            return mine ? tr("Call to %1 started by you").arg(qstr(event.text))
                        : tr("Call to %1 started by %2").arg(qstr(event.text), who);
        case Kind::OwnerChange: return tr("Owner changed by %1").arg(who);
        case Kind::StatusChange: {
            const QString change = tr("%1 → %2", "status before and after")
                                       .arg(Words::status(event.from), Words::status(event.to));
            const QString line =
                mine ? tr("%1 by you").arg(change) : tr("%1 by %2").arg(change, who);
            return event.text.empty() ? line : line + QStringLiteral(" · ") + qstr(event.text);
        }
        default: return qstr(event.text);
    }
}

TimelineItem LeadTimeline::item(const replica::TimelineItem& event, const QString& customer,
                                UserId me) {
    TimelineItem item;
    item.id = event.activity.isNone() ? QString() : qstr(event.activity.text());
    item.icon = iconOf(event.kind);
    item.time = Words::clock(event.atMs);
    if (event.pending) {
        item.delivery = Delivery::Waiting;
        item.deliveryText = tr("waiting for the server");
    }
    switch (event.kind) {
        case Kind::Note:
            item.kind = TimelineKind::Note;
            item.author = qstr(event.authorName);
            item.meta = tr("Internal note");
            if (!event.wish.empty()) {
                item.meta += QStringLiteral(" · ") + qstr(event.wish);
            }
            item.text = qstr(event.text);
            return item;
        case Kind::MessageIn:
        case Kind::Received: {
            const QString source = qstr(event.sourceName);
            item.meta = source.isEmpty() ? tr("Enquiry") : tr("Enquiry by %1").arg(source);
            item.text = qstr(event.message.empty() ? event.text : event.message);
            if (item.text.isEmpty()) {
                // The message itself is not here: only that there was one.
                item.kind = TimelineKind::System;
                item.text = item.meta;
                return item;
            }
            item.kind = TimelineKind::Incoming;
            item.author = customer.isEmpty() ? tr("Customer") : customer;
            return item;
        }
        case Kind::MessageOut:
            item.kind = TimelineKind::Outgoing;
            item.author = qstr(event.authorName);
            item.text = qstr(event.message.empty() ? event.text : event.message);
            return item;
        case Kind::Call:
            item.kind = TimelineKind::Call;
            item.author = qstr(event.authorName);
            item.meta = tr("Call");
            item.text = qstr(event.text);
            return item;
        default:
            item.kind = TimelineKind::System;
            item.text = eventText(event, me);
            if (event.pending) {
                item.text += QStringLiteral(" · ") + item.deliveryText;
                item.delivery = Delivery::None;
            }
            return item;
    }
}

std::vector<TimelineItem> LeadTimeline::items(const std::vector<replica::TimelineItem>& history,
                                              const QString& customer, UserId me) {
    std::vector<TimelineItem> items;
    QDate day;
    for (const replica::TimelineItem& event : history) {
        // Said by "claimed" already; kept on the lead for the record of who saw what.
        if (event.kind == Kind::PrivateSent) {
            continue;
        }
        const QDate date = QDateTime::fromMSecsSinceEpoch(event.atMs).date();
        if (date != day) {
            day = date;
            TimelineItem line;
            line.kind = TimelineKind::Day;
            line.text = Words::longDay(event.atMs);
            items.push_back(std::move(line));
        }
        items.push_back(item(event, customer, me));
    }
    return items;
}

}  // namespace vorfahrt::client::ui
