// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/recording.h"

#include "common/base/assert.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/row.h"
#include "common/schema/sync.pb.h"

#include <QByteArray>
#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>
#include <zstd.h>

#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <string_view>

namespace vorfahrt::tests {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using Kind = RecordedLine::Kind;

// ------------------------------------------------------------------------------------ the file

Recording readRecording(const std::string& file) {
    Recording out;
    std::ifstream stream(file);
    if (!stream) {
        out.fault = "no file " + file;
    }
    for (std::string text; std::getline(stream, text);) {
        std::istringstream words(text);
        std::string first;
        std::string second;
        if (!(words >> first >> second) || first == "#") {
            continue;
        }
        RecordedLine line{.connection = first, .message = {}, .bytes = {}};
        std::string base64;
        if (first == "number") {
            PinnedNumber pin{.name = second, .type = {}};
            words >> pin.number >> pin.type;
            out.pins.push_back(std::move(pin));
            continue;
        }
        if (second == "open" || second == "close") {
            line.kind = second == "open" ? Kind::Open : Kind::Close;
        } else if ((second == "up" || second == "down") && words >> line.message) {
            line.kind = second == "up" ? Kind::Up : Kind::Down;
            words >> base64;
            const auto bytes = QByteArray::fromBase64Encoding(
                QByteArray::fromStdString(base64), QByteArray::AbortOnBase64DecodingErrors);
            line.bytes = bytes.decoded.toStdString();
            if (!bytes || line.bytes.empty()) {
                out.fault = text;
            }
            if (line.message == "close-frame") {
                continue;  // of the WebSocket
            }
        } else {
            out.fault = text;
        }
        out.lines.push_back(std::move(line));
    }
    return out;
}

std::string lineOf(const RecordedLine& line) {
    switch (line.kind) {
        case Kind::Open: return line.connection + " open\n";
        case Kind::Close: return line.connection + " close\n";
        default: break;
    }
    return fmt::format("{} {} {} {}\n", line.connection, line.kind == Kind::Up ? "up" : "down",
                       line.message,
                       QByteArray::fromStdString(line.bytes).toBase64().toStdString());
}

std::string lineOf(const PinnedNumber& pin) {
    return fmt::format("number {} {}{}{}\n", pin.name, pin.number, pin.type.empty() ? "" : " ",
                       pin.type);
}

// ------------------------------------------------------------------------------------- samples

namespace {

Sample record(std::uint32_t table, const std::string& body) {
    const schema::RecordInfo* info = schema::recordByNumber(table);
    return {.type = info == nullptr ? "unknown" : info->descriptor->full_name(), .bytes = body};
}

void addRows(const wire::Snapshot& chunk, std::vector<Sample>& out) {
    std::string raw(chunk.raw_bytes(), '\0');
    const std::size_t size =
        ZSTD_decompress(raw.data(), raw.size(), chunk.rows_zstd().data(), chunk.rows_zstd().size());
    wire::SnapshotRows rows;
    if (size != raw.size() || !rows.ParseFromString(raw)) {
        out.clear();
        return;
    }
    out.push_back({.type = rows.GetTypeName(), .bytes = raw});
    for (const wire::SnapshotRow& row : rows.rows()) {
        out.push_back(record(chunk.table(), row.body()));
    }
}

template <class Args>
void addArgs(const std::string& bytes, std::vector<Sample>& out) {
    Args args;
    out.push_back({.type = args.GetTypeName(), .bytes = bytes});
    if constexpr (requires { args.body(); }) {
        if (args.ParseFromString(bytes)) {
            out.push_back(record(args.table(), args.body()));
        }
    }
}

void addMutation(const wire::Mutation& mutation, std::vector<Sample>& out) {
    using Add = void (*)(const std::string&, std::vector<Sample>&);
    static const std::map<std::string, Add> kAdd{
        {"record.create", addArgs<wire::CreateArgs>},
        {"record.edit", addArgs<wire::EditArgs>},
        {"lead.move", addArgs<wire::LeadMoveArgs>},
        {"lead.release", addArgs<wire::LeadReleaseArgs>},
    };
    const auto found = kAdd.find(mutation.name());
    found == kAdd.end() ? out.push_back({.type = "unknown", .bytes = {}})
                        : found->second(mutation.args(), out);
}

}  // namespace

std::vector<Sample> samplesOf(const RecordedLine& frame) {
    std::vector<Sample> out;
    if (frame.kind == Kind::Up) {
        wire::Up up;
        out.push_back({.type = up.GetTypeName(), .bytes = frame.bytes});
        if (up.ParseFromString(frame.bytes)) {
            for (const wire::Mutation& mutation : up.push().mutations()) {
                addMutation(mutation, out);
            }
        }
        return out;
    }
    wire::Down down;
    out.push_back({.type = down.GetTypeName(), .bytes = frame.bytes});
    if (!down.ParseFromString(frame.bytes)) {
        return out;
    }
    for (const wire::Entry& entry : down.delta().entries()) {
        if (!entry.body().empty()) {
            out.push_back(record(entry.table(), entry.body()));
        }
    }
    if (!down.claim_result().private_facet().empty()) {
        out.push_back(
            {.type = "vorfahrt.record.Lead", .bytes = down.claim_result().private_facet()});
    }
    if (down.has_snapshot() && down.snapshot().raw_bytes() > 0) {
        addRows(down.snapshot(), out);
    }
    return out;
}

// -------------------------------------------------------------------------------------- checks

namespace {

using Visit = std::function<void(const Message&, const FieldDescriptor*)>;

// Every field that is set, in the message and in those within it.
void walk(const Message& message, const Visit& visit) {
    std::vector<const FieldDescriptor*> fields;
    const auto* reflection = message.GetReflection();
    reflection->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
        visit(message, field);
        if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
            continue;
        }
        if (!field->is_repeated()) {
            walk(reflection->GetMessage(message, field), visit);
            continue;
        }
        for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
            walk(reflection->GetRepeatedMessage(message, field, i), visit);
        }
    }
}

std::vector<int> enumValues(const Message& message, const FieldDescriptor* field) {
    std::vector<int> out;
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) {
        return out;
    }
    const auto* reflection = message.GetReflection();
    if (!field->is_repeated()) {
        return {reflection->GetEnumValue(message, field)};
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        out.push_back(reflection->GetRepeatedEnumValue(message, field, i));
    }
    return out;
}

std::string typeOf(const FieldDescriptor* field) {
    return field->is_repeated() ? std::string("repeated-") + field->type_name()
                                : field->type_name();
}

// Makes messages of a pool; lives longer than they.
class Maker {
public:
    explicit Maker(const DescriptorPool& pool)
        : pool_(pool),
          dynamic_(&pool) {}

    // Null where the type is not there.
    std::unique_ptr<Message> make(const std::string& type) {
        const Descriptor* descriptor = pool_.FindMessageTypeByName(type);
        if (descriptor == nullptr) {
            return nullptr;
        }
        const bool today = &pool_ == DescriptorPool::generated_pool();
        google::protobuf::MessageFactory& factory =
            today ? *google::protobuf::MessageFactory::generated_factory() : dynamic_;
        return std::unique_ptr<Message>(factory.GetPrototype(descriptor)->New());
    }

private:
    const DescriptorPool& pool_;
    google::protobuf::DynamicMessageFactory dynamic_;
};

}  // namespace

std::string faultOf(const Sample& sample, const DescriptorPool& pool) {
    Maker maker(pool);
    const auto message = maker.make(sample.type);
    if (message == nullptr || !schema::parseBounded(*message, sample.bytes)) {
        return "not a " + sample.type;
    }
    if (schema::encode(*message) != sample.bytes) {
        return sample.type + ": other bytes when written again";
    }
    std::string fault;
    walk(*message, [&](const Message& part, const FieldDescriptor* field) {
        for (const int value : enumValues(part, field)) {
            if (field->enum_type()->FindValueByNumber(value) == nullptr) {
                fault = fmt::format("{}: no value {}", field->full_name(), value);
            }
        }
    });
    message->DiscardUnknownFields();
    return schema::encode(*message) == sample.bytes ? fault : sample.type + ": an unknown field";
}

std::vector<std::string> movedPins(const std::vector<PinnedNumber>& pins,
                                   const DescriptorPool& pool) {
    std::vector<std::string> moved;
    for (const PinnedNumber& pin : pins) {
        const FieldDescriptor* field = pool.FindFieldByName(pin.name);
        const EnumValueDescriptor* value = pool.FindEnumValueByName(pin.name);
        const bool stays = field != nullptr
                               ? field->number() == pin.number && typeOf(field) == pin.type
                               : value != nullptr && value->number() == pin.number;
        if (!stays) {
            moved.push_back(pin.name);
        }
    }
    return moved;
}

std::map<const FieldDescriptor*, Sample> fieldsIn(const std::vector<Sample>& samples) {
    Maker maker(*DescriptorPool::generated_pool());
    std::map<const FieldDescriptor*, Sample> out;
    for (const Sample& sample : samples) {
        const auto message = maker.make(sample.type);
        if (message != nullptr && message->ParseFromString(sample.bytes)) {
            walk(*message,
                 [&](const Message&, const FieldDescriptor* field) { out.emplace(field, sample); });
        }
    }
    return out;
}

std::vector<PinnedNumber> pinsOf(const std::vector<Sample>& samples) {
    std::map<std::string, PinnedNumber> sorted;
    for (const auto& [field, sample] : fieldsIn(samples)) {
        sorted[field->full_name()] = {field->full_name(), field->number(), typeOf(field)};
        for (int i = 0; field->enum_type() != nullptr && i < field->enum_type()->value_count();
             ++i) {
            const EnumValueDescriptor* value = field->enum_type()->value(i);
            sorted[value->full_name()] = {value->full_name(), value->number(), {}};
        }
    }
    std::vector<PinnedNumber> out;
    for (auto& [name, pin] : sorted) {
        out.push_back(std::move(pin));
    }
    return out;
}

std::unique_ptr<DescriptorPool> renumbered(const std::map<std::string, int>& numbers) {
    auto pool = std::make_unique<DescriptorPool>();
    std::set<std::string> built;
    const std::function<void(const FileDescriptor*)> build = [&](const FileDescriptor* file) {
        if (!built.insert(file->name()).second) {
            return;
        }
        for (int i = 0; i < file->dependency_count(); ++i) {
            build(file->dependency(i));
        }
        google::protobuf::FileDescriptorProto copy;
        file->CopyTo(&copy);
        for (auto& message : *copy.mutable_message_type()) {
            for (auto& field : *message.mutable_field()) {
                const auto it =
                    numbers.find(copy.package() + '.' + message.name() + '.' + field.name());
                if (it != numbers.end()) {
                    field.set_number(it->second);
                }
            }
        }
        VF_ASSERT(pool->BuildFile(copy) != nullptr);
    };
    build(wire::Up::descriptor()->file());
    build(wire::CreateArgs::descriptor()->file());
    for (const schema::RecordInfo& info : schema::records()) {
        build(info.descriptor->file());
    }
    return pool;
}

}  // namespace vorfahrt::tests
