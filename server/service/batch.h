// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"
#include "server/service/requests.h"
#include "server/store/store.h"

#include <utility>

namespace vorfahrt::server::service {

// What every request of a batch works with. Lives for one runBatch.
struct Batch {
    store::WriteStore& store;
    TimePoint now;
    Random& random;

    [[nodiscard]] std::int64_t nowMs() const { return toUnixMs(now); }
    [[nodiscard]] RowId newId() const { return RowId(Uuid::v7(now, random)); }
};

// The store itself failed, not the request: the whole batch is given up.
[[nodiscard]] constexpr bool isStoreFault(ErrorCode code) {
    return code == ErrorCode::Unavailable || code == ErrorCode::Timeout ||
           code == ErrorCode::NoSpace || code == ErrorCode::Corrupt ||
           code == ErrorCode::NewerSchema;
}

// Runs `work` (returning Result or Status) so that a refusal leaves nothing behind.
template <class Work>
[[nodiscard]] auto inSavepoint(store::WriteStore& store, Work&& work) -> decltype(work()) {
    VF_CHECK(store.savepoint());
    auto result = std::forward<Work>(work)();
    if (!result) {
        store.rollbackToSavepoint();
        return result;
    }
    VF_CHECK(store.release());
    return result;
}

// A frame that refuses; closing ends the connection after it.
[[nodiscard]] wire::Down refusal(ErrorCode code, bool closing, std::string_view tenant);

}  // namespace vorfahrt::server::service
