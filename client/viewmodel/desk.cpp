// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/desk.h"

#include "client/viewmodel/words.h"
#include "common/schema/record.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kTickMs = 1000;
constexpr int kFrameMs = 16;

void merge(replica::ChangeSet& into, const replica::ChangeSet& from) {
    into.tenant = from.tenant;
    into.trayChanged |= from.trayChanged;
    into.draftsChanged |= from.draftsChanged;
    for (const auto& [table, rows] : from.tables) {
        if (rows.many) {
            into.addMany(table);
        }
        for (const RowId id : rows.ids) {
            into.add(table, id);
        }
    }
}

}  // namespace

Desk::Desk(DeskPort& port, model::ReplicaReader& reader, const Clock& clock, Random& random,
           QObject* parent)
    : QObject(parent),
      port_(port),
      reader_(reader),
      clock_(clock),
      random_(random),
      claims_(port) {
    connect(&port, &DeskPort::replicaOpened, this, &Desk::replicaOpened);
    connect(&port, &DeskPort::replicaSetAside, this, [this](const QString& file) {
        setAside_ =
            tr("The data file on this computer was damaged. It was put aside as %1, nothing "
               "was deleted. The data are loaded again; changes that were not sent yet are "
               "in that file only.")
                .arg(QFileInfo(file).fileName());
    });
    connect(&port, &DeskPort::replicaClosed, this, &Desk::replicaClosed);
    connect(&port, &DeskPort::tokenLost, this, [this] {
        if (stage_ != Stage::SignedOut) {
            leave(Left::SessionEnded);
        }
    });
    connect(&port, &DeskPort::statusChanged, this, &Desk::takeStatus);
    connect(&port, &DeskPort::rowsChanged, this, &Desk::rowsChanged);
    connect(&port, &DeskPort::editFinished, this, &Desk::editFinished);
    connect(&reader, &model::ReplicaReader::failed, this,
            [this](const QString& key, ErrorCode code) {
                if (key == QStringLiteral("desk.tenants") && stage_ != Stage::Working) {
                    openError_ = Words::readProblem(code);
                    Q_EMIT stageChanged();
                }
            });
    second_.setInterval(kTickMs);
    second_.setTimerType(Qt::CoarseTimer);
    connect(&second_, &QTimer::timeout, this, &Desk::tick);
    frame_.setInterval(kFrameMs);
    frame_.setSingleShot(true);
    connect(&frame_, &QTimer::timeout, this, &Desk::flushChanges);
}

QString Desk::tenantName() const {
    for (const auto& tenant : account_.tenants) {
        if (tenant.tenant == viewer_.tenant) {
            return qstr(tenant.name);
        }
    }
    return {};
}

QString Desk::userName() const {
    for (const auto& user : directory_.users) {
        if (user.id.uuid() == viewer_.user.uuid()) {
            return qstr(user.value.display_name());
        }
    }
    for (const auto& tenant : account_.tenants) {
        if (tenant.tenant == viewer_.tenant) {
            return qstr(tenant.userName);
        }
    }
    return {};
}

QString Desk::siteName() const {
    std::string own;
    for (const auto& user : directory_.users) {
        if (user.id.uuid() == viewer_.user.uuid()) {
            own = user.value.site_id();
        }
    }
    for (const auto& site : directory_.sites) {
        if (site.id.bytes() == own) {
            return qstr(site.value.name());
        }
    }
    return directory_.sites.size() == 1 ? qstr(directory_.sites.front().value.name()) : QString();
}

QString Desk::login() const {
    return qstr(account_.login);
}

bool Desk::isManager() const {
    return std::any_of(
        directory_.grants.begin(), directory_.grants.end(), [this](const auto& grant) {
            return grant.value.user_id() == viewer_.user.bytes() &&
                   (grant.value.role() == record::MANAGER || grant.value.role() == record::ADMIN);
        });
}

std::int64_t Desk::returnMs(SiteId site) const {
    for (const auto& item : directory_.sites) {
        if (item.id.uuid() == site.uuid()) {
            return std::int64_t{item.value.return_seconds()} * 1000;
        }
    }
    return 0;
}

bool Desk::online() const {
    return status_.state == sync::State::Synchronizing ||
           status_.state == sync::State::Synchronized;
}

std::int64_t Desk::nowMs() const {
    return toUnixMs(clock_.now()) + status_.serverOffsetMs;
}

std::int64_t Desk::retryInMs() const {
    const std::int64_t passed = toUnixMs(clock_.now()) - statusAtMs_;
    return std::clamp<std::int64_t>(status_.retryInMs - passed, 0, status_.retryInMs);
}

RowId Desk::newId() {
    return RowId(Uuid::v7(clock_.now(), random_));
}

void Desk::perform(const command::Command& command, const QString& undoText, QObject* owner,
                   Done done) {
    forgetUndo();
    send(command, undoText, owner, std::move(done));
}

void Desk::send(const command::Command& command, const QString& undoText, QObject* owner,
                Done done) {
    Q_EMIT started();
    const quint64 ref = ++lastRef_;
    sent_.emplace(ref, Sent{.tenant = command.tenant,
                            .inverse = undoText.isEmpty() ? nullptr : command.inverse,
                            .undoText = undoText,
                            .owner = owner != nullptr ? owner : this,
                            .done = std::move(done)});
    port_.edit(command, ref);
}

void Desk::editFinished(quint64 ref, ErrorCode code) {
    auto found = sent_.extract(ref);
    if (found.empty()) {
        return;
    }
    const Sent sent = std::move(found.mapped());
    if (code != ErrorCode::Ok) {
        Q_EMIT refused(Words::refusal(code));
    } else if (sent.tenant == viewer_.tenant) {
        forgetUndo();
        lastInverse_ = sent.inverse;
        if (lastInverse_) {
            Q_EMIT performed(sent.undoText);
        }
    }
    if (sent.done && sent.owner) {
        sent.done(code);
    }
}

void Desk::offerUndo(const QString& undoText, QObject* owner, std::function<void()> back) {
    forgetUndo();
    lastBack_ = [owner = QPointer(owner), back = std::move(back)] {
        if (owner) {
            back();
        }
    };
    Q_EMIT performed(undoText);
}

void Desk::forgetUndo() {
    lastInverse_ = nullptr;
    lastBack_ = nullptr;
}

void Desk::undo() {
    if (const auto back = std::exchange(lastBack_, nullptr)) {
        back();
        Q_EMIT undone();
        return;
    }
    if (!lastInverse_) {
        return;
    }
    const auto inverse = std::move(lastInverse_);
    lastInverse_ = nullptr;
    send(*inverse, {}, this, [this](ErrorCode code) {
        if (code == ErrorCode::Ok) {
            Q_EMIT undone();
        }
    });
}

void Desk::setStage(Stage stage) {
    if (stage_ == stage) {
        return;
    }
    stage_ = stage;
    if (stage == Stage::Working) {
        second_.start();
    } else {
        second_.stop();
    }
    Q_EMIT stageChanged();
}

void Desk::replicaOpened(const QString& file, const sync::Account& account, ErrorCode error) {
    openError_ = std::exchange(setAside_, {});
    switch (error) {
        case ErrorCode::Ok: break;
        case ErrorCode::NewerSchema:
            openError_ =
                tr("The data on this computer were written by a newer version of the "
                   "program. Install the newer version; nothing was changed.");
            break;
        case ErrorCode::NoSpace:
            openError_ = tr("The disk of this computer is full. Free some space and start again.");
            break;
        default:
            openError_ =
                tr("The data on this computer cannot be opened. Nothing was deleted. Start the "
                   "program again; if this stays, ask your administrator.");
            break;
    }
    if (error != ErrorCode::Ok || account.tenants.empty()) {
        Q_EMIT stageChanged();
        return;
    }
    account_ = account;
    file_ = file;
    if (account.tenants.size() == 1) {
        enterTenant(account.tenants.front());
        return;
    }
    const TenantId last = memory_ ? memory_(account.id) : TenantId();
    leaveTenant();
    chooseTenant(last);
}

void Desk::chooseTenant(TenantId tenant) {
    for (const auto& known : account_.tenants) {
        if (known.tenant == tenant && stage_ == Stage::Choosing) {
            enterTenant(known);
            return;
        }
    }
}

void Desk::leaveTenant() {
    reader_.close();
    viewer_ = {};
    counts_ = {};
    directory_ = {};
    claims_.clear();
    forgetUndo();
    setStage(Stage::Choosing);
}

void Desk::enterTenant(const sync::Account::Tenant& tenant) {
    viewer_ = {tenant.tenant, tenant.user};
    claims_.clear();
    forgetUndo();
    reader_.open(file_.toStdU16String());
    checkTenant();
    readDirectory();
    readCounts();
}

void Desk::leave(Left how) {
    Q_EMIT leaving();
    left_ = how;
    lastLogin_ = account_.login;
    replicaClosed();
    if (how == Left::SignedOut) {
        port_.logout();
    } else {
        port_.leave();
    }
}

QString Desk::lastLogin() const {
    return qstr(lastLogin_);
}

void Desk::replicaClosed() {
    reader_.close();
    sent_.clear();
    waiting_ = {};
    frame_.stop();
    openError_.clear();
    file_.clear();
    account_ = {};
    viewer_ = {};
    counts_ = {};
    directory_ = {};
    claims_.clear();
    forgetUndo();
    setStage(Stage::SignedOut);
}

void Desk::takeStatus(const sync::SyncStatus& status) {
    const bool was = online();
    status_ = status;
    statusAtMs_ = toUnixMs(clock_.now());
    lost_ = !online() && (lost_ || status.trouble != sync::Trouble::None ||
                          status.state == sync::State::Waiting || !status.wantsOnline);
    if (online()) {
        offlineSinceMs_ = 0;
    } else if (was || offlineSinceMs_ == 0) {
        offlineSinceMs_ = status.lastContactMs != 0 ? status.lastContactMs : nowMs();
    }
    if (stage_ == Stage::FirstSync) {
        checkTenant();
    }
    Q_EMIT statusChanged();
}

void Desk::rowsChanged(const replica::ChangeSet& changes) {
    if (changes.tenant != viewer_.tenant) {
        return;
    }
    merge(waiting_, changes);
    if (!frame_.isActive()) {
        frame_.start();
    }
}

void Desk::flushChanges() {
    if (!reader_.idle()) {
        frame_.start();
        return;
    }
    const replica::ChangeSet changes = std::exchange(waiting_, {});
    if (changes.tenant != viewer_.tenant) {
        return;
    }
    if (stage_ == Stage::FirstSync) {
        checkTenant();
    }
    for (const char* table : {"user", "site", "access_grant", "tenant"}) {
        if (changes.touches(schema::recordByTable(table)->number)) {
            readDirectory();
            break;
        }
    }
    if (!changes.tables.empty() || changes.trayChanged) {
        readCounts();
    }
    Q_EMIT changed(changes);
}

// Once every scope has been here, the desk is shown from the replica, whatever the network does.
void Desk::checkTenant() {
    reader_.ask(
        QStringLiteral("desk.tenants"), this,
        [](replica::Reader& reader) { return reader.tenants(); },
        [this](const std::vector<replica::KnownTenant>& tenants) {
            const bool complete =
                std::any_of(tenants.begin(), tenants.end(), [this](const auto& tenant) {
                    return tenant.tenant == viewer_.tenant && tenant.complete;
                });
            if (stage_ != Stage::Working) {
                setStage(complete ? Stage::Working : Stage::FirstSync);
                if (complete && !openError_.isEmpty()) {
                    Q_EMIT refused(openError_);
                }
            }
        });
}

void Desk::readCounts() {
    reader_.ask(
        QStringLiteral("desk.counts"), this,
        [viewer = viewer_](replica::Reader& reader) { return reader.counts(viewer); },
        [this](const replica::Counts& counts) {
            if (!(counts == counts_)) {
                counts_ = counts;
                Q_EMIT countsChanged();
            }
        });
}

void Desk::readDirectory() {
    reader_.ask(
        QStringLiteral("desk.directory"), this,
        [viewer = viewer_](replica::Reader& reader) -> Result<Directory> {
            Directory directory;
            VF_TRY(directory.users, reader.users(viewer));
            VF_TRY(directory.sites, reader.sites(viewer));
            VF_TRY(directory.grants, reader.grants(viewer));
            return directory;
        },
        [this](Directory directory) {
            directory_ = std::move(directory);
            Q_EMIT directoryChanged();
        });
}

}  // namespace vorfahrt::client::viewmodel
