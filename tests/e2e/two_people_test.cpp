// SPDX-License-Identifier: GPL-3.0-or-later
// Two people on one computer, in the real program against the real server: in B's time nothing of
// A's data is in a widget, a model, the search, the log or a file that is written, and A's replica
// opens only after A's sign-in.
#include "client/app/desk_app.h"
#include "client/viewmodel/search.h"
#include "common/base/log.h"
#include "common/schema/customer.pb.h"
#include "server/service/auth.h"
#include "tests/support/canary.h"
#include "tests/support/server_data.h"
#include "tests/support/server_process.h"
#include "tests/support/test_key_store.h"
#include "tests/support/transport_choice.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <sys/inotify.h>
#include <unistd.h>

using namespace vorfahrt;
using namespace vorfahrt::client;
using namespace vorfahrt::test;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr std::size_t kCustomers = 6;
const QString kPassword = QStringLiteral("a test password");

std::mutex logMutex;
std::string logged;

// Every text that a person or a screen reader could get out of a window, its models included.
std::string textsOf(QWidget& window) {
    QStringList all;
    QList<QWidget*> widgets = window.findChildren<QWidget*>();
    widgets.append(&window);
    for (const QWidget* widget : std::as_const(widgets)) {
        all << widget->windowTitle() << widget->toolTip() << widget->statusTip()
            << widget->whatsThis() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            all << label->text();
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
            all << button->text();
        } else if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
            all << line->text() << line->placeholderText();
        } else if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget)) {
            all << text->toPlainText();
        } else if (const auto* view = qobject_cast<const QAbstractItemView*>(widget)) {
            const QAbstractItemModel* model = view->model();
            for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
                for (int role = 0; role < Qt::UserRole + 64; ++role) {
                    all << model->index(row, 0).data(role).toString();
                }
            }
        }
    }
    return loweredBytes(all.join(QLatin1Char('\n')).toStdString());
}

struct Snapshot {
    QByteArray bytes;
    QDateTime modified;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// Opens and writes of one file, told by the kernel.
class FileWatch {
public:
    explicit FileWatch(const QString& file)
        : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        ok_ = ::inotify_add_watch(fd_, file.toUtf8().constData(), IN_OPEN | IN_MODIFY) >= 0;
    }
    ~FileWatch() { ::close(fd_); }
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;
    [[nodiscard]] bool isWatching() const { return ok_; }
    // Since the last call.
    [[nodiscard]] bool touched() const {
        std::array<char, 4096> buffer{};
        bool any = false;
        while (::read(fd_, buffer.data(), buffer.size()) > 0) {
            any = true;
        }
        return any;
    }

private:
    int fd_;
    bool ok_ = false;
};

}  // namespace

class TwoPeopleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void annaWorksAndLocks();
    void nothingOfAnnaInBertasTime();
    void annasReplicaOpensWithHerPasswordOnly();
    void cleanupTestCase() { desk_.reset(); }

private:
    void signIn(const QString& login, const QString& password) {
        auto* account = find<QLineEdit>("loginAccount");
        auto* field = find<QLineEdit>("loginPassword");
        QVERIFY(account != nullptr && field != nullptr);
        account->setText(login);
        field->clear();
        QTest::keyClicks(field, password);
        QTest::keyClick(field, Qt::Key_Return);
    }
    template <class T>
    T* find(const char* name) {
        return desk_->window().findChild<T*>(QString::fromLatin1(name));
    }
    [[nodiscard]] bool works() const {
        return desk_->desk().stage() == viewmodel::Desk::Stage::Working;
    }
    QMap<QString, Snapshot> files() const {
        QMap<QString, Snapshot> all;
        QDirIterator it(data(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly)) {
                all[file.fileName()] = {file.readAll(),
                                        file.fileTime(QFileDevice::FileModificationTime)};
            }
        }
        return all;
    }
    // Of replicas that are open now, in this process.
    static QStringList openReplicas() {
        QStringList open;
        const QDir fds(QStringLiteral("/proc/self/fd"));
        for (const QString& name : fds.entryList(QDir::System | QDir::Files)) {
            const QString target = QFile::symLinkTarget(fds.filePath(name));
            if (target.contains(QStringLiteral("/replica-"))) {
                open << target;
            }
        }
        return open;
    }
    QString data() const { return folder_.filePath(QStringLiteral("desk")); }
    bool holdsAll(const std::vector<Canary>& canaries, const std::string& lowered) const {
        return std::ranges::all_of(canaries, [&](const Canary& canary) {
            return canary.findInLowered(lowered).has_value();
        });
    }
    void verifyNone(const std::string& lowered, const QString& where) {
        for (const Canary& canary : anna_) {
            QVERIFY2(!canary.findInLowered(lowered),
                     qPrintable(where + QStringLiteral(" holds ") +
                                QString::fromStdString(canary.label())));
        }
    }
    std::string allPages() {
        std::string all;
        for (const char* page : {"leads", "inbox", "customers", "help", "settings", "account"}) {
            desk_->window().go(QString::fromLatin1(page));
            QTest::qWait(50);
            all += textsOf(desk_->window());
        }
        return all;
    }

    QTemporaryDir folder_;
    SeededRandom random_{31};
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<app::DeskApp> desk_;
    std::vector<Canary> anna_;
    std::vector<Canary> berta_;
    QString replica_;
    QMap<QString, Snapshot> annas_;
};

void TwoPeopleTest::initTestCase() {
    log::setSink([](log::Level, std::string_view component, std::string_view message) {
        const std::lock_guard lock(logMutex);
        logged += std::string(component) + ": " + std::string(message) + "\n";
    });
    server_ = std::make_unique<ServerProcess>(folder_.filePath(QStringLiteral("server")));
    {
        ServerData data(server_->databaseFile().toStdString());
        const TenantId tenant = data.addTenant("Autohaus Diskret");
        const RowId nord = data.addSite(tenant, "Nord", 0);
        const RowId sued = data.addSite(tenant, "Sued", 0);
        const auto hash =
            server::service::hashPassword(kPassword.toStdString(), server::service::HashCost::Test);
        QVERIFY(hash.has_value());
        static_cast<void>(data.addPerson(tenant, "anna", record::SALES, nord, *hash));
        static_cast<void>(data.addPerson(tenant, "berta", record::SALES, sued, *hash));
        std::vector<schema::Row> rows;
        for (std::size_t i = 0; i < kCustomers; ++i) {
            for (const auto& [site, canaries] :
                 {std::pair(nord, &anna_), std::pair(sued, &berta_)}) {
                const std::string number = std::to_string(i);
                canaries->push_back(Canary::name("name " + number, random_));
                canaries->push_back(Canary::word("street " + number, random_));
                record::Customer customer;
                customer.set_last_name(canaries->at(canaries->size() - 2).value());
                customer.mutable_address()->set_street(canaries->back().value());
                customer.set_site_id(site.bytes());
                rows.push_back(ServerData::row(data.newId(), customer));
            }
        }
        data.import(tenant, std::move(rows));
    }
    QVERIFY2(server_->start(), qPrintable(server_->describe()));
    app::Options options;
    options.server = server_->url();
    options.fingerprint = QByteArray::fromHex(server_->fingerprint().toLatin1());
    options.dataDir = data().toStdString();
    options.transport = chosenTransport();
    app::Settings settings;
    settings.reducedMotion = true;
    desk_ = std::make_unique<app::DeskApp>(
        *qApp, options, settings,
        app::DeskApp::Parts{.keyStore = std::make_shared<TestKeyStore>(),
                            .passwordCost = keys::PasswordCost::Test,
                            .setLanguage = [](const QString&) {}});
    desk_->start();
}

void TwoPeopleTest::annaWorksAndLocks() {
    signIn(QStringLiteral("anna"), kPassword);
    QTRY_VERIFY_WITH_TIMEOUT(works(), kPatienceMs);
    // The scan finds what is there: in files and on pages.
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            std::string all;
            for (const Snapshot& file : files()) {
                all += file.bytes.toStdString();
            }
            return holdsAll(anna_, loweredBytes(all));
        }(),
        kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(anna_.front().findInLowered(allPages()).has_value(), kPatienceMs);
    QCOMPARE(openReplicas().isEmpty(), false);
    replica_ = openReplicas().constFirst();
    replica_.remove(QStringLiteral("-wal")).remove(QStringLiteral("-shm"));

    const QWidget* before = &desk_->window();
    desk_->window().actions().action(QStringLiteral("account.lock"))->trigger();
    // At once, before the store thread has done anything.
    QVERIFY(!works());
    QTRY_VERIFY_WITH_TIMEOUT(openReplicas().isEmpty(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(&desk_->window() != before, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("loginSubmit")->isVisible(), kPatienceMs);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    // Nothing of her data in any widget of the program.
    for (QWidget* window : QApplication::topLevelWidgets()) {
        verifyNone(textsOf(*window), QStringLiteral("a locked window"));
    }
}

void TwoPeopleTest::nothingOfAnnaInBertasTime() {
    annas_ = files();
    const FileWatch watch(replica_);
    QVERIFY(watch.isWatching());
    {
        const std::lock_guard lock(logMutex);
        logged.clear();
    }
    signIn(QStringLiteral("berta"), kPassword);
    QTRY_VERIFY_WITH_TIMEOUT(works(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(berta_.front().findInLowered(allPages()).has_value(), kPatienceMs);
    verifyNone(allPages(), QStringLiteral("a page of Berta"));
    // The search knows Berta's customers and none of Anna's.
    viewmodel::Search search(desk_->desk());
    search.setText(QString::fromStdString(berta_.front().value()));
    QTRY_VERIFY_WITH_TIMEOUT(search.total() > 0, kPatienceMs);
    for (const Canary& canary : anna_) {
        search.setText(QString::fromStdString(canary.value()));
        QTRY_VERIFY_WITH_TIMEOUT(!search.isSearching(), kPatienceMs);
        QVERIFY2(search.total() == 0, canary.label().c_str());
    }
    for (const QString& open : openReplicas()) {
        QVERIFY2(!open.startsWith(replica_), qPrintable(open));
    }
    QVERIFY2(!watch.touched(), "Anna's replica was opened in Berta's time");
    const QWidget* before = &desk_->window();
    desk_->window().actions().action(QStringLiteral("account.switch"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(openReplicas().isEmpty() && &desk_->window() != before, kPatienceMs);
    QVERIFY(!watch.touched());

    int changed = 0;
    const QMap<QString, Snapshot> now = files();
    for (auto it = now.begin(); it != now.end(); ++it) {
        const bool same = annas_.contains(it.key()) && annas_.value(it.key()) == it.value();
        if (!same) {
            ++changed;
            verifyNone(loweredBytes(it.value().bytes.toStdString()), it.key());
        }
    }
    QVERIFY(changed >= 2);  // at least Berta's replica and her own file
    QVERIFY(now.value(replica_) == annas_.value(replica_));
    const std::lock_guard lock(logMutex);
    verifyNone(loweredBytes(logged), QStringLiteral("the log"));
    QVERIFY2(logged.find(kPassword.toStdString()) == std::string::npos, "password in the log");
}

void TwoPeopleTest::annasReplicaOpensWithHerPasswordOnly() {
    const FileWatch watch(replica_);
    QVERIFY(watch.isWatching());
    signIn(QStringLiteral("anna"), QStringLiteral("not the password"));
    QTRY_VERIFY_WITH_TIMEOUT(!desk_->signIn().passwordError().isEmpty(), kPatienceMs);
    QVERIFY(!works());
    server_->kill();
    signIn(QStringLiteral("anna"), QStringLiteral("not the password"));
    QTRY_VERIFY_WITH_TIMEOUT(desk_->signIn().passwordError().contains(QStringLiteral("without")),
                             kPatienceMs);
    QVERIFY(!works());
    QVERIFY2(!watch.touched(), "a wrong password opened the replica");
    // Without the server her password opens her data, and only hers.
    signIn(QStringLiteral("anna"), kPassword);
    QTRY_VERIFY_WITH_TIMEOUT(works(), kPatienceMs);
    QVERIFY(watch.touched());
    QTRY_VERIFY_WITH_TIMEOUT(anna_.front().findInLowered(allPages()).has_value(), kPatienceMs);
    const std::string pages = allPages();
    for (const Canary& canary : berta_) {
        QVERIFY(!canary.findInLowered(pages));
    }
}

QTEST_MAIN(TwoPeopleTest)
#include "two_people_test.moc"
