// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/command/commands.h"

#include "common/sync/mutator.h"

#include <vector>

namespace vorfahrt::client::command {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using vorfahrt::sync::makeMutation;

std::vector<int> changedFields(const Message& before, const Message& after) {
    std::vector<int> out;
    const auto* descriptor = before.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
        const FieldDescriptor* field = descriptor->field(i);
        if (vorfahrt::sync::deskMaySet(field, false) && !schema::equalField(field, before, after)) {
            out.push_back(field->number());
        }
    }
    return out;
}

Command makeEdit(TenantId tenant, RowId id, Seq rev, const Message& to,
                 const std::vector<int>& fields, std::uint64_t token = 0) {
    Command command;
    command.tenant = tenant;
    command.mutation =
        makeMutation(vorfahrt::sync::kEdit, vorfahrt::sync::editArgs(id, to, fields, token));
    command.mutation.set_base_rev(value(rev));
    return command;
}

std::optional<Command> makeInvertibleEdit(TenantId tenant, RowId id, Seq rev, const Message& before,
                                          const Message& after) {
    const std::vector<int> fields = changedFields(before, after);
    if (fields.empty()) {
        return std::nullopt;
    }
    Command command = makeEdit(tenant, id, rev, after, fields);
    command.inverse = std::make_shared<const Command>(makeEdit(tenant, id, rev, before, fields));
    return command;
}

Command makeCreate(TenantId tenant, RowId id, const Message& record) {
    wire::CreateArgs args;
    args.set_table(schema::recordOf(record.GetDescriptor()).number);
    args.set_id(id.bytes());
    args.set_body(schema::encode(record));
    return {.tenant = tenant,
            .mutation = makeMutation(vorfahrt::sync::kCreate, args),
            .inverse = nullptr};
}

// A created row is taken back by hiding it: the id stays used.
template <class Record>
Command makeCreateUndoable(TenantId tenant, RowId id, const Record& record) {
    Command command = makeCreate(tenant, id, record);
    Record hidden = record;
    hidden.set_removed(true);
    command.inverse = std::make_shared<const Command>(
        makeEdit(tenant, id, Seq(0), hidden, {Record::kRemovedFieldNumber}));
    return command;
}

Command makeMove(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                 record::LeadStatus to, std::string_view reason, RowId activityId) {
    wire::LeadMoveArgs args;
    args.set_lead_id(lead.row.id.bytes());
    args.set_to(to);
    args.set_claim_token(lead.lead.claim_token());
    args.set_close_reason(std::string(reason));
    args.set_activity_id(activityId.bytes());
    Command command{.tenant = viewer.tenant,
                    .mutation = makeMutation(vorfahrt::sync::kLeadMove, args),
                    .inverse = nullptr};
    command.mutation.set_base_rev(value(lead.rev));
    return command;
}

}  // namespace

std::optional<Command> editCustomer(const replica::Viewer& viewer,
                                    const replica::CustomerDetail& before,
                                    const record::Customer& after) {
    return makeInvertibleEdit(viewer.tenant, RowId(before.id.uuid()), before.rev, before.customer,
                              after);
}

Command addContactPoint(const replica::Viewer& viewer, const replica::CustomerDetail& customer,
                        RowId id, record::ContactKind kind, std::string_view value,
                        std::string_view label) {
    record::ContactPoint point;
    point.set_customer_id(customer.id.bytes());
    point.set_site_id(customer.customer.site_id());
    point.set_kind(kind);
    point.set_value(std::string(value));
    point.set_label(std::string(label));
    return createContactPoint(viewer, id, point);
}

Command createCustomer(const replica::Viewer& viewer, RowId id, const record::Customer& customer) {
    return makeCreate(viewer.tenant, id, customer);
}

Command createContactPoint(const replica::Viewer& viewer, RowId id,
                           const record::ContactPoint& point) {
    return makeCreateUndoable(viewer.tenant, id, point);
}

Command createVehicle(const replica::Viewer& viewer, RowId id, const record::Vehicle& vehicle) {
    return makeCreateUndoable(viewer.tenant, id, vehicle);
}

std::optional<Command> editVehicle(const replica::Viewer& viewer,
                                   const replica::Item<record::Vehicle>& before,
                                   const record::Vehicle& after) {
    return makeInvertibleEdit(viewer.tenant, before.id, before.rev, before.value, after);
}

Command addCustomerNote(const replica::Viewer& viewer, const replica::CustomerDetail& customer,
                        RowId id, std::string_view text) {
    record::Activity note;
    note.set_customer_id(customer.id.bytes());
    note.set_site_id(customer.customer.site_id());
    note.set_kind(record::NOTE);
    note.set_author_id(viewer.user.bytes());
    note.set_text(std::string(text));
    return makeCreate(viewer.tenant, id, note);
}

Command logContact(const replica::Viewer& viewer, const SystemContact& contact, RowId id,
                   RowId retractionId) {
    record::Activity line;
    if (!contact.lead.isNone()) {
        line.set_lead_id(contact.lead.bytes());
    }
    if (!contact.customer.isNone()) {
        line.set_customer_id(contact.customer.bytes());
    }
    line.set_site_id(contact.site);
    line.set_author_id(viewer.user.bytes());
    record::Activity retraction = line;
    line.set_kind(contact.kind);
    line.set_text(contact.text);
    retraction.set_kind(record::RETRACTION);
    retraction.set_retracts_id(id.bytes());
    Command command = makeCreate(viewer.tenant, id, line);
    command.inverse =
        std::make_shared<const Command>(makeCreate(viewer.tenant, retractionId, retraction));
    return command;
}

std::optional<Command> editContactPoint(const replica::Viewer& viewer,
                                        const replica::Item<record::ContactPoint>& before,
                                        const record::ContactPoint& after) {
    return makeInvertibleEdit(viewer.tenant, before.id, before.rev, before.value, after);
}

Command addNote(const replica::Viewer& viewer, const replica::LeadDetail& lead, RowId id,
                std::string_view text) {
    record::Activity note;
    note.set_lead_id(lead.row.id.bytes());
    note.set_customer_id(lead.lead.customer_id());
    note.set_site_id(lead.lead.site_id());
    note.set_kind(record::NOTE);
    note.set_author_id(viewer.user.bytes());
    note.set_text(std::string(text));
    return makeCreate(viewer.tenant, id, note);
}

Command moveLead(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                 record::LeadStatus to, RowId activityId) {
    return makeMove(viewer, lead, to, {}, activityId);
}

Command closeLead(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                  record::LeadStatus to, std::string_view reason, RowId activityId) {
    return makeMove(viewer, lead, to, reason, activityId);
}

Command releaseLead(const replica::Viewer& viewer, const replica::LeadDetail& lead) {
    wire::LeadReleaseArgs args;
    args.set_lead_id(lead.row.id.bytes());
    args.set_claim_token(lead.lead.claim_token());
    Command command{.tenant = viewer.tenant,
                    .mutation = makeMutation(vorfahrt::sync::kLeadRelease, args),
                    .inverse = nullptr};
    command.mutation.set_base_rev(value(lead.rev));
    return command;
}

Command setNextStep(const replica::Viewer& viewer, const replica::LeadDetail& lead,
                    std::string_view text, std::int64_t dueMs) {
    const std::vector<int> fields{record::Lead::kNextStepFieldNumber};
    record::Lead next;
    if (!text.empty() || dueMs != 0) {
        next.mutable_next_step()->set_text(std::string(text));
        next.mutable_next_step()->set_due_ms(dueMs);
    }
    const RowId id(lead.row.id.uuid());
    const std::uint64_t token = lead.lead.claim_token();
    Command command = makeEdit(viewer.tenant, id, lead.rev, next, fields, token);
    command.inverse = std::make_shared<const Command>(
        makeEdit(viewer.tenant, id, lead.rev, lead.lead, fields, token));
    return command;
}

Command dismissIntake(const replica::Viewer& viewer, RowId intake) {
    wire::IntakeDismissArgs args;
    args.set_intake_id(intake.bytes());
    return {.tenant = viewer.tenant,
            .mutation = makeMutation(vorfahrt::sync::kIntakeDismiss, args),
            .inverse = nullptr};
}

Command convertIntake(const replica::Viewer& viewer, RowId intake, RowId newLead,
                      const ConvertedEnquiry& enquiry) {
    wire::IntakeConvertArgs args;
    args.set_intake_id(intake.bytes());
    args.set_lead_id(newLead.bytes());
    *args.mutable_wish() = enquiry.wish;
    args.set_first_name(enquiry.firstName);
    args.set_last_name(enquiry.lastName);
    args.set_email(enquiry.email);
    args.set_phone(enquiry.phone);
    args.set_message(enquiry.message);
    return {.tenant = viewer.tenant,
            .mutation = makeMutation(vorfahrt::sync::kIntakeConvert, args),
            .inverse = nullptr};
}

}  // namespace vorfahrt::client::command
