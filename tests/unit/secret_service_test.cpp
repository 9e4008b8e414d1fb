// SPDX-License-Identifier: GPL-3.0-or-later
// The adapter to the Secret Service, against a service on a bus of its own.
#include "client/keys/secret_service.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStandardPaths>
#include <QThread>
#include <QtTest/QTest>

#include <atomic>
#include <map>

using namespace vorfahrt;
using namespace vorfahrt::client::keys;

namespace {

const QString kRoot = QStringLiteral("/org/freedesktop/secrets");
const QString kCollection = kRoot + QStringLiteral("/collection/login");

// What a keyring does of the specification, as far as a desk asks it. Lives in a thread of its own.
class FakeService final : public QDBusVirtualObject {
public:
    QString introspect(const QString&) const override { return {}; }

    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override {
        const QString method = message.member();
        const QVariantList arguments = message.arguments();
        QVariantList answer;
        if (method == QStringLiteral("OpenSession")) {
            answer = {QVariant::fromValue(QDBusVariant(QString())),
                      QVariant::fromValue(QDBusObjectPath(kRoot + QStringLiteral("/session/1")))};
        } else if (method == QStringLiteral("ReadAlias")) {
            answer = {QVariant::fromValue(
                QDBusObjectPath(hasCollection ? kCollection : QStringLiteral("/")))};
        } else if (method == QStringLiteral("Unlock")) {
            const auto wanted = qdbus_cast<QList<QDBusObjectPath>>(arguments.at(0));
            answer = {QVariant::fromValue(locked ? QList<QDBusObjectPath>() : wanted),
                      QVariant::fromValue(QDBusObjectPath(
                          locked ? kRoot + QStringLiteral("/prompt/1") : QStringLiteral("/")))};
        } else if (method == QStringLiteral("Prompt")) {
            ++prompts;
        } else if (method == QStringLiteral("CreateItem")) {
            answer = create(arguments);
        } else if (method == QStringLiteral("SearchItems")) {
            QList<QDBusObjectPath> found;
            const auto wanted = qdbus_cast<QMap<QString, QString>>(arguments.at(0));
            for (const auto& [path, item] : items) {
                if (item.key == wanted.value(QStringLiteral("key"))) {
                    found.append(QDBusObjectPath(path));
                }
            }
            const QList<QDBusObjectPath> none;
            answer = {QVariant::fromValue(locked ? none : found),
                      QVariant::fromValue(locked ? found : none)};
        } else if (method == QStringLiteral("GetSecret")) {
            return reply(message, bus);
        } else if (method == QStringLiteral("Delete")) {
            items.erase(message.path());
            answer = {QVariant::fromValue(QDBusObjectPath(QStringLiteral("/")))};
        } else {
            return false;
        }
        bus.send(message.createReply(answer));
        return true;
    }

    struct Item {
        QString label;
        QString key;
        QByteArray secret;
    };
    std::map<QString, Item> items;
    std::atomic<bool> locked = false;
    std::atomic<bool> hasCollection = true;
    std::atomic<int> prompts = 0;

private:
    QVariantList create(const QVariantList& arguments) {
        const auto properties = qdbus_cast<QVariantMap>(arguments.at(0));
        const auto attributes = qdbus_cast<QMap<QString, QString>>(
            properties.value(QStringLiteral("org.freedesktop.Secret.Item.Attributes")));
        QDBusObjectPath session;
        QByteArray parameters;
        QByteArray value;
        QString type;
        const auto in = arguments.at(1).value<QDBusArgument>();
        in.beginStructure();
        in >> session >> parameters >> value >> type;
        in.endStructure();
        const QString path = kCollection + QStringLiteral("/%1").arg(++last_);
        items[path] = {
            properties.value(QStringLiteral("org.freedesktop.Secret.Item.Label")).toString(),
            attributes.value(QStringLiteral("key")), value};
        return {QVariant::fromValue(QDBusObjectPath(path)),
                QVariant::fromValue(QDBusObjectPath(QStringLiteral("/")))};
    }
    bool reply(const QDBusMessage& message, const QDBusConnection& bus) {
        const auto item = items.find(message.path());
        if (item == items.end() || locked) {
            bus.send(message.createErrorReply(QDBusError::AccessDenied, QStringLiteral("locked")));
            return true;
        }
        QDBusArgument secret;
        secret.beginStructure();
        secret << QDBusObjectPath(kRoot + QStringLiteral("/session/1")) << QByteArray()
               << item->second.secret << QStringLiteral("application/octet-stream");
        secret.endStructure();
        bus.send(message.createReply(QVariant::fromValue(secret)));
        return true;
    }

    int last_ = 0;
};

}  // namespace

class SecretServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void keepsAndForgets();
    void tellsMissingFromLocked();
    void survivesAServiceThatIsGone();

private:
    QProcess bus_;
    QThread thread_;
    QDBusConnection server_{QString()};
    std::unique_ptr<FakeService> service_;
    QString address_;
};

void SecretServiceTest::initTestCase() {
    const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
    if (program.isEmpty()) {
        QSKIP("no dbus-daemon");
    }
    bus_.start(program, {QStringLiteral("--session"), QStringLiteral("--nofork"),
                         QStringLiteral("--print-address")});
    QVERIFY(bus_.waitForReadyRead(10'000));
    address_ = QString::fromUtf8(bus_.readLine()).trimmed();
    server_ = QDBusConnection::connectToBus(address_, QStringLiteral("service"));
    QVERIFY(server_.isConnected());
    service_ = std::make_unique<FakeService>();
    service_->moveToThread(&thread_);
    thread_.start();
    QVERIFY(server_.registerVirtualObject(kRoot, service_.get(), QDBusConnection::SubPath));
    QVERIFY(server_.registerService(QStringLiteral("org.freedesktop.secrets")));
}

void SecretServiceTest::init() {
    if (service_ == nullptr) {
        QSKIP("no dbus-daemon");
    }
    service_->locked = false;
    service_->hasCollection = true;
    service_->prompts = 0;
}

void SecretServiceTest::cleanupTestCase() {
    thread_.quit();
    thread_.wait();
    bus_.kill();
    bus_.waitForFinished();
}

void SecretServiceTest::keepsAndForgets() {
    SecretService store(QDBusConnection::connectToBus(address_, QStringLiteral("desk")));
    QCOMPARE(store.state(), KeyStore::State::Ready);
    const std::string secret("canary\0secret", 13);
    const auto kept = store.protect("Vorfahrt", secret);
    QVERIFY(kept.has_value());
    QVERIFY(kept->find("canary") == std::string::npos);
    QCOMPARE(service_->items.begin()->second.label, QStringLiteral("Vorfahrt"));
    const auto other = store.protect("Vorfahrt", "another");
    QVERIFY(other.has_value());
    // Another run of the program.
    SecretService later(QDBusConnection::connectToBus(address_, QStringLiteral("later")));
    QCOMPARE(later.unprotect(*kept).value(), secret);
    QCOMPARE(later.unprotect(*other).value(), std::string("another"));
    later.forget(*kept);
    QCOMPARE(store.unprotect(*kept).error().code, ErrorCode::NotFound);
    QCOMPARE(store.unprotect(*other).value(), std::string("another"));
    QCOMPARE(store.unprotect("nonsense").error().code, ErrorCode::NotFound);
}

void SecretServiceTest::tellsMissingFromLocked() {
    SecretService store(QDBusConnection::connectToBus(address_, QStringLiteral("desk")));
    const auto kept = store.protect("Vorfahrt", "secret");
    QVERIFY(kept.has_value());
    service_->locked = true;
    QCOMPARE(store.state(), KeyStore::State::Locked);
    QCOMPARE(store.unprotect(*kept).error().code, ErrorCode::Forbidden);
    QCOMPARE(store.protect("Vorfahrt", "more").error().code, ErrorCode::Forbidden);
    // Its owner is asked once, not at every call.
    QTRY_COMPARE(service_->prompts.load(), 1);
    service_->locked = false;
    QCOMPARE(store.unprotect(*kept).value(), std::string("secret"));
    service_->hasCollection = false;
    QCOMPARE(store.state(), KeyStore::State::Missing);
    QCOMPARE(store.protect("Vorfahrt", "more").error().code, ErrorCode::Unavailable);
}

void SecretServiceTest::survivesAServiceThatIsGone() {
    QVERIFY(server_.unregisterService(QStringLiteral("org.freedesktop.secrets")));
    SecretService store(QDBusConnection::connectToBus(address_, QStringLiteral("desk")));
    QCOMPARE(store.state(), KeyStore::State::Missing);
    QCOMPARE(store.protect("Vorfahrt", "secret").error().code, ErrorCode::Unavailable);
    QCOMPARE(store.unprotect(std::string(16, 'k')).error().code, ErrorCode::Unavailable);
    // No bus at all.
    SecretService nowhere(
        QDBusConnection::connectToBus(QStringLiteral("unix:path=/nowhere"), QStringLiteral("no")));
    QCOMPARE(nowhere.state(), KeyStore::State::Missing);
}

QTEST_GUILESS_MAIN(SecretServiceTest)
#include "secret_service_test.moc"
