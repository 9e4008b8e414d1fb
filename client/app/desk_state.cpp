// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/desk_state.h"

#include <QFileInfo>
#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace vorfahrt::client::app {
namespace {

constexpr qint64 kMaxFile = 256 * 1024;
constexpr int kMaxAccounts = 16;
constexpr int kMaxSplitters = 32;
constexpr int kMaxPanes = 4;
constexpr int kMaxWidth = 16'384;
constexpr int kMaxSections = 16;
constexpr int kMaxGeometry = 4096;
constexpr int kMaxPageName = 40;
constexpr int kMaxKey = 40;
constexpr int kMaxKeys = 200;

QString fileIn(const std::filesystem::path& dataDir) {
    const QString path = QString::fromStdU16String((dataDir / "desk.ini").u16string());
    // Not ours, or damaged beyond use.
    if (QFileInfo(path).size() > kMaxFile) {
        QFile::remove(path);
    }
    return path;
}

QString hex(const std::string& bytes) {
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex());
}

QString groupOf(AccountId account) {
    return QStringLiteral("account-") + hex(account.bytes());
}

template <class Id>
Id idFrom(const QVariant& value) {
    return Id::fromBytes(QByteArray::fromHex(value.toString().toLatin1()).toStdString())
        .value_or(Id());
}

template <class Id>
QString textOf(Id id) {
    return id.isNone() ? QString() : hex(id.bytes());
}

// "600 960 352"; empty where one of them is no width.
QList<int> numbersFrom(const QString& text, int count, int max) {
    QList<int> numbers;
    for (const QString& word : text.left(200).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        bool good = false;
        const int number = word.toInt(&good);
        if (!good || number < 0 || number > max || numbers.size() >= count) {
            return {};
        }
        numbers.push_back(number);
    }
    return numbers;
}

QString textOf(const QList<int>& numbers) {
    QStringList words;
    for (const int number : numbers) {
        words << QString::number(number);
    }
    return words.join(QLatin1Char(' '));
}

void dropOldest(QSettings& file) {
    QStringList accounts = file.childGroups().filter(QStringLiteral("account-"));
    while (accounts.size() > kMaxAccounts) {
        const auto oldest = std::min_element(
            accounts.begin(), accounts.end(), [&](const QString& a, const QString& b) {
                return file.value(a + QStringLiteral("/used")).toLongLong() <
                       file.value(b + QStringLiteral("/used")).toLongLong();
            });
        file.remove(*oldest);
        accounts.erase(oldest);
    }
}

}  // namespace

DeskState DeskState::load(const std::filesystem::path& dataDir, AccountId account) {
    QSettings file(fileIn(dataDir), QSettings::IniFormat);
    file.beginGroup(groupOf(account));
    DeskState state;
    state.page = file.value(QStringLiteral("page")).toString().left(kMaxPageName);
    state.lead = idFrom<LeadId>(file.value(QStringLiteral("lead")));
    state.customer = idFrom<CustomerId>(file.value(QStringLiteral("customer")));
    state.tenant = idFrom<TenantId>(file.value(QStringLiteral("tenant")));
    state.view = file.value(QStringLiteral("view")).toInt() == 1 ? 1 : 0;
    state.collapsed =
        numbersFrom(file.value(QStringLiteral("collapsed")).toString(), kMaxSections, kMaxSections);
    file.beginGroup(QStringLiteral("widths"));
    for (const QString& key : file.childKeys()) {
        const QList<int> sizes = numbersFrom(file.value(key).toString(), kMaxPanes, kMaxWidth);
        if (!sizes.isEmpty() && state.widths.size() < kMaxSplitters) {
            state.widths.insert(key.left(kMaxPageName), sizes);
        }
    }
    file.endGroup();
    file.beginGroup(QStringLiteral("keys"));
    for (const QString& id : file.childKeys()) {
        const QString key = file.value(id).toString();
        if (!key.isEmpty() && key.size() <= kMaxKey && state.keys.size() < kMaxKeys) {
            state.keys.insert(id.left(kMaxPageName), key);
        }
    }
    return state;
}

void DeskState::save(const std::filesystem::path& dataDir, AccountId account,
                     std::int64_t nowMs) const {
    QSettings file(fileIn(dataDir), QSettings::IniFormat);
    file.remove(groupOf(account));
    file.beginGroup(groupOf(account));
    file.setValue(QStringLiteral("used"), static_cast<qlonglong>(nowMs));
    file.setValue(QStringLiteral("page"), page);
    file.setValue(QStringLiteral("lead"), textOf(lead));
    file.setValue(QStringLiteral("customer"), textOf(customer));
    file.setValue(QStringLiteral("tenant"), textOf(tenant));
    file.setValue(QStringLiteral("view"), view);
    file.setValue(QStringLiteral("collapsed"), textOf(collapsed));
    file.beginGroup(QStringLiteral("widths"));
    for (auto it = widths.begin(); it != widths.end(); ++it) {
        file.setValue(it.key(), textOf(it.value()));
    }
    file.endGroup();
    file.beginGroup(QStringLiteral("keys"));
    for (auto it = keys.begin(); it != keys.end(); ++it) {
        file.setValue(it.key(), it.value());
    }
    file.endGroup();
    file.endGroup();
    dropOldest(file);
}

QByteArray loadGeometry(const std::filesystem::path& dataDir) {
    const QSettings file(fileIn(dataDir), QSettings::IniFormat);
    const QByteArray geometry =
        QByteArray::fromBase64(file.value(QStringLiteral("window/geometry")).toByteArray());
    return geometry.size() <= kMaxGeometry ? geometry : QByteArray();
}

void saveGeometry(const std::filesystem::path& dataDir, const QByteArray& geometry) {
    QSettings file(fileIn(dataDir), QSettings::IniFormat);
    file.setValue(QStringLiteral("window/geometry"), geometry.toBase64());
}

}  // namespace vorfahrt::client::app
