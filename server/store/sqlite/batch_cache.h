// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace vorfahrt::server::store {

// Values that one batch reads and changes again and again (heads, sums, replicas): read once,
// written once at the commit. Knows how to go back to a savepoint. Empty between two batches,
// because another process may write then. One thread.
template <class Key, class Value>
class BatchCache {
public:
    [[nodiscard]] const Value* find(const Key& key) const {
        const auto it = slots_.find(key);
        return it == slots_.end() ? nullptr : &it->second.value;
    }

    // What the database holds.
    void load(const Key& key, Value value) {
        slots_.insert_or_assign(key, Slot{.value = std::move(value), .dirty = false});
    }

    void set(const Key& key, Value value) {
        const auto it = slots_.find(key);
        if (marked_) {
            journal_.emplace_back(
                key, it == slots_.end() ? std::nullopt : std::optional<Slot>(it->second));
        }
        slots_.insert_or_assign(key, Slot{.value = std::move(value), .dirty = true});
    }

    void mark() {
        journal_.clear();
        marked_ = true;
    }
    void keep() {
        journal_.clear();
        marked_ = false;
    }
    void undo() {
        while (!journal_.empty()) {
            auto& [key, old] = journal_.back();
            if (old) {
                slots_.insert_or_assign(key, std::move(*old));
            } else {
                slots_.erase(key);
            }
            journal_.pop_back();
        }
        marked_ = false;
    }

    template <class Write>
    [[nodiscard]] Status flush(Write&& write) {
        for (auto& [key, slot] : slots_) {
            if (slot.dirty) {
                VF_CHECK(write(key, slot.value));
                slot.dirty = false;
            }
        }
        return {};
    }

    void clear() {
        slots_.clear();
        keep();
    }

private:
    struct Slot {
        Value value;
        bool dirty = false;
    };
    std::map<Key, Slot> slots_;
    std::vector<std::pair<Key, std::optional<Slot>>> journal_;
    bool marked_ = false;
};

}  // namespace vorfahrt::server::store
