// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/system_contact.h"

#include "client/viewmodel/words.h"
#include "common/domain/contact_link.h"
#include "common/domain/phone_display.h"

#include <QUrl>

namespace vorfahrt::client::viewmodel {
namespace {

std::string uriOf(const record::ContactPoint& point) {
    return point.kind() == record::EMAIL_ADDRESS ? domain::mailtoUri(point.value())
                                                 : domain::telUri(point.value());
}

}  // namespace

bool SystemContact::isPossible(const record::ContactPoint& point) {
    return !uriOf(point).empty();
}

bool SystemContact::start(Desk& desk, CustomerId customer, LeadId lead, const std::string& site,
                          const record::ContactPoint& point) {
    const std::string uri = uriOf(point);
    const bool mail = point.kind() == record::EMAIL_ADDRESS;
    if (uri.empty()) {
        desk.refuse(mail ? tr("This is no e-mail address. Correct it, then write again.")
                         : tr("This is no telephone number. Correct it, then call again."));
        return false;
    }
    const QUrl url = QUrl::fromEncoded(QByteArray::fromStdString(uri), QUrl::StrictMode);
    if (!url.isValid() || !desk.openLink(url)) {
        desk.refuse(mail ? tr("No mail program was opened. Set one in your system.")
                         : tr("No telephone program was opened. Set one in your system."));
        return false;
    }
    const std::string shown = mail ? point.value() : domain::displayPhone(point.value());
    const RowId id = desk.newId();
    const RowId retraction = desk.newId();
    desk.perform(command::logContact(desk.viewer(),
                                     {.customer = customer,
                                      .lead = lead,
                                      .site = site,
                                      .kind = mail ? record::MAIL_OPENED : record::DIALLED,
                                      .text = shown},
                                     id, retraction),
                 mail ? tr("Noted: mail to %1.").arg(qstr(shown))
                      : tr("Noted: call to %1.").arg(qstr(shown)));
    return true;
}

const record::ContactPoint* SystemContact::best(
    const std::vector<replica::Item<record::ContactPoint>>& points, bool mail) {
    const record::ContactPoint* found = nullptr;
    for (const auto& item : points) {
        const record::ContactPoint& point = item.value;
        const bool objected = point.contract().state() == record::CONSENT_WITHDRAWN;
        if ((point.kind() == record::EMAIL_ADDRESS) != mail || objected || !isPossible(point)) {
            continue;
        }
        if (found == nullptr || (point.preferred() && !found->preferred())) {
            found = &point;
        }
    }
    return found;
}

}  // namespace vorfahrt::client::viewmodel
