// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/people.h"

#include "common/base/bytes.h"
#include "common/schema/row.h"
#include "common/schema/sync.pb.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <fstream>

namespace vorfahrt::client::sync {
namespace {

constexpr qint64 kMaxFile = 256 * 1024;
constexpr qsizetype kMaxRevoke = 8;
constexpr qsizetype kMaxTenants = 64;
constexpr qsizetype kMaxPeople = 200;
constexpr int kVersion = 1;

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString hex(std::string_view bytes) {
    return QString::fromStdString(toHex(bytes));
}

std::string stringIn(const QJsonObject& object, const char* name) {
    return object.value(QLatin1String(name)).toString().toStdString();
}

// Empty where it is no hexadecimal.
std::string bytesIn(const QJsonObject& object, const char* name) {
    return fromHex(stringIn(object, name)).value_or(std::string());
}

// Texts: 64 bits do not fit into a number of JSON.
std::int64_t numberIn(const QJsonObject& object, const char* name) {
    return object.value(QLatin1String(name)).toString().toLongLong();
}

QString number(std::int64_t value) {
    return QString::number(value);
}

std::vector<std::string> listIn(const QJsonObject& object, const char* name) {
    std::vector<std::string> list;
    for (const QJsonValue& value : object.value(QLatin1String(name)).toArray()) {
        const auto bytes = fromHex(value.toString().toStdString());
        if (bytes && !bytes->empty() && std::ssize(list) < kMaxRevoke) {
            list.push_back(*bytes);
        }
    }
    return list;
}

QJsonArray listOf(const std::vector<std::string>& values) {
    QJsonArray list;
    for (const std::string& value : values) {
        list.append(hex(value));
    }
    return list;
}

QString pathText(const std::filesystem::path& path) {
    return QString::fromStdU16String(path.u16string());
}

Result<QJsonObject> load(const std::filesystem::path& path) {
    QFile file(pathText(path));
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::NotFound, "no such file");
    }
    if (file.size() > kMaxFile) {
        return fail(ErrorCode::Corrupt, "file too large");
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject()) {
        return fail(ErrorCode::Corrupt, "not JSON");
    }
    return document.object();
}

Status store(const std::filesystem::path& path, const QJsonObject& object) {
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    QSaveFile file(pathText(path));
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(bytes) == bytes.size() && file.commit();
    return written ? Status{} : fail(ErrorCode::Unavailable, "file not written");
}

QJsonObject objectOf(const keys::PasswordLock& lock) {
    return {{QStringLiteral("salt"), hex(lock.salt)},
            {QStringLiteral("operations"), number(static_cast<std::int64_t>(lock.operations))},
            {QStringLiteral("memory"), number(static_cast<std::int64_t>(lock.memory))},
            {QStringLiteral("key"), hex(lock.sealedKey)}};
}

keys::PasswordLock lockIn(const QJsonObject& object) {
    return {.salt = bytesIn(object, "salt"),
            .operations = static_cast<std::uint64_t>(numberIn(object, "operations")),
            .memory = static_cast<std::uint64_t>(numberIn(object, "memory")),
            .sealedKey = bytesIn(object, "key")};
}

Account accountIn(const QJsonObject& object) {
    Account account;
    account.login = stringIn(object, "login");
    account.id = AccountId::fromBytes(bytesIn(object, "account")).value_or(AccountId());
    const QJsonArray tenants = object.value(QLatin1String("tenants")).toArray();
    for (const QJsonValue& value : tenants) {
        const QJsonObject item = value.toObject();
        if (std::ssize(account.tenants) < kMaxTenants) {
            account.tenants.push_back(
                {.tenant = TenantId::fromBytes(bytesIn(item, "tenant")).value_or(TenantId()),
                 .user = UserId::fromBytes(bytesIn(item, "user")).value_or(UserId()),
                 .name = stringIn(item, "name"),
                 .userName = stringIn(item, "userName")});
        }
    }
    return account;
}

Result<PersonFile> personIn(const QJsonObject& object) {
    PersonFile person;
    person.server = stringIn(object, "server");
    person.account = accountIn(object);
    person.usedMs = numberIn(object, "used");
    person.lock = lockIn(object.value(QLatin1String("lock")).toObject());
    // Not a small number, were the file damaged there: the server decides then.
    person.tries.wrong =
        std::clamp(object.value(QLatin1String("wrong")).toInt(keys::kMaxTries), 0, keys::kMaxTries);
    person.tries.lastMs = numberIn(object, "lastWrong");
    person.needsServer = object.value(QLatin1String("needsServer")).toBool();
    person.kept = bytesIn(object, "kept");
    person.sealed = bytesIn(object, "sealed");
    if (person.account.id.isNone() || person.server.empty()) {
        return fail(ErrorCode::Corrupt, "person file");
    }
    return person;
}

// One Login (device, login name) and one LoginResult, each in hex on a line of its own; each line
// after them is a token to be revoked.
Result<std::string> lineOf(std::istream& in) {
    std::string line;
    if (!std::getline(in, line)) {
        return fail(ErrorCode::NotFound, "session file");
    }
    const auto bytes = fromHex(line);
    return bytes ? Result<std::string>(*bytes) : fail(ErrorCode::Corrupt, "session file");
}

}  // namespace

std::string People::keyOf(const std::string& server, AccountId account) {
    return toHex(digest32(server + "\n" + account.bytes()).substr(0, 12));
}

std::filesystem::path People::replicaFile(const std::string& key) const {
    return folder_ / ("replica-" + key + ".db");
}

Result<DeviceFile> People::readDevice(Random& random) const {
    DeviceFile device;
    if (const auto object = load(folder_ / "device.json")) {
        device.deviceId = bytesIn(*object, "device");
        device.current = stringIn(*object, "current");
        device.revoke = listIn(*object, "revoke");
    }
    if (device.deviceId.size() != 16) {
        const auto old = readOldSession();
        device.deviceId = old ? old->deviceId : random.bytes(16);
        VF_CHECK(writeDevice(device));
    }
    return device;
}

Status People::writeDevice(const DeviceFile& device) const {
    return store(folder_ / "device.json", {{QStringLiteral("version"), kVersion},
                                           {QStringLiteral("device"), hex(device.deviceId)},
                                           {QStringLiteral("current"), text(device.current)},
                                           {QStringLiteral("revoke"), listOf(device.revoke)}});
}

Result<PersonFile> People::read(const std::string& key) const {
    VF_TRY(const QJsonObject object, load(folder_ / ("person-" + key + ".json")));
    return personIn(object);
}

Status People::write(const PersonFile& person) const {
    QJsonArray tenants;
    for (const Account::Tenant& tenant : person.account.tenants) {
        tenants.append(QJsonObject{{QStringLiteral("tenant"), hex(tenant.tenant.bytes())},
                                   {QStringLiteral("user"), hex(tenant.user.bytes())},
                                   {QStringLiteral("name"), text(tenant.name)},
                                   {QStringLiteral("userName"), text(tenant.userName)}});
    }
    return store(folder_ / ("person-" + keyOf(person.server, person.account.id) + ".json"),
                 {{QStringLiteral("version"), kVersion},
                  {QStringLiteral("server"), text(person.server)},
                  {QStringLiteral("login"), text(person.account.login)},
                  {QStringLiteral("account"), hex(person.account.id.bytes())},
                  {QStringLiteral("tenants"), tenants},
                  {QStringLiteral("used"), number(person.usedMs)},
                  {QStringLiteral("lock"), objectOf(person.lock)},
                  {QStringLiteral("wrong"), person.tries.wrong},
                  {QStringLiteral("lastWrong"), number(person.tries.lastMs)},
                  {QStringLiteral("needsServer"), person.needsServer},
                  {QStringLiteral("kept"), hex(person.kept)},
                  {QStringLiteral("sealed"), hex(person.sealed)}});
}

std::vector<PersonFile> People::all() const {
    std::vector<PersonFile> people;
    const QDir folder(pathText(folder_));
    const QFileInfoList files =
        folder.entryInfoList({QStringLiteral("person-*.json")}, QDir::Files, QDir::Time);
    for (const QFileInfo& info : files.mid(0, kMaxPeople)) {
        const auto object = load(info.filesystemFilePath());
        if (auto person = object ? personIn(*object) : fail(ErrorCode::Corrupt)) {
            people.push_back(std::move(*person));
        }
    }
    std::ranges::stable_sort(people, std::ranges::greater{}, &PersonFile::usedMs);
    return people;
}

Result<People::OldSession> People::readOldSession() const {
    std::ifstream in(folder_ / "session");
    if (!in) {
        return fail(ErrorCode::NotFound, "no session file");
    }
    VF_TRY(const std::string first, lineOf(in));
    VF_TRY(const std::string second, lineOf(in));
    wire::Login login;
    wire::LoginResult result;
    VF_CHECK(schema::parseBounded(login, first));
    VF_CHECK(schema::parseBounded(result, second));
    OldSession old;
    old.deviceId = login.device_id();
    old.token = result.token();
    old.account.login = login.account();
    old.account.id = AccountId::fromBytes(result.account_id()).value_or(AccountId());
    for (const wire::AccountTenant& tenant : result.tenants()) {
        old.account.tenants.push_back(
            {.tenant = TenantId::fromBytes(tenant.tenant()).value_or(TenantId()),
             .user = UserId::fromBytes(tenant.user_id()).value_or(UserId()),
             .name = tenant.name(),
             .userName = tenant.user_name()});
    }
    for (std::string line; std::ssize(old.revoke) < kMaxRevoke && std::getline(in, line);) {
        if (const auto token = fromHex(line); token && !token->empty()) {
            old.revoke.push_back(*token);
        }
    }
    if (old.deviceId.size() != 16) {
        return fail(ErrorCode::Corrupt, "session file");
    }
    return old;
}

void People::removeOldSession() const {
    QFile::remove(pathText(folder_ / "session"));
}

std::string contextOf(const PersonFile& person, std::string_view what) {
    return std::string(what) + "\n" + person.server + "\n" + person.account.id.bytes();
}

Result<std::string> sealSecrets(const PersonFile& person, const std::string& key,
                                const PersonSecrets& secrets, Random& random) {
    const QJsonObject object{{QStringLiteral("token"), hex(secrets.token)},
                             {QStringLiteral("revoke"), listOf(secrets.revoke)}};
    std::string plain = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    auto sealed = keys::seal(key, contextOf(person, "vorfahrt secrets 1"), plain, random);
    keys::wipe(plain);
    return sealed;
}

Result<PersonSecrets> openSecrets(const PersonFile& person, const std::string& key) {
    VF_TRY(std::string plain,
           keys::open(key, contextOf(person, "vorfahrt secrets 1"), person.sealed));
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(plain)).object();
    keys::wipe(plain);
    return PersonSecrets{.token = bytesIn(object, "token"), .revoke = listIn(object, "revoke")};
}

}  // namespace vorfahrt::client::sync
