// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/hub.h"

#include "server/session/session.h"

#include <iterator>
#include <utility>

namespace vorfahrt::server::session {

void Hub::add(const std::shared_ptr<Session>& session, const std::vector<TenantId>& tenants) {
    const std::lock_guard lock(mutex_);
    sessions_.emplace(session.get(), session);
    for (const TenantId tenant : tenants) {
        byTenant_[tenant].push_back(session.get());
    }
}

void Hub::remove(const Session* session) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(session);
    for (auto it = byTenant_.begin(); it != byTenant_.end();) {
        std::erase(it->second, session);
        it = it->second.empty() ? byTenant_.erase(it) : std::next(it);
    }
}

std::size_t Hub::size() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
}

std::vector<std::shared_ptr<Session>> Hub::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Session>> out;
    for (const auto& [key, weak] : sessions_) {
        if (auto session = weak.lock()) {
            out.push_back(std::move(session));
        }
    }
    return out;
}

std::vector<std::shared_ptr<Session>> Hub::of(TenantId tenant) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Session>> out;
    const auto it = byTenant_.find(tenant);
    if (it == byTenant_.end()) {
        return out;
    }
    for (const Session* key : it->second) {
        if (auto session = sessions_.at(key).lock()) {
            out.push_back(std::move(session));
        }
    }
    return out;
}

void Hub::committed(TenantId tenant, Seq head) {
    for (const auto& session : of(tenant)) {
        session->committed(tenant, head);
    }
}

void Hub::apply(const service::Outcome& outcome) {
    for (const service::Committed& commit : outcome.committed) {
        committed(commit.tenant, commit.head);
    }
    for (const service::TenantUser& person : outcome.rightsChanged) {
        for (const auto& session : of(person.tenant)) {
            session->recheckRights();
        }
    }
    if (!outcome.signedOut.empty() || !outcome.tokensRevoked.empty()) {
        recheckAll();
    }
}

void Hub::recheckAll() {
    ++rechecks_;
    for (const auto& session : all()) {
        session->recheckRights();
    }
}

}  // namespace vorfahrt::server::session
