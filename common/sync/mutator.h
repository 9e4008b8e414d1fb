// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/row.h"
#include "common/schema/sync.pb.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace vorfahrt::sync {

// Names of PROTOCOL.md section 3.
inline constexpr std::string_view kCreate = "record.create";
inline constexpr std::string_view kEdit = "record.edit";
inline constexpr std::string_view kLeadMove = "lead.move";
inline constexpr std::string_view kLeadRelease = "lead.release";
inline constexpr std::string_view kIntakeDismiss = "intake.dismiss";
inline constexpr std::string_view kIntakeConvert = "intake.convert";

struct RowKey {
    std::uint32_t table = 0;
    RowId id;
    friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

// Whether a desk may name this field in record.create (`creating`) or record.edit. The one rule for
// the mutators and for the commands that build their arguments.
[[nodiscard]] bool deskMaySet(const google::protobuf::FieldDescriptor* field, bool creating);

// What a mutation does to one row: these fields take the values of `values` (absent there:
// cleared).
struct RowChange {
    const schema::RecordInfo* info = nullptr;
    RowId id;
    bool create = false;
    std::unique_ptr<google::protobuf::Message> values;
    std::vector<const google::protobuf::FieldDescriptor*> fields;

    [[nodiscard]] RowKey key() const { return {info->number, id}; }
};

// Who acts, and when: on a desk its hybrid clock, on the server the clamped edit time.
struct MutationContext {
    UserId user;
    std::int64_t editTimeMs = 0;
};

// The rows as the caller sees them: on a desk the visible ones, on the server the current ones.
class RowReader {
public:
    virtual ~RowReader() = default;
    [[nodiscard]] virtual Result<std::optional<schema::Row>> read(const schema::RecordInfo& info,
                                                                  RowId id) = 0;
};

// The rows that a mutation reads or writes, from its arguments alone, so that a desk can replay per
// row. Malformed arguments are Invalid, an unknown name or version Unsupported.
[[nodiscard]] Result<std::vector<RowKey>> touchedRows(const wire::Mutation& mutation);

// The one implementation of every mutation, run by desk and server alike. Reads and changes
// touchedRows only (and the lead's site, which never changes under it). Rights are not its
// business: the server checks them. Errors: Invalid, Unsupported, NotFound, Duplicate,
// RejectedState, StaleToken.
[[nodiscard]] Result<std::vector<RowChange>> runMutator(const wire::Mutation& mutation,
                                                        const MutationContext& context,
                                                        RowReader& rows);

// Takes the change as it is (a desk's view; the server merges instead, merge.h).
void apply(const RowChange& change, schema::Row& row);

// Builds the wire form of a mutation's arguments.
[[nodiscard]] wire::Mutation makeMutation(std::string_view name,
                                          const google::protobuf::Message& args);
// An edit of the named fields of a record.
[[nodiscard]] wire::EditArgs editArgs(RowId id, const google::protobuf::Message& record,
                                      std::vector<int> fields, std::uint64_t claimToken = 0);

}  // namespace vorfahrt::sync
