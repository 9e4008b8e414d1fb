// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/push.h"

#include "common/base/bytes.h"
#include "common/schema/limits.h"
#include "server/service/mutation.h"
#include "server/service/rights.h"

#include <optional>

namespace vorfahrt::server::service {
namespace {

using store::StoredResult;

// One Push on its way. Lives for one runPush.
class PushRun {
public:
    PushRun(Batch& batch, TenantId tenant, Rights rights, const PushRequest& request)
        : batch_(batch),
          tenant_(tenant),
          rights_(std::move(rights)),
          request_(request) {}

    [[nodiscard]] Status run(Outcome& outcome) {
        VF_CHECK(openReplica());
        wire::Down frame;
        wire::Results& results = *frame.mutable_results();
        results.set_tenant(tenant_.bytes());
        for (const auto& mutation : request_.push.mutations()) {
            VF_TRY(const StoredResult result, handle(mutation));
            auto* line = results.add_results();
            line->set_mid(value(result.mid));
            line->set_code(result.code);
            line->set_seq(value(result.seq));
            for (const auto field : result.lostFields) {
                line->add_lost_fields(field);
            }
            if (stop_) {
                break;
            }
        }
        if (advanced_) {
            VF_CHECK(batch_.store.writeReplica(tenant_, replica_));
        }
        results.set_last_mid(value(replica_.lastMid));
        outcome.replies.push_back(std::move(frame));
        if (head_) {
            outcome.committed.push_back({.tenant = tenant_, .head = *head_});
        }
        return {};
    }

private:
    [[nodiscard]] Status openReplica() {
        VF_TRY(const auto known, batch_.store.readReplica(tenant_, request_.who.replica));
        if (known && known->user != rights_.user) {
            return fail(ErrorCode::Forbidden, "replica of somebody else");
        }
        replica_ = known.value_or(store::ReplicaState{.replica = request_.who.replica,
                                                      .user = rights_.user,
                                                      .device = request_.who.device,
                                                      .lastMid = Mid(0)});
        return {};
    }

    [[nodiscard]] Result<StoredResult> handle(const wire::Mutation& mutation) {
        const auto mid = Mid(mutation.mid());
        StoredResult result{.mid = mid,
                            .argsHash = digest32(schema::encode(mutation)),
                            .code = 0,
                            .seq = Seq(0),
                            .lostFields = {}};
        if (mid <= replica_.lastMid) {
            return replay(std::move(result));
        }
        if (mid != next(replica_.lastMid)) {
            stop_ = true;
            result.code = static_cast<std::uint16_t>(ErrorCode::GapInSequence);
            return result;
        }
        const auto applied = apply(mutation);
        if (applied) {
            result.seq = applied->seq;
            result.lostFields = applied->lostFields;
            head_ = applied->seq;
        } else if (isStoreFault(applied.error().code)) {
            return fail(applied.error());
        } else {
            result.code = static_cast<std::uint16_t>(applied.error().code);
        }
        VF_CHECK(batch_.store.writeResult(tenant_, replica_.replica, result));
        replica_.lastMid = mid;
        advanced_ = true;
        return result;
    }

    [[nodiscard]] Result<StoredResult> replay(StoredResult asked) {
        VF_TRY(auto known, batch_.store.readResult(tenant_, replica_.replica, asked.mid));
        if (!known) {
            // Applied, but its result is no longer kept.
            asked.code = static_cast<std::uint16_t>(ErrorCode::Duplicate);
            return asked;
        }
        if (!constantTimeEqual(known->argsHash, asked.argsHash)) {
            stop_ = true;
            asked.code = static_cast<std::uint16_t>(ErrorCode::ReplicaForked);
            return asked;
        }
        return std::move(*known);
    }

    [[nodiscard]] Result<Applied> apply(const wire::Mutation& mutation) {
        VF_CHECK(checkDeps(mutation));
        return inSavepoint(batch_.store, [&] {
            return applyMutation(batch_, tenant_, rights_, replica_.replica, mutation);
        });
    }

    // What builds on a refused mutation is refused with it.
    [[nodiscard]] Status checkDeps(const wire::Mutation& mutation) {
        if (mutation.deps_size() > schema::kMaxDeps) {
            return fail(ErrorCode::Invalid, "deps");
        }
        for (const auto dep : mutation.deps()) {
            if (dep == 0 || dep >= mutation.mid()) {
                return fail(ErrorCode::Invalid, "deps");
            }
            VF_TRY(const auto result, batch_.store.readResult(tenant_, replica_.replica, Mid(dep)));
            if (result && result->code != 0) {
                return fail(ErrorCode::Cascade, "deps");
            }
        }
        return {};
    }

    Batch& batch_;
    TenantId tenant_;
    Rights rights_;
    const PushRequest& request_;
    store::ReplicaState replica_;
    std::optional<Seq> head_;
    bool advanced_ = false;
    bool stop_ = false;
};

bool isWellFormed(const wire::Push& push) {
    if (push.mutations_size() > schema::kMaxPushMutations) {
        return false;
    }
    std::uint64_t last = 0;
    for (const auto& mutation : push.mutations()) {
        if (mutation.mid() <= last) {
            return false;
        }
        last = mutation.mid();
    }
    return true;
}

}  // namespace

void runPush(Batch& batch, const PushRequest& request, Outcome& outcome) {
    const auto refuse = [&](ErrorCode code) {
        outcome.code = code;
        outcome.replies.push_back(refusal(code, true, request.push.tenant()));
    };
    const auto tenant = TenantId::fromBytes(request.push.tenant());
    if (!tenant || request.who.replica.isNone() || !isWellFormed(request.push)) {
        refuse(ErrorCode::BadFrame);
        return;
    }
    auto rights = rightsOf(batch.store, request.who, *tenant, batch.now);
    if (!rights) {
        refuse(rights.error().code);
        return;
    }
    PushRun run(batch, *tenant, std::move(*rights), request);
    if (const auto status = run.run(outcome); !status) {
        outcome.replies.clear();
        outcome.committed.clear();
        refuse(status.error().code);
    }
}

}  // namespace vorfahrt::server::service
