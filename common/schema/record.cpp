// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/schema/record.h"

#include "common/base/assert.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"

#include <algorithm>
#include <unordered_map>

namespace vorfahrt::schema {
namespace {

using google::protobuf::FieldDescriptor;

ColumnType columnTypeOf(const FieldDescriptor* field) {
    switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            return field->type() == FieldDescriptor::TYPE_BYTES ? ColumnType::Blob
                                                                : ColumnType::Text;
        case FieldDescriptor::CPPTYPE_MESSAGE:
        case FieldDescriptor::CPPTYPE_DOUBLE:
        case FieldDescriptor::CPPTYPE_FLOAT:
            VF_ASSERT(!"this type of field cannot be a column");
            return ColumnType::Blob;
        default: return ColumnType::Integer;
    }
}

void describeSearch(const FieldDescriptor* field, const FieldRule& rule, RecordInfo& info) {
    const Search& search = rule.search();
    SearchField found{.field = field,
                      .part = nullptr,
                      .facet = rule.facet(),
                      .kind = search.kind(),
                      .weight = std::max(1U, search.weight())};
    if (search.kind() != SEARCH_NOT) {
        VF_ASSERT(!field->is_repeated() && rule.facet() != Facet::SERVER);
        if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
            VF_ASSERT(field->type() == FieldDescriptor::TYPE_STRING ||
                      field->type() == FieldDescriptor::TYPE_UINT64);
            info.searchFields.push_back(found);
            return;
        }
        for (int i = 0; i < field->message_type()->field_count(); ++i) {
            found.part = field->message_type()->field(i);
            if (found.part->type() == FieldDescriptor::TYPE_STRING) {
                info.searchFields.push_back(found);
            }
        }
    }
}

// After all columns, whose addresses are kept.
void describeSearchLinks(RecordInfo& info) {
    for (const Column& column : info.columns) {
        const FieldRule& rule = ruleOf(column.field);
        if (rule.search().takes_names() || rule.search().gives_terms()) {
            VF_ASSERT(column.indexed && !rule.references().empty());
            info.searchLinks.push_back({.column = &column,
                                        .target = rule.references(),
                                        .takesNames = rule.search().takes_names(),
                                        .givesTerms = rule.search().gives_terms()});
        }
    }
}

RecordInfo describe(const google::protobuf::Message& prototype) {
    RecordInfo info;
    info.prototype = &prototype;
    info.descriptor = prototype.GetDescriptor();
    const RecordRule& rule = info.descriptor->options().GetExtension(schema::record_rule);
    info.number = rule.number();
    info.table = rule.table();
    info.appendOnly = rule.merge() == Merge::APPEND;
    info.searched = rule.searched();
    info.deskCreates = rule.desk_creates();
    info.deskEdits = rule.desk_edits();
    VF_ASSERT(!(info.appendOnly && info.deskEdits));
    VF_ASSERT(info.number > 0 && !info.table.empty());
    info.hasFacet[Facet::MAIN] = true;
    for (int i = 0; i < info.descriptor->field_count(); ++i) {
        const FieldDescriptor* field = info.descriptor->field(i);
        const FieldRule& fieldRule = ruleOf(field);
        info.hasFacet[fieldRule.facet()] = true;
        describeSearch(field, fieldRule, info);
        if (fieldRule.hides()) {
            VF_ASSERT(field->type() == FieldDescriptor::TYPE_BOOL &&
                      fieldRule.facet() == Facet::MAIN && info.hides == nullptr);
            info.hides = field;
        }
        if (fieldRule.column()) {
            VF_ASSERT(!field->is_repeated());
            info.columns.push_back({.field = field,
                                    .facet = fieldRule.facet(),
                                    .type = columnTypeOf(field),
                                    .indexed = fieldRule.index(),
                                    .name = "c_" + field->name()});
        }
    }
    return info;
}

// The explicit list: a record that is not here does not exist.
std::vector<RecordInfo> describeAll() {
    std::vector<RecordInfo> all;
    for (const google::protobuf::Message* prototype :
         std::initializer_list<const google::protobuf::Message*>{
             &record::Tenant::default_instance(), &record::Site::default_instance(),
             &record::Department::default_instance(), &record::Team::default_instance(),
             &record::User::default_instance(), &record::Grant::default_instance(),
             &record::Customer::default_instance(), &record::ContactPoint::default_instance(),
             &record::Vehicle::default_instance(), &record::Source::default_instance(),
             &record::Lead::default_instance(), &record::IntakeMessage::default_instance(),
             &record::Activity::default_instance(), &record::Task::default_instance()}) {
        all.push_back(describe(*prototype));
    }
    std::ranges::sort(all, {}, &RecordInfo::number);
    for (RecordInfo& info : all) {
        describeSearchLinks(info);
    }
    return all;
}

const std::vector<RecordInfo>& all() {
    static const std::vector<RecordInfo> kAll = describeAll();
    return kAll;
}

}  // namespace

const Column* RecordInfo::column(std::string_view fieldName) const {
    const auto it = std::ranges::find_if(
        columns, [&](const Column& c) { return c.field->name() == fieldName; });
    return it == columns.end() ? nullptr : &*it;
}

bool isHidden(const RecordInfo& info, const google::protobuf::Message& main) {
    return info.hides != nullptr && main.GetReflection()->GetBool(main, info.hides);
}

std::span<const RecordInfo> records() {
    return all();
}

const RecordInfo* recordByNumber(std::uint32_t number) {
    const auto it = std::ranges::lower_bound(all(), number, {}, &RecordInfo::number);
    return it != all().end() && it->number == number ? &*it : nullptr;
}

const RecordInfo* recordByTable(std::string_view table) {
    const auto it = std::ranges::find(all(), table, &RecordInfo::table);
    return it == all().end() ? nullptr : &*it;
}

const RecordInfo& recordOf(const google::protobuf::Descriptor* descriptor) {
    static const auto kByDescriptor = [] {
        std::unordered_map<const google::protobuf::Descriptor*, const RecordInfo*> map;
        for (const RecordInfo& info : all()) {
            map.emplace(info.descriptor, &info);
        }
        return map;
    }();
    const auto it = kByDescriptor.find(descriptor);
    VF_ASSERT(it != kByDescriptor.end());
    return *it->second;
}

const FieldRule& ruleOf(const google::protobuf::FieldDescriptor* field) {
    return field->options().GetExtension(schema::field_rule);
}

ColumnValue columnValue(const google::protobuf::Message& record, const Column& column) {
    const auto* reflection = record.GetReflection();
    const FieldDescriptor* field = column.field;
    ColumnValue value{.type = column.type, .integer = 0, .text = {}};
    switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            value.text = reflection->GetString(record, field);
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            value.integer = reflection->GetBool(record, field) ? 1 : 0;
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            value.integer = reflection->GetEnumValue(record, field);
            break;
        case FieldDescriptor::CPPTYPE_INT32:
            value.integer = reflection->GetInt32(record, field);
            break;
        case FieldDescriptor::CPPTYPE_INT64:
            value.integer = reflection->GetInt64(record, field);
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            value.integer = reflection->GetUInt32(record, field);
            break;
        case FieldDescriptor::CPPTYPE_UINT64:
            value.integer = static_cast<std::int64_t>(reflection->GetUInt64(record, field));
            break;
        default: VF_ASSERT(!"not a column type");
    }
    return value;
}

std::string_view searchText(const google::protobuf::Message& record, const SearchField& field,
                            std::string& scratch) {
    const google::protobuf::Message* holder = &record;
    const FieldDescriptor* leaf = field.field;
    if (field.part != nullptr) {
        if (!record.GetReflection()->HasField(record, field.field)) {
            return {};
        }
        holder = &record.GetReflection()->GetMessage(record, field.field);
        leaf = field.part;
    }
    if (leaf->type() == FieldDescriptor::TYPE_UINT64) {
        const std::uint64_t number = holder->GetReflection()->GetUInt64(*holder, leaf);
        scratch = number == 0 ? std::string() : std::to_string(number);
        return scratch;
    }
    return holder->GetReflection()->GetStringReference(*holder, leaf, &scratch);
}

}  // namespace vorfahrt::schema
