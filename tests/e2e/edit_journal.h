// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace vorfahrt::test {

// The lines of Reader::dump, parsed: every row that one copy holds.
class Dump {
public:
    struct Row {
        QString table;
        QString id;  // 32 hex digits
        QJsonObject main;
        QJsonObject secret;  // the private facet
    };

    explicit Dump(const QStringList& lines);

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    [[nodiscard]] const Row* find(const QString& table, const QString& id) const;
    // The only row of the table with this text in the field; null: none or several.
    [[nodiscard]] const Row* findBy(const QString& table, const QString& field,
                                    const QString& text) const;
    // How often each tag of a test ("k000123z") stands in the rows. A row of a lead counts once.
    [[nodiscard]] QHash<QString, int> tags() const;
    // Changes of status in the timeline of a lead.
    [[nodiscard]] int moves(const QString& lead) const;

private:
    std::vector<Row> rows_;
};

// The test's own list of what one desk was told to do. Each edit has a text of its own, or, for the
// moves of a lead, its place in the row of moves, so that it can be counted in any copy. Edits of
// one desk are stored in the order in which they were made.
class EditJournal {
public:
    enum class Kind { NewCustomer, CustomerNote, ContactPoint, Note, Move, Mail };

    // A text that nothing else has.
    [[nodiscard]] QString newTag();
    // row: the customer or the lead. Returns the number of the edit.
    int add(Kind kind, const QString& tag, const QString& row = {});
    // The desk, or for a mail the server, said that it is durable.
    void markDurable(int number);
    [[nodiscard]] bool isDurable(int number) const { return edits_.at(index(number)).durable; }

    // The note of a customer with the edits so far, which the next one adds to.
    [[nodiscard]] QString noteOf(const QString& customer) const;
    // Where the next move of this lead leads: the open stages in a circle.
    [[nodiscard]] static QString stage(int move);
    [[nodiscard]] int movesOf(const QString& lead) const;

    // After a kill of the desk, from a copy of its file: what is in it was committed, the rest
    // never happened and is forgotten. Complaints: something durable is missing, or something is
    // there that was made after something missing.
    [[nodiscard]] QStringList settle(const Dump& dump);
    // Every edit is there exactly once and in its place, and nothing else is.
    [[nodiscard]] QStringList check(const Dump& dump) const;

    [[nodiscard]] int count(Kind kind) const;
    [[nodiscard]] int size() const { return static_cast<int>(edits_.size()); }

private:
    struct Edit {
        int number = 0;
        Kind kind = Kind::Note;
        QString tag;
        QString row;
        int move = 0;  // of its lead, from 1
        bool durable = false;
    };
    [[nodiscard]] std::size_t index(int number) const;
    [[nodiscard]] bool isIn(const Edit& edit, const Dump& dump,
                            const QHash<QString, int>& tags) const;
    void checkLead(const QString& lead, const Dump& dump, QStringList& complaints) const;

    std::vector<Edit> edits_;
    int nextNumber_ = 1;
    int nextTag_ = 1;
};

}  // namespace vorfahrt::test
