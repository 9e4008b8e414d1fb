// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sync/merge.h"

#include "common/base/assert.h"
#include "common/schema/customer.pb.h"

#include <algorithm>
#include <tuple>

namespace vorfahrt::sync {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

stored::FieldStamp* findStamp(stored::FieldStamps& stamps, int field) {
    for (auto& stamp : *stamps.mutable_stamps()) {
        if (stamp.field() == static_cast<std::uint32_t>(field)) {
            return &stamp;
        }
    }
    return nullptr;
}

std::string encodeField(const FieldDescriptor* field, const Message& from) {
    const std::unique_ptr<Message> single(from.New());
    schema::copyField(field, from, *single);
    return schema::encode(*single);
}

bool isLater(const EditStamp& edit, const stored::FieldStamp& held) {
    return std::tuple(edit.editTimeMs, std::string(edit.replica.view()), value(edit.mid)) >
           std::tuple(held.edit_time_ms(), held.replica(), held.mid());
}

bool isWithdrawn(const FieldDescriptor* field, const Message& record) {
    VF_ASSERT(field->message_type() == record::Consent::descriptor());
    record::Consent consent;
    consent.CopyFrom(record.GetReflection()->GetMessage(record, field));
    return consent.state() == record::CONSENT_WITHDRAWN;
}

// Of two concurrent edits.
bool winsOver(const FieldDescriptor* field, const Message& incoming, const EditStamp& edit,
              const Message& current, const stored::FieldStamp& held) {
    if (schema::ruleOf(field).merge() == schema::Merge::RESTRICTIVE) {
        const bool withdraws = isWithdrawn(field, incoming);
        if (withdraws != isWithdrawn(field, current)) {
            return withdraws;
        }
    }
    return isLater(edit, held);
}

void writeStamp(const EditStamp& edit, Seq seq, int field, bool concurrent,
                stored::FieldStamps& stamps) {
    stored::FieldStamp* stamp = findStamp(stamps, field);
    std::int64_t time = edit.editTimeMs;
    if (stamp == nullptr) {
        stamp = stamps.add_stamps();
        stamp->set_field(static_cast<std::uint32_t>(field));
    } else if (!concurrent) {
        // An edit of what was seen is later than it, whatever its clock said. A concurrent one
        // keeps its own time, so that every order of arrival ends in the same state.
        time = std::max(time, stamp->edit_time_ms() + 1);
    }
    stamp->set_edit_time_ms(time);
    stamp->set_seq(value(seq));
    stamp->set_replica(edit.replica.bytes());
    stamp->set_mid(value(edit.mid));
}

// What the desk can have seen of the row.
Seq seenRev(Seq baseRev, const schema::Row& row) {
    const Seq newest = std::max(row.rev(schema::Facet::MAIN), row.rev(schema::Facet::PRIVATE));
    return baseRev > newest ? Seq(0) : baseRev;
}

}  // namespace

MergeOutcome merge(const RowChange& change, const EditStamp& edit, Seq baseRev, Seq seq,
                   schema::Row& row, stored::FieldStamps& stamps) {
    VF_ASSERT(&row.info() == change.info);
    MergeOutcome outcome;
    if (change.create) {
        row.assign(*change.values);
        outcome.changed = true;
        return outcome;
    }
    const Seq seen = seenRev(baseRev, row);
    for (const FieldDescriptor* field : change.fields) {
        const auto& rule = schema::ruleOf(field);
        const Message& current = row.facet(rule.facet());
        const bool differs = !schema::equalField(field, current, *change.values);
        // No default: a new rule says here how it is merged, or it does not compile.
        switch (rule.merge()) {
            case schema::Merge::LATER_EDIT:
            case schema::Merge::RESTRICTIVE: {
                const stored::FieldStamp* held = findStamp(stamps, field->number());
                const bool concurrent = held != nullptr && held->seq() > value(seen);
                const bool wins =
                    !concurrent || winsOver(field, *change.values, edit, current, *held);
                if (concurrent && differs) {
                    outcome.lost.push_back(
                        {.field = field,
                         .loser = encodeField(field, wins ? current : *change.values),
                         .incoming = !wins});
                }
                if (!wins) {
                    continue;
                }
                writeStamp(edit, seq, field->number(), concurrent, stamps);
                break;
            }
            // Checked against the current row by the mutator, or written by the server alone.
            case schema::Merge::TRANSITION:
            case schema::Merge::CAS:
            case schema::Merge::APPEND: break;
            case schema::Merge_INT_MIN_SENTINEL_DO_NOT_USE_:
            case schema::Merge_INT_MAX_SENTINEL_DO_NOT_USE_: continue;
        }
        if (differs) {
            row.setField(field, *change.values);
            outcome.changed = true;
        }
    }
    return outcome;
}

}  // namespace vorfahrt::sync
