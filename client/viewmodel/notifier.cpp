// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/notifier.h"

#include "common/schema/record.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kMaxLeads = 1'000;
// A desk that is behind for longer than this tells what it knows.
constexpr Millis kPatience{20'000};

QString qstr(const std::string& text) {
    return QString::fromStdString(text);
}

// The last thing that happened to its owner.
bool wasTakenFrom(const record::Lead& lead, UserId me) {
    for (int i = lead.events_size() - 1; i >= 0; --i) {
        const record::LeadEvent& event = lead.events(i);
        switch (event.kind()) {
            case record::RETURNED: return true;
            case record::RELEASED: return event.user_id() != me.bytes();
            case record::CLAIMED: return false;
            default: break;
        }
    }
    return false;
}

}  // namespace

Notifier::Notifier(Desk& desk, const Clock& clock, Storage storage, QObject* parent)
    : QObject(parent),
      desk_(desk),
      clock_(clock),
      storage_(std::move(storage)) {
    connect(&desk, &Desk::stageChanged, this, &Notifier::stageChanged);
    connect(&desk, &Desk::changed, this, &Notifier::changed);
    connect(&desk, &Desk::countsChanged, this, [this] { Q_EMIT countChanged(count()); });
    connect(&desk, &Desk::statusChanged, this, &Notifier::decide);
    connect(&desk, &Desk::tick, this, &Notifier::decide);
    stageChanged();
}

int Notifier::count() const {
    return desk_.stage() == Desk::Stage::Working ? desk_.counts().unclaimed : 0;
}

void Notifier::setSettings(const NotificationSettings& settings) {
    if (settings == decider_.settings()) {
        return;
    }
    decider_.setSettings(settings);
    Q_EMIT settingsChanged();
}

void Notifier::stageChanged() {
    const bool works = desk_.stage() == Desk::Stage::Working;
    const AccountId account = works ? desk_.account().id : AccountId();
    const TenantId tenant = works ? desk_.viewer().tenant : TenantId();
    if (account != account_ || tenant != tenant_) {
        account_ = account;
        tenant_ = tenant;
        const auto memory = works && storage_.load ? storage_.load(account, tenant) : std::nullopt;
        saved_ = memory.value_or(NotificationMemory());
        mine_ = saved_.mine;
        decider_.reset(memory ? std::optional(memory->claimable) : std::nullopt);
        behindSince_.reset();
        if (works) {
            read();
        }
    }
    Q_EMIT countChanged(count());
}

void Notifier::changed(const replica::ChangeSet& changes) {
    if (changes.touches(schema::recordOf<record::Lead>().number)) {
        read();
    }
}

void Notifier::read() {
    if (desk_.stage() != Desk::Stage::Working) {
        return;
    }
    desk_.reader().ask(
        QStringLiteral("notifier.look"), this,
        [viewer = desk_.viewer(), before = mine_](replica::Reader& reader) -> Result<Look> {
            Look look;
            const auto notice = [](const replica::LeadRow& row, NoticeKind kind) {
                // The teaser alone: what the operating system is told is outside of our hands.
                return Notice{.kind = kind,
                              .lead = row.id,
                              .number = row.number,
                              .wish = qstr(row.wish),
                              .site = {}};
            };
            VF_TRY(const auto free,
                   reader.leads(viewer, replica::LeadTab::Unclaimed, {}, kMaxLeads));
            for (const replica::LeadRow& row : free.rows) {
                look.claimable.push_back(notice(row, NoticeKind::Lead));
            }
            VF_TRY(const auto own, reader.leads(viewer, replica::LeadTab::Mine, {}, kMaxLeads));
            for (const replica::LeadRow& row : own.rows) {
                look.mine.insert(row.id);
            }
            for (const LeadId id : before) {
                if (look.mine.contains(id)) {
                    continue;
                }
                VF_TRY(const auto lead, reader.lead(viewer, id));
                if (lead && !lead->row.mine && wasTakenFrom(lead->lead, viewer.user)) {
                    look.takenBack.push_back(notice(lead->row, NoticeKind::TakenBack));
                }
            }
            return look;
        },
        [this, tenant = tenant_](Look look) {
            if (tenant == tenant_) {
                take(std::move(look));
            }
        });
}

void Notifier::take(Look look) {
    mine_ = std::move(look.mine);
    decider_.look(look.claimable, look.takenBack);
    decide();
    const NotificationMemory now{.claimable = decider_.known(), .mine = mine_};
    if (storage_.save && !(now == saved_) && !decider_.hasWaiting()) {
        saved_ = now;
        storage_.save(account_, tenant_, now);
    }
}

bool Notifier::isCaughtUp() {
    const auto state = desk_.status().state;
    if (state != sync::State::Synchronizing && state != sync::State::Greeting) {
        behindSince_.reset();
        return true;
    }
    behindSince_ = behindSince_.value_or(clock_.steady());
    return clock_.steady() - *behindSince_ >= kPatience;
}

void Notifier::decide() {
    const bool caughtUp = isCaughtUp();
    if (desk_.stage() != Desk::Stage::Working || !decider_.hasWaiting()) {
        return;
    }
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(toUnixMs(clock_.now()));
    const Presence presence = presence_ ? presence_() : Presence();
    const Decision decision =
        decider_.decide({.steadyMs = clock_.steady().count(),
                         .weekday = now.date().dayOfWeek() - 1,
                         .minute = now.time().hour() * 60 + now.time().minute(),
                         .inFront = presence.inFront,
                         .busy = presence.busy,
                         .caughtUp = caughtUp});
    for (const Announcement& announcement : decision.show) {
        announce(announcement);
    }
    if (decision.sound) {
        Q_EMIT sound();
    }
}

QString Notifier::textOf(const Notice& notice) const {
    const QString number = tr("No. %1").arg(notice.number);
    return notice.wish.isEmpty() ? number : tr("%1, %2").arg(notice.wish, number);
}

void Notifier::announce(const Announcement& announcement) {
    const bool one = announcement.count == 1;
    const bool back = announcement.kind == NoticeKind::TakenBack;
    const QString title =
        back  ? one ? tr("A lead went back") : tr("%n lead(s) went back", "", announcement.count)
         : one ? tr("New lead")
              : tr("%n new lead(s)", "", announcement.count);
    const QString text = one    ? textOf(announcement.notice)
                         : back ? tr("Their time was over. Others may claim them now.")
                                : tr("They wait to be claimed.");
    const LeadId lead = one ? announcement.notice.lead : LeadId();
    if (announcement.way == Announcement::Way::System) {
        Q_EMIT system(title, text, lead);
    } else {
        Q_EMIT toast(one ? tr("%1: %2").arg(title, text) : title, lead);
    }
}

}  // namespace vorfahrt::client::viewmodel
