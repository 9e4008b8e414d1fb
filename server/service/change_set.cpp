// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/change_set.h"

#include "common/base/assert.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/work.pb.h"
#include "server/feed/scopes.h"

#include <algorithm>

namespace vorfahrt::server::service {
namespace {

using schema::Facet;
using schema::RecordInfo;
using store::StoredRow;

// Far above what one lead can have; a bound against a broken database only.
constexpr int kMaxDependents = 100'000;

std::string_view leadIdOf(const schema::Row& row) {
    if (&row.info() == &schema::recordOf<record::Activity>()) {
        return static_cast<const record::Activity&>(row.facet(Facet::MAIN)).lead_id();
    }
    if (&row.info() == &schema::recordOf<record::IntakeMessage>()) {
        return static_cast<const record::IntakeMessage&>(row.facet(Facet::PRIVATE)).lead_id();
    }
    return {};
}

schema::ColumnValue blob(std::string_view bytes) {
    return {.type = schema::ColumnType::Blob, .integer = 0, .text = std::string(bytes)};
}

bool isEmpty(const google::protobuf::Message& message) {
    return message.ByteSizeLong() == 0;
}

}  // namespace

RowId rowId(std::string_view bytes) {
    return RowId::fromBytes(bytes).value_or(RowId());
}

Result<Seq> ChangeSet::nextSeq() {
    if (!seq_) {
        VF_TRY(const auto head, store_.head(tenant_));
        if (!head) {
            return fail(ErrorCode::NotFound, "tenant");
        }
        seq_ = Seq(value(head->seq) + 1);
    }
    return *seq_;
}

Result<ChangeSet::Slot*> ChangeSet::slot(const RecordInfo& info, RowId id) {
    const auto [it, isNew] = slots_.try_emplace({info.number, id});
    if (isNew) {
        auto row = store_.readRow(tenant_, info, id);
        if (!row) {
            slots_.erase(it);
            return fail(std::move(row).error());
        }
        it->second.before = std::move(*row);
    }
    return &it->second;
}

Result<const StoredRow*> ChangeSet::find(const RecordInfo& info, RowId id) {
    if (id.isNone()) {
        return nullptr;
    }
    VF_TRY(const Slot* found, slot(info, id));
    const auto& row = found->after ? found->after : found->before;
    return row ? &*row : nullptr;
}

Result<std::optional<schema::Row>> ChangeSet::read(const RecordInfo& info, RowId id) {
    VF_TRY(const StoredRow* found, find(info, id));
    return found == nullptr ? std::optional<schema::Row>() : std::optional(found->row);
}

Status ChangeSet::put(StoredRow row) {
    VF_ASSERT(!row.row.id().isNone());
    VF_TRY(Slot * target, slot(row.row.info(), row.row.id()));
    target->after = std::move(row);
    target->touched = true;
    return {};
}

Result<StoredRow> ChangeSet::open(const RecordInfo& info, RowId id) {
    VF_TRY(const StoredRow* found, find(info, id));
    return found != nullptr ? *found : StoredRow{.row = schema::Row(info, id), .stamps = {}};
}

Status ChangeSet::save(const google::protobuf::Message& record, RowId id) {
    VF_TRY(StoredRow row, open(schema::recordOf(record.GetDescriptor()), id));
    row.row.assign(record);
    return put(std::move(row));
}

Status ChangeSet::erase(const RecordInfo& info, RowId id) {
    VF_TRY(const StoredRow* found, find(info, id));
    if (found == nullptr || found->row.isDeleted()) {
        return {};
    }
    StoredRow row = *found;
    row.row.setDeleted(true);
    return put(std::move(row));
}

Result<std::vector<std::string>> ChangeSet::scopesOf(const schema::Row& row, Facet facet) {
    const RowId leadId = rowId(leadIdOf(row));
    const schema::Row* lead = nullptr;
    if (!leadId.isNone()) {
        VF_TRY(const StoredRow* found, find(schema::recordOf<record::Lead>(), leadId));
        lead = found == nullptr ? nullptr : &found->row;
    }
    auto scopes = feed::scopesOf(row, facet, lead);
    std::ranges::sort(scopes);
    return scopes;
}

Status ChangeSet::addDependentsOf(RowId lead) {
    const auto bring = [&](const RecordInfo& info) -> Status {
        VF_TRY(const auto ids,
               store_.findRows(tenant_, info, "lead_id", blob(lead.view()), kMaxDependents));
        for (const RowId id : ids) {
            VF_TRY(Slot * dependent, slot(info, id));
            if (!dependent->after) {
                dependent->after = dependent->before;
            }
            dependent->touched = true;
        }
        return {};
    };
    VF_CHECK(bring(schema::recordOf<record::Activity>()));
    return bring(schema::recordOf<record::IntakeMessage>());
}

Status ChangeSet::addDependents() {
    const RecordInfo& info = schema::recordOf<record::Lead>();
    std::vector<RowId> moved;
    for (const auto& [key, held] : slots_) {
        if (key.table != info.number || !held.touched || !held.before) {
            continue;
        }
        const auto before = held.before->row.as<record::Lead>();
        const auto after = held.after->row.as<record::Lead>();
        if (before.owner_id() != after.owner_id() || before.site_id() != after.site_id() ||
            held.before->row.isDeleted() != held.after->row.isDeleted()) {
            moved.push_back(key.id);
        }
    }
    for (const RowId lead : moved) {
        VF_CHECK(addDependentsOf(lead));
    }
    return {};
}

template <class T>
Status ChangeSet::moveRows(RowId customer, std::string_view site) {
    const RecordInfo& info = schema::recordOf<T>();
    VF_TRY(const auto ids,
           store_.findRows(tenant_, info, "customer_id", blob(customer.view()), kMaxDependents));
    for (const RowId id : ids) {
        VF_TRY(StoredRow row, open(info, id));
        auto& main = static_cast<T&>(row.row.facet(Facet::MAIN));
        bool ofLead = false;
        if constexpr (requires { main.lead_id(); }) {
            ofLead = !main.lead_id().empty();  // stays with its lead
        }
        if (!row.row.isDeleted() && !ofLead && main.customer_id() == customer.view() &&
            main.site_id() != site) {
            main.set_site_id(std::string(site));
            VF_CHECK(put(std::move(row)));
        }
    }
    return {};
}

Status ChangeSet::moveWithCustomers() {
    std::vector<std::pair<RowId, std::string>> moved;
    for (const auto& [key, held] : slots_) {
        if (key.table != schema::recordOf<record::Customer>().number || !held.touched ||
            !held.before) {
            continue;
        }
        const auto site = held.after->row.as<record::Customer>().site_id();
        if (held.before->row.as<record::Customer>().site_id() != site) {
            moved.emplace_back(key.id, site);
        }
    }
    for (const auto& [customer, site] : moved) {
        VF_CHECK(moveRows<record::ContactPoint>(customer, site));
        VF_CHECK(moveRows<record::Vehicle>(customer, site));
        VF_CHECK(moveRows<record::Activity>(customer, site));
        VF_CHECK(moveRows<record::Task>(customer, site));
    }
    return {};
}

Status ChangeSet::writeEntries(const Slot& slot, Facet facet, bool changed, Seq seq) {
    const schema::Row& row = slot.after->row;
    std::vector<std::string> before;
    if (slot.before) {
        VF_TRY(before, store_.memberships(tenant_, row.info().number, row.id(), facet));
    }
    VF_TRY(const auto after, scopesOf(row, facet));
    store::LogEntry entry{.scope = {},
                          .table = row.info().number,
                          .id = row.id(),
                          .facet = facet,
                          .remove = false,
                          .seq = seq,
                          .rev = row.rev(facet)};
    for (const std::string& scope : after) {
        if (changed || !std::ranges::binary_search(before, scope)) {
            entry.scope = scope;
            VF_CHECK(store_.putEntry(tenant_, entry));
        }
    }
    entry.remove = true;
    for (const std::string& scope : before) {
        if (!std::ranges::binary_search(after, scope)) {
            entry.scope = scope;
            VF_CHECK(store_.putEntry(tenant_, entry));
        }
    }
    return {};
}

Status ChangeSet::writeSlot(Slot& slot, Seq seq) {
    schema::Row& row = slot.after->row;
    bool changed[3] = {false, false, false};
    bool any = !slot.before || slot.before->stamps != slot.after->stamps;
    for (const Facet facet : schema::kFacets) {
        if (!row.info().has(facet)) {
            continue;
        }
        if (!slot.before) {
            changed[facet] = facet == Facet::MAIN || !isEmpty(row.facet(facet));
        } else {
            changed[facet] =
                row.body(facet) != slot.before->row.body(facet) ||
                (facet == Facet::MAIN && row.isDeleted() != slot.before->row.isDeleted());
        }
        if (changed[facet]) {
            row.setRev(facet, seq);
            any = true;
        }
    }
    if (any) {
        VF_CHECK(slot.before ? store_.updateRow(tenant_, *slot.after, slot.before->row)
                             : store_.writeRow(tenant_, *slot.after));
    }
    for (const Facet facet : {Facet::MAIN, Facet::PRIVATE}) {
        if (row.info().has(facet) && row.rev(facet) != Seq(0)) {
            VF_CHECK(writeEntries(slot, facet, changed[facet], seq));
        }
    }
    return {};
}

Result<Seq> ChangeSet::apply() {
    VF_CHECK(addDependents());
    VF_CHECK(moveWithCustomers());
    // The keys first: looking up a lead for its dependents adds slots.
    std::vector<sync::RowKey> keys;
    for (const auto& [key, held] : slots_) {
        if (held.touched) {
            keys.push_back(key);
        }
    }
    VF_TRY(const Seq seq, nextSeq());
    VF_CHECK(store_.setHead(tenant_, seq));
    for (const auto& key : keys) {
        VF_CHECK(writeSlot(slots_.at(key), seq));
    }
    return seq;
}

}  // namespace vorfahrt::server::service
