// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/search.h"

#include <QObject>

namespace vorfahrt::client::viewmodel {

// What stands beside the chosen line of the search: the customer of the row, as far as he is known
// here, and what is open with him. GUI thread; the customer is read on the reader thread.
class SearchPreview final : public QObject {
    Q_OBJECT

public:
    explicit SearchPreview(Desk& desk, QObject* parent = nullptr);

    // nullopt: nothing is chosen.
    void show(const std::optional<model::SearchEntry>& entry);

    struct Fact {
        QString label;
        QString value;
        friend bool operator==(const Fact&, const Fact&) = default;
    };
    struct Step {
        QString text;
        QString due;  // may be empty
        bool next = false;
        friend bool operator==(const Step&, const Step&) = default;
    };
    bool isEmpty() const { return title_.isEmpty(); }
    bool isCustomer() const { return customer_.has_value(); }
    const QString& title() const { return title_; }
    const QString& about() const { return about_; }
    const QList<Fact>& facts() const { return facts_; }
    const QStringList& plates() const { return plates_; }
    const QList<Step>& open() const { return open_; }
    // To copy; empty where there is none.
    const QString& phone() const { return phone_; }
    const QString& email() const { return email_; }

Q_SIGNALS:
    void changed();

private:
    void tellEntry(const model::SearchEntry& entry);
    void tellCustomer(const replica::CustomerDetail& detail);
    void addContacts(const replica::CustomerDetail& detail);
    void clear();

    Desk& desk_;
    QByteArray key_;
    std::optional<replica::CustomerDetail> customer_;
    QString title_;
    QString about_;
    QList<Fact> facts_;
    QStringList plates_;
    QList<Step> open_;
    QString phone_;
    QString email_;
};

}  // namespace vorfahrt::client::viewmodel
