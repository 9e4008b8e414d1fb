// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/sync_worker.h"

#include "client/sync/set_aside.h"
#include "client/sync/transport_factory.h"
#include "common/base/assert.h"
#include "common/base/log.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace vorfahrt::client::sync {
namespace {

constexpr std::chrono::milliseconds kBrief{200};
constexpr std::chrono::milliseconds kPurgeAgain{500};
// The search index is built while nothing else is to do: after a first sync, after frames and
// edits; but not put off for ever.
constexpr std::chrono::milliseconds kIndexAfterLoad{2000};
constexpr std::chrono::milliseconds kIndexAfterWork{300};
constexpr std::chrono::milliseconds kBetweenSlices{5};
constexpr qint64 kIndexAtLatestMs = 10'000;

}  // namespace

SyncWorker::SyncWorker(SyncThread::Options options, SyncThread& face)
    : options_(std::move(options)),
      face_(face) {}

SyncWorker::~SyncWorker() = default;

void SyncWorker::start() {
    std::error_code error;
    std::filesystem::create_directories(options_.dataDir, error);
    std::filesystem::permissions(options_.dataDir, std::filesystem::perms::owner_all, error);
    if (auto session = readSession(options_.dataDir, random_)) {
        session_ = std::move(*session);
    } else {
        log::error("sync", "session file: {}", name(session.error().code));
    }
    core_ = std::make_unique<ClientCore>(
        clock_, random_,
        ClientCore::Options{.deviceId = session_.deviceId,
                            .deviceName = options_.deviceName.toStdString()});
    core_->mustRevoke(session_.revoke);
    transport_ = makeTransport(options_.transport);
    transport_->setCallbacks({.opened =
                                  [this] {
                                      core_->opened();
                                      run();
                                  },
                              .closed =
                                  [this](CloseReason reason) {
                                      core_->closed(reason);
                                      run();
                                  },
                              .frame =
                                  [this](std::string_view frame) {
                                      core_->frame(frame);
                                      run();
                                  }});
    for (int kind = 0; kind < kTimerKinds; ++kind) {
        auto& timer = timers_[static_cast<std::size_t>(kind)];
        timer = std::make_unique<QTimer>();
        timer->setSingleShot(true);
        connect(timer.get(), &QTimer::timeout, this, [this, kind] {
            core_->timer(static_cast<TimerKind>(kind));
            run();
        });
    }
    purge_ = std::make_unique<QTimer>();
    purge_->setSingleShot(true);
    connect(purge_.get(), &QTimer::timeout, this, &SyncWorker::run);
    index_ = std::make_unique<QTimer>();
    index_->setSingleShot(true);
    connect(index_.get(), &QTimer::timeout, this, &SyncWorker::index);
    brief_ = std::make_unique<QTimer>();
    brief_->setSingleShot(true);
    connect(brief_.get(), &QTimer::timeout, this, [this] {
        briefIsOver_ = true;
        tell();
    });
    if (!session_.account.id.isNone() && !session_.token.empty() &&
        openReplica() == ErrorCode::Ok) {
        core_->attach(replica_.get(), session_.token);
        core_->goOnline();
    }
    core_->revokeNow();
    run();
}

void SyncWorker::shutDown() {
    if (core_ != nullptr) {
        core_->goOffline();
        run();
    }
    transport_.reset();
    for (auto& timer : timers_) {
        timer.reset();
    }
    brief_.reset();
    purge_.reset();
    index_.reset();
    core_.reset();
    replica_.reset();
}

// ---------------------------------------------------------------------------------------- commands

void SyncWorker::login(const std::string& account, const std::string& password) {
    pendingLogin_ = account;
    core_->login(account, password);
    run();
}

void SyncWorker::logout() {
    core_->logout();
    run();
    session_.token.clear();
    session_.revoke = core_->tokensToRevoke();
    storeSession();
    closeReplica();
    core_->revokeNow();
    run();
}

void SyncWorker::storeSession() {
    if (auto status = writeSession(options_.dataDir, session_); !status) {
        log::error("sync", "session file: {}", name(status.error().code));
    }
}

void SyncWorker::setOnline(bool online) {
    online ? core_->goOnline() : core_->goOffline();
    run();
}

void SyncWorker::syncNow() {
    core_->tryNow();
    run();
}

void SyncWorker::edit(const command::Command& command, quint64 ref) {
    const Status status = core_->edit(command.tenant, command.mutation);
    run();
    Q_EMIT face_.editFinished(ref, status ? ErrorCode::Ok : status.error().code);
}

void SyncWorker::claim(TenantId tenant, LeadId lead) {
    core_->claim(tenant, lead);
    run();
}

void SyncWorker::saveDraft(const std::string& key, const std::string& text) {
    if (replica_ == nullptr) {
        return;
    }
    if (auto status = replica_->saveDraft(key, text); !status) {
        log::error("sync", "draft not stored: {}", name(status.error().code));
        return;
    }
    replica::ChangeSet changes;
    changes.draftsChanged = true;
    Q_EMIT face_.rowsChanged(changes);
}

void SyncWorker::markRejectedSeen(std::int64_t trayId) {
    if (replica_ != nullptr && replica_->markRejectedSeen(trayId)) {
        replica::ChangeSet changes;
        changes.trayChanged = true;
        Q_EMIT face_.rowsChanged(changes);
        tell();
    }
}

void SyncWorker::discardRejected(std::int64_t trayId) {
    if (replica_ != nullptr && replica_->discardRejected(trayId)) {
        replica::ChangeSet changes;
        changes.trayChanged = true;
        Q_EMIT face_.rowsChanged(changes);
        tell();
    }
}

void SyncWorker::askAccount(const AccountRequest& request, quint64 ref) {
    core_->account(request, ref);
    run();
}

// ---------------------------------------------------------------------------------------- effects

void SyncWorker::run() {
    for (std::vector<Effect> effects = core_->take(); !effects.empty(); effects = core_->take()) {
        for (Effect& effect : effects) {
            carryOut(effect);
        }
    }
    if (replica_ != nullptr && !replica_->purge() && !purge_->isActive()) {
        purge_->start(kPurgeAgain);
    }
    planIndexing();
    tell();
}

void SyncWorker::planIndexing() {
    if (replica_ == nullptr || index_ == nullptr || indexFailed_ ||
        replica_->isSearchComplete().value_or(true)) {
        indexWaits_.invalidate();
        return;
    }
    if (!indexWaits_.isValid()) {
        indexWaits_.start();
    }
    const bool loading =
        core_->status().state == State::Synchronizing &&
        std::ranges::any_of(replica_->tenants(), [this](const replica::TenantState& tenant) {
            return !replica_->isComplete(tenant.tenant);
        });
    if (loading) {
        index_->start(kIndexAfterLoad);
    } else if (!index_->isActive() || !indexWaits_.hasExpired(kIndexAtLatestMs)) {
        index_->start(kIndexAfterWork);
    }
}

// Edits and frames that came meanwhile go before the next slice.
void SyncWorker::index() {
    if (replica_ == nullptr) {
        return;
    }
    const auto changes = replica_->indexMore();
    if (!changes) {
        indexFailed_ = true;  // the search says that it is not complete; all else goes on
        log::error("sync", "search index: {}", name(changes.error().code));
        return;
    }
    if (!changes->empty()) {
        Q_EMIT face_.rowsChanged(*changes);
        index_->start(kBetweenSlices);
    }
}

namespace {
template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};
}  // namespace

void SyncWorker::carryOut(Effect& effect) {
    std::visit(
        Match{
            [&](effect::Connect&) {
                transport_->open(options_.server.toString().toStdString(),
                                 options_.fingerprint.toStdString());
            },
            [&](effect::Send& send) { transport_->send(send.frame); },
            [&](effect::Disconnect&) { transport_->close(); },
            [&](effect::SetTimer& timer) {
                timers_[static_cast<std::size_t>(timer.kind)]->start(timer.delay);
            },
            [&](effect::StopTimer& timer) {
                timers_[static_cast<std::size_t>(timer.kind)]->stop();
            },
            [&](effect::Changed& change) { Q_EMIT face_.rowsChanged(change.changes); },
            [&](effect::LoggedIn& login) { onLoggedIn(login.result); },
            [&](effect::LoginFailed& login) { Q_EMIT face_.loginFinished(login.answer); },
            [&](effect::TokenLost&) {
                session_.token.clear();
                storeSession();
            },
            [&](effect::TokenRevoked& revoked) {
                std::erase(session_.revoke, revoked.token);
                storeSession();
            },
            [&](effect::ClaimAnswered& claim) { Q_EMIT face_.claimFinished(claim.answer); },
            [&](effect::Rejected& rejected) { Q_EMIT face_.editRejected(rejected.edit); },
            [&](effect::AccountAnswered& account) {
                Q_EMIT face_.accountFinished(account.ref, account.answer);
            },
            [&](effect::Fault& fault) { log::error("sync", "replica file: {}", name(fault.code)); },
        },
        effect);
}

void SyncWorker::onLoggedIn(const wire::LoginResult& result) {
    const auto account = AccountId::fromBytes(result.account_id());
    if (!account || account->isNone()) {
        Q_EMIT face_.loginFinished({.code = ErrorCode::BadFrame});
        return;
    }
    const bool sameAccount = replica_ != nullptr && session_.account.id == *account;
    session_.token = result.token();
    session_.account = {.login = pendingLogin_, .id = *account, .tenants = {}};
    for (const wire::AccountTenant& tenant : result.tenants()) {
        session_.account.tenants.push_back(
            {.tenant = TenantId::fromBytes(tenant.tenant()).value_or(TenantId()),
             .user = UserId::fromBytes(tenant.user_id()).value_or(UserId()),
             .name = tenant.name(),
             .userName = tenant.user_name()});
    }
    storeSession();
    // The old one lives until the core knows the new one.
    auto old = sameAccount ? nullptr : std::exchange(replica_, nullptr);
    ErrorCode code = replica_ != nullptr ? ErrorCode::Ok : openReplica();
    if (code == ErrorCode::Ok) {
        const std::vector<wire::AccountTenant> tenants(result.tenants().begin(),
                                                       result.tenants().end());
        if (auto status = replica_->setTenants(tenants); !status) {
            code = status.error().code;
        }
    }
    if (code != ErrorCode::Ok) {
        core_->detach();
        Q_EMIT face_.loginFinished({.code = code});
        return;
    }
    Q_EMIT face_.loginFinished({.code = ErrorCode::Ok});
    core_->attach(replica_.get(), session_.token);
}

ErrorCode SyncWorker::openReplica() {
    const auto file = replicaFile(options_.dataDir, options_.server.toString().toStdString(),
                                  session_.account.id);
    auto opened = replica::Replica::open(file, clock_, random_);
    if (!opened && opened.error().code == ErrorCode::Corrupt) {
        log::error("sync", "replica file damaged: {}", opened.error().detail);
        if (const auto aside = setAside(file, clock_)) {
            opened = replica::Replica::open(file, clock_, random_);
            Q_EMIT face_.replicaSetAside(QString::fromStdString(aside->string()));
        } else {
            log::error("sync", "replica file: {}", aside.error().detail);
        }
    }
    const ErrorCode code = opened ? ErrorCode::Ok : opened.error().code;
    if (opened) {
        indexFailed_ = false;
        replica_ = std::move(*opened);
    } else {
        log::error("sync", "replica file: {} {}", name(code), opened.error().detail);
    }
    Q_EMIT face_.replicaOpened(QString::fromStdString(file.string()), session_.account, code);
    return code;
}

void SyncWorker::closeReplica() {
    core_->detach();
    run();
    if (replica_ != nullptr) {
        replica_.reset();
        Q_EMIT face_.replicaClosed();
    }
}

void SyncWorker::tell() {
    const SyncStatus now = core_->status();
    const bool same = now.state == told_.state && now.trouble == told_.trouble &&
                      now.wantsOnline == told_.wantsOnline && now.hasReplica == told_.hasReplica &&
                      now.pending == told_.pending && now.rejected == told_.rejected &&
                      now.rowsReceived == told_.rowsReceived &&
                      now.lastContactMs / 1000 == told_.lastContactMs / 1000;
    // News of others come and are applied within milliseconds: the state need not flicker for them.
    const bool brief = now.state == State::Synchronizing && told_.state == State::Synchronized &&
                       now.pending == 0 && !briefIsOver_;
    if (brief) {
        if (!brief_->isActive()) {
            brief_->start(kBrief);
        }
        return;
    }
    briefIsOver_ = false;
    if (!same) {
        told_ = now;
        Q_EMIT face_.statusChanged(now);
    }
}

}  // namespace vorfahrt::client::sync
