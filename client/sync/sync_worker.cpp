// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/sync_worker.h"

#include "client/keys/system_key_store.h"
#include "client/replica/salvage.h"
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
// A person who can be let in without the server waits no longer for a connection.
constexpr std::chrono::milliseconds kLoginPatience{3000};
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
    if (options_.keyStore == nullptr) {
        noStore_ = std::make_unique<keys::NoKeyStore>();
    }
    accounts_ = std::make_unique<LocalAccounts>(People(options_.dataDir),
                                                noStore_ ? *noStore_ : *options_.keyStore, clock_,
                                                random_, options_.passwordCost);
    accounts_->load(options_.server.toString().toStdString());
    makeCore();
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
    patience_ = std::make_unique<QTimer>();
    patience_->setSingleShot(true);
    connect(patience_.get(), &QTimer::timeout, this, [this] {
        if (typed_ && core_->state() == State::Connecting) {
            core_->goOffline();  // which ends the login as one that nobody answered
            run();
        }
    });
    brief_ = std::make_unique<QTimer>();
    brief_->setSingleShot(true);
    connect(brief_.get(), &QTimer::timeout, this, [this] {
        briefIsOver_ = true;
        tell();
    });
    if (auto reopened = accounts_->reopen(); !reopened) {
        log::info("sync", "nobody is signed in: {}", name(reopened.error().code));
    } else if (openReplica() == ErrorCode::Ok) {
        core_->attach(replica_.get(), accounts_->token());
        core_->goOnline();
    }
    core_->mustRevoke(accounts_->tokensToRevoke());
    core_->revokeNow();
    tellPeople();
    run();
}

void SyncWorker::makeCore() {
    core_ = std::make_unique<ClientCore>(
        clock_, random_,
        ClientCore::Options{.deviceId = accounts_->deviceId(),
                            .deviceName = options_.deviceName.toStdString()});
}

void SyncWorker::setServer(const QUrl& server, const QByteArray& fingerprint) {
    leave();
    core_->goOffline();
    run();
    options_.server = server;
    options_.fingerprint = fingerprint;
    accounts_->load(server.toString().toStdString());
    // A new one: tokens of the old server must not reach the new one.
    makeCore();
    core_->mustRevoke(accounts_->tokensToRevoke());
    core_->revokeNow();
    tellPeople();
    run();
}

void SyncWorker::tellPeople() {
    Q_EMIT face_.peopleChanged(accounts_->people(), accounts_->keyStore());
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
    patience_.reset();
    brief_.reset();
    purge_.reset();
    index_.reset();
    core_.reset();
    replica_.reset();
    accounts_.reset();
}

// ---------------------------------------------------------------------------------------- commands

// Who left with his token goes on where he was, at once. For everybody else the server decides, and
// this computer where it does not answer.
void SyncWorker::login(const std::string& account, const std::string& password) {
    typed_ = Typed{.login = account, .password = password, .here = std::nullopt};
    const LocalAccounts::Known known = accounts_->known(account);
    if (known.opensOffline && !known.needsServer && replica_ == nullptr && loginHere()) {
        run();
        return;
    }
    if (known.opensOffline) {
        patience_->start(kLoginPatience);
    }
    core_->login(account, password);
    run();
}

// A password that is wrong here may be right at the server: it can be changed at another desk.
bool SyncWorker::loginHere() {
    typed_->here = accounts_->openWith(typed_->login, typed_->password);
    if (typed_->here->code != ErrorCode::Ok) {
        return false;
    }
    const ErrorCode code = openReplica();
    if (code == ErrorCode::Ok) {
        core_->attach(replica_.get(), accounts_->token());
        core_->mustRevoke(accounts_->tokensToRevoke());
        core_->goOnline();
    } else {
        accounts_->leave();
    }
    finishLogin({.code = code, .offline = true});
    return true;
}

void SyncWorker::onLoginFailed(LoginAnswer answer) {
    if (!typed_) {
        return;
    }
    patience_->stop();
    const bool unanswered =
        answer.code == ErrorCode::Unavailable || answer.code == ErrorCode::Timeout;
    if (unanswered && replica_ == nullptr) {
        if (!typed_->here && loginHere()) {
            return;
        }
        const LocalAccounts::Opening& here = *typed_->here;
        if (here.code != ErrorCode::NotFound) {
            answer = {.code = here.code,
                      .retryAfterMs = static_cast<std::uint32_t>(here.wait.count()),
                      .offline = true,
                      .triesLeft = here.triesLeft};
        }
    }
    finishLogin(answer);
}

void SyncWorker::finishLogin(const LoginAnswer& answer) {
    patience_->stop();
    if (typed_) {
        keys::wipe(typed_->password);
        typed_.reset();
    }
    Q_EMIT face_.loginFinished(answer);
    if (answer.code == ErrorCode::Ok) {
        tellPeople();
    }
}

void SyncWorker::leave() {
    typed_.reset();
    closeReplica();
    accounts_->leave();
    tellPeople();
}

void SyncWorker::logout() {
    core_->logout();
    run();
    accounts_->signOut();
    closeReplica();
    core_->mustRevoke(accounts_->tokensToRevoke());
    core_->revokeNow();
    tellPeople();
    run();
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
    if (const auto* change = std::get_if<ChangePassword>(&request)) {
        newPassword_ = change->newPassword;
        newPasswordRef_ = ref;
    }
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
            [&](effect::LoginFailed& login) { onLoginFailed(login.answer); },
            [&](effect::TokenLost&) {
                accounts_->tokenLost();
                Q_EMIT face_.tokenLost();
            },
            [&](effect::TokenRevoked& revoked) { accounts_->tokenRevoked(revoked.token); },
            [&](effect::ClaimAnswered& claim) { Q_EMIT face_.claimFinished(claim.answer); },
            [&](effect::Rejected& rejected) { Q_EMIT face_.editRejected(rejected.edit); },
            [&](effect::AccountAnswered& account) {
                takeNewPassword(account);
                Q_EMIT face_.accountFinished(account.ref, account.answer);
            },
            [&](effect::Fault& fault) { log::error("sync", "replica file: {}", name(fault.code)); },
        },
        effect);
}

// The new one opens his files here from now on, too.
void SyncWorker::takeNewPassword(const effect::AccountAnswered& account) {
    if (newPassword_.empty() || account.ref != newPasswordRef_) {
        return;
    }
    if (account.answer.code == ErrorCode::Ok) {
        if (auto status = accounts_->passwordChanged(newPassword_); !status) {
            log::error("sync", "password lock: {}", name(status.error().code));
        }
    }
    keys::wipe(newPassword_);
}

void SyncWorker::onLoggedIn(const wire::LoginResult& result) {
    const auto id = AccountId::fromBytes(result.account_id());
    if (!id || id->isNone() || !typed_) {
        finishLogin({.code = ErrorCode::BadFrame});
        return;
    }
    const bool sameAccount = replica_ != nullptr && accounts_->account().id == *id;
    Account account{.login = typed_->login, .id = *id, .tenants = {}};
    for (const wire::AccountTenant& tenant : result.tenants()) {
        account.tenants.push_back(
            {.tenant = TenantId::fromBytes(tenant.tenant()).value_or(TenantId()),
             .user = UserId::fromBytes(tenant.user_id()).value_or(UserId()),
             .name = tenant.name(),
             .userName = tenant.user_name()});
    }
    accounts_->signedIn(account, result.token(), typed_->password);
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
        finishLogin({.code = code});
        return;
    }
    core_->attach(replica_.get(), accounts_->token());
    core_->mustRevoke(accounts_->tokensToRevoke());
    finishLogin({.code = ErrorCode::Ok});
}

ErrorCode SyncWorker::openReplica() {
    const auto file = accounts_->replicaFile();
    auto opened = replica::Replica::open(file, clock_, random_);
    if (!opened && opened.error().code == ErrorCode::Corrupt) {
        log::error("sync", "replica file damaged: {}", opened.error().detail);
        if (const auto aside = setAside(file, clock_)) {
            opened = replica::Replica::open(file, clock_, random_);
            for (const auto& [key, text] : replica::salvageDrafts(*aside)) {
                if (!opened || !(*opened)->saveDraft(key, text)) {
                    break;
                }
            }
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
    Q_EMIT face_.replicaOpened(QString::fromStdString(file.string()), accounts_->account(), code);
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
    SyncStatus now = core_->status();
    // Opened without the server, by somebody who had signed out.
    if (now.hasReplica && accounts_->isOpen() && accounts_->token().empty()) {
        now.trouble = Trouble::LoginNeeded;
    }
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
