// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/mutation.h"

#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/work.pb.h"
#include "common/sync/hybrid_clock.h"
#include "common/sync/merge.h"
#include "server/service/canonical.h"
#include "server/service/change_set.h"
#include "server/service/intake_service.h"
#include "server/service/lead_service.h"

#include <algorithm>

namespace vorfahrt::server::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using record::Lead;
using schema::RecordInfo;
using sync::RowChange;
using sync::RowKey;

template <class T>
bool isA(const RowChange& change) {
    return change.info == &schema::recordOf<T>();
}

// One mutation on its way. Lives for one applyMutation.
class MutationRun {
public:
    MutationRun(Batch& batch, TenantId tenant, const Rights& rights, ReplicaId replica,
                const wire::Mutation& mutation)
        : batch_(batch),
          rights_(rights),
          mutation_(mutation),
          changes_(batch.store, tenant),
          stamp_{.editTimeMs = sync::clampEditTime(mutation.edit_time_ms(), batch.now),
                 .replica = replica,
                 .mid = Mid(mutation.mid())} {}

    [[nodiscard]] Result<Applied> run() {
        VF_CHECK(checkVisible());
        // The clock of a return is the server's: an offline release starts a new wait now.
        const bool isRelease = mutation_.name() == sync::kLeadRelease;
        const sync::MutationContext context{
            .user = rights_.user, .editTimeMs = isRelease ? batch_.nowMs() : stamp_.editTimeMs};
        VF_TRY(auto changes, sync::runMutator(mutation_, context, changes_));
        for (RowChange& change : changes) {
            VF_CHECK(checkNew(change));
            VF_CHECK(checkRights(change));
            VF_CHECK(complete(change));
            VF_CHECK(mergeChange(change));
        }
        VF_CHECK(addEffects());
        VF_TRY(applied_.seq, changes_.apply());
        for (const auto& conflict : conflicts_) {
            VF_CHECK(batch_.store.addConflict(changes_.tenant(), conflict));
        }
        return std::move(applied_);
    }

private:
    [[nodiscard]] Result<bool> isVisible(const schema::Row& row) {
        VF_TRY(const auto scopes, changes_.scopesOf(row, schema::Facet::MAIN));
        return rights_.sees(scopes);
    }

    // Rows that exist must be in a scope of this person: what he cannot see does not exist.
    [[nodiscard]] Status checkVisible() {
        VF_TRY(const auto keys, sync::touchedRows(mutation_));
        for (const RowKey& key : keys) {
            const RecordInfo* info = schema::recordByNumber(key.table);
            if (info == nullptr) {
                return fail(ErrorCode::Invalid, "table");
            }
            VF_TRY(const auto* row, changes_.find(*info, key.id));
            if (row != nullptr) {
                VF_TRY(const bool visible, isVisible(row->row));
                if (!visible) {
                    return fail(ErrorCode::NotFound, info->table);
                }
            }
        }
        return {};
    }

    // Nothing is created over a row, whatever a mutator says: rights to a new row are none to an
    // old one.
    [[nodiscard]] Status checkNew(const RowChange& change) {
        if (!change.create) {
            return {};
        }
        VF_TRY(const auto* row, changes_.find(*change.info, change.id));
        return row == nullptr ? Status() : fail(ErrorCode::Duplicate, change.info->table);
    }

    [[nodiscard]] Status checkRights(const RowChange& change) {
        if (mutation_.name() == sync::kEdit && !change.info->deskEdits) {
            return fail(ErrorCode::Forbidden, change.info->table);
        }
        if (isA<Lead>(change) && mutation_.name() != sync::kCreate) {
            return checkLeadRight(change.id);
        }
        if (isA<record::IntakeMessage>(change)) {
            VF_TRY(const auto message, changes_.load<record::IntakeMessage>(change.id));
            return message && rights_.manages(message->site_id())
                       ? Status()
                       : fail(ErrorCode::Forbidden, "intake message");
        }
        if (mutation_.name() == sync::kCreate || mutation_.name() == sync::kEdit) {
            VF_CHECK(checkSite(change));
            return checkReferences(change);
        }
        return {};
    }

    // PROTOCOL.md section 3: the owner, or a manager of the site; without an owner the manager.
    [[nodiscard]] Status checkLeadRight(RowId id) {
        VF_TRY(const auto lead, changes_.load<Lead>(id));
        if (!lead) {
            return fail(ErrorCode::NotFound, "lead");
        }
        const bool owns = !lead->owner_id().empty() && lead->owner_id() == rights_.user.view();
        if ((owns && rights_.worksAt(lead->site_id())) || rights_.manages(lead->site_id())) {
            return {};
        }
        return fail(ErrorCode::Forbidden, "lead of somebody else");
    }

    [[nodiscard]] static bool names(const RowChange& change, const FieldDescriptor* field) {
        return change.create || std::ranges::find(change.fields, field) != change.fields.end();
    }

    // A record is made at, and moved to, a site of this person only.
    [[nodiscard]] Status checkSite(const RowChange& change) {
        const FieldDescriptor* field = change.info->descriptor->FindFieldByName("site_id");
        if (field == nullptr || !names(change, field)) {
            return {};
        }
        const std::string site = change.values->GetReflection()->GetString(*change.values, field);
        return rights_.worksAt(site) ? Status() : fail(ErrorCode::Forbidden, "site");
    }

    [[nodiscard]] Status checkReferences(const RowChange& change) {
        for (int i = 0; i < change.info->descriptor->field_count(); ++i) {
            const FieldDescriptor* field = change.info->descriptor->field(i);
            const auto& rule = schema::ruleOf(field);
            if (rule.references().empty() || !names(change, field)) {
                continue;
            }
            const std::string target =
                change.values->GetReflection()->GetString(*change.values, field);
            if (target.empty()) {
                continue;
            }
            const RecordInfo* info = schema::recordByTable(rule.references());
            VF_TRY(const auto* row, changes_.find(*info, rowId(target)));
            if (row == nullptr || row->row.isDeleted()) {
                return fail(ErrorCode::NotFound, field->full_name());
            }
            VF_TRY(const bool visible, isVisible(row->row));
            if (!visible) {
                return fail(ErrorCode::NotFound, field->full_name());
            }
        }
        return {};
    }

    // What only the server knows about a new or changed row.
    [[nodiscard]] Status complete(RowChange& change) {
        return isA<record::Activity>(change) ? completeActivity(change) : Status();
    }

    [[nodiscard]] Status completeActivity(RowChange& change) {
        auto& activity = static_cast<record::Activity&>(*change.values);
        VF_TRY(const auto lead, changes_.load<Lead>(rowId(activity.lead_id())));
        if (!lead) {
            return {};
        }
        // Its line in the timeline must not tell whose lead it is before the first claim.
        if (lead->first_claim_ms() == 0) {
            activity.clear_customer_id();
        }
        if (!activity.message().empty() && lead->owner_id() != rights_.user.view() &&
            !rights_.manages(lead->site_id())) {
            return fail(ErrorCode::Forbidden, "message of somebody else's lead");
        }
        return {};
    }

    [[nodiscard]] Status mergeChange(const RowChange& change) {
        VF_TRY(const Seq seq, changes_.nextSeq());
        VF_TRY(store::StoredRow row, changes_.open(*change.info, change.id));
        stored::FieldStamps stamps;
        if (!stamps.ParseFromString(row.stamps)) {
            return fail(ErrorCode::Corrupt, "stamps of a row");
        }
        const stored::FieldStamps before = stamps;
        const auto outcome =
            sync::merge(change, stamp_, Seq(mutation_.base_rev()), seq, row.row, stamps);
        for (const auto& lost : outcome.lost) {
            noteConflict(change, lost, before, seq);
        }
        row.stamps = schema::encode(stamps);
        if (isA<record::ContactPoint>(change)) {
            deriveCanonical(row.row);
        }
        VF_CHECK(followCustomer<record::ContactPoint>(row.row));
        VF_CHECK(followCustomer<record::Vehicle>(row.row));
        return changes_.put(std::move(row));
    }

    // What belongs to a customer is at his site, whatever the desk knew of it. Derived, never
    // merged, like the canonical contact.
    template <class T>
    [[nodiscard]] Status followCustomer(schema::Row& row) {
        if (&row.info() != &schema::recordOf<T>()) {
            return {};
        }
        auto& main = static_cast<T&>(row.facet(schema::Facet::MAIN));
        VF_TRY(const auto customer, changes_.load<record::Customer>(rowId(main.customer_id())));
        if (customer && main.site_id() != customer->site_id()) {
            main.set_site_id(customer->site_id());
        }
        return {};
    }

    // It follows from the values that won the merge and is never merged itself: it has no stamp,
    // and no desk is told of a conflict on it.
    static void deriveCanonical(schema::Row& row) {
        auto point = row.as<record::ContactPoint>();
        point.set_canonical(canonicalContact(point.kind(), point.value()));
        row.setField(
            row.info().descriptor->FindFieldByNumber(record::ContactPoint::kCanonicalFieldNumber),
            point);
    }

    void noteConflict(const RowChange& change, const sync::LostValue& lost,
                      const stored::FieldStamps& before, Seq seq) {
        const auto number = static_cast<std::uint32_t>(lost.field->number());
        store::Conflict conflict{.table = change.info->number,
                                 .id = change.id,
                                 .field = number,
                                 .loser = lost.loser,
                                 .seq = seq,
                                 .replica = stamp_.replica,
                                 .mid = stamp_.mid,
                                 .editTimeMs = stamp_.editTimeMs};
        if (lost.incoming) {
            applied_.lostFields.push_back(number);
        } else {
            const auto held =
                std::ranges::find(before.stamps(), number, &stored::FieldStamp::field);
            if (held != before.stamps().end()) {
                conflict.replica = ReplicaId::fromBytes(held->replica()).value_or(ReplicaId());
                conflict.mid = Mid(held->mid());
                conflict.editTimeMs = held->edit_time_ms();
            }
        }
        conflicts_.push_back(std::move(conflict));
    }

    // Effects that a desk does not foresee.
    [[nodiscard]] Status addEffects() {
        if (mutation_.name() == sync::kLeadRelease) {
            wire::LeadReleaseArgs args;
            VF_CHECK(schema::parseBounded(args, mutation_.args()));
            VF_TRY(const auto lead, changes_.load<Lead>(rowId(args.lead_id())));
            return addOwnerChange(batch_, changes_, rowId(args.lead_id()), *lead,
                                  rights_.user.view(), "released");
        }
        if (mutation_.name() == sync::kIntakeConvert) {
            wire::IntakeConvertArgs args;
            VF_CHECK(schema::parseBounded(args, mutation_.args()));
            return convertMessage(batch_, changes_, args);
        }
        return {};
    }

    Batch& batch_;
    const Rights& rights_;
    const wire::Mutation& mutation_;
    ChangeSet changes_;
    sync::EditStamp stamp_;
    Applied applied_;
    std::vector<store::Conflict> conflicts_;
};

}  // namespace

Result<Applied> applyMutation(Batch& batch, TenantId tenant, const Rights& rights,
                              ReplicaId replica, const wire::Mutation& mutation) {
    MutationRun run(batch, tenant, rights, replica, mutation);
    return run.run();
}

}  // namespace vorfahrt::server::service
