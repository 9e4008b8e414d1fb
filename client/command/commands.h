// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/queries.h"
#include "common/base/id.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/sync.pb.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vorfahrt::client::command {

// An edit of the user as a value: made on the GUI thread from what is shown, given to
// SyncThread::edit. mid and edit time are set where it is applied. The inverse is there where the
// edit can be taken back.
struct Command {
    TenantId tenant;
    wire::Mutation mutation;
    std::shared_ptr<const Command> inverse;
};

// nullopt: nothing was changed. Only the fields that differ are sent.
[[nodiscard]] std::optional<Command> editCustomer(const replica::Viewer& viewer,
                                                  const replica::CustomerDetail& before,
                                                  const record::Customer& after);
[[nodiscard]] Command createCustomer(const replica::Viewer& viewer, RowId id,
                                     const record::Customer& customer);
// customer_id and site_id must be set. The inverse removes it again.
[[nodiscard]] Command createContactPoint(const replica::Viewer& viewer, RowId id,
                                         const record::ContactPoint& point);
[[nodiscard]] Command createVehicle(const replica::Viewer& viewer, RowId id,
                                    const record::Vehicle& vehicle);
// With `removed` set it is in no list any more; the inverse brings it back.
[[nodiscard]] std::optional<Command> editVehicle(const replica::Viewer& viewer,
                                                 const replica::Item<record::Vehicle>& before,
                                                 const record::Vehicle& after);
[[nodiscard]] Command addCustomerNote(const replica::Viewer& viewer,
                                      const replica::CustomerDetail& customer, RowId id,
                                      std::string_view text);

// A contact through a program of the system: the line of the timeline.
struct SystemContact {
    CustomerId customer;
    LeadId lead;       // the chosen one; may be none
    std::string site;  // of the customer or of the lead
    record::ActivityKind kind = record::DIALLED;
    std::string text;  // number or address
};
// The inverse takes the line back by a retraction with the id retractionId.
[[nodiscard]] Command logContact(const replica::Viewer& viewer, const SystemContact& contact,
                                 RowId id, RowId retractionId);
[[nodiscard]] Command addContactPoint(const replica::Viewer& viewer,
                                      const replica::CustomerDetail& customer, RowId id,
                                      record::ContactKind kind, std::string_view value,
                                      std::string_view label = {});
[[nodiscard]] std::optional<Command> editContactPoint(
    const replica::Viewer& viewer, const replica::Item<record::ContactPoint>& before,
    const record::ContactPoint& after);
[[nodiscard]] Command addNote(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                              RowId id, std::string_view text);
// To another open status.
[[nodiscard]] Command moveLead(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                               record::LeadStatus to, RowId activityId);
// WON, LOST or INVALID; a reason is required for the last two (domain::needsReason).
[[nodiscard]] Command closeLead(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                                record::LeadStatus to, std::string_view reason, RowId activityId);
[[nodiscard]] Command releaseLead(const replica::Viewer& viewer, const replica::LeadDetail& lead);
// Sets, moves ("Verschieben") or, with an empty text and 0, clears what is promised next.
[[nodiscard]] Command setNextStep(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                                  std::string_view text, std::int64_t dueMs);
[[nodiscard]] Command dismissIntake(const replica::Viewer& viewer, RowId intake);

struct ConvertedEnquiry {
    record::VehicleWish wish;
    std::string firstName;
    std::string lastName;
    std::string email;
    std::string phone;
    std::string message;
};
[[nodiscard]] Command convertIntake(const replica::Viewer& viewer, RowId intake, RowId newLead,
                                    const ConvertedEnquiry& enquiry);

}  // namespace vorfahrt::client::command
