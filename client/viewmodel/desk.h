// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/replica_reader.h"
#include "client/viewmodel/claim_book.h"
#include "client/viewmodel/desk_port.h"
#include "common/base/clock.h"
#include "common/base/random.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <unordered_map>

namespace vorfahrt::client::viewmodel {

// Small tables that names and rights come from.
struct Directory {
    std::vector<replica::Item<record::User>> users;
    std::vector<replica::Item<record::Site>> sites;
    std::vector<replica::Item<record::Grant>> grants;
};

// One signed-in desk: who works here, on which replica, how the sync stands. The view models of the
// pages hang on it. GUI thread; port, reader, clock and random outlive it.
class Desk final : public QObject {
    Q_OBJECT

public:
    // SignedOut -> FirstSync -> Working; an account of several businesses passes Choosing; with a
    // complete replica of the last session straight to Working, without any network.
    enum class Stage { SignedOut, Choosing, FirstSync, Working };
    using TenantMemory = std::function<TenantId(AccountId)>;

    Desk(DeskPort& port, model::ReplicaReader& reader, const Clock& clock, Random& random,
         QObject* parent = nullptr);

    DeskPort& port() { return port_; }
    model::ReplicaReader& reader() { return reader_; }
    ClaimBook& claims() { return claims_; }

    Stage stage() const { return stage_; }
    const replica::Viewer& viewer() const { return viewer_; }
    const sync::Account& account() const { return account_; }
    const sync::SyncStatus& status() const { return status_; }
    const replica::Counts& counts() const { return counts_; }
    const Directory& directory() const { return directory_; }
    // Which business the account opened last; none: ask.
    void setTenantMemory(TenantMemory memory) { memory_ = std::move(memory); }
    // Of the account's businesses; another one ends nothing, all stay in sync.
    void chooseTenant(TenantId tenant);
    void leaveTenant();
    // How the last person's time at this desk ended.
    enum class Left { Never, Locked, SignedOut, SessionEnded };
    // What was typed is stored, then everything of the person is gone from the view models at once;
    // his replica closes behind. Locked: his password goes on where he was.
    void leave(Left how);
    Left left() const { return left_; }
    QString lastLogin() const;
    QString tenantName() const;
    QString userName() const;
    QString siteName() const;
    QString login() const;
    // Sees the private facets of a site, and the messages that were not recognised.
    bool isManager() const;
    // How long a claim is expected or held, in ms; 0: no timer.
    std::int64_t returnMs(SiteId site) const;
    bool online() const;
    // Not connected, and not just about to be: what banner and pill say.
    bool isOffline() const { return !online() && lost_; }
    // Server time, as well as it is known here.
    std::int64_t nowMs() const;
    // Until the next try to connect; 0: none is planned.
    std::int64_t retryInMs() const;
    std::int64_t offlineSinceMs() const { return offlineSinceMs_; }
    RowId newId();

    // Stores the edit; with undoText it can be taken back by undo(). done is called once, with Ok
    // when the edit is durable here; until then nothing that was typed may be thrown away. It is
    // not called any more when owner is gone.
    using Done = std::function<void(ErrorCode)>;
    void perform(const command::Command& command, const QString& undoText = {},
                 QObject* owner = nullptr, Done done = {});
    // The same for what is of this desk alone and no edit: back() brings it back.
    void offerUndo(const QString& undoText, QObject* owner, std::function<void()> back);
    bool canUndo() const { return lastInverse_ != nullptr || lastBack_; }
    void undo();
    // Gives a link to the programs of the system; false where none takes it. Without an opener
    // nothing is opened.
    using LinkOpener = std::function<bool(const QUrl&)>;
    void setLinkOpener(LinkOpener opener) { linkOpener_ = std::move(opener); }
    bool openLink(const QUrl& link) { return linkOpener_ && linkOpener_(link); }
    // Says above the page why something was not done.
    void refuse(const QString& sentence) { Q_EMIT refused(sentence); }
    // The message of the last file error, also of a damaged file that a new one stands in for;
    // empty where there is none.
    const QString& openError() const { return openError_; }

Q_SIGNALS:
    // Before somebody leaves: drafts that are not stored yet go to the port now.
    void leaving();
    void stageChanged();
    void statusChanged();
    void countsChanged();
    void directoryChanged();
    void changed(const vorfahrt::client::replica::ChangeSet& changes);
    void performed(const QString& undoText);
    void undone();
    // An edit goes to the disk: what was said of the last one is old.
    void started();
    void refused(const QString& sentence);
    // Once a second while somebody works: countdowns.
    void tick();

private:
    void replicaOpened(const QString& file, const sync::Account& account, ErrorCode error);
    void enterTenant(const sync::Account::Tenant& tenant);
    void replicaClosed();
    void send(const command::Command& command, const QString& undoText, QObject* owner, Done done);
    void editFinished(quint64 ref, ErrorCode code);
    void takeStatus(const sync::SyncStatus& status);
    void rowsChanged(const replica::ChangeSet& changes);
    void flushChanges();
    void checkTenant();
    void readCounts();
    void readDirectory();
    void setStage(Stage stage);

    DeskPort& port_;
    model::ReplicaReader& reader_;
    const Clock& clock_;
    Random& random_;
    ClaimBook claims_;
    Stage stage_ = Stage::SignedOut;
    replica::Viewer viewer_;
    sync::Account account_;
    Left left_ = Left::Never;
    std::string lastLogin_;
    sync::SyncStatus status_;
    replica::Counts counts_;
    Directory directory_;
    std::int64_t statusAtMs_ = 0;
    std::int64_t offlineSinceMs_ = 0;
    bool lost_ = false;
    void forgetUndo();

    std::shared_ptr<const command::Command> lastInverse_;
    std::function<void()> lastBack_;
    LinkOpener linkOpener_;
    // An edit on its way to the disk.
    struct Sent {
        TenantId tenant;
        std::shared_ptr<const command::Command> inverse;  // only with undoText
        QString undoText;
        QPointer<QObject> owner;
        Done done;
    };
    std::unordered_map<quint64, Sent> sent_;
    quint64 lastRef_ = 0;
    QString openError_;
    QString setAside_;  // said with the next replicaOpened
    QString file_;
    TenantMemory memory_;
    QTimer second_;
    // Changes wait one frame, and longer while the reader is still busy with the last ones: a first
    // sync at full rate must neither starve a list nor stall the window.
    replica::ChangeSet waiting_;
    QTimer frame_;
};

}  // namespace vorfahrt::client::viewmodel
