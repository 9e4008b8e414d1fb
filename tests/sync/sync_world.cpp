// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/sync_world.h"

#include "common/base/assert.h"
#include "common/base/bytes.h"
#include "server/feed/scopes.h"
#include "server/service/rights.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace vorfahrt::tests {

using client::sync::TimerKind;
using namespace server::service;

namespace {

constexpr std::size_t kPumpBytes = 384 * 1024;
constexpr int kMaxMoves = 200'000;

std::filesystem::path makeFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "vf-sync-XXXXXX").string();
    VF_ASSERT(mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

std::string jsonOf(const google::protobuf::Message& message) {
    std::string json;
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    VF_ASSERT(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
    return json;
}

}  // namespace

// ---------------------------------------------------------------------------------------- SimDesk

SimDesk::SimDesk(SyncWorld& world, const Person& who, std::string newToken)
    : person(who),
      token(std::move(newToken)),
      world_(world),
      file_(world.folder / fmt::format("desk-{}.db", world.desks.size())),
      random_(world.random.below(1'000'000'000)) {}

SimDesk::~SimDesk() = default;

void SimDesk::start() {
    auto opened = client::replica::Replica::open(file_, world_.clock, random_);
    VF_ASSERT(opened.has_value());
    replica_ = std::move(*opened);
    wire::AccountTenant tenant;
    tenant.set_tenant(world_.server.tenant.bytes());
    tenant.set_user_id(person.user.bytes());
    tenant.set_name("Autohaus Test");
    const std::vector<wire::AccountTenant> tenants{tenant};
    VF_ASSERT(replica_->setTenants(tenants).has_value());
    core_ = std::make_unique<client::sync::ClientCore>(
        world_.clock, random_,
        client::sync::ClientCore::Options{.deviceId = person.who.device.bytes(),
                                          .deviceName = "sim"});
    core_->attach(replica_.get(), token);
    core_->goOnline();
    carryOut();
}

void SimDesk::kill() {
    core_.reset();
    reader_.reset();
    replica_.reset();
    feed_.reset();
    store_.reset();
    up_.clear();
    down_.clear();
    connecting_ = false;
    std::ranges::fill(timers_, false);
}

void SimDesk::cut() {
    if (core_ == nullptr || (!connecting_ && feed_ == nullptr)) {
        return;
    }
    feed_.reset();
    up_.clear();
    down_.clear();
    connecting_ = false;
    core_->closed(client::sync::CloseReason::Lost);
    carryOut();
}

void SimDesk::setOnline(bool online) {
    online ? core_->goOnline() : core_->goOffline();
    carryOut();
}

bool SimDesk::canMove() const {
    return core_ != nullptr && (connecting_ || !up_.empty() || !down_.empty() ||
                                timers_[static_cast<int>(TimerKind::Reconnect)] ||
                                timers_[static_cast<int>(TimerKind::Throttle)] ||
                                (feed_ != nullptr && feed_->wantsPump()));
}

void SimDesk::move(Random& random) {
    if (connecting_) {
        connecting_ = false;
        ++connects;
        feed_ = std::make_unique<server::feed::SessionFeed>(world_.limits);
        store_ = world_.server.openReader();
        core_->opened();
        carryOut();
        return;
    }
    for (const TimerKind kind : {TimerKind::Reconnect, TimerKind::Throttle}) {
        bool& running = timers_[static_cast<int>(kind)];
        if (running) {
            running = false;
            core_->timer(kind);
            carryOut();
            return;
        }
    }
    const bool takeUp = !up_.empty() && (down_.empty() || random.below(2) == 0);
    if (takeUp) {
        wire::Up up;
        VF_ASSERT(up.ParseFromString(up_.front()));
        bytesUp += up_.front().size();
        up_.pop_front();
        sent.push_back(up);
        serve(up);
    } else if (!down_.empty()) {
        std::string frame = std::move(down_.front());
        down_.pop_front();
        bytesDown += frame.size();
        if (onDown) {
            wire::Down down;
            VF_ASSERT(down.ParseFromString(frame));
            if (!onDown(down)) {
                cut();
                return;
            }
            frame = down.SerializeAsString();
        }
        core_->frame(frame);
        carryOut();
    } else if (feed_ != nullptr && feed_->wantsPump()) {
        pump();
    }
}

void SimDesk::settle() {
    for (int i = 0; canMove(); ++i) {
        VF_ASSERT(i < kMaxMoves);
        move(world_.random);
    }
}

bool SimDesk::isSynchronized() const {
    return core_ != nullptr && core_->state() == client::sync::State::Synchronized;
}

void SimDesk::carryOut() {
    for (auto effects = core_->take(); !effects.empty(); effects = core_->take()) {
        for (auto& one : effects) {
            std::visit(
                Match{[&](client::sync::effect::Connect&) { connecting_ = true; },
                      [&](client::sync::effect::Send& send) { up_.push_back(send.frame); },
                      [&](client::sync::effect::Disconnect&) {
                          connecting_ = false;
                          feed_.reset();
                          up_.clear();
                          down_.clear();
                      },
                      [&](client::sync::effect::SetTimer& timer) {
                          timers_[static_cast<int>(timer.kind)] = true;
                      },
                      [&](client::sync::effect::StopTimer& timer) {
                          timers_[static_cast<int>(timer.kind)] = false;
                      },
                      [&](client::sync::effect::ClaimAnswered& claim) {
                          claims.push_back(claim.answer);
                      },
                      [&](client::sync::effect::Rejected& edit) { rejected.push_back(edit.edit); },
                      [](auto&) {}},
                one);
        }
    }
}

void SimDesk::reply(wire::Down down) {
    down_.push_back(down.SerializeAsString());
}

void SimDesk::serve(const wire::Up& up) {
    Principal who = person.who;
    who.replica = feed_->replica();
    switch (up.kind_case()) {
        case wire::Up::kHello:
        case wire::Up::kCursors: {
            auto answer = up.has_hello()
                              ? feed_->hello(up.hello(), *store_, world_.clock.now())
                              : feed_->cursors(up.cursors(), *store_, world_.clock.now());
            if (!answer) {
                wire::Down refused;
                refused.mutable_refused()->set_code(
                    static_cast<std::uint32_t>(answer.error().code));
                refused.mutable_refused()->set_closing(true);
                reply(refused);
                return;
            }
            reply(std::move(*answer));
            break;
        }
        case wire::Up::kPush: {
            const Outcome outcome = world_.serve(PushRequest{.who = who, .push = up.push()});
            for (const wire::Down& down : outcome.replies) {
                reply(down);
            }
            break;
        }
        case wire::Up::kClaim: {
            const Outcome outcome = world_.serve(ClaimRequest{.who = who, .claim = up.claim()});
            for (const wire::Down& down : outcome.replies) {
                reply(down);
            }
            break;
        }
        case wire::Up::kCredit: feed_->credit(up.credit().bytes()); break;
        default: break;
    }
    pump();
}

void SimDesk::pump() {
    auto frames = feed_->pump(*store_, world_.clock.now(), kPumpBytes);
    if (!frames) {
        wire::Down refused;
        refused.mutable_refused()->set_code(static_cast<std::uint32_t>(frames.error().code));
        refused.mutable_refused()->set_closing(true);
        reply(refused);
        return;
    }
    for (wire::Down& frame : *frames) {
        reply(std::move(frame));
    }
}

ErrorCode SimDesk::edit(const client::command::Command& command) {
    const Status status = core_->edit(command.tenant, command.mutation);
    carryOut();
    return status ? ErrorCode::Ok : status.error().code;
}

void SimDesk::claim(RowId lead) {
    core_->claim(world_.server.tenant, LeadId(lead.uuid()));
    carryOut();
}

client::replica::Viewer SimDesk::viewer() const {
    return {.tenant = world_.server.tenant, .user = person.userId()};
}

client::replica::Reader& SimDesk::reader() {
    if (reader_ == nullptr) {
        auto opened = client::replica::Reader::open(file_);
        VF_ASSERT(opened.has_value());
        reader_ = std::move(*opened);
    }
    return *reader_;
}

std::vector<std::string> SimDesk::dump() {
    auto lines = reader().dump(world_.server.tenant);
    VF_ASSERT(lines.has_value());
    return std::move(*lines);
}

// -------------------------------------------------------------------------------------- SyncWorld

SyncWorld::SyncWorld(std::uint64_t seed, server::feed::FeedLimits feedLimits)
    : server(seed),
      clock(server.now),
      random(seed + 1),
      limits(feedLimits),
      folder(makeFolder()) {}

SyncWorld::~SyncWorld() {
    desks.clear();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

SimDesk& SyncWorld::addDesk(const Person& person) {
    Person desk = person;
    desk.who.device = DeviceId(Uuid::v7(clock.now(), random));
    IssueTokenRequest request;
    request.account = person.account;
    request.checkedHash = server.run(FindLoginRequest{.login = person.login}).account->passwordHash;
    request.device = desk.who.device;
    const auto issued = server.run(request);
    VF_ASSERT(issued.token.has_value());
    desk.who.tokenHash = digest32(issued.token->token);
    desks.push_back(std::make_unique<SimDesk>(*this, desk, issued.token->token));
    return *desks.back();
}

Outcome SyncWorld::serve(Request request) {
    server.now = clock.now();
    const Outcome outcome = server.run(std::move(request));
    for (const auto& desk : desks) {
        if (desk->feed_ == nullptr) {
            continue;
        }
        for (const Committed& commit : outcome.committed) {
            desk->feed_->committed(commit.tenant, commit.head);
        }
        if (!outcome.rightsChanged.empty()) {
            desk->feed_->recheckRights();
        }
    }
    return outcome;
}

void SyncWorld::settle() {
    for (int i = 0;; ++i) {
        VF_ASSERT(i < kMaxMoves);
        std::vector<SimDesk*> movable;
        for (const auto& desk : desks) {
            if (desk->canMove()) {
                movable.push_back(desk.get());
            }
        }
        if (movable.empty()) {
            return;
        }
        movable[random.below(movable.size())]->move(random);
    }
}

std::vector<std::string> SyncWorld::truth(const Person& person) {
    const auto rights = rightsOf(server.store(), person.who, server.tenant, server.now);
    VF_ASSERT(rights.has_value());
    std::map<std::pair<std::uint32_t, RowId>, std::map<schema::Facet, std::string>> rows;
    for (const std::string& scope : rights->scopes) {
        for (const auto& entry : server.entries(scope)) {
            if (!entry.remove) {
                const auto found = server.row(*schema::recordByNumber(entry.table), entry.id);
                rows[{entry.table, entry.id}][entry.facet] = jsonOf(found.row.facet(entry.facet));
            }
        }
    }
    std::vector<std::string> lines;
    for (const auto& [key, facets] : rows) {
        const schema::RecordInfo& info = *schema::recordByNumber(key.first);
        if (!facets.contains(schema::Facet::MAIN)) {
            continue;
        }
        std::string line =
            fmt::format("{{\"table\":\"{}\",\"id\":\"{}\"", info.table, toHex(key.second.view()));
        for (const schema::Facet facet : {schema::Facet::MAIN, schema::Facet::PRIVATE}) {
            if (info.has(facet)) {
                const auto it = facets.find(facet);
                line += fmt::format(",\"{}\":{}", sql::facetName(facet),
                                    it == facets.end() ? "{}" : it->second);
            }
        }
        lines.push_back(line + "}");
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace vorfahrt::tests
