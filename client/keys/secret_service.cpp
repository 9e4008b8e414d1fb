// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/keys/secret_service.h"

#include "client/keys/sealing.h"
#include "client/keys/system_key_store.h"
#include "common/base/bytes.h"
#include "common/base/random.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QMap>

namespace vorfahrt::client::keys {

// (oayays) of the specification.
struct DBusSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

// Found by argument-dependent lookup of Qt's marshalling.
QDBusArgument& operator<<(QDBusArgument& out, const DBusSecret& secret) {
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.contentType;
    out.endStructure();
    return out;
}

const QDBusArgument& operator>>(const QDBusArgument& in, DBusSecret& secret) {
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    in.endStructure();
    return in;
}

}  // namespace vorfahrt::client::keys

Q_DECLARE_METATYPE(vorfahrt::client::keys::DBusSecret)

namespace vorfahrt::client::keys {
namespace {

using Attributes = QMap<QString, QString>;

constexpr int kTimeoutMs = 1000;
constexpr std::size_t kItemBytes = 16;
const QString kService = QStringLiteral("org.freedesktop.secrets");
const QString kRoot = QStringLiteral("/org/freedesktop/secrets");
const QString kServiceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const QString kItemInterface = QStringLiteral("org.freedesktop.Secret.Item");

Attributes attributesOf(std::string_view kept) {
    return {{QStringLiteral("application"), QStringLiteral("vorfahrt")},
            {QStringLiteral("key"), QString::fromStdString(toHex(kept))}};
}

bool isPath(const QString& path) {
    return !path.isEmpty() && path != QStringLiteral("/");
}

QString pathOf(const QVariant& value) {
    return value.value<QDBusObjectPath>().path();
}

QString firstOf(const QVariant& list) {
    const auto paths = qdbus_cast<QList<QDBusObjectPath>>(list);
    return paths.isEmpty() ? QString() : paths.constFirst().path();
}

}  // namespace

SecretService::SecretService(QDBusConnection bus)
    : bus_(std::move(bus)) {
    qDBusRegisterMetaType<DBusSecret>();
    qDBusRegisterMetaType<Attributes>();
}

QDBusMessage SecretService::call(const QString& path, const QString& interface,
                                 const QString& method, const QVariantList& arguments) const {
    QDBusMessage message = QDBusMessage::createMethodCall(kService, path, interface, method);
    message.setArguments(arguments);
    return bus_.call(message, QDBus::Block, kTimeoutMs);
}

bool SecretService::openSession() {
    if (isPath(session_.path())) {
        return true;
    }
    if (!bus_.isConnected()) {
        return false;
    }
    const QDBusMessage answer =
        call(kRoot, kServiceInterface, QStringLiteral("OpenSession"),
             {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().size() != 2) {
        return false;
    }
    session_ = answer.arguments().at(1).value<QDBusObjectPath>();
    return isPath(session_.path());
}

QString SecretService::collection() const {
    const QDBusMessage answer =
        call(kRoot, kServiceInterface, QStringLiteral("ReadAlias"), {QStringLiteral("default")});
    return answer.type() == QDBusMessage::ReplyMessage ? pathOf(answer.arguments().value(0))
                                                       : QString();
}

bool SecretService::unlock(const QString& object) {
    const QDBusMessage answer =
        call(kRoot, kServiceInterface, QStringLiteral("Unlock"),
             {QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(object)})});
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().size() != 2) {
        return false;
    }
    if (firstOf(answer.arguments().at(0)) == object) {
        return true;
    }
    const QString prompt = pathOf(answer.arguments().at(1));
    if (isPath(prompt) && !std::exchange(asked_, true)) {
        QDBusMessage ask = QDBusMessage::createMethodCall(
            kService, prompt, QStringLiteral("org.freedesktop.Secret.Prompt"),
            QStringLiteral("Prompt"));
        ask.setArguments({QString()});
        static_cast<void>(bus_.send(ask));
    }
    return false;
}

KeyStore::State SecretService::state() {
    if (!openSession()) {
        return State::Missing;
    }
    const QString place = collection();
    if (!isPath(place)) {
        return State::Missing;
    }
    return unlock(place) ? State::Ready : State::Locked;
}

Result<std::string> SecretService::protect(std::string_view name, std::string_view secret) {
    switch (state()) {
        case State::Ready: break;
        case State::Missing: return fail(ErrorCode::Unavailable, "no secret service");
        case State::Locked: return fail(ErrorCode::Forbidden, "secret service locked");
    }
    std::string kept = SystemRandom().bytes(kItemBytes);
    const QString prefix = QStringLiteral("org.freedesktop.Secret.Item.");
    const QVariantMap properties{
        {prefix + QStringLiteral("Label"),
         QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))},
        {prefix + QStringLiteral("Attributes"), QVariant::fromValue(attributesOf(kept))}};
    const DBusSecret value{session_,
                           {},
                           QByteArray(secret.data(), static_cast<qsizetype>(secret.size())),
                           QStringLiteral("application/octet-stream")};
    const QDBusMessage answer =
        call(collection(), QStringLiteral("org.freedesktop.Secret.Collection"),
             QStringLiteral("CreateItem"), {properties, QVariant::fromValue(value), true});
    if (answer.type() != QDBusMessage::ReplyMessage ||
        !isPath(pathOf(answer.arguments().value(0)))) {
        return fail(ErrorCode::Unavailable, "secret not stored");
    }
    return kept;
}

SecretService::Found SecretService::find(std::string_view kept) const {
    const QDBusMessage answer = call(kRoot, kServiceInterface, QStringLiteral("SearchItems"),
                                     {QVariant::fromValue(attributesOf(kept))});
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().size() != 2) {
        return {};
    }
    return {firstOf(answer.arguments().at(0)), firstOf(answer.arguments().at(1))};
}

Result<std::string> SecretService::unprotect(std::string_view kept) {
    if (kept.size() != kItemBytes) {
        return fail(ErrorCode::NotFound, "not of a secret service");
    }
    if (!openSession()) {
        return fail(ErrorCode::Unavailable, "no secret service");
    }
    const Found found = find(kept);
    if (!isPath(found.unlocked) && !isPath(found.locked)) {
        return fail(ErrorCode::NotFound, "no such secret");
    }
    if (!isPath(found.unlocked) && !unlock(found.locked)) {
        return fail(ErrorCode::Forbidden, "secret service locked");
    }
    const QString item = isPath(found.unlocked) ? found.unlocked : found.locked;
    const QDBusMessage answer =
        call(item, kItemInterface, QStringLiteral("GetSecret"), {QVariant::fromValue(session_)});
    if (answer.type() != QDBusMessage::ReplyMessage) {
        return fail(ErrorCode::Unavailable, "secret not read");
    }
    return qdbus_cast<DBusSecret>(answer.arguments().value(0)).value.toStdString();
}

void SecretService::forget(std::string_view kept) {
    if (kept.size() != kItemBytes || !openSession()) {
        return;
    }
    const Found found = find(kept);
    const QString item = isPath(found.unlocked) ? found.unlocked : found.locked;
    if (isPath(item)) {
        static_cast<void>(call(item, kItemInterface, QStringLiteral("Delete"), {}));
    }
}

std::unique_ptr<KeyStore> makeSystemKeyStore() {
    return std::make_unique<SecretService>(QDBusConnection::sessionBus());
}

}  // namespace vorfahrt::client::keys
