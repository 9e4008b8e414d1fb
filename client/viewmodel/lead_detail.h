// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QObject>
#include <QTimer>

namespace vorfahrt::client::viewmodel {

// One lead as the detail pane shows it, and everything that can be done with it. Before the claim
// there is nothing of the customer in here, because nothing is in the replica. GUI thread.
class LeadDetail final : public QObject {
    Q_OBJECT

public:
    explicit LeadDetail(Desk& desk, QObject* parent = nullptr);
    ~LeadDetail() override;

    void open(LeadId lead);
    LeadId id() const { return id_; }
    bool isLoading() const { return loading_; }
    bool isGone() const { return gone_; }
    // Why it could not be read; what was read before is still there.
    ErrorCode readError() const { return readError_; }
    void reload();
    const std::optional<replica::LeadDetail>& lead() const { return lead_; }
    const std::optional<replica::CustomerDetail>& customer() const { return customer_; }
    const std::vector<replica::TimelineItem>& timeline() const { return timeline_; }

    // Customer, or "data hidden" words are the view's: empty while not known here.
    QString customerName() const;
    QString ownerName() const;  // empty: nobody, or me
    bool isMine() const;
    bool isClosed() const;
    bool isClaimable() const;
    bool isHidden() const { return !lead_ || !lead_->hasPrivate; }
    // Owner or manager, and still open.
    bool mayWork() const;
    ClaimState claimState() const;

    void claim();
    void release();
    void moveTo(record::LeadStatus status);
    // done as for Desk::perform: what was typed stays in its panel until then.
    void finish(record::LeadStatus status, const QString& reason, QObject* owner = nullptr,
                Desk::Done done = {});
    // Sends the draft; it is emptied when the note is stored, and stays where it is refused.
    void addNote();
    void setNextStep(const QString& text, std::int64_t dueMs, QObject* owner = nullptr,
                     Desk::Done done = {});
    // Calls or writes by the programs of the system, and notes it; point: one of the customer's,
    // null: the best one.
    void contact(const record::ContactPoint* point, bool mail);
    bool canContact(bool mail) const;
    void finishNextStep();
    void snooze(std::int64_t byMs);

    // The note being typed; stored in the replica within 250 ms.
    const QString& draft() const { return draft_; }
    void setDraft(const QString& text);
    std::int64_t draftSavedMs() const { return draftSavedMs_; }
    void flushDraft();

Q_SIGNALS:
    void changed();
    void timelineChanged();
    void draftLoaded(const QString& text);
    void draftSaved();
    void noteSaved();

private:
    void apply(const replica::ChangeSet& changes);
    void readCustomer();
    void readDraft();
    QString draftKey() const;
    void noteFinished(LeadId lead, const QString& key, const QString& sent, ErrorCode code);

    Desk& desk_;
    LeadId id_;
    bool loading_ = false;
    bool gone_ = false;
    ErrorCode readError_ = ErrorCode::Ok;
    std::optional<replica::LeadDetail> lead_;
    std::optional<replica::CustomerDetail> customer_;
    std::vector<replica::TimelineItem> timeline_;
    QString draft_;
    bool draftDirty_ = false;
    LeadId savingNote_;  // whose note is on its way to the disk
    std::int64_t draftSavedMs_ = 0;
    QTimer draftTimer_;
};

}  // namespace vorfahrt::client::viewmodel
