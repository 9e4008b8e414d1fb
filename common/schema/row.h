// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/record.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace vorfahrt::schema {

// A row of a record table as a value: one message of the record's type per facet, each holding only
// the fields of that facet (and, on an older desk, the unknown fields of a newer server: because
// facets are kept apart they can never end in the wrong one).
class Row {
public:
    Row(const RecordInfo& info, RowId id);
    Row(const Row& other);
    Row& operator=(const Row& other);
    Row(Row&&) noexcept = default;
    Row& operator=(Row&&) noexcept = default;
    ~Row() = default;

    [[nodiscard]] const RecordInfo& info() const { return *info_; }
    [[nodiscard]] RowId id() const { return id_; }
    [[nodiscard]] bool isDeleted() const { return deleted_; }
    void setDeleted(bool deleted) { deleted_ = deleted; }

    // Position of the last change of a facet; 0: the facet is not here.
    [[nodiscard]] Seq rev(Facet facet) const { return revs_[facet]; }
    void setRev(Facet facet, Seq rev) { revs_[facet] = rev; }

    // Never null; empty where the facet is not here.
    [[nodiscard]] const google::protobuf::Message& facet(Facet facet) const {
        return *facets_[facet];
    }
    [[nodiscard]] google::protobuf::Message& facet(Facet facet) { return *facets_[facet]; }

    // Replaces a facet by its encoded form. Fields of other facets in it are an error (Invalid).
    [[nodiscard]] Status setFacet(Facet facet, std::string_view body);
    [[nodiscard]] std::string body(Facet facet) const;

    // All facets in one message, typed. For reading and rules.
    template <class T>
    [[nodiscard]] T as() const {
        T out;
        mergeInto(out);
        return out;
    }
    // Distributes the fields of a whole record over the facets.
    void assign(const google::protobuf::Message& record);

    // Copies (or clears) one field from `from` into the facet that the schema names.
    void setField(const google::protobuf::FieldDescriptor* field,
                  const google::protobuf::Message& from);

private:
    void mergeInto(google::protobuf::Message& out) const;

    const RecordInfo* info_;
    RowId id_;
    bool deleted_ = false;
    std::array<Seq, 3> revs_{};
    std::array<std::unique_ptr<google::protobuf::Message>, 3> facets_;
};

// Copies one field between two messages of one type; absent in `from` means cleared in `to`.
void copyField(const google::protobuf::FieldDescriptor* field,
               const google::protobuf::Message& from, google::protobuf::Message& to);
[[nodiscard]] bool equalField(const google::protobuf::FieldDescriptor* field,
                              const google::protobuf::Message& a,
                              const google::protobuf::Message& b);

// Bounded parse: no more than 64 MiB and 32 levels; Invalid where it is not the record.
[[nodiscard]] Status parseBounded(google::protobuf::Message& into, std::string_view bytes);
// The same bytes for the same value, so that copies can be compared.
[[nodiscard]] std::string encode(const google::protobuf::Message& message);

}  // namespace vorfahrt::schema
