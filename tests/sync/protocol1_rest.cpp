// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/protocol1_rest.h"

#include "server/session/session_machine.h"
#include "tests/contract/feed_world.h"

#include <google/protobuf/descriptor.h>

#include <string>

namespace vorfahrt::tests {

using namespace feed_test;
using Kind = RecordedLine::Kind;

namespace {

constexpr feed::FeedLimits kNarrow{.creditBytes = 1'500, .chunkBytes = 600, .deltaFrameBytes = 700};
constexpr std::uint64_t kPlenty = 1'000'000;

// Both ends of the connection, and what they said.
class Talk {
public:
    explicit Talk(World& world)
        : world_(world),
          feed_(kNarrow) {
        lines_.push_back({.connection = "T1", .kind = Kind::Open, .message = {}, .bytes = {}});
    }

    void up(const wire::Up& frame) {
        note(Kind::Up, frame);
        for (session::Effect& effect : machine_.receive(frame.SerializeAsString())) {
            if (const auto* send = std::get_if<session::effect::Send>(&effect)) {
                note(Kind::Down, send->frame);
            } else if (const auto* hello = std::get_if<session::effect::Hello>(&effect)) {
                answer(machine_.helloDone(feed_.hello(hello->hello, *world_.reader, kNow)));
            } else if (const auto* cursors = std::get_if<session::effect::Cursors>(&effect)) {
                answer(machine_.cursorsDone(feed_.cursors(cursors->cursors, *world_.reader, kNow)));
            } else if (const auto* credit = std::get_if<session::effect::Credit>(&effect)) {
                feed_.credit(credit->bytes);
            }
        }
    }

    void down(const wire::Down& frame) { note(Kind::Down, frame); }

    void pump() {
        feed_.committed(world_.tenant, (*world_.reader->head(world_.tenant))->seq);
        for (bool more = true; more;) {
            const auto frames = feed_.pump(*world_.reader, kNow, kNoLimit);
            more = frames && !frames->empty();
            for (int i = 0; more && i < int(frames->size()); ++i) {
                note(Kind::Down, frames->at(static_cast<std::size_t>(i)));
            }
        }
    }

    std::vector<RecordedLine> end() {
        lines_.push_back({.connection = "T1", .kind = Kind::Close, .message = {}, .bytes = {}});
        return std::move(lines_);
    }

private:
    void answer(const session::Effects& effects) {
        for (const session::Effect& effect : effects) {
            if (const auto* send = std::get_if<session::effect::Send>(&effect)) {
                note(Kind::Down, send->frame);
            }
        }
    }

    template <class Frame>
    void note(Kind kind, const Frame& frame) {
        std::vector<const google::protobuf::FieldDescriptor*> fields;
        frame.GetReflection()->ListFields(frame, &fields);
        const auto* field = fields.at(0);
        const std::string type = field->message_type()->name();
        lines_.push_back({.connection = "T1",
                          .kind = kind,
                          .message = type == "Reserved" ? field->name() : type,
                          .bytes = schema::encode(frame)});
    }

    World& world_;
    feed::SessionFeed feed_;
    session::SessionMachine machine_;
    std::vector<RecordedLine> lines_;
};

wire::Up helloOf(World& world) {
    wire::Up up;
    wire::Hello& hello = *up.mutable_hello();
    hello.set_protocol_min(1);
    hello.set_protocol_max(1);
    hello.set_schema_version(schema::kSchemaVersion);
    hello.set_token("token");
    hello.set_replica_id(std::string(16, 'r'));
    wire::TenantHello& tenant = *hello.add_tenants();
    tenant.set_tenant(world.tenant.bytes());
    tenant.set_epoch(std::string(16, 'e'));
    tenant.set_scopes_digest(std::string(32, '-'));
    return up;
}

wire::Up creditOf(std::uint64_t bytes) {
    wire::Up up;
    up.mutable_credit()->set_bytes(bytes);
    return up;
}

record::Customer customerAt(RowId site, std::size_t length) {
    record::Customer customer;
    customer.set_site_id(site.bytes());
    customer.set_last_name(std::string(length, 'n'));
    return customer;
}

}  // namespace

std::vector<RecordedLine> speakTheRest() {
    World world(7);
    for (int i = 0; i < 12; ++i) {
        world.save(world.newId(), customerAt(world.sites[0], 100));
    }
    Talk talk(world);
    talk.up(helloOf(world));
    wire::Up up;
    up.mutable_cursors()->set_tenant(world.tenant.bytes());
    wire::HeldScope& held = *up.mutable_cursors()->add_scopes();
    held.set_name("base");
    held.set_table(schema::recordOf<record::User>().number);
    held.set_after_id(std::string(16, '\0'));
    talk.up(up);
    talk.pump();
    // Deltas beyond the credit: a Poke.
    for (int i = 0; i < 12; ++i) {
        world.save(world.newId(), customerAt(world.sites[0], 180));
    }
    talk.pump();
    talk.up(creditOf(kPlenty));
    talk.pump();
    // The person's only grant ends.
    world.save(world.grants[0], world.load<record::Grant>(world.grants[0]), true);
    talk.pump();
    // The server sends this under load only.
    wire::Down throttle;
    throttle.mutable_throttle()->set_after_ms(2'000);
    talk.down(throttle);
    up.mutable_repair();
    talk.up(up);
    up.mutable_logout();
    talk.up(up);
    return talk.end();
}

}  // namespace vorfahrt::tests
