// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sync/mutator.h"

#include "common/base/assert.h"
#include "common/schema/validate.h"
#include "common/schema/work.pb.h"
#include "common/sync/lead_mutators.h"

#include <algorithm>
#include <array>

namespace vorfahrt::sync {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using schema::RecordInfo;
using schema::ruleOf;

template <class Args>
Result<Args> parseArgs(const wire::Mutation& mutation) {
    Args args;
    if (auto status = schema::parseBounded(args, mutation.args()); !status) {
        return fail(ErrorCode::Invalid, "arguments of " + mutation.name());
    }
    return args;
}

Result<RowId> idOf(std::string_view bytes) {
    const auto id = RowId::fromBytes(bytes);
    if (!id || id->isNone()) {
        return fail(ErrorCode::Invalid, "row id");
    }
    return *id;
}

Result<std::unique_ptr<Message>> parseBody(const RecordInfo& info, const std::string& body) {
    auto message = info.make();
    if (auto status = schema::parseBounded(*message, body); !status) {
        return fail(ErrorCode::Invalid, "body of " + info.table);
    }
    // What no rule bounds must not be stored: a row larger than a frame could never be sent.
    message->DiscardUnknownFields();
    return message;
}

Result<record::Activity> ownActivity(const Message& body, const MutationContext& context) {
    record::Activity activity;
    activity.CopyFrom(body);
    static constexpr std::array kOfDesks{record::NOTE,        record::CALL,    record::MESSAGE_OUT,
                                         record::MAIL_OPENED, record::DIALLED, record::RETRACTION};
    const bool retracts = activity.kind() == record::RETRACTION;
    if (std::ranges::find(kOfDesks, activity.kind()) == kOfDesks.end() ||
        retracts == activity.retracts_id().empty()) {
        return fail(ErrorCode::Invalid, "kind of activity");
    }
    activity.set_author_id(context.user.bytes());
    if (activity.at_ms() == 0 || activity.at_ms() > context.editTimeMs) {
        activity.set_at_ms(context.editTimeMs);
    }
    return activity;
}

// An act of the owner on his lead counts as its first work.
Status addFirstWork(std::string_view leadId, const MutationContext& context, RowReader& rows,
                    std::vector<RowChange>& out) {
    if (leadId.empty()) {
        return {};
    }
    VF_TRY(const RowId id, idOf(leadId));
    VF_TRY(const auto row, rows.read(schema::recordOf<record::Lead>(), id));
    if (row && !row->isDeleted()) {
        if (auto change = stopReturnTimer(id, row->as<record::Lead>(), context.user)) {
            out.push_back(std::move(*change));
        }
    }
    return {};
}

Result<std::vector<RowChange>> create(const wire::CreateArgs& args, const MutationContext& context,
                                      RowReader& rows) {
    const RecordInfo* info = schema::recordByNumber(args.table());
    if (info == nullptr || !info->deskCreates) {
        return fail(ErrorCode::Invalid, "record.create of this table");
    }
    VF_TRY(const RowId id, idOf(args.id()));
    VF_TRY(auto body, parseBody(*info, args.body()));
    std::vector<const FieldDescriptor*> set;
    body->GetReflection()->ListFields(*body, &set);
    if (std::ranges::any_of(
            set, [](const FieldDescriptor* field) { return !deskMaySet(field, true); })) {
        return fail(ErrorCode::Invalid, "field that a desk may not set");
    }
    VF_TRY(const auto existing, rows.read(*info, id));
    if (existing) {
        return fail(ErrorCode::Duplicate, info->table);
    }
    std::vector<RowChange> out;
    std::string leadId;
    if (info == &schema::recordOf<record::Activity>()) {
        VF_TRY(record::Activity activity, ownActivity(*body, context));
        leadId = activity.lead_id();
        body = std::make_unique<record::Activity>(std::move(activity));
    }
    VF_CHECK(schema::validate(*body));
    out.push_back(
        {.info = info, .id = id, .create = true, .values = std::move(body), .fields = {}});
    VF_CHECK(addFirstWork(leadId, context, rows, out));
    return out;
}

Result<std::vector<RowChange>> edit(const wire::EditArgs& args, const MutationContext& context,
                                    RowReader& rows) {
    const RecordInfo* info = schema::recordByNumber(args.table());
    if (info == nullptr || info->appendOnly || args.fields_size() == 0 ||
        args.fields_size() > info->descriptor->field_count()) {
        return fail(ErrorCode::Invalid, "record.edit of this table");
    }
    VF_TRY(const RowId id, idOf(args.id()));
    VF_TRY(auto body, parseBody(*info, args.body()));
    VF_TRY(const auto row, rows.read(*info, id));
    if (!row || row->isDeleted()) {
        return fail(ErrorCode::NotFound, info->table);
    }
    RowChange change{.info = info, .id = id, .create = false, .values = nullptr, .fields = {}};
    auto whole = info->make();
    for (const schema::Facet facet : schema::kFacets) {
        whole->MergeFrom(row->facet(facet));
    }
    for (const auto number : args.fields()) {
        const FieldDescriptor* field =
            info->descriptor->FindFieldByNumber(static_cast<int>(number));
        if (field == nullptr || !deskMaySet(field, false)) {
            return fail(ErrorCode::Invalid, "field that a desk may not set");
        }
        change.fields.push_back(field);
        schema::copyField(field, *body, *whole);
    }
    // Only the named fields are this edit's business: a rule broken elsewhere in the row is not its
    // fault.
    VF_CHECK(schema::validate(*whole, change.fields));
    change.values = std::move(body);
    std::vector<RowChange> out;
    if (info == &schema::recordOf<record::Lead>()) {
        const auto lead = row->as<record::Lead>();
        if (args.claim_token() != lead.claim_token()) {
            return fail(ErrorCode::StaleToken, "record.edit of a lead");
        }
        // One change per row: the timer stops in the same one.
        if (auto stop = stopReturnTimer(id, lead, context.user)) {
            for (const FieldDescriptor* field : stop->fields) {
                // Its value, not one that the body brought along.
                schema::copyField(field, *stop->values, *change.values);
                change.fields.push_back(field);
            }
        }
    }
    out.push_back(std::move(change));
    return out;
}

Result<std::vector<RowChange>> setIntakeState(std::string_view idBytes, record::IntakeState to,
                                              std::string_view leadId, RowReader& rows) {
    VF_TRY(const RowId id, idOf(idBytes));
    const RecordInfo& info = schema::recordOf<record::IntakeMessage>();
    VF_TRY(const auto row, rows.read(info, id));
    if (!row || row->isDeleted()) {
        return fail(ErrorCode::NotFound, "intake message");
    }
    if (row->as<record::IntakeMessage>().state() != record::NOT_RECOGNISED) {
        return fail(ErrorCode::RejectedState, "intake message");
    }
    auto values = std::make_unique<record::IntakeMessage>();
    values->set_state(to);
    RowChange change{.info = &info, .id = id, .create = false, .values = nullptr, .fields = {}};
    change.fields.push_back(
        info.descriptor->FindFieldByNumber(record::IntakeMessage::kStateFieldNumber));
    if (!leadId.empty()) {
        values->set_lead_id(std::string(leadId));
        change.fields.push_back(
            info.descriptor->FindFieldByNumber(record::IntakeMessage::kLeadIdFieldNumber));
    }
    change.values = std::move(values);
    std::vector<RowChange> out;
    out.push_back(std::move(change));
    return out;
}

Status checkVersion(const wire::Mutation& mutation) {
    if (mutation.name_version() != 1) {
        return fail(ErrorCode::Unsupported, "version of " + mutation.name());
    }
    return {};
}

RowKey keyOf(const RecordInfo& info, RowId id) {
    return {info.number, id};
}

Result<std::vector<RowKey>> touchedByCreate(const wire::Mutation& mutation) {
    VF_TRY(const auto args, parseArgs<wire::CreateArgs>(mutation));
    VF_TRY(const RowId id, idOf(args.id()));
    std::vector<RowKey> keys{{args.table(), id}};
    if (args.table() == schema::recordOf<record::Activity>().number) {
        record::Activity activity;
        if (activity.ParseFromString(args.body()) && !activity.lead_id().empty()) {
            VF_TRY(const RowId lead, idOf(activity.lead_id()));
            keys.push_back(keyOf(schema::recordOf<record::Lead>(), lead));
        }
    }
    return keys;
}

}  // namespace

bool deskMaySet(const FieldDescriptor* field, bool creating) {
    const auto& rule = ruleOf(field);
    if (rule.readonly() || rule.facet() == schema::Facet::SERVER) {
        return false;
    }
    // No default: a new rule says here what a desk may do, or it does not compile.
    switch (rule.merge()) {
        case schema::Merge::LATER_EDIT:
        case schema::Merge::RESTRICTIVE: return true;
        case schema::Merge::TRANSITION: return creating;
        case schema::Merge::CAS:
        case schema::Merge::APPEND:
        case schema::Merge_INT_MIN_SENTINEL_DO_NOT_USE_:
        case schema::Merge_INT_MAX_SENTINEL_DO_NOT_USE_: break;
    }
    return false;
}

Result<std::vector<RowKey>> touchedRows(const wire::Mutation& mutation) {
    VF_CHECK(checkVersion(mutation));
    const RecordInfo& lead = schema::recordOf<record::Lead>();
    const RecordInfo& intake = schema::recordOf<record::IntakeMessage>();
    if (mutation.name() == kCreate) {
        return touchedByCreate(mutation);
    }
    if (mutation.name() == kEdit) {
        VF_TRY(const auto args, parseArgs<wire::EditArgs>(mutation));
        VF_TRY(const RowId id, idOf(args.id()));
        return std::vector<RowKey>{{args.table(), id}};
    }
    if (mutation.name() == kLeadMove) {
        VF_TRY(const auto args, parseArgs<wire::LeadMoveArgs>(mutation));
        VF_TRY(const RowId id, idOf(args.lead_id()));
        VF_TRY(const RowId activity, idOf(args.activity_id()));
        return std::vector{keyOf(lead, id), keyOf(schema::recordOf<record::Activity>(), activity)};
    }
    if (mutation.name() == kLeadRelease) {
        VF_TRY(const auto args, parseArgs<wire::LeadReleaseArgs>(mutation));
        VF_TRY(const RowId id, idOf(args.lead_id()));
        return std::vector{keyOf(lead, id)};
    }
    if (mutation.name() == kIntakeDismiss) {
        VF_TRY(const auto args, parseArgs<wire::IntakeDismissArgs>(mutation));
        VF_TRY(const RowId id, idOf(args.intake_id()));
        return std::vector{keyOf(intake, id)};
    }
    if (mutation.name() == kIntakeConvert) {
        VF_TRY(const auto args, parseArgs<wire::IntakeConvertArgs>(mutation));
        VF_TRY(const RowId id, idOf(args.intake_id()));
        return std::vector{keyOf(intake, id)};
    }
    return fail(ErrorCode::Unsupported, "name of mutation");
}

Result<std::vector<RowChange>> runMutator(const wire::Mutation& mutation,
                                          const MutationContext& context, RowReader& rows) {
    VF_CHECK(checkVersion(mutation));
    if (mutation.name() == kCreate) {
        VF_TRY(const auto args, parseArgs<wire::CreateArgs>(mutation));
        return create(args, context, rows);
    }
    if (mutation.name() == kEdit) {
        VF_TRY(const auto args, parseArgs<wire::EditArgs>(mutation));
        return edit(args, context, rows);
    }
    if (mutation.name() == kLeadMove) {
        VF_TRY(const auto args, parseArgs<wire::LeadMoveArgs>(mutation));
        return moveLead(args, context, rows);
    }
    if (mutation.name() == kLeadRelease) {
        VF_TRY(const auto args, parseArgs<wire::LeadReleaseArgs>(mutation));
        return releaseLead(args, context, rows);
    }
    if (mutation.name() == kIntakeDismiss) {
        VF_TRY(const auto args, parseArgs<wire::IntakeDismissArgs>(mutation));
        return setIntakeState(args.intake_id(), record::DISMISSED, {}, rows);
    }
    if (mutation.name() == kIntakeConvert) {
        VF_TRY(const auto args, parseArgs<wire::IntakeConvertArgs>(mutation));
        VF_TRY(const RowId lead, idOf(args.lead_id()));
        return setIntakeState(args.intake_id(), record::RECOGNISED, lead.view(), rows);
    }
    return fail(ErrorCode::Unsupported, "name of mutation");
}

void apply(const RowChange& change, schema::Row& row) {
    VF_ASSERT(&row.info() == change.info);
    if (change.create) {
        row.assign(*change.values);
        return;
    }
    for (const FieldDescriptor* field : change.fields) {
        row.setField(field, *change.values);
    }
}

wire::Mutation makeMutation(std::string_view name, const Message& args) {
    wire::Mutation mutation;
    mutation.set_name(std::string(name));
    mutation.set_name_version(1);
    mutation.set_args(schema::encode(args));
    return mutation;
}

wire::EditArgs editArgs(RowId id, const Message& record, std::vector<int> fields,
                        std::uint64_t claimToken) {
    const RecordInfo& info = schema::recordOf(record.GetDescriptor());
    auto body = info.make();
    wire::EditArgs args;
    args.set_table(info.number);
    args.set_id(id.bytes());
    for (const int number : fields) {
        schema::copyField(info.descriptor->FindFieldByNumber(number), record, *body);
        args.add_fields(static_cast<std::uint32_t>(number));
    }
    args.set_body(schema::encode(*body));
    args.set_claim_token(claimToken);
    return args;
}

}  // namespace vorfahrt::sync
