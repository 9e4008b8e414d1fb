// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "server/intake/enquiry.h"
#include "server/intake/enquiry_identity.h"
#include "server/service/batch.h"
#include "server/service/change_set.h"

#include <optional>
#include <string>
#include <vector>

namespace vorfahrt::server::service {

// Where an enquiry came in.
struct EnquiryOrigin {
    RowId intake;
    RowId source;
    RowId site;
    TimePoint received;
};

// Turns an enquiry into rows of one change: lead, customer, contact points, vehicle in part
// exchange, first line of the timeline. Everything but the teaser is held until the first claim
// (DD-93). A customer is known by canonical e-mail or phone alone, never by name, among the
// customers of the lead's own site: one of another site would be invisible to whom claims the lead,
// so he becomes a customer here, too. A number that may have been written with and without its
// trunk 0 counts where the name agrees as well, and with one customer only. Lives for one change.
class LeadMaker {
public:
    LeadMaker(Batch& batch, ChangeSet& changes, EnquiryOrigin origin)
        : batch_(batch),
          changes_(changes),
          origin_(origin) {}

    // The lead that this enquiry repeats (same contact, vehicle and message within 10 minutes).
    [[nodiscard]] Result<std::optional<RowId>> findSame(const intake::Enquiry& enquiry,
                                                        const intake::EnquiryIdentity& identity);
    // The enquiry came again by another source: the lead's timeline names that source and its site,
    // once each. Nothing where it is the lead's own source.
    [[nodiscard]] Status noteRepeat(RowId lead);
    // `id`: of the new lead.
    [[nodiscard]] Status make(RowId id, const intake::Enquiry& enquiry,
                              const intake::EnquiryIdentity& identity);

private:
    struct Contact {
        record::ContactKind kind = record::CONTACT_UNSPECIFIED;
        std::string value;
        std::string canonical;
        std::vector<std::string> alike;  // canonical forms that are a hint only
    };
    [[nodiscard]] static std::vector<Contact> contactsOf(const intake::EnquiryPerson& person);
    [[nodiscard]] Result<std::vector<record::ContactPoint>> sameContacts(
        const std::string& canonical);
    [[nodiscard]] Result<RowId> knownCustomer(const std::vector<Contact>& contacts,
                                              const intake::EnquiryPerson& person);
    [[nodiscard]] Result<RowId> alikeCustomer(const std::vector<Contact>& contacts,
                                              const intake::EnquiryPerson& person);
    [[nodiscard]] Result<bool> hasContact(RowId customer, const Contact& contact);
    [[nodiscard]] Result<RowId> makeCustomer(RowId lead, const intake::EnquiryPerson& person);
    [[nodiscard]] Status makeContacts(RowId lead, RowId customer,
                                      const std::vector<Contact>& contacts);
    [[nodiscard]] Result<RowId> makeTradeIn(RowId lead, RowId customer,
                                            const intake::EnquiryVehicle& vehicle);
    [[nodiscard]] Status makeTimeline(RowId lead, RowId customer, const record::Lead& record);

    Batch& batch_;
    ChangeSet& changes_;
    EnquiryOrigin origin_;
    // Leads of this change, which the store does not know yet.
    std::vector<std::pair<RowId, intake::EnquiryIdentity>> made_;
};

// One line of at most `most` bytes: valid UTF-8, no control characters.
[[nodiscard]] std::string cleanLine(std::string_view text, std::size_t most);
// The same with its line breaks.
[[nodiscard]] std::string cleanText(std::string_view text, std::size_t most);

}  // namespace vorfahrt::server::service
