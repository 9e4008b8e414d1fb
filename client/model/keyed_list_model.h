// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QByteArray>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <vector>

namespace vorfahrt::client::model {

// A list whose rows have keys and that becomes another list by removals, moves, inserts and
// dataChanged, never by a reset: selection and scroll position stay with their rows. Entry has a
// member `key` and operator==. GUI thread.
template <class Entry>
class KeyedListModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    const Entry& at(int row) const { return rows_.at(static_cast<std::size_t>(row)); }
    const std::vector<Entry>& entries() const { return rows_; }
    // -1 where there is none.
    int rowOf(const QByteArray& key) const {
        const auto it = std::find_if(rows_.begin(), rows_.end(),
                                     [&](const Entry& entry) { return entry.key == key; });
        return it == rows_.end() ? -1 : static_cast<int>(it - rows_.begin());
    }

protected:
    // Single changes, for lists too long to be compared as a whole; keys stay unique by the caller.
    void append(std::vector<Entry> more) {
        if (more.empty()) {
            return;
        }
        const int first = rowCount();
        this->beginInsertRows({}, first, first + static_cast<int>(more.size()) - 1);
        rows_.insert(rows_.end(), std::make_move_iterator(more.begin()),
                     std::make_move_iterator(more.end()));
        this->endInsertRows();
    }
    void insertAt(int row, Entry entry) {
        this->beginInsertRows({}, row, row);
        rows_.insert(rows_.begin() + row, std::move(entry));
        this->endInsertRows();
    }
    void removeAt(int row) {
        this->beginRemoveRows({}, row, row);
        rows_.erase(rows_.begin() + row);
        this->endRemoveRows();
    }
    void replaceAt(int row, Entry entry) {
        Entry& here = rows_[static_cast<std::size_t>(row)];
        if (!(here == entry)) {
            here = std::move(entry);
            Q_EMIT this->dataChanged(this->index(row), this->index(row));
        }
    }
    void become(std::vector<Entry> wanted) {
        QHash<QByteArray, int> target;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            target.insert(wanted[i].key, static_cast<int>(i));
        }
        removeAllBut(target);
        QSet<QByteArray> have;
        for (const Entry& entry : rows_) {
            have.insert(entry.key);
        }
        for (int i = 0; i < static_cast<int>(wanted.size()); ++i) {
            place(i, wanted, have, target);
            Entry& here = rows_[static_cast<std::size_t>(i)];
            const Entry& there = wanted[static_cast<std::size_t>(i)];
            if (!(here == there)) {
                here = there;
                Q_EMIT this->dataChanged(this->index(i), this->index(i));
            }
        }
    }

private:
    void removeAllBut(const QHash<QByteArray, int>& target) {
        for (int last = static_cast<int>(rows_.size()) - 1; last >= 0; --last) {
            if (target.contains(at(last).key)) {
                continue;
            }
            int first = last;
            while (first > 0 && !target.contains(at(first - 1).key)) {
                --first;
            }
            this->beginRemoveRows({}, first, last);
            rows_.erase(rows_.begin() + first, rows_.begin() + last + 1);
            this->endRemoveRows();
            last = first;
        }
    }

    // Rows before `i` are right already; makes row `i` the wanted one.
    void place(int i, const std::vector<Entry>& wanted, QSet<QByteArray>& have,
               const QHash<QByteArray, int>& target) {
        const QByteArray& key = wanted[static_cast<std::size_t>(i)].key;
        const int size = static_cast<int>(rows_.size());
        if (i < size && at(i).key == key) {
            return;
        }
        if (!have.contains(key)) {
            int last = i;
            while (last + 1 < static_cast<int>(wanted.size()) &&
                   !have.contains(wanted[static_cast<std::size_t>(last) + 1].key)) {
                ++last;
            }
            this->beginInsertRows({}, i, last);
            rows_.insert(rows_.begin() + i, wanted.begin() + i, wanted.begin() + last + 1);
            this->endInsertRows();
            for (int k = i; k <= last; ++k) {
                have.insert(wanted[static_cast<std::size_t>(k)].key);
            }
            return;
        }
        // One row that sank moves itself, instead of all others around it.
        if (i + 1 < size && at(i + 1).key == key) {
            const int down = std::min(target.value(at(i).key), size - 1);
            if (down > i) {
                move(i, down);
                return;
            }
        }
        for (int from = i + 1; from < size; ++from) {
            if (at(from).key == key) {
                move(from, i);
                return;
            }
        }
    }

    void move(int from, int to) {
        this->beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        if (to > from) {
            std::rotate(rows_.begin() + from, rows_.begin() + from + 1, rows_.begin() + to + 1);
        } else {
            std::rotate(rows_.begin() + to, rows_.begin() + from, rows_.begin() + from + 1);
        }
        this->endMoveRows();
    }

    std::vector<Entry> rows_;
};

}  // namespace vorfahrt::client::model
