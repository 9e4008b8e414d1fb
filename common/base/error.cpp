// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/error.h"

namespace vorfahrt {

std::string_view name(ErrorCode code) {
    switch (code) {
        case ErrorCode::Ok: return "Ok";
        case ErrorCode::BadFrame: return "BadFrame";
        case ErrorCode::BadOrder: return "BadOrder";
        case ErrorCode::Unsupported: return "Unsupported";
        case ErrorCode::BadVersion: return "BadVersion";
        case ErrorCode::Invalid: return "Invalid";
        case ErrorCode::Unauthenticated: return "Unauthenticated";
        case ErrorCode::Forbidden: return "Forbidden";
        case ErrorCode::NotFound: return "NotFound";
        case ErrorCode::RateLimited: return "RateLimited";
        case ErrorCode::GapInSequence: return "GapInSequence";
        case ErrorCode::ReplicaForked: return "ReplicaForked";
        case ErrorCode::RejectedState: return "RejectedState";
        case ErrorCode::StaleToken: return "StaleToken";
        case ErrorCode::AlreadyOwned: return "AlreadyOwned";
        case ErrorCode::Cascade: return "Cascade";
        case ErrorCode::Duplicate: return "Duplicate";
        case ErrorCode::Unavailable: return "Unavailable";
        case ErrorCode::Timeout: return "Timeout";
        case ErrorCode::NoSpace: return "NoSpace";
        case ErrorCode::Corrupt: return "Corrupt";
        case ErrorCode::NewerSchema: return "NewerSchema";
        case ErrorCode::EpochChanged: return "EpochChanged";
        case ErrorCode::Internal: return "Internal";
    }
    return "Unknown";
}

}  // namespace vorfahrt
