// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headless_desk/headless_desk.h"

#include "client/command/commands.h"
#include "common/schema/record.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <time.h>
#include <unistd.h>

namespace vorfahrt::tests {

namespace command = client::command;
namespace replica = client::replica;
using client::sync::SyncStatus;

namespace {

qint64 nowUs() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

QString hexOf(std::string_view bytes) {
    return QString::fromLatin1(
        QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex());
}

template <class Id>
Id idOf(const QJsonObject& command, const QString& key) {
    const QByteArray bytes = QByteArray::fromHex(command.value(key).toString().toLatin1());
    return Id::fromBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())})
        .value_or(Id());
}

QString stateName(client::sync::State state) {
    static constexpr std::array kNames{"offline",  "waiting",       "connecting",  "logging-in",
                                       "greeting", "synchronizing", "synchronized"};
    return QString::fromLatin1(kNames.at(static_cast<std::size_t>(state)));
}

QString codeName(ErrorCode code) {
    const std::string_view text = name(code);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QString outcomeName(client::sync::ClaimAnswer::Outcome outcome) {
    static constexpr std::array kNames{"noted", "won", "taken", "gone", "refused", "expired"};
    return QString::fromLatin1(kNames.at(static_cast<std::size_t>(outcome)));
}

QString textOf(const std::string& text) {
    return QString::fromStdString(text);
}

}  // namespace

const std::map<QString, HeadlessDesk::Handler>& HeadlessDesk::commands() {
    // Arguments: login account password | wait-synced timeout_ms | leads tab (mine, unclaimed, all,
    // closed) | claim lead | edit-customer (lead or customer) field value | note lead text |
    // contact customer value (an e-mail address) | convert intake make model first_name last_name
    // email phone message | move lead to [reason] | release lead | bulk n text (edits of customers,
    // in turn) | online | offline | dump file | status | quit. Ids are 32 hex digits.
    static const std::map<QString, Handler> kCommands{
        {QStringLiteral("login"), &HeadlessDesk::doLogin},
        {QStringLiteral("wait-synced"), &HeadlessDesk::doWaitSynced},
        {QStringLiteral("leads"), &HeadlessDesk::doLeads},
        {QStringLiteral("claim"), &HeadlessDesk::doClaim},
        {QStringLiteral("edit-customer"), &HeadlessDesk::doEditCustomer},
        {QStringLiteral("note"), &HeadlessDesk::doNote},
        {QStringLiteral("contact"), &HeadlessDesk::doContact},
        {QStringLiteral("convert"), &HeadlessDesk::doConvert},
        {QStringLiteral("move"), &HeadlessDesk::doMove},
        {QStringLiteral("release"), &HeadlessDesk::doRelease},
        {QStringLiteral("bulk"), &HeadlessDesk::doBulk},
        {QStringLiteral("online"), &HeadlessDesk::doOnline},
        {QStringLiteral("offline"), &HeadlessDesk::doOffline},
        {QStringLiteral("dump"), &HeadlessDesk::doDump},
        {QStringLiteral("status"), &HeadlessDesk::doStatus},
        {QStringLiteral("quit"), &HeadlessDesk::doQuit},
    };
    return kCommands;
}

HeadlessDesk::HeadlessDesk(client::sync::SyncThread::Options options)
    : sync_(std::move(options)),
      input_(STDIN_FILENO, QSocketNotifier::Read) {
    using client::sync::SyncThread;
    connect(&input_, &QSocketNotifier::activated, this, &HeadlessDesk::readInput);
    connect(&sync_, &SyncThread::replicaOpened, this, &HeadlessDesk::onOpened);
    connect(&sync_, &SyncThread::replicaClosed, this, [this] { reader_.reset(); });
    connect(&sync_, &SyncThread::rowsChanged, this, &HeadlessDesk::onChanged);
    connect(&sync_, &SyncThread::statusChanged, this, [this](const SyncStatus& status) {
        const bool moved = status.state != status_.state || status.trouble != status_.trouble;
        status_ = status;
        if (moved) {
            say(QStringLiteral("status"), statusObject());
        }
        checkWaiting();
    });
    connect(&sync_, &SyncThread::loginFinished, this,
            [this](const client::sync::LoginAnswer& login) {
                answer(login_, {{QStringLiteral("code"), codeName(login.code)}});
            });
    connect(
        &sync_, &SyncThread::claimFinished, this, [this](const client::sync::ClaimAnswer& claim) {
            say(QStringLiteral("claim"), {{QStringLiteral("lead"), hexOf(claim.lead.view())},
                                          {QStringLiteral("outcome"), outcomeName(claim.outcome)},
                                          {QStringLiteral("owner"), textOf(claim.ownerName)},
                                          {QStringLiteral("code"), codeName(claim.code)}});
        });
    connect(&sync_, &SyncThread::editRejected, this,
            [this](const client::sync::RejectedEdit& edit) {
                say(QStringLiteral("rejected"),
                    {{QStringLiteral("mid"), static_cast<qint64>(value(edit.mid))},
                     {QStringLiteral("name"), textOf(edit.name)},
                     {QStringLiteral("code"), codeName(edit.code)}});
            });
    connect(&sync_, &SyncThread::editFinished, this, [this](quint64 ref, ErrorCode code) {
        const auto it = edits_.find(ref);
        if (it == edits_.end()) {
            return;
        }
        const auto batch = it->second;
        edits_.erase(it);
        batch->refused += code == ErrorCode::Ok ? 0 : 1;
        if (--batch->left == 0) {
            answer(batch->command, {{QStringLiteral("code"), codeName(code)},
                                    {QStringLiteral("refused"), batch->refused}});
        }
    });
    tick_.setInterval(100);
    connect(&tick_, &QTimer::timeout, this, &HeadlessDesk::checkWaiting);
    clock_.start();
}

HeadlessDesk::~HeadlessDesk() = default;

void HeadlessDesk::start() {
    tick_.start();
    sync_.start();
}

// ---------------------------------------------------------------------------------------- lines

void HeadlessDesk::readInput() {
    std::array<char, 65536> bytes{};
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0) {
        QCoreApplication::quit();  // the test is gone
        return;
    }
    buffer_.append(bytes.data(), count);
    for (qsizetype end = buffer_.indexOf('\n'); end >= 0; end = buffer_.indexOf('\n')) {
        const QByteArray line = buffer_.left(end);
        buffer_.remove(0, end + 1);
        handle(line);
    }
}

void HeadlessDesk::handle(const QByteArray& line) {
    const QJsonObject command = QJsonDocument::fromJson(line).object();
    const auto it = commands().find(command.value(QStringLiteral("cmd")).toString());
    if (it == commands().end()) {
        fail(command, QStringLiteral("unknown command"));
        return;
    }
    (this->*it->second)(command);
}

void HeadlessDesk::say(const QString& event, QJsonObject fields) {
    fields.insert(QStringLiteral("event"), event);
    fields.insert(QStringLiteral("t_us"), nowUs());
    const QByteArray line = QJsonDocument(fields).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
}

void HeadlessDesk::answer(const QJsonObject& command, QJsonObject fields) {
    if (command.contains(QStringLiteral("ref"))) {
        fields.insert(QStringLiteral("ref"), command.value(QStringLiteral("ref")));
    }
    say(command.value(QStringLiteral("cmd")).toString(), fields);
}

void HeadlessDesk::fail(const QJsonObject& command, const QString& why) {
    QJsonObject fields{{QStringLiteral("error"), why}};
    if (command.contains(QStringLiteral("ref"))) {
        fields.insert(QStringLiteral("ref"), command.value(QStringLiteral("ref")));
    }
    say(QStringLiteral("error"), fields);
}

// ---------------------------------------------------------------------------------------- signals

void HeadlessDesk::onOpened(const QString& file, const client::sync::Account& account,
                            ErrorCode error) {
    reader_.reset();
    if (error == ErrorCode::Ok) {
        if (auto opened = replica::Reader::open(file.toStdString())) {
            reader_ = std::move(*opened);
        }
    }
    if (!account.tenants.empty()) {
        viewer_ = {.tenant = account.tenants.front().tenant, .user = account.tenants.front().user};
    }
    say(QStringLiteral("opened"), {{QStringLiteral("file"), file},
                                   {QStringLiteral("account"), textOf(account.login)},
                                   {QStringLiteral("code"), codeName(error)}});
}

void HeadlessDesk::onChanged(const replica::ChangeSet& changes) {
    QJsonObject tables;
    for (const auto& [number, rows] : changes.tables) {
        QJsonArray ids;
        for (const RowId id : rows.ids) {
            ids.append(hexOf(id.view()));
        }
        tables.insert(QString::fromStdString(schema::recordByNumber(number)->table), ids);
    }
    say(QStringLiteral("changed"), {{QStringLiteral("tables"), tables}});
}

QJsonObject HeadlessDesk::statusObject() const {
    return {{QStringLiteral("state"), stateName(status_.state)},
            {QStringLiteral("trouble"), static_cast<int>(status_.trouble)},
            {QStringLiteral("pending"), status_.pending},
            {QStringLiteral("rejected"), status_.rejected},
            {QStringLiteral("rows"), static_cast<qint64>(status_.rowsReceived)}};
}

void HeadlessDesk::checkWaiting() {
    const bool synced = status_.state == client::sync::State::Synchronized;
    std::erase_if(waiting_, [&](const Waiting& waiting) {
        if (!synced && clock_.elapsed() < waiting.untilMs) {
            return false;
        }
        QJsonObject fields = statusObject();
        fields.insert(QStringLiteral("ok"), synced);
        answer(waiting.command, fields);
        return true;
    });
}

// ---------------------------------------------------------------------------------------- commands

bool HeadlessDesk::hasReader(const QJsonObject& command) {
    if (reader_ == nullptr) {
        fail(command, QStringLiteral("no replica is open"));
    }
    return reader_ != nullptr;
}

RowId HeadlessDesk::newId() {
    return RowId(Uuid::v7(SystemClock().now(), random_));
}

void HeadlessDesk::doLogin(const QJsonObject& command) {
    login_ = command;
    sync_.login(command.value(QStringLiteral("account")).toString(),
                command.value(QStringLiteral("password")).toString());
}

// An edit is in the status when it was answered, not before.
void HeadlessDesk::doWaitSynced(const QJsonObject& command) {
    const int timeout = command.value(QStringLiteral("timeout_ms")).toInt(20'000);
    waiting_.push_back({.command = command, .untilMs = clock_.elapsed() + timeout});
    checkWaiting();
}

void HeadlessDesk::doLeads(const QJsonObject& command) {
    if (!hasReader(command)) {
        return;
    }
    const QString tab = command.value(QStringLiteral("tab")).toString();
    const auto which = tab == QStringLiteral("mine")        ? replica::LeadTab::Mine
                       : tab == QStringLiteral("unclaimed") ? replica::LeadTab::Unclaimed
                       : tab == QStringLiteral("closed")    ? replica::LeadTab::Closed
                                                            : replica::LeadTab::AllOpen;
    const auto page = reader_->leads(viewer_, which, {}, 1000);
    QJsonArray leads;
    for (const replica::LeadRow& row : page ? page->rows : std::vector<replica::LeadRow>()) {
        leads.append(QJsonObject{{QStringLiteral("id"), hexOf(row.id.view())},
                                 {QStringLiteral("number"), static_cast<qint64>(row.number)},
                                 {QStringLiteral("wish"), textOf(row.wish)},
                                 {QStringLiteral("owner"), textOf(row.ownerName)},
                                 {QStringLiteral("customer"), textOf(row.customerName)},
                                 {QStringLiteral("customer_id"), hexOf(row.customer.view())},
                                 {QStringLiteral("status"), static_cast<int>(row.status)},
                                 {QStringLiteral("pending"), row.pending}});
    }
    answer(command, {{QStringLiteral("leads"), leads}});
}

void HeadlessDesk::doClaim(const QJsonObject& command) {
    sync_.claim(viewer_.tenant, idOf<LeadId>(command, QStringLiteral("lead")));
}

std::optional<replica::LeadDetail> HeadlessDesk::leadOf(const QJsonObject& command) {
    if (!hasReader(command)) {
        return std::nullopt;
    }
    const auto detail = reader_->lead(viewer_, idOf<LeadId>(command, QStringLiteral("lead")));
    if (!detail || !*detail) {
        fail(command, QStringLiteral("no such lead here"));
        return std::nullopt;
    }
    return **detail;
}

void HeadlessDesk::store(const QJsonObject& command, const command::Command& edit) {
    const auto batch = std::make_shared<Batch>(Batch{.command = command, .left = 1, .refused = 0});
    edits_.emplace(++lastRef_, batch);
    sync_.edit(edit, lastRef_);
}

void HeadlessDesk::doEditCustomer(const QJsonObject& command) {
    auto id = idOf<CustomerId>(command, QStringLiteral("customer"));
    if (command.contains(QStringLiteral("lead"))) {
        const auto lead = leadOf(command);
        if (!lead) {
            return;
        }
        id = lead->row.customer;
    }
    if (!hasReader(command)) {
        return;
    }
    const auto customer = reader_->customer(viewer_, id);
    if (!customer || !*customer) {
        fail(command, QStringLiteral("no such customer here"));
        return;
    }
    record::Customer after = (*customer)->customer;
    const std::string field = command.value(QStringLiteral("field")).toString().toStdString();
    const auto* descriptor = record::Customer::descriptor()->FindFieldByName(field);
    if (descriptor == nullptr ||
        descriptor->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
        fail(command, QStringLiteral("no such text field"));
        return;
    }
    after.GetReflection()->SetString(
        &after, descriptor, command.value(QStringLiteral("value")).toString().toStdString());
    const auto edit = command::editCustomer(viewer_, **customer, after);
    if (!edit) {
        fail(command, QStringLiteral("nothing would change"));
        return;
    }
    store(command, *edit);
}

void HeadlessDesk::doNote(const QJsonObject& command) {
    if (const auto lead = leadOf(command)) {
        store(command,
              command::addNote(viewer_, *lead, newId(),
                               command.value(QStringLiteral("text")).toString().toStdString()));
    }
}

void HeadlessDesk::doContact(const QJsonObject& command) {
    if (!hasReader(command)) {
        return;
    }
    const auto customer =
        reader_->customer(viewer_, idOf<CustomerId>(command, QStringLiteral("customer")));
    if (!customer || !*customer) {
        fail(command, QStringLiteral("no such customer here"));
        return;
    }
    store(command, command::addContactPoint(
                       viewer_, **customer, newId(), record::EMAIL_ADDRESS,
                       command.value(QStringLiteral("value")).toString().toStdString()));
}

void HeadlessDesk::doConvert(const QJsonObject& command) {
    const auto text = [&](const QString& name) {
        return command.value(name).toString().toStdString();
    };
    command::ConvertedEnquiry enquiry;
    enquiry.wish.set_make(text(QStringLiteral("make")));
    enquiry.wish.set_model(text(QStringLiteral("model")));
    enquiry.firstName = text(QStringLiteral("first_name"));
    enquiry.lastName = text(QStringLiteral("last_name"));
    enquiry.email = text(QStringLiteral("email"));
    enquiry.phone = text(QStringLiteral("phone"));
    enquiry.message = text(QStringLiteral("message"));
    store(command, command::convertIntake(viewer_, idOf<RowId>(command, QStringLiteral("intake")),
                                          newId(), enquiry));
}

void HeadlessDesk::doMove(const QJsonObject& command) {
    const auto lead = leadOf(command);
    if (!lead) {
        return;
    }
    record::LeadStatus to = record::NEW;
    if (!record::LeadStatus_Parse(command.value(QStringLiteral("to")).toString().toStdString(),
                                  &to)) {
        fail(command, QStringLiteral("no such status"));
        return;
    }
    store(command, command::closeLead(
                       viewer_, *lead, to,
                       command.value(QStringLiteral("reason")).toString().toStdString(), newId()));
}

void HeadlessDesk::doRelease(const QJsonObject& command) {
    if (const auto lead = leadOf(command)) {
        store(command, command::releaseLead(viewer_, *lead));
    }
}

void HeadlessDesk::doBulk(const QJsonObject& command) {
    const int count = command.value(QStringLiteral("n")).toInt();
    const std::string text = command.value(QStringLiteral("text")).toString().toStdString();
    if (!hasReader(command) || count <= 0) {
        return;
    }
    const auto batch =
        std::make_shared<Batch>(Batch{.command = command, .left = count, .refused = 0});
    std::optional<replica::CustomerKey> after;
    int made = 0;
    while (made < count) {
        const auto page = reader_->customers(viewer_, after, 500);
        if (!page || page->rows.empty()) {
            fail(command, QStringLiteral("no customers here"));
            return;
        }
        for (const replica::CustomerRow& row : page->rows) {
            const auto customer = reader_->customer(viewer_, row.id);
            if (made == count || !customer || !*customer) {
                break;
            }
            record::Customer changed = (*customer)->customer;
            changed.set_note(text + " " + std::to_string(made));
            if (const auto edit = command::editCustomer(viewer_, **customer, changed)) {
                edits_.emplace(++lastRef_, batch);
                sync_.edit(*edit, lastRef_);
                ++made;
            }
        }
        after = page->next;
    }
}

void HeadlessDesk::doOnline(const QJsonObject& command) {
    sync_.setOnline(true);
    answer(command, {});
}

void HeadlessDesk::doOffline(const QJsonObject& command) {
    sync_.setOnline(false);
    answer(command, {});
}

void HeadlessDesk::doDump(const QJsonObject& command) {
    if (!hasReader(command)) {
        return;
    }
    const auto lines = reader_->dump(viewer_.tenant);
    if (!lines) {
        fail(command, codeName(lines.error().code));
        return;
    }
    QFile file(command.value(QStringLiteral("file")).toString());
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        fail(command, QStringLiteral("cannot write the dump"));
        return;
    }
    for (const std::string& line : *lines) {
        file.write(line.data(), static_cast<qint64>(line.size()));
        file.write("\n");
    }
    file.close();
    answer(command, {{QStringLiteral("rows"), static_cast<qint64>(lines->size())}});
}

void HeadlessDesk::doStatus(const QJsonObject& command) {
    answer(command, statusObject());
}

void HeadlessDesk::doQuit(const QJsonObject& command) {
    answer(command, {});
    QCoreApplication::quit();
}

}  // namespace vorfahrt::tests
