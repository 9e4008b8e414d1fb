// SPDX-License-Identifier: GPL-3.0-or-later
// DD-93, no cherry-picking: before the claim nothing of what an enquiry says about its customer is
// on any desk, on its way to one, or in a log; after the claim it is with the owner; after a
// release or a return the private part is gone again. Searched for byte by byte, in every form that
// a search index might give it.
#include "common/base/assert.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/work.pb.h"
#include "server/service/auth.h"
#include "tests/e2e/privacy_mails.h"
#include "tests/support/canary.h"
#include "tests/support/headless_process.h"
#include "tests/support/lmtp_client.h"
#include "tests/support/server_data.h"
#include "tests/support/server_process.h"
#include "tests/support/wire_desk.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using namespace vorfahrt;
using namespace vorfahrt::test;

namespace {

constexpr std::size_t kNew = 20;   // enquiries of people nobody knows
constexpr std::size_t kKnown = 5;  // of customers of the site
constexpr std::size_t kTimed = 2;  // of the new ones, at the site where leads return by themselves
constexpr std::uint32_t kReturnSeconds = 20;
const char* const kPassword = "a test password";

// Anna sells at Nord and Ost and claims everything; Ben sells at Nord, Maria manages Nord, Carl
// sells at Sued.
enum Who { Anna, Ben, Maria, Carl, kPeople };
constexpr std::array<const char*, kPeople> kLogins = {"anna", "ben", "maria", "carl"};

// Everything one person's rights let through, as bytes and as rows. Filled on the network thread.
class Recorder {
public:
    void take(const wire::Down& down) {
        const std::lock_guard lock(mutex_);
        if (down.has_snapshot()) {
            wire::Down open = down;
            open.mutable_snapshot()->clear_rows_zstd();
            bytes_ += open.SerializeAsString();
            const auto rows = rowsOf(down.snapshot());
            VF_ASSERT(rows.has_value());
            for (const wire::SnapshotRow& row : rows->rows()) {
                add(down.snapshot().table(), row.id(), row.body());
            }
            return;
        }
        bytes_ += down.SerializeAsString();
        for (const wire::Entry& entry : down.delta().entries()) {
            add(entry.table(), entry.id(), entry.body());
        }
    }

    struct Row {
        std::uint32_t table = 0;
        std::string id;
        std::string body;
    };
    [[nodiscard]] std::string lowered() const {
        const std::lock_guard lock(mutex_);
        return loweredBytes(bytes_);
    }
    [[nodiscard]] std::vector<Row> rows() const {
        const std::lock_guard lock(mutex_);
        return rows_;
    }

private:
    void add(std::uint32_t table, const std::string& id, const std::string& body) {
        bytes_ += body;
        rows_.push_back({.table = table, .id = id, .body = body});
    }

    mutable std::mutex mutex_;
    std::string bytes_;
    std::vector<Row> rows_;
};

// A lead, a line of its timeline, a task, the message that brought it in.
bool hangsOnLead(std::uint32_t table) {
    return table == schema::recordOf<record::Lead>().number ||
           table == schema::recordOf<record::Activity>().number ||
           table == schema::recordOf<record::Task>().number ||
           table == schema::recordOf<record::IntakeMessage>().number;
}

QString base64(const std::string& bytes) {
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

}  // namespace

class PrivacyTest : public QObject {
    Q_OBJECT

private:
    struct Person {
        SignedIn signedIn;
        std::unique_ptr<HeadlessProcess> desk;
        std::unique_ptr<WireDesk> wire;
        Recorder recorder;
    };
    struct Case {
        EnquiryMail mail;
        QString address;
        QString lead;    // as the desks name it; once it has arrived
        RowId customer;  // of a known one
    };

    QString deskDir(int who) const {
        return folder_.filePath(QLatin1String("desks/") + QLatin1String(kLogins.at(who)));
    }

    void seed() {
        ServerData data(server_->databaseFile().toStdString());
        tenant_ = data.addTenant("Autohaus Diskret");
        const RowId nord = data.addSite(tenant_, "Nord", 0);
        const RowId ost = data.addSite(tenant_, "Ost", kReturnSeconds);
        const RowId sued = data.addSite(tenant_, "Sued", 0);
        static_cast<void>(data.addSource(tenant_, nord, "Boerse", "lead@nord.example"));
        static_cast<void>(data.addSource(tenant_, ost, "Boerse", "lead@ost.example"));
        static_cast<void>(data.addSource(tenant_, sued, "Boerse", "lead@sued.example"));
        using namespace server::service;
        const auto hash = hashPassword(kPassword, HashCost::Test);
        VF_ASSERT(hash.has_value());
        const auto add = [&](Who who, record::Role role, RowId site) {
            people_.at(who).signedIn = data.addPerson(tenant_, kLogins.at(who), role, site, *hash);
        };
        add(Anna, record::SALES, nord);
        add(Ben, record::SALES, nord);
        add(Maria, record::MANAGER, nord);
        add(Carl, record::SALES, sued);
        static_cast<void>(
            data.run(AdminCommand(AddGrant{.tenant = tenant_,
                                           .user = RowId(people_.at(Anna).signedIn.user.uuid()),
                                           .role = {.role = record::SALES, .site = ost}})));
        std::vector<schema::Row> rows;
        for (std::size_t i = 0; i < kNew + kKnown; ++i) {
            Case one{.mail = enquiryMail(static_cast<int>(i), random_),
                     .address = QStringLiteral("lead@nord.example"),
                     .lead = {},
                     .customer = {}};
            if (i < kTimed) {
                one.address = QStringLiteral("lead@ost.example");
            }
            if (i >= kNew) {
                one.customer = data.newId();
                know(data, one, nord, rows);
            }
            cases_.push_back(std::move(one));
        }
        data.import(tenant_, std::move(rows));
    }

    // The customer is there already, found by his e-mail address.
    void know(ServerData& data, const Case& one, RowId site, std::vector<schema::Row>& rows) {
        record::Customer customer;
        customer.set_first_name(one.mail.firstName);
        customer.set_last_name(one.mail.lastName);
        customer.mutable_address()->set_street(one.mail.street);
        customer.set_site_id(site.bytes());
        rows.push_back(ServerData::row(one.customer, customer));
        const auto reach = [&](record::ContactKind kind, const std::string& value,
                               const std::string& canonical) {
            record::ContactPoint point;
            point.set_customer_id(one.customer.bytes());
            point.set_kind(kind);
            point.set_value(value);
            point.set_canonical(canonical);
            point.set_site_id(site.bytes());
            rows.push_back(ServerData::row(data.newId(), point));
        };
        reach(record::EMAIL_ADDRESS, one.mail.email, one.mail.email);
        reach(record::MOBILE, one.mail.phone, {});
    }

    void startDesks() {
        for (int who = 0; who < kPeople; ++who) {
            Person& person = people_.at(who);
            person.wire = std::make_unique<WireDesk>(io_.get_executor(), tls_,
                                                     WsClientOptions(server_->port(), {}),
                                                     person.signedIn, tenant_);
            person.wire->onFrame = [&person](const wire::Down& down) {
                person.recorder.take(down);
            };
            boost::asio::post(io_, [&person] { person.wire->connect(); });
            person.desk = std::make_unique<HeadlessProcess>(deskDir(who));
            QVERIFY2(person.desk->start(server_->url(), server_->fingerprint()),
                     qPrintable(person.desk->describe()));
            QVERIFY2(person.desk->login(QLatin1String(kLogins.at(who)), QLatin1String(kPassword)),
                     qPrintable(person.desk->describe()));
        }
    }

    // The desk's list of leads, once the condition holds for it; looked at after each change.
    bool awaitLeads(int who, const char* tab,
                    const std::function<bool(const QJsonArray&)>& condition) {
        HeadlessProcess& desk = *people_.at(who).desk;
        const QDeadlineTimer deadline(30'000);
        while (!deadline.hasExpired()) {
            const int seen = desk.changes();
            const QJsonArray leads =
                desk.call(QStringLiteral("leads"), {{QStringLiteral("tab"), QLatin1String(tab)}})
                    .value(QStringLiteral("leads"))
                    .toArray();
            if (condition(leads)) {
                return true;
            }
            (void)waitUntil([&] { return desk.changes() != seen; },
                            static_cast<int>(deadline.remainingTime()));
        }
        qWarning("%s never saw what was waited for", kLogins.at(static_cast<std::size_t>(who)));
        return false;
    }
    bool awaitCount(int who, const char* tab, int count) {
        qsizetype last = -1;
        const bool there = awaitLeads(who, tab, [&](const QJsonArray& all) {
            last = all.size();
            return last == count;
        });
        if (!there) {
            qWarning("%d of %d leads in '%s'", static_cast<int>(last), count, tab);
        }
        return there;
    }

    void deliver(const QString& address, const QByteArray& mail) {
        const QStringList answers = deliverMail(server_->lmtpPort(), {address}, mail);
        QVERIFY2(answers.size() == 1 && answers.first().startsWith(QLatin1String("250")),
                 qPrintable(answers.join(QLatin1Char(' '))));
    }

    // A further enquiry at Nord or Sued: once a desk and a recorder have it, they have everything
    // before it, because a tenant's log is in order.
    void fence(const char* address) {
        const QByteArray mail = fenceMail(++fences_);
        deliver(QLatin1String(address), mail);
    }

    // Every file of a desk (replica, its log, session, lock) and what the program wrote to stderr.
    // The desk goes on working: logs are read before the files that they are copied into, so that
    // no page is missed that a checkpoint moves meanwhile.
    std::string filesOf(int who) const {
        std::string all;
        QStringList names;
        QDirIterator it(deskDir(who), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            names.append(it.next());
        }
        std::stable_partition(names.begin(), names.end(), [](const QString& name) {
            return name.endsWith(QStringLiteral("-wal"));
        });
        for (const QString& name : names) {
            QFile file(name);
            if (file.open(QIODevice::ReadOnly)) {
                all += file.readAll().toStdString();
            }
        }
        all += people_.at(who).desk->log().toStdString();
        return loweredBytes(all);
    }

    struct Place {
        QString name;
        std::string lowered;
    };
    std::vector<Place> placesOf(int who) const {
        const QString name = QLatin1String(kLogins.at(who));
        return {{name + QStringLiteral("'s files"), filesOf(who)},
                {name + QStringLiteral("'s frames"), people_.at(who).recorder.lowered()}};
    }
    // Not one of them stands in any of the places.
    void verifyNone(const std::vector<const Canary*>& canaries, const std::vector<Place>& places) {
        for (const Place& place : places) {
            QVERIFY2(place.lowered.size() > 100, qPrintable(place.name));
            for (const Canary* canary : canaries) {
                const auto form = canary->findInLowered(place.lowered);
                QVERIFY2(!form,
                         qPrintable(QStringLiteral("%1 holds %2 as %3")
                                        .arg(place.name, QString::fromStdString(canary->label()),
                                             form ? QLatin1String(nameOf(*form).data())
                                                  : QLatin1String())));
            }
        }
    }
    // The files of a desk at work may be read between two states; what is there stays there.
    bool awaitAll(const std::vector<const Canary*>& canaries, int who) const {
        return waitUntil([&] {
            const std::string files = filesOf(who);
            return std::ranges::all_of(canaries, [&](const Canary* canary) {
                return canary->findInLowered(files).has_value();
            });
        });
    }
    void verifyAll(const std::vector<const Canary*>& canaries, const std::vector<Place>& places) {
        for (const Place& place : places) {
            for (const Canary* canary : canaries) {
                QVERIFY2(canary->findInLowered(place.lowered),
                         qPrintable(QStringLiteral("%1 lacks %2")
                                        .arg(place.name, QString::fromStdString(canary->label()))));
            }
        }
    }

    enum Part : unsigned { kCustomer = 1, kTradeIn = 2, kMessage = 4, kAll = 7 };

    std::vector<const Canary*> canaries(std::size_t from, std::size_t to, unsigned parts) const {
        std::vector<const Canary*> out;
        for (std::size_t i = from; i < to; ++i) {
            const EnquiryMail& mail = cases_.at(i).mail;
            for (const auto& [part, list] :
                 {std::pair(kCustomer, &mail.customer), std::pair(kTradeIn, &mail.tradeIn),
                  std::pair(kMessage, &mail.message)}) {
                for (const Canary& canary : *list) {
                    if ((parts & part) != 0) {
                        out.push_back(&canary);
                    }
                }
            }
        }
        return out;
    }
    std::vector<const Canary*> all(unsigned parts) const {
        return canaries(0, cases_.size(), parts);
    }
    // Of the leads of Nord.
    std::vector<const Canary*> nord(unsigned parts) const {
        return canaries(kTimed, cases_.size(), parts);
    }
    // Of enquiries of known customers.
    std::vector<const Canary*> known(unsigned parts) const {
        return canaries(kNew, cases_.size(), parts);
    }

    // Rows that hang on leads and name a known customer: in frames and in what a desk would show.
    int links(int who) {
        int found = 0;
        for (const Recorder::Row& row : people_.at(who).recorder.rows()) {
            for (const Case& one : cases_) {
                found += !one.customer.isNone() && hangsOnLead(row.table) &&
                                 row.body.find(one.customer.view()) != std::string::npos
                             ? 1
                             : 0;
            }
        }
        for (const QString& line : people_.at(who).desk->dump()) {
            const bool hangs = line.startsWith(QStringLiteral("{\"table\":\"lead\"")) ||
                               line.startsWith(QStringLiteral("{\"table\":\"activity\"")) ||
                               line.startsWith(QStringLiteral("{\"table\":\"task\"")) ||
                               line.startsWith(QStringLiteral("{\"table\":\"intake_message\""));
            for (const Case& one : cases_) {
                found +=
                    hangs && !one.customer.isNone() && line.contains(base64(one.customer.bytes()))
                        ? 1
                        : 0;
            }
        }
        return found;
    }

    std::string dumpOf(int who) {
        return loweredBytes(people_.at(who).desk->dump().join(QLatin1Char('\n')).toStdString());
    }

    void claimAs(Who who, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            QCOMPARE(people_.at(who).desk->claim(cases_[i].lead), QStringLiteral("won"));
        }
        QVERIFY(people_.at(who).desk->waitSynced());
    }

    QTemporaryDir folder_;
    std::unique_ptr<ServerProcess> server_;
    TenantId tenant_;
    SeededRandom random_{20'261'122};
    std::vector<Case> cases_;
    int fences_ = 0;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        io_.get_executor()};
    WsClientContext tls_;
    std::array<Person, kPeople> people_;
    std::thread network_;

private Q_SLOTS:
    void initTestCase() {
        qInfo("seed 20261122");
        server_ = std::make_unique<ServerProcess>(folder_.filePath(QStringLiteral("server")));
        seed();
        QVERIFY2(server_->start(), qPrintable(server_->describe()));
        network_ = std::thread([this] { io_.run(); });
        startDesks();
    }

    void nothingBeforeTheClaim() {
        for (const Case& one : cases_) {
            deliver(one.address, QByteArray::fromStdString(one.mail.bytes));
        }
        QVERIFY(awaitCount(Anna, "unclaimed", kNew + kKnown));
        // Parsing is not in the order of the mails: the fences go when all have arrived.
        fence("lead@nord.example");
        fence("lead@sued.example");
        QVERIFY(awaitCount(Anna, "unclaimed", kNew + kKnown + 1));
        QVERIFY(awaitCount(Ben, "unclaimed", kNew + kKnown - kTimed + 1));
        QVERIFY(awaitCount(Maria, "unclaimed", kNew + kKnown - kTimed + 1));
        QVERIFY(awaitCount(Carl, "unclaimed", 1));
        QVERIFY(awaitLeads(Anna, "unclaimed", [this](const QJsonArray& leads) {
            for (const auto& lead : leads) {
                const QString wish = lead.toObject().value(QStringLiteral("wish")).toString();
                for (Case& one : cases_) {
                    if (wish.contains(QString::fromStdString(one.mail.model))) {
                        one.lead = lead.toObject().value(QStringLiteral("id")).toString();
                    }
                }
            }
            return std::ranges::none_of(cases_, [](const Case& c) { return c.lead.isEmpty(); });
        }));
        std::vector<Place> places;
        for (int who = 0; who < kPeople; ++who) {
            // Teasers are there, so the rest was not merely late.
            QVERIFY(people_.at(who).wire->ended().empty());
            for (Place& place : placesOf(who)) {
                places.push_back(std::move(place));
            }
        }
        places.push_back(
            {QStringLiteral("the server's log"), loweredBytes(server_->log().toStdString())});
        verifyNone(canaries(0, kNew, kAll), places);
        verifyNone(known(kTradeIn | kMessage), places);
        // Known customers are known at their own site, but not as whose lead it is.
        verifyNone(known(kCustomer), placesOf(Carl));
        verifyAll(known(kCustomer), placesOf(Ben));
        for (int who = 0; who < kPeople; ++who) {
            QCOMPARE(links(who), 0);
        }
    }

    void everythingAtTheOwnerAfterIt() {
        claimAs(Anna, 0, cases_.size());
        fence("lead@nord.example");
        fence("lead@sued.example");
        // At Ost the time runs: looked at while those two are hers.
        QVERIFY(awaitCount(Anna, "unclaimed", 2));
        if (!awaitAll(all(kAll), Anna)) {
            verifyAll(all(kAll), {placesOf(Anna).front()});  // says which is missing
            QFAIL("the owner's files were complete too late");
        }
        QVERIFY(links(Anna) >= int(kKnown));
        QVERIFY(awaitCount(Ben, "unclaimed", 2));
        QVERIFY(awaitCount(Maria, "unclaimed", 2));
        QVERIFY(awaitCount(Carl, "unclaimed", 2));
        // The same search finds each in the frames of the owner, too.
        verifyAll(all(kAll), {placesOf(Anna).back()});
        verifyAll(nord(kAll), placesOf(Maria));
        verifyAll(nord(kCustomer | kTradeIn), placesOf(Ben));
        verifyNone(all(kMessage), placesOf(Ben));
        verifyNone(all(kAll), placesOf(Carl));
        verifyNone(all(kAll), {{QStringLiteral("the server's log"),
                                loweredBytes(server_->log().toStdString())}});
    }

    void privatePartsLeaveWithTheLead() {
        for (std::size_t i = kTimed; i < cases_.size(); ++i) {
            const QJsonObject answer = people_.at(Anna).desk->call(
                QStringLiteral("release"), {{QStringLiteral("lead"), cases_[i].lead}});
            QCOMPARE(answer.value(QStringLiteral("code")).toString(), QStringLiteral("Ok"));
        }
        // The two of Ost come back by themselves.
        QVERIFY(awaitCount(Anna, "mine", 0));
        QVERIFY(people_.at(Anna).desk->waitSynced());
        // A page of the log that still holds what was taken goes with the next change at the
        // latest.
        const std::array before = {people_.at(Anna).desk->changes(),
                                   people_.at(Maria).desk->changes()};
        fence("lead@nord.example");
        QVERIFY(waitUntil([&] {
            return people_.at(Anna).desk->changes() > before[0] &&
                   people_.at(Maria).desk->changes() > before[1];
        }));
        for (const Who who : {Anna, Maria}) {
            QVERIFY(people_.at(who).desk->waitSynced());
            verifyNone(all(kMessage), {placesOf(who).front()});
            verifyNone(all(kMessage), {{QStringLiteral("the dump"), dumpOf(who)}});
        }
        // What the first claim opened stays open: the customer and his timeline.
        verifyAll(all(kCustomer | kTradeIn), {placesOf(Anna).front()});
        verifyAll(nord(kCustomer | kTradeIn), {placesOf(Ben).front()});
    }

    void cleanupTestCase() {
        boost::asio::post(io_, [this] {
            for (Person& person : people_) {
                person.wire.reset();
            }
        });
        work_.reset();
        if (network_.joinable()) {
            network_.join();
        }
        for (Person& person : people_) {
            QVERIFY(person.desk == nullptr || person.desk->quit());
        }
        QVERIFY(server_ == nullptr || !server_->isRunning() || server_->stop());
    }
};

QTEST_GUILESS_MAIN(PrivacyTest)
#include "privacy_test.moc"
