// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/lead_detail.h"

#include "client/viewmodel/system_contact.h"
#include "client/viewmodel/words.h"
#include "common/domain/lead_status.h"
#include "common/schema/record.h"

namespace vorfahrt::client::viewmodel {
namespace {

// Rule 3 of the design: at most 250 ms from the key to the disk.
constexpr int kDraftMs = 150;

}  // namespace

LeadDetail::LeadDetail(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    draftTimer_.setSingleShot(true);
    draftTimer_.setInterval(kDraftMs);
    connect(&draftTimer_, &QTimer::timeout, this, &LeadDetail::flushDraft);
    connect(&desk, &Desk::leaving, this, &LeadDetail::flushDraft);
    connect(&desk, &Desk::changed, this, &LeadDetail::apply);
    connect(&desk.reader(), &model::ReplicaReader::failed, this,
            [this](const QString& key, ErrorCode code) {
                if (!id_.isNone() && key.startsWith(QStringLiteral("lead."))) {
                    loading_ = false;
                    readError_ = code;
                    Q_EMIT changed();
                }
            });
    connect(&desk.claims(), &ClaimBook::changed, this, [this](LeadId lead) {
        if (lead == id_) {
            Q_EMIT changed();
        }
    });
}

LeadDetail::~LeadDetail() {
    flushDraft();
}

void LeadDetail::open(LeadId lead) {
    if (lead == id_) {
        return;
    }
    flushDraft();
    id_ = lead;
    lead_.reset();
    customer_.reset();
    timeline_.clear();
    draft_.clear();
    draftSavedMs_ = 0;
    gone_ = false;
    readError_ = ErrorCode::Ok;
    loading_ = !lead.isNone();
    Q_EMIT draftLoaded({});
    Q_EMIT changed();
    Q_EMIT timelineChanged();
    if (!lead.isNone()) {
        reload();
        readDraft();
    }
}

void LeadDetail::reload() {
    desk_.reader().ask(
        QStringLiteral("lead.detail"), this,
        [viewer = desk_.viewer(), id = id_](replica::Reader& reader) {
            return reader.lead(viewer, id);
        },
        [this, id = id_](std::optional<replica::LeadDetail> lead) {
            if (id != id_) {
                return;
            }
            loading_ = false;
            readError_ = ErrorCode::Ok;
            gone_ = !lead.has_value();
            lead_ = std::move(lead);
            // What was taken back is gone from the view at once.
            if (isHidden() || lead_->row.customer.isNone()) {
                customer_.reset();
            } else {
                readCustomer();
            }
            Q_EMIT changed();
        });
    desk_.reader().ask(
        QStringLiteral("lead.timeline"), this,
        [viewer = desk_.viewer(), id = id_](replica::Reader& reader) {
            return reader.timeline(viewer, id);
        },
        [this, id = id_](std::vector<replica::TimelineItem> items) {
            if (id == id_ && !(items == timeline_)) {
                timeline_ = std::move(items);
                Q_EMIT timelineChanged();
            }
        });
}

void LeadDetail::readCustomer() {
    desk_.reader().ask(
        QStringLiteral("lead.customer"), this,
        [viewer = desk_.viewer(), customer = lead_->row.customer](replica::Reader& reader) {
            return reader.customer(viewer, customer);
        },
        [this, id = id_](std::optional<replica::CustomerDetail> customer) {
            if (id == id_ && !isHidden()) {
                customer_ = std::move(customer);
                Q_EMIT changed();
            }
        });
}

void LeadDetail::apply(const replica::ChangeSet& changes) {
    if (id_.isNone()) {
        return;
    }
    for (const char* table :
         {"lead", "activity", "customer", "contact_point", "vehicle", "user", "task"}) {
        if (changes.touches(schema::recordByTable(table)->number)) {
            reload();
            return;
        }
    }
    if (changes.trayChanged) {
        reload();
    }
}

QString LeadDetail::customerName() const {
    return lead_ ? qstr(lead_->row.customerName) : QString();
}

QString LeadDetail::ownerName() const {
    return lead_ && !isMine() ? qstr(lead_->row.ownerName) : QString();
}

bool LeadDetail::isMine() const {
    return lead_ && lead_->row.mine;
}

bool LeadDetail::isClosed() const {
    return lead_ && domain::isClosed(lead_->row.status);
}

bool LeadDetail::isClaimable() const {
    const ClaimMark mark = claimState().mark;
    return lead_ && lead_->row.owner.isNone() && !isClosed() && mark != ClaimMark::Asking &&
           mark != ClaimMark::Noted;
}

bool LeadDetail::mayWork() const {
    return lead_ && lead_->hasPrivate && !isClosed() && (isMine() || desk_.isManager());
}

ClaimState LeadDetail::claimState() const {
    return desk_.claims().state(id_);
}

void LeadDetail::claim() {
    if (isClaimable()) {
        desk_.claims().claim(desk_.viewer().tenant, id_);
    }
}

void LeadDetail::release() {
    if (mayWork()) {
        desk_.perform(command::releaseLead(desk_.viewer(), *lead_));
    }
}

void LeadDetail::moveTo(record::LeadStatus status) {
    if (!mayWork() || lead_->row.status == status || !domain::mayMove(lead_->row.status, status) ||
        domain::isClosed(status)) {
        return;
    }
    command::Command move = command::moveLead(desk_.viewer(), *lead_, status, desk_.newId());
    replica::LeadDetail moved = *lead_;
    moved.row.status = status;
    moved.lead.set_status(status);
    move.inverse = std::make_shared<const command::Command>(
        command::moveLead(desk_.viewer(), moved, lead_->row.status, desk_.newId()));
    desk_.perform(move, tr("Status set to “%1”.").arg(Words::status(status)));
}

void LeadDetail::finish(record::LeadStatus status, const QString& reason, QObject* owner,
                        Desk::Done done) {
    if (!mayWork() || !domain::isClosed(status)) {
        return;
    }
    desk_.perform(command::closeLead(desk_.viewer(), *lead_, status, reason.trimmed().toStdString(),
                                     desk_.newId()),
                  {}, owner, std::move(done));
}

void LeadDetail::addNote() {
    const QString text = draft_.trimmed();
    if (!mayWork() || text.isEmpty() || savingNote_ == id_) {
        return;
    }
    savingNote_ = id_;
    desk_.perform(command::addNote(desk_.viewer(), *lead_, desk_.newId(), text.toStdString()), {},
                  this, [this, lead = id_, key = draftKey(), sent = draft_](ErrorCode code) {
                      noteFinished(lead, key, sent, code);
                  });
}

void LeadDetail::noteFinished(LeadId lead, const QString& key, const QString& sent,
                              ErrorCode code) {
    if (savingNote_ == lead) {
        savingNote_ = {};
    }
    if (code != ErrorCode::Ok) {
        return;
    }
    if (lead != id_) {
        desk_.port().saveDraft(key, {});
        return;
    }
    // What was typed after it while it was being stored is the next draft.
    setDraft(draft_.startsWith(sent) ? draft_.mid(sent.size()) : draft_);
    flushDraft();
    Q_EMIT draftLoaded(draft_);
    Q_EMIT noteSaved();
}

void LeadDetail::setNextStep(const QString& text, std::int64_t dueMs, QObject* owner,
                             Desk::Done done) {
    if (mayWork()) {
        desk_.perform(
            command::setNextStep(desk_.viewer(), *lead_, text.trimmed().toStdString(), dueMs),
            text.isEmpty() ? tr("Next step done.") : tr("Next step saved."), owner,
            std::move(done));
    }
}

bool LeadDetail::canContact(bool mail) const {
    return customer_ && SystemContact::best(customer_->contactPoints, mail) != nullptr;
}

void LeadDetail::contact(const record::ContactPoint* point, bool mail) {
    if (!customer_ || !lead_) {
        return;
    }
    const record::ContactPoint* chosen =
        point != nullptr ? point : SystemContact::best(customer_->contactPoints, mail);
    if (chosen != nullptr) {
        // A closed lead, or a colleague's, gets no line; the customer does.
        SystemContact::start(desk_, customer_->id, mayWork() ? id_ : LeadId(),
                             lead_->lead.site_id(), *chosen);
    }
}

void LeadDetail::finishNextStep() {
    setNextStep({}, 0);
}

void LeadDetail::snooze(std::int64_t byMs) {
    if (lead_) {
        setNextStep(qstr(lead_->row.nextStep),
                    std::max(lead_->row.nextStepMs, desk_.nowMs()) + byMs);
    }
}

QString LeadDetail::draftKey() const {
    return QStringLiteral("lead/%1/note").arg(qstr(id_.text()));
}

void LeadDetail::setDraft(const QString& text) {
    if (draft_ == text || id_.isNone()) {
        return;
    }
    draft_ = text;
    draftDirty_ = true;
    if (!draftTimer_.isActive()) {
        draftTimer_.start();
    }
}

void LeadDetail::flushDraft() {
    draftTimer_.stop();
    if (!draftDirty_ || id_.isNone()) {
        return;
    }
    draftDirty_ = false;
    desk_.port().saveDraft(draftKey(), draft_);
    draftSavedMs_ = draft_.isEmpty() ? 0 : desk_.nowMs();
    Q_EMIT draftSaved();
}

void LeadDetail::readDraft() {
    desk_.reader().ask(
        QStringLiteral("lead.draft"), this,
        [key = draftKey().toStdString()](replica::Reader& reader) { return reader.draft(key); },
        [this, id = id_](const std::optional<std::string>& text) {
            // What is typed meanwhile is newer than what was stored.
            if (id == id_ && text && draft_.isEmpty() && !draftDirty_) {
                draft_ = qstr(*text);
                Q_EMIT draftLoaded(draft_);
            }
        });
}

}  // namespace vorfahrt::client::viewmodel
