// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/schema/row.h"

#include "common/base/assert.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/message_differencer.h>

namespace vorfahrt::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kMaxBytes = 64 * 1024 * 1024;
constexpr int kMaxDepth = 32;

// A field that is set in `from`, singular and no message.
void copyScalar(const FieldDescriptor* field, const Message& from, Message& to) {
    const auto* source = from.GetReflection();
    const auto* target = to.GetReflection();
    switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            target->SetString(&to, field, source->GetString(from, field));
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            target->SetBool(&to, field, source->GetBool(from, field));
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            target->SetEnumValue(&to, field, source->GetEnumValue(from, field));
            break;
        case FieldDescriptor::CPPTYPE_INT32:
            target->SetInt32(&to, field, source->GetInt32(from, field));
            break;
        case FieldDescriptor::CPPTYPE_INT64:
            target->SetInt64(&to, field, source->GetInt64(from, field));
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            target->SetUInt32(&to, field, source->GetUInt32(from, field));
            break;
        case FieldDescriptor::CPPTYPE_UINT64:
            target->SetUInt64(&to, field, source->GetUInt64(from, field));
            break;
        case FieldDescriptor::CPPTYPE_DOUBLE:
            target->SetDouble(&to, field, source->GetDouble(from, field));
            break;
        case FieldDescriptor::CPPTYPE_FLOAT:
            target->SetFloat(&to, field, source->GetFloat(from, field));
            break;
        case FieldDescriptor::CPPTYPE_MESSAGE: VF_ASSERT(!"a message is no scalar"); break;
    }
}

}  // namespace

void copyField(const FieldDescriptor* field, const Message& from, Message& to) {
    const auto* reflection = from.GetReflection();
    if (field->is_repeated() ? reflection->FieldSize(from, field) == 0
                             : !reflection->HasField(from, field)) {
        to.GetReflection()->ClearField(&to, field);
        return;
    }
    if (!field->is_repeated() && field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
        copyScalar(field, from, to);
        return;
    }
    to.GetReflection()->ClearField(&to, field);
    // A message with this one field, merged: covers every type without a case for each.
    const std::unique_ptr<Message> single(from.New());
    const std::unique_ptr<Message> copy(from.New());
    copy->MergeFrom(from);
    copy->GetReflection()->SwapFields(copy.get(), single.get(), {field});
    to.MergeFrom(*single);
}

bool equalField(const FieldDescriptor* field, const Message& a, const Message& b) {
    if (!field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        const auto* reflection = a.GetReflection();
        std::string left;
        std::string right;
        return reflection->HasField(a, field) == reflection->HasField(b, field) &&
               reflection->GetStringReference(a, field, &left) ==
                   reflection->GetStringReference(b, field, &right);
    }
    const std::unique_ptr<Message> left(a.New());
    const std::unique_ptr<Message> right(b.New());
    copyField(field, a, *left);
    copyField(field, b, *right);
    return google::protobuf::util::MessageDifferencer::Equals(*left, *right);
}

Status parseBounded(Message& into, std::string_view bytes) {
    if (bytes.size() > static_cast<std::size_t>(kMaxBytes)) {
        return fail(ErrorCode::BadFrame, "message too large");
    }
    google::protobuf::io::CodedInputStream stream(
        reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    stream.SetRecursionLimit(kMaxDepth);
    if (!into.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
        return fail(ErrorCode::BadFrame, "not a " + into.GetTypeName());
    }
    return {};
}

std::string encode(const Message& message) {
    std::string out;
    out.reserve(message.ByteSizeLong());
    google::protobuf::io::StringOutputStream sink(&out);
    google::protobuf::io::CodedOutputStream stream(&sink);
    stream.SetSerializationDeterministic(true);
    VF_ASSERT(message.SerializeToCodedStream(&stream));
    stream.Trim();
    return out;
}

Row::Row(const RecordInfo& info, RowId id)
    : info_(&info),
      id_(id) {
    for (auto& facet : facets_) {
        facet = info.make();
    }
}

Row::Row(const Row& other)
    : info_(other.info_),
      id_(other.id_),
      deleted_(other.deleted_),
      revs_(other.revs_) {
    for (std::size_t i = 0; i < facets_.size(); ++i) {
        facets_[i] = info_->make();
        // Into a new message the same as CopyFrom, without its search for the source within itself.
        facets_[i]->MergeFrom(*other.facets_[i]);
    }
}

Row& Row::operator=(const Row& other) {
    if (this != &other) {
        *this = Row(other);
    }
    return *this;
}

Status Row::setFacet(Facet facet, std::string_view body) {
    auto message = info_->make();
    VF_CHECK(parseBounded(*message, body));
    std::vector<const FieldDescriptor*> set;
    message->GetReflection()->ListFields(*message, &set);
    for (const FieldDescriptor* field : set) {
        if (ruleOf(field).facet() != facet) {
            return fail(ErrorCode::Invalid, "field of another facet: " + field->full_name());
        }
    }
    facets_[facet] = std::move(message);
    return {};
}

std::string Row::body(Facet facet) const {
    return encode(*facets_[facet]);
}

void Row::assign(const Message& record) {
    VF_ASSERT(record.GetDescriptor() == info_->descriptor);
    for (auto& facet : facets_) {
        facet->Clear();
    }
    std::vector<const FieldDescriptor*> set;
    record.GetReflection()->ListFields(record, &set);
    const std::unique_ptr<Message> copy(record.New());
    copy->MergeFrom(record);
    for (const FieldDescriptor* field : set) {
        Message& target = *facets_[ruleOf(field).facet()];
        copy->GetReflection()->SwapFields(copy.get(), &target, {field});
    }
}

void Row::setField(const FieldDescriptor* field, const Message& from) {
    copyField(field, from, *facets_[ruleOf(field).facet()]);
}

void Row::mergeInto(Message& out) const {
    VF_ASSERT(out.GetDescriptor() == info_->descriptor);
    for (const auto& facet : facets_) {
        out.MergeFrom(*facet);
    }
}

}  // namespace vorfahrt::schema
