// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/postings.h"

#include <algorithm>
#include <bit>

namespace vorfahrt::client::replica {
namespace {

constexpr std::size_t kBitmapBytes = 512;

}  // namespace

bool PostingBlock::decode(std::string_view bytes) {
    const auto byteAt = [&](std::size_t i) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]));
    };
    if (bytes.size() == kBitmapBytes) {
        for (std::size_t i = 0; i < kBitmapBytes; ++i) {
            words_[i / 8] |= byteAt(i) << (8 * (i % 8));
        }
        return true;
    }
    if (bytes.size() % 2 != 0 || bytes.size() > kBitmapBytes) {
        return false;
    }
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        const std::uint64_t row = byteAt(i) | (byteAt(i + 1) << 8U);
        if (row >= static_cast<std::uint64_t>(kBlockRows)) {
            return false;
        }
        add(static_cast<std::int64_t>(row));
    }
    return true;
}

std::string PostingBlock::encode() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) {
        count += static_cast<std::size_t>(std::popcount(word));
    }
    std::string out;
    if (count * 2 >= kBitmapBytes) {
        out.resize(kBitmapBytes);
        for (std::size_t i = 0; i < kBitmapBytes; ++i) {
            out[i] = static_cast<char>((words_[i / 8] >> (8 * (i % 8))) & 0xFFU);
        }
        return out;
    }
    out.reserve(count * 2);
    for (std::size_t i = 0; i < words_.size(); ++i) {
        for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
            const std::size_t row = i * 64 + static_cast<std::size_t>(std::countr_zero(word));
            out += static_cast<char>(row & 0xFFU);
            out += static_cast<char>(row >> 8U);
        }
    }
    return out;
}

// Blocks of one key come in ascending order, those of the next key begin again.
PostingBlock& RowSet::blockFor(std::int64_t number) {
    auto it = blocks_.end();
    if (!blocks_.empty() && blocks_.back().number >= number) {
        it = std::ranges::lower_bound(blocks_, number, {}, &Block::number);
    }
    if (it == blocks_.end() || it->number != number) {
        it = blocks_.insert(it, Block{number, {}});
    }
    return it->rows;
}

bool RowSet::addStored(std::int64_t block, std::string_view bytes) {
    return blockFor(block).decode(bytes);
}

void RowSet::add(std::int64_t row) {
    blockFor(blockOf(row)).add(row);
}

void RowSet::unite(const RowSet& other) {
    if (blocks_.empty()) {
        blocks_ = other.blocks_;
        return;
    }
    std::vector<Block> out;
    out.reserve(std::max(blocks_.size(), other.blocks_.size()));
    auto a = blocks_.begin();
    auto b = other.blocks_.begin();
    while (a != blocks_.end() || b != other.blocks_.end()) {
        if (b == other.blocks_.end() || (a != blocks_.end() && a->number < b->number)) {
            out.push_back(*a++);
        } else if (a == blocks_.end() || b->number < a->number) {
            out.push_back(*b++);
        } else {
            Block& block = out.emplace_back(*a++);
            for (std::size_t i = 0; i < block.rows.words_.size(); ++i) {
                block.rows.words_[i] |= b->rows.words_[i];
            }
            ++b;
        }
    }
    blocks_ = std::move(out);
}

void RowSet::intersect(const RowSet& other) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < blocks_.size(); ++at) {
        const Block* same = other.find(blocks_[at].number);
        if (same == nullptr) {
            continue;
        }
        std::uint64_t any = 0;
        Block block = blocks_[at];
        for (std::size_t i = 0; i < block.rows.words_.size(); ++i) {
            block.rows.words_[i] &= same->rows.words_[i];
            any |= block.rows.words_[i];
        }
        if (any != 0) {
            blocks_[kept++] = block;
        }
    }
    blocks_.resize(kept);
}

void RowSet::subtract(const RowSet& other) {
    for (Block& block : blocks_) {
        if (const Block* same = other.find(block.number)) {
            for (std::size_t i = 0; i < block.rows.words_.size(); ++i) {
                block.rows.words_[i] &= ~same->rows.words_[i];
            }
        }
    }
}

const RowSet::Block* RowSet::find(std::int64_t number) const {
    const auto it = std::ranges::lower_bound(blocks_, number, {}, &Block::number);
    return it == blocks_.end() || it->number != number ? nullptr : &*it;
}

bool RowSet::contains(std::int64_t row) const {
    const Block* block = find(blockOf(row));
    const auto offset = static_cast<std::uint64_t>(row) % 4096U;
    return block != nullptr && ((block->rows.words_[offset / 64U] >> (offset % 64U)) & 1U) != 0;
}

bool RowSet::empty() const {
    return std::ranges::all_of(blocks_, [](const Block& block) {
        return std::ranges::all_of(block.rows.words_, [](std::uint64_t w) { return w == 0; });
    });
}

std::int64_t RowSet::count() const {
    std::int64_t count = 0;
    for (const Block& block : blocks_) {
        for (const std::uint64_t word : block.rows.words_) {
            count += std::popcount(word);
        }
    }
    return count;
}

std::vector<std::int64_t> RowSet::newest(std::size_t limit) const {
    std::vector<std::int64_t> out;
    for (auto block = blocks_.rbegin(); block != blocks_.rend(); ++block) {
        for (std::size_t i = block->rows.words_.size(); i-- > 0;) {
            for (std::uint64_t word = block->rows.words_[i]; word != 0;) {
                if (out.size() >= limit) {
                    return out;
                }
                const int high = 63 - std::countl_zero(word);
                word &= ~(std::uint64_t{1} << static_cast<unsigned>(high));
                out.push_back(block->number * kBlockRows + static_cast<std::int64_t>(i) * 64 +
                              high);
            }
        }
    }
    return out;
}

}  // namespace vorfahrt::client::replica
