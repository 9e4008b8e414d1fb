// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/client_core.h"
#include "common/schema/customer.pb.h"
#include "common/sync/mutator.h"

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vorfahrt::tests {

using namespace vorfahrt::client::sync;
namespace replica = vorfahrt::client::replica;

// The machine with its file, and what it asked for last.
struct Bench {
    QTemporaryDir folder;
    ManualClock clock{fromUnixMs(1'790'000'000'000)};
    SeededRandom random{5};
    TenantId tenant{Uuid::v7(clock.now(), random)};
    std::string epoch = std::string(16, 'e');
    std::unique_ptr<replica::Replica> file;
    ClientCore core{clock, random, {.deviceId = std::string(16, 'd'), .deviceName = "test"}};
    std::vector<wire::Up> sent;
    std::vector<Effect> effects;
    std::map<TimerKind, Millis> timers;
    bool connecting = false;
    bool disconnected = false;

    explicit Bench(bool withToken = true) {
        auto opened = replica::Replica::open(path(), clock, random);
        file = std::move(*opened);
        wire::AccountTenant account;
        account.set_tenant(tenant.bytes());
        account.set_user_id(std::string(16, 'u'));
        const std::vector<wire::AccountTenant> accounts{account};
        (void)file->setTenants(accounts);
        if (withToken) {
            core.attach(file.get(), std::string(32, 't'));
        }
        pump();
    }
    std::filesystem::path path() const {
        return std::filesystem::path(folder.path().toStdString()) / "r.db";
    }

    void pump() {
        for (auto batch = core.take(); !batch.empty(); batch = core.take()) {
            for (auto& one : batch) {
                if (auto* send = std::get_if<effect::Send>(&one)) {
                    wire::Up up;
                    (void)up.ParseFromString(send->frame);
                    sent.push_back(up);
                } else if (auto* timer = std::get_if<effect::SetTimer>(&one)) {
                    timers[timer->kind] = timer->delay;
                } else if (auto* stop = std::get_if<effect::StopTimer>(&one)) {
                    timers.erase(stop->kind);
                }
                connecting = connecting || std::holds_alternative<effect::Connect>(one);
                disconnected = disconnected || std::holds_alternative<effect::Disconnect>(one);
                effects.push_back(std::move(one));
            }
        }
    }
    void down(const wire::Down& frame) {
        core.frame(frame.SerializeAsString());
        pump();
    }
    template <class T>
    int count() const {
        return static_cast<int>(std::ranges::count_if(
            effects, [](const Effect& one) { return std::holds_alternative<T>(one); }));
    }
    std::vector<ClaimAnswer::Outcome> claimOutcomes() const {
        std::vector<ClaimAnswer::Outcome> out;
        for (const Effect& one : effects) {
            if (const auto* answer = std::get_if<effect::ClaimAnswered>(&one)) {
                out.push_back(answer->answer.outcome);
            }
        }
        return out;
    }
    void goOnline() {
        core.goOnline();
        pump();
        core.opened();
        pump();
    }
    wire::Down welcome(std::uint64_t head = 10, std::uint64_t lastMid = 0) const {
        wire::Down down;
        wire::Welcome& welcome = *down.mutable_welcome();
        welcome.set_protocol(1);
        welcome.set_schema_version(schema::kSchemaVersion);
        welcome.set_server_time_ms(toUnixMs(clock.now()));
        welcome.set_credit_bytes(1024 * 1024);
        welcome.set_max_push_mutations(500);
        wire::TenantWelcome& item = *welcome.add_tenants();
        item.set_tenant(tenant.bytes());
        item.set_epoch(epoch);
        item.set_head(head);
        item.set_last_mid(lastMid);
        item.set_user_id(std::string(16, 'u'));
        return down;
    }
    void enter(std::uint64_t lastMid = 0) {
        goOnline();
        down(welcome(10, lastMid));
    }
    wire::Mutation create() {
        record::Customer customer;
        customer.set_last_name("Neu");
        customer.set_site_id(std::string(16, 's'));
        wire::CreateArgs args;
        args.set_table(10);
        args.set_id(Uuid::v7(clock.now(), random).bytes());
        args.set_body(customer.SerializeAsString());
        return vorfahrt::sync::makeMutation(vorfahrt::sync::kCreate, args);
    }
    wire::Down results(std::uint64_t from, std::uint64_t to, ErrorCode code = ErrorCode::Ok) const {
        wire::Down down;
        down.mutable_results()->set_tenant(tenant.bytes());
        for (std::uint64_t mid = from; mid <= to; ++mid) {
            wire::MutationResult& result = *down.mutable_results()->add_results();
            result.set_mid(mid);
            result.set_code(static_cast<std::uint32_t>(code));
            result.set_seq(code == ErrorCode::Ok ? 10 + mid : 0);
        }
        down.mutable_results()->set_last_mid(to);
        return down;
    }
    std::vector<const wire::Push*> pushes() const {
        std::vector<const wire::Push*> out;
        for (const wire::Up& up : sent) {
            if (up.has_push()) {
                out.push_back(&up.push());
            }
        }
        return out;
    }
};

}  // namespace vorfahrt::tests
