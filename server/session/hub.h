// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/id.h"
#include "server/service/requests.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vorfahrt::server::session {

class Session;

// Which sessions are open, by tenant, so that a commit reaches them. Any thread. The mutex guards
// the table only; sessions are told by a post to their own executor. Outlives all sessions.
class Hub {
public:
    void add(const std::shared_ptr<Session>& session, const std::vector<TenantId>& tenants);
    void remove(const Session* session);
    // Something committed, from this process or another.
    void committed(TenantId tenant, Seq head);
    // What a batch says beside its answers: new heads, ended tokens, changed rights.
    void apply(const service::Outcome& outcome);
    // All sessions look at their rights anew.
    void recheckAll();
    // Counts recheckAll(): who read his rights before add() learns whether he missed one.
    [[nodiscard]] std::uint64_t rechecks() const { return rechecks_; }
    [[nodiscard]] std::size_t size() const;

private:
    [[nodiscard]] std::vector<std::shared_ptr<Session>> all() const;
    [[nodiscard]] std::vector<std::shared_ptr<Session>> of(TenantId tenant) const;

    std::atomic<std::uint64_t> rechecks_ = 0;
    mutable std::mutex mutex_;
    std::map<const Session*, std::weak_ptr<Session>> sessions_;
    std::map<TenantId, std::vector<const Session*>> byTenant_;
};

}  // namespace vorfahrt::server::session
