// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "server/service/requests.h"
#include "server/store/store.h"

#include <span>
#include <vector>

namespace vorfahrt::server::service {

// The writing half of ServerCore: (events, now, random, store) -> actions, one durable commit for
// the whole batch; answers come back in the order of the requests and are valid because the commit
// was. No socket, clock, thread or state of its own: everything is in the store, so two calls in
// two processes do the same as two calls in one.
//
// Claims go first. Each change has a savepoint; what a refused mutation leaves (its result, its
// mid) lies outside of it. A batch with a change that is refused after it has written something
// runs twice (WriteStore::Undo). When the store fails, everything is rolled back and every outcome
// says Unavailable and `reopen`: the senders ask again with the same ids and get what truly
// happened.
[[nodiscard]] std::vector<Outcome> runBatch(std::span<const Request> requests, TimePoint now,
                                            Random& random, store::WriteStore& store);

}  // namespace vorfahrt::server::service
