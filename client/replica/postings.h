// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vorfahrt::client::replica {

// How many row numbers a block of the search index spans.
inline constexpr std::int64_t kBlockRows = 4096;

[[nodiscard]] constexpr std::int64_t blockOf(std::int64_t row) {
    return row / kBlockRows;
}

// Rows of one block as they are stored: up to 255 sorted numbers of two bytes, or a bitmap of 512.
class PostingBlock {
public:
    PostingBlock() = default;
    // false: these are no bytes of a block.
    [[nodiscard]] bool decode(std::string_view bytes);
    // Empty where there is no row.
    [[nodiscard]] std::string encode() const;

    void add(std::int64_t row) { word(row) |= bit(row); }
    void remove(std::int64_t row) { word(row) &= ~bit(row); }

private:
    static std::uint64_t bit(std::int64_t row) {
        return std::uint64_t{1} << (static_cast<std::uint64_t>(row) % 64U);
    }
    std::uint64_t& word(std::int64_t row) {
        return words_[(static_cast<std::uint64_t>(row) % 4096U) / 64U];
    }
    std::array<std::uint64_t, 64> words_{};
    friend class RowSet;
};

// Row numbers, as one bitmap per block. A value.
class RowSet {
public:
    // Adds the rows of a stored block; false: damaged.
    [[nodiscard]] bool addStored(std::int64_t block, std::string_view bytes);

    void add(std::int64_t row);
    void unite(const RowSet& other);
    void intersect(const RowSet& other);
    void subtract(const RowSet& other);
    [[nodiscard]] bool contains(std::int64_t row) const;
    [[nodiscard]] bool empty() const;
    [[nodiscard]] std::int64_t count() const;
    // The greatest row numbers, descending.
    [[nodiscard]] std::vector<std::int64_t> newest(std::size_t limit) const;

private:
    struct Block {
        std::int64_t number = 0;
        PostingBlock rows;
    };
    [[nodiscard]] PostingBlock& blockFor(std::int64_t number);
    [[nodiscard]] const Block* find(std::int64_t number) const;
    std::vector<Block> blocks_;  // ascending
};

}  // namespace vorfahrt::client::replica
