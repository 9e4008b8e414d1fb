// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/notification_memory.h"

#include "common/base/bytes.h"

#include <QSettings>

namespace vorfahrt::client::app {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr qsizetype kMaxBytes = qsizetype{64} * 1024;

QString keyOf(AccountId account, TenantId tenant, const char* name) {
    return QString::fromStdString(toHex(account.view()) + "/" + toHex(tenant.view()) + "/") +
           QLatin1String(name);
}

QByteArray packed(const std::set<LeadId>& ids) {
    QByteArray out;
    for (const LeadId id : ids) {
        out += QByteArray::fromStdString(id.bytes());
    }
    return out.toBase64();
}

std::set<LeadId> unpacked(const QByteArray& text) {
    std::set<LeadId> out;
    const std::string bytes = QByteArray::fromBase64(text.left(kMaxBytes)).toStdString();
    for (std::size_t at = 0; at + kIdBytes <= bytes.size(); at += kIdBytes) {
        if (const auto id = LeadId::fromBytes(bytes.substr(at, kIdBytes))) {
            out.insert(*id);
        }
    }
    return out;
}

}  // namespace

viewmodel::Notifier::Storage notificationMemory(const std::filesystem::path& dataDir) {
    const QString file = QString::fromStdU16String((dataDir / "notices.ini").u16string());
    viewmodel::Notifier::Storage storage;
    storage.load = [file](AccountId account,
                          TenantId tenant) -> std::optional<viewmodel::NotificationMemory> {
        const QSettings settings(file, QSettings::IniFormat);
        const QString claimable = keyOf(account, tenant, "claimable");
        if (!settings.contains(claimable)) {
            return std::nullopt;
        }
        return viewmodel::NotificationMemory{
            .claimable = unpacked(settings.value(claimable).toByteArray()),
            .mine = unpacked(settings.value(keyOf(account, tenant, "mine")).toByteArray())};
    };
    storage.save = [file](AccountId account, TenantId tenant,
                          const viewmodel::NotificationMemory& memory) {
        QSettings settings(file, QSettings::IniFormat);
        settings.setValue(keyOf(account, tenant, "claimable"), packed(memory.claimable));
        settings.setValue(keyOf(account, tenant, "mine"), packed(memory.mine));
    };
    return storage;
}

}  // namespace vorfahrt::client::app
