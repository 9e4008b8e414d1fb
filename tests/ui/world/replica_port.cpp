// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/world/replica_port.h"

#include "common/base/assert.h"

namespace vorfahrt::test {

using namespace vorfahrt::client;

void ReplicaPort::open(const std::filesystem::path& file) {
    file_ = file;
    auto replica = replica::Replica::open(file, clock_, random_);
    VF_ASSERT(replica.has_value());
    replica_ = std::move(*replica);
}

void ReplicaPort::close() {
    replica_.reset();
}

void ReplicaPort::announce(const client::sync::Account& account) {
    account_ = account;
    status_.hasReplica = true;
    emitStatus();
    Q_EMIT replicaOpened(QString::fromStdU16String(file_.u16string()), account, ErrorCode::Ok);
}

void ReplicaPort::setState(client::sync::State state) {
    status_.state = state;
    emitStatus();
}

void ReplicaPort::setStatus(const client::sync::SyncStatus& status) {
    status_ = status;
    emitStatus();
}

void ReplicaPort::emitStatus() {
    if (replica_) {
        status_.pending = replica_->countPending();
        status_.rejected = replica_->countRejectedUnseen();
    }
    Q_EMIT statusChanged(status_);
}

void ReplicaPort::changed(const replica::ChangeSet& changes) {
    emitStatus();
    Q_EMIT rowsChanged(changes);
}

void ReplicaPort::answerClaim(client::sync::ClaimAnswer answer) {
    Q_EMIT claimFinished(answer);
}

void ReplicaPort::answerLogin(ErrorCode code, std::uint32_t retryAfterMs) {
    client::sync::LoginAnswer answer;
    answer.code = code;
    answer.retryAfterMs = retryAfterMs;
    Q_EMIT loginFinished(answer);
}

void ReplicaPort::refuseOldest(TenantId tenant, ErrorCode code) {
    wire::Results results;
    results.set_tenant(tenant.bytes());
    auto* result = results.add_results();
    result->set_mid(value(replica_->oldestQueued(tenant)));
    result->set_code(static_cast<std::uint32_t>(code));
    results.set_last_mid(result->mid());
    auto outcome = replica_->applyResults(results);
    VF_ASSERT(outcome.has_value());
    changed(outcome->changes);
    for (const auto& refusal : outcome->refused) {
        Q_EMIT editRejected({refusal.tenant, refusal.mid, refusal.name, refusal.code});
    }
}

void ReplicaPort::login(const QString& account, const QString& password) {
    logins << account;
    passwords << password;
}

void ReplicaPort::setServer(const QUrl& server, const QByteArray& fingerprint) {
    servers << server;
    fingerprints << fingerprint;
}

void ReplicaPort::leave() {
    ++leaves;
    status_ = {};
    Q_EMIT replicaClosed();
    Q_EMIT statusChanged(status_);
}

void ReplicaPort::logout() {
    ++logouts;
    status_ = {};
    Q_EMIT replicaClosed();
    Q_EMIT statusChanged(status_);
}

void ReplicaPort::setOnline(bool) {
    ++onlineWishes;
}

void ReplicaPort::syncNow() {
    ++syncWishes;
}

void ReplicaPort::edit(const command::Command& command, quint64 ref) {
    if (editFault_ != ErrorCode::Ok) {
        Q_EMIT editFinished(ref, editFault_);
        return;
    }
    wire::Mutation mutation = command.mutation;
    mutation.set_edit_time_ms(toUnixMs(clock_.now()));
    auto changes = replica_->applyLocal(command.tenant, mutation);
    if (!changes) {
        Q_EMIT editFinished(ref, changes.error().code);
        return;
    }
    changed(*changes);
    Q_EMIT editFinished(ref, ErrorCode::Ok);
}

void ReplicaPort::claim(TenantId, LeadId lead) {
    claims.push_back(lead);
}

void ReplicaPort::saveDraft(const QString& key, const QString& text) {
    VF_ASSERT(replica_->saveDraft(key.toStdString(), text.toStdString()).has_value());
}

void ReplicaPort::askAccount(const client::sync::AccountRequest& request, quint64 ref) {
    accountRequests.push_back(request);
    accountRef_ = ref;
}

void ReplicaPort::answerAccount(const client::sync::AccountAnswer& answer) {
    Q_EMIT accountFinished(accountRef_, answer);
}

void ReplicaPort::trayChanged() {
    replica::ChangeSet changes;
    changes.tenant = account_.tenants.front().tenant;
    changes.trayChanged = true;
    changed(changes);
}

void ReplicaPort::markRejectedSeen(qint64 trayId) {
    VF_ASSERT(replica_->markRejectedSeen(trayId).has_value());
    trayChanged();
}

void ReplicaPort::discardRejected(qint64 trayId) {
    VF_ASSERT(replica_->discardRejected(trayId).has_value());
    trayChanged();
}

}  // namespace vorfahrt::test
