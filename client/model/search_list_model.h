// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/keyed_list_model.h"
#include "client/replica/search.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <memory>

namespace vorfahrt::client::model {

enum class SearchSection { Customers, Vehicles, Leads, Activities, Commands };

// A text to paint with its marked parts: begin and length in QChars, ascending.
struct SearchText {
    QString text;
    QList<QPair<int, int>> marks;
    friend bool operator==(const SearchText&, const SearchText&) = default;
};

// A heading ("Customers 3"), a hit or a command.
struct SearchEntry {
    QByteArray key;
    bool heading = false;
    SearchSection section = SearchSection::Customers;
    SearchText title;
    SearchText detail;  // second line: what is known, and why it was found
    SearchText badge;   // at the right: a plate, a status, a time, a shortcut
    int count = 0;      // of a heading: all hits, also those that are not shown
    QString command;    // id in the registry of actions
    std::shared_ptr<const replica::SearchHit> hit;  // null for headings and commands

    // The hit is told by the texts.
    friend bool operator==(const SearchEntry& a, const SearchEntry& b) {
        return a.key == b.key && a.title == b.title && a.detail == b.detail && a.badge == b.badge &&
               a.count == b.count;
    }
};

// Results of the universal search, as lines. Headings cannot be selected. GUI thread.
class SearchListModel final : public KeyedListModel<SearchEntry> {
    Q_OBJECT

public:
    static constexpr int kEntryRole = Qt::UserRole + 1;

    using KeyedListModel<SearchEntry>::KeyedListModel;

    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void show(std::vector<SearchEntry> entries) { become(std::move(entries)); }
    // The first line that is no heading; -1: none.
    int firstResult() const;
};

}  // namespace vorfahrt::client::model

Q_DECLARE_METATYPE(vorfahrt::client::model::SearchEntry)
