// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/kill_world.h"

#include "client/replica/queries.h"
#include "common/sql/database.h"
#include "tests/support/lmtp_client.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonArray>

#include <array>

namespace vorfahrt::test {
namespace {

constexpr int kLeads = 6;
constexpr int kRounds = 2;  // of the dry run; two rounds of work are one
const QString kPassword = QStringLiteral("kein-echtes-Passwort-7");

using Kind = EditJournal::Kind;

QByteArray enquiry(const QString& tag, int person) {
    return QStringLiteral(
               "From: portal@example.org\n"
               "To: leads@example.org\n"
               "Message-ID: <%1@example.org>\n"
               "Subject: ADF\n"
               "MIME-Version: 1.0\n"
               "Content-Type: text/plain; charset=utf-8\n"
               "\n"
               "<?xml version=\"1.0\"?>\n"
               "<?adf version=\"1.0\"?>\n"
               "<adf><prospect>\n"
               "<requestdate>2026-03-01T10:00:00+01:00</requestdate>\n"
               "<vehicle interest=\"buy\"><make>Volkswagen</make><model>%1</model></vehicle>\n"
               "<customer><contact><name part=\"first\">Test</name>"
               "<name part=\"last\">Kunde%2</name>\n"
               "<email>kunde%2@example.org</email></contact></customer>\n"
               "</prospect></adf>\n")
        .arg(tag)
        .arg(person)
        .toUtf8();
}

}  // namespace

KillWorld::KillWorld(const QString& folder, std::uint64_t seed)
    : folder_(folder),
      random_(seed),
      server_(folder + QStringLiteral("/server")),
      a_(folder + QStringLiteral("/a")),
      b_(folder + QStringLiteral("/b")),
      address_(QStringLiteral("leads@example.org")) {
    a_.onAnswer = [this](int number, const QJsonObject& answer) {
        const auto it = inFlight_.constFind(number);
        if (it == inFlight_.constEnd()) {
            return;
        }
        if (answer.value(QStringLiteral("code")).toString() == QStringLiteral("Ok")) {
            journal_.markDurable(it.value());
        } else {
            (void)problem(QStringLiteral("edit %1 was not taken: %2")
                              .arg(it.value())
                              .arg(answer.value(QStringLiteral("error")).toString() +
                                   answer.value(QStringLiteral("code")).toString()));
        }
        inFlight_.erase(it);
    };
    a_.onRejected = [this](const QJsonObject& event) {
        (void)problem(QStringLiteral("the server refused %1: %2")
                          .arg(event.value(QStringLiteral("name")).toString(),
                               event.value(QStringLiteral("code")).toString()));
    };
    const QString shim = qEnvironmentVariable("VF_KILL_SHIM");
    for (const Victim victim : {Victim::Server, Victim::Desk}) {
        ChildProcess& child = process(victim);
        child.setVariable(QStringLiteral("LD_PRELOAD"), shim);
        child.setVariable(QStringLiteral("VF_KILL_SIDE"), nameOf(victim));
        child.setVariable(QStringLiteral("VF_KILL_ARM"), armFile(victim));
    }
}

ChildProcess& KillWorld::process(Victim victim) {
    return victim == Victim::Server ? static_cast<ChildProcess&>(server_) : a_;
}

const ChildProcess& KillWorld::process(Victim victim) const {
    return victim == Victim::Server ? static_cast<const ChildProcess&>(server_) : a_;
}

QString KillWorld::armFile(Victim victim) const {
    return folder_ + QStringLiteral("/arm-") + nameOf(victim);
}

bool KillWorld::problem(const QString& text) {
    problems_.append(text);
    return false;
}

QString KillWorld::describe() const {
    return server_.describe() + QLatin1Char('\n') + a_.describe() + QLatin1Char('\n') +
           b_.describe();
}

int KillWorld::below(int bound) {
    return static_cast<int>(random_() % static_cast<std::uint64_t>(bound));
}

// ------------------------------------------------------------------------------------------ set-up

bool KillWorld::provision() {
    const QString tenant = server_.addTenant(QStringLiteral("Testhaus"));
    const QString site = server_.addSite(tenant, QStringLiteral("Nord"));
    bool ok = !tenant.isEmpty() && !site.isEmpty() &&
              !server_.addSource(tenant, site, QStringLiteral("Portal"), address_).isEmpty();
    // Managers, so that all three see the same rows.
    for (const QString& name : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
        ok = ok && !server_
                        .addUser(tenant, site, name + QStringLiteral("@example.org"), kPassword,
                                 name, QStringLiteral("manager"))
                        .isEmpty();
    }
    return ok || problem(QStringLiteral("provisioning: ") + server_.lastError());
}

bool KillWorld::claimLeads(int count) {
    for (int i = 0; i < count; ++i) {
        if (!deliver(journal_.newTag())) {
            return problem(QStringLiteral("a mail was not taken"));
        }
    }
    QJsonArray unclaimed;
    const bool arrived = waitUntil([&] {
        unclaimed =
            a_.call(QStringLiteral("leads"), {{QStringLiteral("tab"), QStringLiteral("unclaimed")}})
                .value(QStringLiteral("leads"))
                .toArray();
        return unclaimed.size() == count || !a_.isRunning();
    });
    if (!arrived) {
        return problem(QStringLiteral("%1 leads instead of %2").arg(unclaimed.size()).arg(count));
    }
    for (const QJsonValue& lead : unclaimed) {
        const QString id = lead[QStringLiteral("id")].toString();
        const QString outcome = a_.claim(id);
        if (outcome != QStringLiteral("won")) {
            return problem(QStringLiteral("claim: ") + outcome);
        }
    }
    // The answer comes before the row.
    QJsonArray mine;
    (void)waitUntil([&] {
        mine = a_.call(QStringLiteral("leads"), {{QStringLiteral("tab"), QStringLiteral("mine")}})
                   .value(QStringLiteral("leads"))
                   .toArray();
        return mine.size() == count || !a_.isRunning();
    });
    for (const QJsonValue& lead : mine) {
        leads_.push_back({lead[QStringLiteral("id")].toString(),
                          lead[QStringLiteral("customer_id")].toString()});
    }
    return mine.size() == count || problem(QStringLiteral("%1 leads are A's").arg(mine.size()));
}

bool KillWorld::setUp() {
    for (const Victim victim : {Victim::Server, Victim::Desk}) {
        process(victim).setVariable(QStringLiteral("VF_KILL_REPORT"),
                                    folder_ + QStringLiteral("/report-") + nameOf(victim));
    }
    if (!provision()) {
        return false;
    }
    if (!server_.start()) {
        return problem(QStringLiteral("the server does not start"));
    }
    for (HeadlessProcess* desk : {&a_, &b_}) {
        const QString name =
            desk == &a_ ? QStringLiteral("a@example.org") : QStringLiteral("b@example.org");
        if (!desk->start(server_.url(), server_.fingerprint()) || !desk->login(name, kPassword)) {
            return problem(name + QStringLiteral(" cannot sign in"));
        }
    }
    return claimLeads(kLeads);
}

std::optional<PointCounts> KillWorld::measure() {
    arm(Victim::Server);
    arm(Victim::Desk);
    const auto never = [] { return false; };
    for (int i = 0; i < 2 * kRounds; ++i) {
        editRound(never);
        mailRound(never);
    }
    if (!a_.waitSynced() || !a_.quit() || !server_.stop()) {
        (void)problem(QStringLiteral("the dry run did not end in order"));
        return std::nullopt;
    }
    PointCounts counts{};
    for (const Victim victim : {Victim::Server, Victim::Desk}) {
        QFile report(folder_ + QStringLiteral("/report-") + nameOf(victim));
        if (!report.open(QIODevice::ReadOnly)) {
            (void)problem(QStringLiteral("no report of the ") + nameOf(victim));
            return std::nullopt;
        }
        auto& row = counts.at(static_cast<std::size_t>(victim));
        for (int& count : row) {
            count = report.readLine().trimmed().split(' ').value(1).toInt() / kRounds + 1;
        }
        process(victim).setVariable(QStringLiteral("VF_KILL_REPORT"), QString());
    }
    return counts;
}

// ----------------------------------------------------------------------------------------- killing

void KillWorld::prepare(const Kill& kill) {
    ChildProcess& child = process(kill.victim);
    child.setVariable(QStringLiteral("VF_KILL_POINT"), nameOf(kill.point));
    child.setVariable(QStringLiteral("VF_KILL_AT"), QString::number(kill.at));
    child.setVariable(QStringLiteral("VF_KILL_TORN"), kill.torn ? QStringLiteral("1") : QString());
    QFile::remove(armFile(kill.victim));
    if (kill.early) {
        arm(kill.victim);
    }
}

void KillWorld::arm(Victim victim) {
    QFile file(armFile(victim));
    (void)file.open(QIODevice::WriteOnly);
}

bool KillWorld::isDead(Victim victim) const {
    return !process(victim).isRunning();
}

bool KillWorld::workUntilDead(const Kill& kill) {
    const QDeadlineTimer deadline(60'000);
    const auto dead = [&] { return isDead(kill.victim); };
    while (!dead()) {
        if (deadline.hasExpired()) {
            return problem(QStringLiteral("%1 %2 %3 was never reached")
                               .arg(nameOf(kill.victim), nameOf(kill.point))
                               .arg(kill.at));
        }
        if (kill.edits) {
            editRound(dead);
        } else {
            mailRound(dead);
        }
    }
    return process(kill.victim).wasKilled() ||
           problem(nameOf(kill.victim) + QStringLiteral(" ended in another way"));
}

std::optional<Dump> KillWorld::dumpOfFile(const QString& file, int& pending) {
    const QString copy = folder_ + QStringLiteral("/copy");
    QFile::remove(copy + QStringLiteral("-shm"));
    for (const QString& part : {QString(), QStringLiteral("-wal")}) {
        QFile::remove(copy + part);
        QFile::copy(file + part, copy + part);
    }
    auto database = sql::Database::open(copy.toStdString());
    auto reader = client::replica::Reader::open(copy.toStdString());
    if (!database || !reader) {
        return std::nullopt;
    }
    // Rows in state 2 are answered and stay for a while against a restored server only.
    auto count = database->prepare("SELECT count(*) FROM pending WHERE state<>2");
    const auto tenants = (*reader)->tenants();
    if (!count || !count->step() || !tenants || tenants->size() != 1) {
        return std::nullopt;
    }
    pending = static_cast<int>(count->integer(0));
    const auto lines = (*reader)->dump(tenants->front().tenant);
    if (!lines) {
        return std::nullopt;
    }
    QStringList texts;
    for (const std::string& line : *lines) {
        texts.append(QString::fromStdString(line));
    }
    return Dump(texts);
}

bool KillWorld::autopsy(const Kill& kill) {
    if (kill.victim == Victim::Server) {
        (void)waitUntil([this] { return inFlight_.isEmpty() || !a_.isRunning(); });
        return a_.call(QStringLiteral("status")).value(QStringLiteral("pending")).toInt() > 0;
    }
    inFlight_.clear();
    int pending = 0;
    const auto dump = dumpOfFile(a_.replicaFile(), pending);
    if (!dump) {
        return problem(QStringLiteral("A's file cannot be read after the kill"));
    }
    for (const QString& complaint : journal_.settle(*dump)) {
        (void)problem(QStringLiteral("after a kill of the desk: ") + complaint);
    }
    return pending > 0;
}

void KillWorld::reconnect(HeadlessProcess& desk) {
    // Not the backoff of real life: both are told that the network is back.
    if (desk.isRunning()) {
        desk.send(QStringLiteral("offline"));
        desk.send(QStringLiteral("online"));
    }
}

bool KillWorld::restart(Victim victim) {
    const bool started =
        victim == Victim::Server ? server_.start() : a_.start(server_.url(), server_.fingerprint());
    if (victim == Victim::Server) {
        reconnect(a_);
        reconnect(b_);
    }
    return started || process(victim).wasKilled() ||
           problem(nameOf(victim) + QStringLiteral(" does not start again"));
}

// -------------------------------------------------------------------------------------------- work

bool KillWorld::deliver(const QString& tag) {
    const int person = tag.mid(1, 6).toInt();
    const QStringList answers = deliverMail(server_.lmtpPort(), {address_}, enquiry(tag, person));
    const bool taken = answers.size() == 1 && answers.front().startsWith(QStringLiteral("250"));
    if (!answers.isEmpty() && !taken) {
        (void)problem(QStringLiteral("mail refused: ") + answers.front());
    }
    if (taken) {
        (void)journal_.add(Kind::Mail, tag);
    }
    return taken;
}

void KillWorld::editOnce() {
    const Lead& lead = leads_.at(static_cast<std::size_t>(below(static_cast<int>(leads_.size()))));
    const int dice = below(100);
    const Kind kind = dice < 40   ? Kind::Note
                      : dice < 65 ? Kind::CustomerNote
                      : dice < 80 ? Kind::ContactPoint
                                  : Kind::Move;
    const QString tag = kind == Kind::Move ? QString() : journal_.newTag();
    const bool onCustomer = kind == Kind::CustomerNote || kind == Kind::ContactPoint;
    const int number = journal_.add(kind, tag, onCustomer ? lead.customer : lead.id);
    QJsonObject arguments{{onCustomer ? QStringLiteral("customer") : QStringLiteral("lead"),
                           onCustomer ? lead.customer : lead.id}};
    QString command = QStringLiteral("note");
    switch (kind) {
        case Kind::CustomerNote:
            command = QStringLiteral("edit-customer");
            arguments.insert(QStringLiteral("field"), QStringLiteral("note"));
            arguments.insert(QStringLiteral("value"), journal_.noteOf(lead.customer));
            break;
        case Kind::ContactPoint:
            command = QStringLiteral("contact");
            arguments.insert(QStringLiteral("value"), tag + QStringLiteral("@example.org"));
            break;
        case Kind::Move:
            command = QStringLiteral("move");
            arguments.insert(QStringLiteral("to"), EditJournal::stage(journal_.movesOf(lead.id)));
            break;
        default: arguments.insert(QStringLiteral("text"), tag); break;
    }
    inFlight_.insert(a_.send(command, arguments), number);
}

void KillWorld::editWithoutServer() {
    for (int left = below(3); left > 0; --left) {
        editOnce();
    }
}

void KillWorld::editRound(const std::function<bool()>& stop) {
    const int style = below(3);
    if (style == 0) {
        a_.send(QStringLiteral("offline"));
    }
    for (int left = style == 2 ? 1 : 3 + below(4); left > 0; --left) {
        editOnce();
    }
    if (style == 0) {
        a_.send(QStringLiteral("online"));
    }
    (void)waitUntil([&] { return stop() || inFlight_.isEmpty(); });
    if (stop()) {
        return;
    }
    bool synced = false;
    const int number = a_.send(QStringLiteral("wait-synced"));
    const auto before = a_.onAnswer;
    a_.onAnswer = [&](int answered, const QJsonObject& answer) {
        synced = synced || answered == number;
        before(answered, answer);
    };
    (void)waitUntil([&] { return stop() || synced; });
    a_.onAnswer = before;
}

void KillWorld::mailRound(const std::function<bool()>& stop) {
    unconfirmed_.append(journal_.newTag());
    while (!unconfirmed_.isEmpty() && deliver(unconfirmed_.front())) {
        unconfirmed_.removeFirst();
    }
    const int seen = a_.changes();
    (void)waitUntil([&] { return stop() || a_.changes() > seen; }, 1000);
}

// ------------------------------------------------------------------------------------- comparison

bool KillWorld::compare() {
    while (!unconfirmed_.isEmpty()) {
        if (!deliver(unconfirmed_.front())) {
            return problem(QStringLiteral("a mail is not taken"));
        }
        unconfirmed_.removeFirst();
    }
    if (!a_.waitSynced() || !b_.waitSynced()) {
        return problem(QStringLiteral("A is %1, B is %2").arg(a_.state(), b_.state()));
    }
    // A mail becomes a lead after its 250, and B hears of everything last.
    const QDeadlineTimer deadline(30'000);
    QStringList complaints;
    for (;;) {
        const int seen = a_.changes() + b_.changes();
        const QStringList ofA = a_.dump();
        const QStringList ofB = b_.dump();
        complaints = ofA.isEmpty() ? QStringList{QStringLiteral("A has no rows")}
                                   : journal_.check(Dump(ofA));
        if (ofA != ofB) {
            complaints.prepend(
                QStringLiteral("A has %1 rows and B others, %2").arg(ofA.size()).arg(ofB.size()));
        }
        if (complaints.isEmpty() || deadline.hasExpired()) {
            break;
        }
        (void)waitUntil([&] { return a_.changes() + b_.changes() > seen; }, 500);
    }
    problems_.append(complaints);
    return complaints.isEmpty();
}

void KillWorld::checkFile(const QString& what, const QString& file) {
    auto database = sql::Database::open(file.toStdString());
    if (!database) {
        (void)problem(what + QStringLiteral(": cannot be opened"));
        return;
    }
    auto check = database->prepare("PRAGMA integrity_check");
    if (!check || !check->step() || check->text(0) != "ok") {
        (void)problem(what + QStringLiteral(": integrity_check complains"));
    }
}

bool KillWorld::compareAtTheEnd() {
    if (!compare()) {
        return false;
    }
    HeadlessProcess fresh(folder_ + QStringLiteral("/c"));
    if (!fresh.start(server_.url(), server_.fingerprint()) ||
        !fresh.login(QStringLiteral("c@example.org"), kPassword)) {
        return problem(QStringLiteral("the third desk cannot sign in"));
    }
    const QStringList ofServer = fresh.dump();
    for (const QString& complaint : journal_.check(Dump(ofServer))) {
        (void)problem(QStringLiteral("on the server: ") + complaint);
    }
    if (ofServer != a_.dump()) {
        (void)problem(QStringLiteral("what the server sends a new desk is not what A has"));
    }
    const QString fileOfB = b_.replicaFile();
    if (!fresh.quit() || !a_.quit() || !b_.quit() || !server_.stop()) {
        (void)problem(QStringLiteral("not all ended in order"));
    }
    checkFile(QStringLiteral("server"), server_.databaseFile());
    checkFile(QStringLiteral("A"), a_.replicaFile());
    checkFile(QStringLiteral("B"), fileOfB);
    return problems_.isEmpty();
}

}  // namespace vorfahrt::test
