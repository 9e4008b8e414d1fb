// SPDX-License-Identifier: GPL-3.0-or-later
// The desks: the product's store thread with its replica and socket, driven as the desk's window
// drives it.
#include "client/command/commands.h"
#include "client/replica/queries.h"
#include "client/sync/sync_thread.h"
#include "common/base/assert.h"
#include "common/schema/customer.pb.h"
#include "common/schema/record.h"
#include "tests/bench/sync/roles.h"
#include "tests/support/child_process.h"
#include "tests/support/test_key_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <unistd.h>
#include <utility>
#include <vector>

namespace vorfahrt::bench {

namespace {

using namespace client;
using sync::State;
using sync::SyncThread;
using test::waitUntil;

constexpr int kPatienceMs = 300'000;

// What the listener tells: a row that looks new, or (no id) that all offline edits are there.
struct Seen {
    std::array<char, 16> id{};
    std::int64_t atNs = 0;
};

void say(const QJsonObject& line) {
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

int failed(const char* what) {
    std::fprintf(stderr, "bench desk: %s\n", what);
    return 1;
}

class Desk {
public:
    explicit Desk(const DeskOptions& options)
        : thread_(test::withTestKeys(
              {.dataDir = options.dataDir.toStdString(),
               .server = QUrl(options.server),
               .fingerprint = QByteArray::fromHex(options.fingerprint.toLatin1()),
               .deviceName = options.login})) {
        QObject::connect(&thread_, &SyncThread::statusChanged, &context_,
                         [this](const sync::SyncStatus& now) { status = now; });
        QObject::connect(&thread_, &SyncThread::replicaOpened, &context_,
                         [this](const QString& file, const sync::Account& account, ErrorCode) {
                             open(file, account);
                         });
        QObject::connect(&thread_, &SyncThread::loginFinished, &context_,
                         [this](const sync::LoginAnswer& answer) {
                             loggedInNs = nowNs();
                             login = answer.code;
                         });
        QObject::connect(&thread_, &SyncThread::rowsChanged, &context_,
                         [this](const replica::ChangeSet& changes) {
                             if (onChange) {
                                 onChange(changes);
                             }
                         });
        thread_.start();
    }

    [[nodiscard]] bool synchronize() {
        return waitUntil([this] { return status.state == State::Synchronized; }, kPatienceMs);
    }
    // The search has all rows as well: nothing is built beside what is measured.
    [[nodiscard]] bool finishIndex() {
        return waitUntil([this] { return reader_->isSearchComplete().value_or(false); },
                         kPatienceMs);
    }
    [[nodiscard]] SyncThread& thread() { return thread_; }
    [[nodiscard]] replica::Reader& reader() { return *reader_; }
    [[nodiscard]] bool hasReader() const { return reader_ != nullptr; }
    [[nodiscard]] const replica::Viewer& viewer() const { return viewer_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

    sync::SyncStatus status;
    std::int64_t loggedInNs = 0;
    std::optional<ErrorCode> login;
    std::function<void(const replica::ChangeSet&)> onChange;

private:
    void open(const QString& file, const sync::Account& account) {
        file_ = file.toStdString();
        auto reader = replica::Reader::open(file_);
        VF_ASSERT(reader.has_value() && account.tenants.size() == 1);
        reader_ = std::move(*reader);
        viewer_ = {.tenant = account.tenants.front().tenant, .user = account.tenants.front().user};
    }

    QObject context_;
    std::filesystem::path file_;
    std::unique_ptr<replica::Reader> reader_;
    replica::Viewer viewer_;
    SyncThread thread_;
};

double millis(std::int64_t ns) {
    return static_cast<double>(ns) / 1e6;
}

// The first screen: the page of leads nobody has claimed, with their sources.
bool showsLeads(Desk& desk, const Plan& plan) {
    const auto page = desk.reader().leads(desk.viewer(), replica::LeadTab::Unclaimed);
    return page && page->rows.size() >= std::min<std::size_t>(plan.leads, 100) &&
           std::ranges::none_of(page->rows, [](const auto& r) { return r.sourceName.empty(); });
}

command::Command editOf(Desk& desk, const Plan& plan, std::size_t edit) {
    const CustomerId id(editedCustomer(edit, plan).uuid());
    const auto before = desk.reader().customer(desk.viewer(), id);
    VF_ASSERT(before.has_value() && before->has_value());
    record::Customer after = (*before)->customer;
    after.set_last_name(editedName(edit, plan));
    auto command = command::editCustomer(desk.viewer(), **before, after);
    VF_ASSERT(command.has_value());
    return std::move(*command);
}

Seen readSeen(int pipe) {
    Seen seen;
    VF_ASSERT(::read(pipe, &seen, sizeof seen) == ssize_t{sizeof seen});
    return seen;
}

// When the other desk saw the row.
std::int64_t waitForRow(int pipe, RowId id) {
    for (;;) {
        const Seen seen = readSeen(pipe);
        if (std::string_view(seen.id.data(), seen.id.size()) == id.view()) {
            return seen.atNs;
        }
    }
}

}  // namespace

int runFirstSync(const Plan& plan, const DeskOptions& options) {
    Desk desk(options);
    std::int64_t screen = 0;
    desk.onChange = [&](const replica::ChangeSet&) {
        if (screen == 0 && desk.hasReader() && showsLeads(desk, plan)) {
            screen = nowNs();
        }
    };
    desk.thread().login(options.login, QString::fromLatin1(kPassword.data(), kPassword.size()));
    if (!waitUntil([&] { return desk.login.has_value(); }, kPatienceMs) ||
        *desk.login != ErrorCode::Ok) {
        return failed("no login");
    }
    if (!desk.synchronize()) {
        return failed("not synchronized");
    }
    const std::int64_t end = nowNs();
    const auto counts = desk.reader().counts(desk.viewer());
    if (!counts || static_cast<std::size_t>(counts->customers) != plan.customers || screen == 0) {
        return failed("not everything is here");
    }
    if (!desk.finishIndex()) {
        return failed("the search lacks rows");
    }
    say({{QStringLiteral("first_ms"), millis(end - desk.loggedInNs)},
         {QStringLiteral("search_ms"), millis(nowNs() - desk.loggedInNs)},
         {QStringLiteral("screen_ms"), millis(screen - desk.loggedInNs)}});
    return 0;
}

int runReconnect(const DeskOptions& options) {
    const std::int64_t start = nowNs();
    Desk desk(options);
    if (!desk.synchronize()) {
        return failed("not synchronized");
    }
    say({{QStringLiteral("synchronized_ms"), millis(nowNs() - start)}});
    return 0;
}

int runListener(const Plan& plan, const DeskOptions& options) {
    Desk desk(options);
    std::size_t online = 0;
    std::size_t offlineRows = 0;
    bool complete = false;
    const auto tell = [&](RowId id, std::int64_t atNs) {
        Seen seen{.id = {}, .atNs = atNs};
        std::ranges::copy(id.view(), seen.id.begin());
        VF_ASSERT(::write(options.seen, &seen, sizeof seen) == ssize_t{sizeof seen});
    };
    bool ready = false;
    desk.onChange = [&](const replica::ChangeSet& changes) {
        const std::int64_t now = nowNs();
        const auto rows = changes.tables.find(schema::recordOf<record::Customer>().number);
        if (!ready || complete || rows == changes.tables.end()) {
            return;
        }
        if (online < plan.onlineEdits()) {
            for (const RowId id : rows->second.ids) {
                ++online;
                tell(id, now);
            }
            return;
        }
        offlineRows += rows->second.many ? plan.offlineEdits : rows->second.ids.size();
        if (offlineRows >= plan.offlineEdits) {
            const auto count = countOffline(desk.file());
            complete = count && *count == plan.offlineEdits;
            if (complete) {
                tell(RowId(), now);
            }
        }
    };
    if (!desk.synchronize()) {
        return failed("not synchronized");
    }
    ready = true;
    say({{QStringLiteral("ready"), true}});
    const bool converged = waitUntil(
        [&] { return complete && desk.status.state == State::Synchronized; }, kPatienceMs);
    return converged ? 0 : failed("did not converge");
}

int runAuthor(const Plan& plan, const DeskOptions& options) {
    Desk desk(options);
    if (!desk.synchronize()) {
        return failed("not synchronized");
    }
    std::size_t edit = 0;
    QJsonArray times;
    for (; edit < plan.onlineEdits(); ++edit) {
        const command::Command command = editOf(desk, plan, edit);
        const std::int64_t start = nowNs();
        desk.thread().edit(command);
        const std::int64_t end = waitForRow(options.seen, editedCustomer(edit, plan));
        if (edit >= plan.warmEdits) {
            times.append(millis(end - start));
        }
        // What is queued here meanwhile is none of the next edit's time.
        const bool acked = waitUntil(
            [&] { return desk.status.pending == 0 && desk.status.state == State::Synchronized; },
            kPatienceMs);
        if (!acked) {
            return failed("an edit was not confirmed");
        }
    }
    desk.thread().setOnline(false);
    if (!waitUntil([&] { return desk.status.state == State::Offline; }, kPatienceMs)) {
        return failed("still online");
    }
    for (; edit < plan.allEdits(); ++edit) {
        desk.thread().edit(editOf(desk, plan, edit));
    }
    const auto allPending = [&] {
        return static_cast<std::size_t>(desk.status.pending) == plan.offlineEdits;
    };
    if (!waitUntil(allPending, kPatienceMs)) {
        return failed("offline edits were not stored");
    }
    const std::int64_t start = nowNs();
    desk.thread().setOnline(true);
    const auto done = [&] {
        return desk.status.pending == 0 && desk.status.state == State::Synchronized;
    };
    if (!waitUntil(done, kPatienceMs)) {
        return failed("offline edits were not confirmed");
    }
    const std::int64_t mine = nowNs();
    const std::int64_t theirs = waitForRow(options.seen, RowId());
    const std::int64_t end = std::max(mine, theirs);
    say({{QStringLiteral("edit_ms"), times},
         {QStringLiteral("offline_s"), millis(end - start) / 1e3},
         {QStringLiteral("mine_s"), millis(mine - start) / 1e3},
         {QStringLiteral("theirs_s"), millis(theirs - start) / 1e3},
         {QStringLiteral("rejected"), desk.status.rejected}});
    return 0;
}

}  // namespace vorfahrt::bench
