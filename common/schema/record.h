// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "common/base/result.h"
#include "common/schema/options.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::schema {

// Bumped when a desk must know more than protobuf's own tolerance gives it.
inline constexpr std::uint32_t kSchemaVersion = 1;

inline constexpr std::array kFacets{Facet::MAIN, Facet::PRIVATE, Facet::SERVER};

enum class ColumnType { Blob, Text, Integer };

// A field that has a column of its own ("c_" + field name).
struct Column {
    const google::protobuf::FieldDescriptor* field = nullptr;
    Facet facet = Facet::MAIN;
    ColumnType type = ColumnType::Blob;
    bool indexed = false;
    std::string name;
};

// A text that the search of a desk finds the row by: a field, or a part of a composite one.
struct SearchField {
    const google::protobuf::FieldDescriptor* field = nullptr;
    const google::protobuf::FieldDescriptor* part = nullptr;  // of the field's message; or null
    Facet facet = Facet::MAIN;
    SearchKind kind = SEARCH_NOT;
    std::uint32_t weight = 1;
};

// A reference along which search terms go from row to row.
struct SearchLink {
    const Column* column = nullptr;  // holds the id of a row of `target`
    std::string target;              // table
    bool takesNames = false;         // target's names find this row
    bool givesTerms = false;         // this row's texts find the target
};

// One kind of record, read once from its descriptor. Immutable, lives for the whole program.
struct RecordInfo {
    std::uint32_t number = 0;
    std::string table;
    const google::protobuf::Message* prototype = nullptr;
    const google::protobuf::Descriptor* descriptor = nullptr;
    bool appendOnly = false;
    bool deskCreates = false;  // by record.create
    bool deskEdits = false;    // by record.edit
    bool hasFacet[3] = {false, false, false};
    std::vector<Column> columns;
    const google::protobuf::FieldDescriptor* hides = nullptr;  // a bool of the main facet, or null
    bool searched = false;                                     // its rows are results of the search
    std::vector<SearchField> searchFields;
    std::vector<SearchLink> searchLinks;

    [[nodiscard]] bool has(Facet facet) const { return hasFacet[facet]; }
    [[nodiscard]] std::unique_ptr<google::protobuf::Message> make() const {
        return std::unique_ptr<google::protobuf::Message>(prototype->New());
    }
    [[nodiscard]] const Column* column(std::string_view fieldName) const;
};

// All record kinds, ordered by number. Built on first use; thread-safe.
[[nodiscard]] std::span<const RecordInfo> records();
[[nodiscard]] const RecordInfo* recordByNumber(std::uint32_t number);
[[nodiscard]] const RecordInfo* recordByTable(std::string_view table);
// The info of a generated record class; asserts that T is a record.
[[nodiscard]] const RecordInfo& recordOf(const google::protobuf::Descriptor* descriptor);
template <class T>
[[nodiscard]] const RecordInfo& recordOf() {
    return recordOf(T::descriptor());
}

// By the field with the rule `hides`; `main` is the main facet or the whole record.
[[nodiscard]] bool isHidden(const RecordInfo& info, const google::protobuf::Message& main);

[[nodiscard]] const FieldRule& ruleOf(const google::protobuf::FieldDescriptor* field);

// Value of a column's field, for binding and for comparing. Exactly one member matters, by type.
struct ColumnValue {
    ColumnType type = ColumnType::Blob;
    std::int64_t integer = 0;
    std::string text;

    friend bool operator==(const ColumnValue&, const ColumnValue&) = default;
};
[[nodiscard]] ColumnValue columnValue(const google::protobuf::Message& record,
                                      const Column& column);

// The text of a search field; empty where it is not set. May point into the record or to `scratch`.
[[nodiscard]] std::string_view searchText(const google::protobuf::Message& record,
                                          const SearchField& field, std::string& scratch);

}  // namespace vorfahrt::schema
