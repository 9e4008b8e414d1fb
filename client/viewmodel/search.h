// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/model/search_list_model.h"
#include "client/viewmodel/desk.h"
#include "client/viewmodel/recents.h"

#include <QElapsedTimer>
#include <QObject>

#include <array>
#include <functional>
#include <optional>

namespace vorfahrt::client::viewmodel {

// An action that can be run by its name; from the registry of actions.
struct SearchCommand {
    QString id;
    QString title;     // as the menu says it
    QString shortcut;  // as text
};

// Universal search and command palette (DD-47, DD-48, DD-50, design/search.png). GUI thread; the
// question runs on the reader thread, a new letter interrupts the old one, and what is shown stays
// until the answer to the newest is here.
//
// For the window: connect the field to setText, show lines() with a delegate over
// SearchListModel::kEntryRole, the chips from total() and count(), and open what target() names.
// ">" before the text asks for commands alone, "#" for numbers alone. With an empty text the lines
// are what was opened last, and the commands that are used most.
class Search final : public QObject {
    Q_OBJECT

public:
    using Section = model::SearchSection;
    static constexpr int kSections = 5;

    explicit Search(Desk& desk, QObject* parent = nullptr);

    void setText(const QString& text);
    const QString& text() const { return text_; }
    // One section, with more hits of it; nullopt: all, a few of each.
    void setSection(std::optional<Section> section);
    std::optional<Section> section() const { return section_; }
    // Commands that can be run just now; asked at each answer.
    void setCommands(std::function<QList<SearchCommand>()> commands);
    // Whether a customer can be made here: then a text that is not found offers it.
    void setCanCreate(std::function<bool()> canCreate) { canCreate_ = std::move(canCreate); }
    // Reads everything again, as when the window opens.
    void refresh() { ask(); }
    // The line was opened: it, or its command, comes first the next time.
    void opened(int line);
    Recents& recents() { return recents_; }

    model::SearchListModel& lines() { return lines_; }
    int total() const;
    int count(Section section) const { return counts_.at(static_cast<std::size_t>(section)); }
    // The answer to the text of now is not here yet.
    bool isSearching() const { return searching_; }
    // false: rows of a first sync are still being taken in; the answer may lack some.
    bool isComplete() const { return complete_; }
    bool isEmpty() const { return !searching_ && lines_.rowCount() == 0; }
    // The text was looked for and is nowhere; the only line may be the offer to make a customer.
    bool isNothingFound() const;
    // From the last letter to its answer, as "12 hits in 11 ms" says it.
    qint64 tookMs() const { return tookMs_; }

    // What Enter on a line opens.
    struct Target {
        Section section = Section::Customers;
        RowId row;            // customer, vehicle, lead or activity
        CustomerId customer;  // whose; may be none
        LeadId lead;          // of a lead or an activity; may be none
        QString command;
        bool create = false;  // the offer to make a customer of the text
    };
    std::optional<Target> target(int line) const;

    static QString sectionName(Section section);

Q_SIGNALS:
    void changed();

private:
    void ask();
    void answer(const replica::SearchAnswer& answer);
    void show(const replica::SearchAnswer& answer);
    void addCommands(std::vector<model::SearchEntry>& lines);
    void askRecents();
    void showRecents(const std::vector<replica::SearchHit>& hits);
    void addFrequent(std::vector<model::SearchEntry>& lines);

    Desk& desk_;
    model::SearchListModel lines_;
    QString text_;
    std::optional<Section> section_;
    std::function<QList<SearchCommand>()> commands_;
    std::array<int, kSections> counts_{};
    bool searching_ = false;
    bool complete_ = true;
    qint64 tookMs_ = 0;
    QElapsedTimer since_;
    Recents recents_;
    std::function<bool()> canCreate_;
};

}  // namespace vorfahrt::client::viewmodel
